#include "app/cli/commands/table.h"

#include <algorithm>

namespace pleiade::cli {
namespace {

constexpr std::size_t text_columns = 2;

} // namespace

std::size_t shown_width(const std::string& text) {
    constexpr unsigned top_bits = 0xC0U;
    constexpr unsigned continuation = 0x80U; // spec: RFC 3629, bytes 10xxxxxx continue a character
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char byte) {
        return (static_cast<unsigned char>(byte) & top_bits) != continuation;
    }));
}

std::string table_text(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], shown_width(row[column]));
        }
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column) {
            const std::string padding(widths[column] - shown_width(row[column]), ' ');
            line += column == 0 ? "" : "  ";
            line += column < text_columns ? row[column] + padding : padding + row[column];
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

} // namespace pleiade::cli
