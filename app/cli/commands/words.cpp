#include "app/cli/commands/words.h"

#include <string_view>

namespace pleiade::cli {
namespace {

constexpr unsigned char first_c1 = 0x80; // spec: ISO 6429, control characters of eight bits
constexpr unsigned char last_c1 = 0x9F;
constexpr unsigned char lead_of_c1 = 0xC2; // spec: RFC 3629, the first byte of U+0080 to U+00BF

bool is_control(unsigned char byte) {
    constexpr unsigned char blank = 0x20;
    constexpr unsigned char del = 0x7F;
    return byte < blank || byte == del;
}

std::string escaped(unsigned char byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    if (byte == '\n') {
        return "\\n";
    }
    return std::string("\\x") + digits[byte / digits.size()] + digits[byte % digits.size()];
}

} // namespace

std::string shown(const std::string& text) {
    std::string visible;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : ' ');
        if (byte == lead_of_c1 && next >= first_c1 && next <= last_c1) {
            visible += escaped(next);
            ++i;
        } else {
            visible += is_control(byte) ? escaped(byte) : std::string(1, text[i]);
        }
    }
    return visible;
}

std::string counted(long number, const std::string& singular) {
    return std::to_string(number) + " " + singular + (number == 1 ? "" : "s");
}

std::string set_aside_text(long number) {
    return std::to_string(number) +
           (number == 1 ? " page or pli set aside" : " pages or plis set aside");
}

} // namespace pleiade::cli
