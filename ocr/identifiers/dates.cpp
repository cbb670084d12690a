// Dates as French mail writes them.

#include "ocr/identifier_checks.h"
#include "ocr/identifiers/folded_text.h"

#include <vector>

namespace pleiade::ocr {
namespace {

constexpr int first_year = 1880; // chosen: nobody insured was born earlier
constexpr int last_year = 2100;  // chosen: longest validity printed on a document

bool separates(char c) {
    return c == '/' || c == '.' || c == '-' || c == ' ';
}

/// The pieces between separators, folded.
std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces;
    std::string piece;
    for (const char c : folded(text) + ' ') {
        if (!separates(c)) {
            piece += c;
        } else if (!piece.empty()) {
            pieces.push_back(piece);
            piece.clear();
        }
    }
    return pieces;
}

std::optional<std::chrono::year_month_day> date_of(int year, int month, int day) {
    const std::chrono::year_month_day date(
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}
    );
    if (!date.ok() || year < first_year || year > last_year) {
        return std::nullopt;
    }
    return date;
}

} // namespace

int french_month(std::string_view name) {
    constexpr auto months = std::to_array<std::string_view>(
        {"janvier",
         "fevrier",
         "mars",
         "avril",
         "mai",
         "juin",
         "juillet",
         "aout",
         "septembre",
         "octobre",
         "novembre",
         "decembre"}
    );
    std::string text = folded(name);
    const bool abbreviated = text.ends_with('.');
    if (abbreviated) {
        text.pop_back();
    }
    for (std::size_t i = 0; i < months.size(); ++i) {
        // Three letters are enough, but "jui" is June or July.
        if (months[i] == text || (text.size() >= 3 && text != "jui" && text.size() <= 5 &&
                                  months[i].starts_with(text))) {
            return static_cast<int>(i) + 1;
        }
    }
    return 0;
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text, int pivot) {
    std::vector<std::string> pieces = pieces_of(text);
    if (pieces.size() == 1 && pieces[0].size() == 8 && all_digits(pieces[0])) {
        pieces = {pieces[0].substr(0, 2), pieces[0].substr(2, 2), pieces[0].substr(4)};
    }
    if (pieces.size() != 3) {
        return std::nullopt;
    }
    if (pieces[0] == "1er") {
        pieces[0] = "1";
    }
    const bool named = !all_digits(pieces[1]);
    if (!all_digits(pieces[0]) || pieces[0].size() > 2 || (!named && pieces[1].size() > 2) ||
        !all_digits(pieces[2]) || (pieces[2].size() != 2 && pieces[2].size() != 4)) {
        return std::nullopt;
    }
    const int month = named ? french_month(pieces[1]) : static_cast<int>(number_of(pieces[1]));
    int year = static_cast<int>(number_of(pieces[2]));
    if (pieces[2].size() == 2) {
        year += year < pivot ? 2000 : 1900;
    }
    return date_of(year, month, static_cast<int>(number_of(pieces[0])));
}

} // namespace pleiade::ocr
