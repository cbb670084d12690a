#include "classify/rules/form_numbers.h"

#include "classify/rules/folding.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>

namespace pleiade::classify {
namespace {

constexpr std::size_t cerfa_digits = 5;
constexpr std::size_t s_digits = 4;
constexpr char degree_sign = '\x01'; // "°" and "º" in a RunText: no printed character is this

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// One run as plain characters, each knowing its word: signs outside ASCII become what they stand
/// for here, a star, a degree sign or a blank.
struct RunText {
    std::string text;
    std::vector<int> word_at;

    void add(char c, int word_index) {
        text += c;
        word_at.push_back(word_index);
    }
};

void add_word(RunText& into, const std::string& word, int word_index) {
    constexpr std::string_view stars = "*\"'^+~`"; // what a small star is read as
    for (std::size_t at = 0; at < word.size(); ++at) {
        const auto byte = static_cast<unsigned char>(word[at]);
        if (byte < 0x80) {
            into.add(stars.find(word[at]) != std::string_view::npos ? '*' : word[at], word_index);
        } else if (byte >= 0xC0) {
            // One sign for the whole sequence: "°" and "º" end a "n°", others are worn stars.
            const bool degree = word.compare(at, 2, "°") == 0 || word.compare(at, 2, "º") == 0;
            into.add(degree ? degree_sign : '*', word_index);
        }
    }
}

RunText text_of_run(const Layout& layout, const Run& run) {
    RunText text;
    for (int i = run.first_word; i < run.end_word; ++i) {
        if (i > run.first_word) {
            text.add(' ', i);
        }
        add_word(text, layout.words[static_cast<std::size_t>(i)].text, i);
    }
    return text;
}

/// `count` characters from `at` as digits; at least all but two must be digits already.
std::optional<std::string> digits_at(const std::string& text, std::size_t at, std::size_t count) {
    std::string digits;
    std::size_t read_as_letters = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        const char digit = i < text.size() ? as_digit(text[i]) : '\0';
        if (digit == '\0') {
            return std::nullopt;
        }
        read_as_letters += is_digit(text[i]) ? 0U : 1U;
        digits += digit;
    }
    constexpr std::size_t most_letters = 2; // chosen: three real digits of five, two of four
    return read_as_letters <= most_letters ? std::optional(digits) : std::nullopt;
}

std::size_t skip_blanks(const std::string& text, std::size_t at) {
    while (at < text.size() && text[at] == ' ') {
        ++at;
    }
    return at;
}

enum class Version { None, Star, Hash };

/// What follows the five digits: "*07", " * 07", "-10", "#03" or nothing of the kind.
Version version_after(const std::string& text, std::size_t at) {
    at = skip_blanks(text, at);
    if (at >= text.size()) {
        return Version::None;
    }
    const char sign = text[at];
    const std::size_t digits = skip_blanks(text, at + 1);
    const bool numbered = digits < text.size() && as_digit(text[digits]) != '\0';
    if (sign == '#') {
        return Version::Hash;
    }
    if (numbered && (sign == '*' || sign == '-' || sign == 'x' || sign == degree_sign)) {
        return Version::Star;
    }
    return Version::None;
}

/// "n°", "no" or "cerfa" right before: a number that says it is one, though its version is lost.
bool announced(const std::string& text, std::size_t at) {
    std::string before;
    for (std::size_t i = at > 8 ? at - 8 : 0; i < at; ++i) {
        before += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
    }
    while (!before.empty() && (before.back() == ' ' || before.back() == ':')) {
        before.pop_back();
    }
    const auto ends = [&](std::string_view with) {
        return before.size() >= with.size() &&
               before.compare(before.size() - with.size(), with.size(), with) == 0;
    };
    return ends(std::string("n") + degree_sign) || ends("n*") || ends("no") || ends("cerfa");
}

/// Whether words around the number make it a mention of another form and not the page's own.
bool is_mention(const Layout& layout, const Run& run, int first_word, int end_word) {
    static const std::array<std::string_view, 12> companions = {
        "cerfa",
        "no",
        "num",
        "numero",
        "imprime",
        "formulaire",
        "modele",
        "reference",
        "homologue",
        "dat",
        "pre",
        "datpre"};
    constexpr std::size_t long_word = 3;
    constexpr double title_zone = 0.2;
    int before = 0;
    int after = 0;
    for (int i = run.first_word; i < run.end_word; ++i) {
        const std::string& word = layout.words[static_cast<std::size_t>(i)].folded;
        const bool counts =
            word.size() >= long_word && !is_digit(word[0]) &&
            std::find(companions.begin(), companions.end(), word) == companions.end();
        before += counts && i < first_word ? 1 : 0;
        after += counts && i >= end_word ? 1 : 0;
    }
    const bool in_title_zone = layout.y_share(run.box_px) < title_zone;
    return before > 0 || (after > 1 && !in_title_zone);
}

struct Place {
    bool mention = false;
    double x = 0.0;
    double y = 0.0;
};

// chosen: shares of belief by place; domain.md 1 "two fixed corners" measured on the forms of
// ../shared/forms, elsewhere layouts differ
constexpr double mentioned_share = 0.15;
constexpr double elsewhere_share = 0.6;
constexpr double edge_share = 0.85;
constexpr double unversioned_share = 0.7;

double cerfa_share(const Place& place) {
    if (place.mention) {
        return mentioned_share;
    }
    if (place.y < 0.22 && place.x < 0.5) {
        return 1.0;
    }
    return place.y < 0.25 || place.y > 0.88 ? edge_share : elsewhere_share;
}

double s_share(const Place& place) {
    if (place.mention) {
        return mentioned_share;
    }
    if (place.y > 0.85) {
        return 1.0;
    }
    return place.y < 0.22 ? edge_share : elsewhere_share;
}

class RunScan {
public:
    RunScan(const Layout& layout, const Run& run, const std::set<std::string>& known)
        : layout_(layout), run_(run), known_(known), line_(text_of_run(layout, run)) {}
    RunScan(Layout&&, const Run&, const std::set<std::string>&) = delete;

    void into(std::vector<FormNumber>& found) const {
        for (std::size_t at = 0; at + s_digits <= line_.text.size(); ++at) {
            if (at > 0 && is_digit(line_.text[at - 1])) {
                continue;
            }
            if (auto cerfa = cerfa_at(at)) {
                found.push_back(std::move(*cerfa));
            }
            if (auto number = s_number_at(at)) {
                found.push_back(std::move(*number));
            }
        }
    }

private:
    [[nodiscard]] Place place_of(std::size_t begin, std::size_t end, FormNumber& number) const {
        const int first = line_.word_at[begin];
        const int last = line_.word_at[end - 1];
        for (int i = first; i <= last; ++i) {
            number.box_px =
                united(number.box_px, layout_.words[static_cast<std::size_t>(i)].box_px);
        }
        return {
            is_mention(layout_, run_, first, last + 1),
            layout_.x_share(number.box_px),
            layout_.y_share(number.box_px)};
    }

    [[nodiscard]] std::optional<FormNumber> cerfa_at(std::size_t at) const {
        const auto digits = digits_at(line_.text, at, cerfa_digits);
        if (!digits.has_value()) {
            return std::nullopt;
        }
        const std::size_t end = at + cerfa_digits;
        const Version version = version_after(line_.text, end);
        const bool is_announced = announced(line_.text, at);
        // spec: domain.md 1, notices are numbered 50069 to 52269
        const bool in_notice_range = *digits >= "50000" && *digits <= "52999";
        const bool notice = version == Version::Hash || (in_notice_range && is_announced);
        if ((version == Version::None && !is_announced) || (!notice && !known_.contains(*digits))) {
            return std::nullopt;
        }
        if (version == Version::None && end < line_.text.size() && is_digit(line_.text[end])) {
            return std::nullopt; // a longer number
        }
        FormNumber number{.number = *digits, .notice = notice};
        const Place place = place_of(at, end, number);
        number.share = cerfa_share(place) * (version == Version::None ? unversioned_share : 1.0);
        number.corner = !place.mention && (place.y < 0.25 || place.y > 0.88);
        return number;
    }

    [[nodiscard]] std::optional<FormNumber> s_number_at(std::size_t at) const {
        const char letter = line_.text[at];
        const bool worn = letter == '5' || letter == '$'; // an S that was read as something else
        if ((letter != 'S' && letter != 's' && !worn) ||
            (at > 0 && is_letter(line_.text[at - 1]))) {
            return std::nullopt;
        }
        const std::size_t first = skip_blanks(line_.text, at + 1);
        const auto digits = digits_at(line_.text, first, s_digits);
        const std::size_t end = first + s_digits;
        if (first > at + 2 || !digits.has_value() || !known_.contains("S" + *digits) ||
            (end < line_.text.size() && is_digit(line_.text[end]))) {
            return std::nullopt;
        }
        FormNumber number{.number = "S" + *digits};
        const Place place = place_of(at, end, number);
        const bool edge = place.y > 0.85 || place.y < 0.22;
        if (worn && (place.mention || !edge)) {
            return std::nullopt; // "53704" in a sentence or a table is an amount
        }
        number.share = s_share(place) * (worn ? unversioned_share : 1.0);
        number.corner = !place.mention && edge;
        return number;
    }

    const Layout& layout_;
    const Run& run_;
    const std::set<std::string>& known_;
    RunText line_;
};

} // namespace

std::vector<FormNumber>
find_form_numbers(const Layout& layout, const std::set<std::string>& known) {
    std::vector<FormNumber> found;
    for (const Run& run : layout.runs) {
        RunScan(layout, run, known).into(found);
    }
    return found;
}

} // namespace pleiade::classify
