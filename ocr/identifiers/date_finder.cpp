#include "ocr/identifiers/date_finder.h"

#include "core/day.h"
#include "ocr/identifier_checks.h"
#include "ocr/identifiers/folded_text.h"
#include "ocr/identifiers/rule.h"

#include <algorithm>
#include <optional>

namespace pleiade::ocr {
namespace {

constexpr double read_confidence = 0.9;     // chosen: times that of the least sure word
constexpr double repaired_confidence = 0.5; // chosen

/// The separator between two tokens: '/', '.', '-' or ' '; 0 when it is none of a date.
char separator_of(const Token& token) {
    std::string marks;
    for (const char c : token.gap) {
        if (c != ' ') {
            marks += c;
        }
    }
    if (marks.empty()) {
        return token.gap.empty() ? '\0' : ' ';
    }
    return marks.size() == 1 && std::string_view("/.-").find(marks[0]) != std::string_view::npos
               ? marks[0]
               : '\0';
}

bool joined_to_number(const Token& token, const Token& neighbour, char separator) {
    return token.line_index == neighbour.line_index && separator != ' ' && separator != '\0' &&
           is_digit(neighbour.text[0]);
}

/// All digits, read as the check wants them; the text itself decides whether that was a repair.
std::optional<std::string>
number_text(const std::string& text, std::size_t least, std::size_t most) {
    if (text.size() < least || text.size() > most) {
        return std::nullopt;
    }
    const Rule digits{IdentifierKind::Date, std::string(text.size(), 'd'), [](std::string_view t) {
                          return all_digits(t);
                      }};
    const Reading reading = read_as(digits, text);
    const bool one_digit_at_least = std::ranges::any_of(text, is_digit);
    return reading.holds && one_digit_at_least ? std::optional(reading.value) : std::nullopt;
}

bool announces_date(const Token& token) {
    constexpr auto words = std::to_array<std::string_view>(
        {"le", "du", "au", "date", "ne", "nee", "jour", "naissance", "accident", "depuis"}
    );
    return std::ranges::find(words, std::string_view(folded(token.text))) != words.end();
}

/// The date that begins at `first`, as text to parse and the number of tokens it takes.
struct Spelled {
    std::string text;
    std::size_t count = 0;
    bool repaired = false;
};

std::optional<Spelled> spelled_with_month(const std::vector<Token>& tokens, std::size_t first) {
    // measured: what the first of a month is read as
    constexpr auto firsts = std::to_array<std::string_view>({"1er", "ler", "ter", "ier"});
    const std::string folded_day = folded(tokens[first].text);
    const bool is_first = std::ranges::find(firsts, std::string_view(folded_day)) != firsts.end();
    const std::string day = is_first ? "1" : tokens[first].text;
    const int month = french_month(tokens[first + 1].text);
    const std::optional<std::string> day_number = number_text(day, 1, 2);
    const std::optional<std::string> year = number_text(tokens[first + 2].text, 4, 4);
    if (month == 0 || !day_number.has_value() || !year.has_value()) {
        return std::nullopt;
    }
    return Spelled{
        *day_number + '/' + std::to_string(month) + '/' + *year,
        3,
        *day_number != day || *year != tokens[first + 2].text};
}

std::optional<Spelled> spelled_with_numbers(const std::vector<Token>& tokens, std::size_t first) {
    const Token& day = tokens[first];
    const Token& month = tokens[first + 1];
    const Token& year = tokens[first + 2];
    const char separator = separator_of(month);
    if (separator == '\0' || separator_of(year) != separator) {
        return std::nullopt;
    }
    const bool blanks = separator == ' ';
    const auto day_number = number_text(day.text, blanks ? 2 : 1, 2);
    const auto month_number = number_text(month.text, blanks ? 2 : 1, 2);
    const auto year_number = number_text(year.text, blanks ? 4 : 2, 4);
    const bool longer_number =
        (first > 0 && joined_to_number(day, tokens[first - 1], separator_of(day))) ||
        (first + 3 < tokens.size() &&
         joined_to_number(year, tokens[first + 3], separator_of(tokens[first + 3])));
    if (!day_number || !month_number || !year_number || longer_number) {
        return std::nullopt;
    }
    return Spelled{
        *day_number + '/' + *month_number + '/' + *year_number,
        3,
        *day_number != day.text || *month_number != month.text || *year_number != year.text};
}

std::optional<Spelled> spelled_at(const std::vector<Token>& tokens, std::size_t first) {
    const int lines_down =
        first + 2 < tokens.size() ? tokens[first + 2].line_index - tokens[first].line_index : -1;
    // Over two lines, a day must be announced: in columns the next line may be another's.
    const bool announced = first > 0 && announces_date(tokens[first - 1]);
    if (lines_down == 0 || (lines_down == 1 && announced)) {
        if (auto spelled = spelled_with_month(tokens, first)) {
            return spelled;
        }
    }
    if (lines_down == 0) {
        if (auto spelled = spelled_with_numbers(tokens, first)) {
            return spelled;
        }
    }
    const std::string& text = tokens[first].text;
    if (text.size() == 8 && all_digits(text) && first > 0 && announces_date(tokens[first - 1])) {
        return Spelled{text, 1, false};
    }
    return std::nullopt;
}

} // namespace

std::vector<Identifier> dates_of(const std::vector<Token>& tokens) {
    std::vector<Identifier> dates;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::optional<Spelled> spelled = spelled_at(tokens, i);
        const auto date = spelled ? parse_date(spelled->text) : std::nullopt;
        if (!date.has_value()) {
            continue;
        }
        Identifier identifier{.kind = IdentifierKind::Date, .value = iso_day(*date), .valid = true};
        double least = 1.0;
        for (std::size_t k = i; k < i + spelled->count; ++k) {
            if (tokens[k].line_index == tokens[i].line_index) {
                identifier.box_px = united(identifier.box_px, tokens[k].box_px);
            }
            least = std::min(least, tokens[k].confidence);
            identifier.repair += identifier.repair.empty() ? tokens[k].text : ' ' + tokens[k].text;
        }
        identifier.repaired = spelled->repaired;
        identifier.repair =
            spelled->repaired ? identifier.repair + " read, is " + spelled->text : "";
        identifier.confidence = least * (spelled->repaired ? repaired_confidence : read_confidence);
        dates.push_back(std::move(identifier));
        i += spelled->count - 1;
    }
    return dates;
}

} // namespace pleiade::ocr
