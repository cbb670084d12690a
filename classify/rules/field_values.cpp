#include "classify/rules/field_values.h"

#include "classify/rules/address.h"
#include "classify/rules/folding.h"
#include "core/day.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace pleiade::classify {
namespace {

constexpr long cents_in_euro = 100;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Takes "€", "EUR", "euros" from the end; whether one stood there.
bool drop_currency(std::string_view& text) {
    static constexpr std::array<std::string_view, 6> names = {
        "€", "EUR", "eur", "Euros", "euros", "EUROS"};
    for (const std::string_view name : names) {
        if (text.size() > name.size() && text.substr(text.size() - name.size()) == name) {
            text.remove_suffix(name.size());
            return true;
        }
    }
    return false;
}

bool names_currency(std::string_view text) {
    while (!text.empty() && (text.back() == '.' || text.back() == ')' || text.back() == ' ')) {
        text.remove_suffix(1);
    }
    return text.find("€") != std::string_view::npos || drop_currency(text);
}

/// "1 234" or "1.234" as "1234"; empty when the groups are not thousands.
std::string whole_euros(std::string_view text) {
    std::string digits;
    std::size_t group = 0;
    bool grouped = false;
    for (const char c : text) {
        if (is_digit(c)) {
            digits += c;
            ++group;
        } else if ((c == ' ' || c == '.') && group > 0 && group <= 3 && (!grouped || group == 3)) {
            grouped = true;
            group = 0;
        } else {
            return {};
        }
    }
    return grouped && group != 3 ? std::string() : digits;
}

void trim(std::string_view& text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '.' || text.back() == ':')) {
        text.remove_suffix(1);
    }
    while (!text.empty() && (text.front() == ' ' || text.front() == ':')) {
        text.remove_prefix(1);
    }
}

/// A stretch of words of one run as one text.
std::string text_of(const Layout& layout, int first, int end) {
    std::string text;
    for (int i = first; i < end; ++i) {
        text += (text.empty() ? "" : " ") + layout.words[static_cast<std::size_t>(i)].text;
    }
    return text;
}

Box box_of(const Layout& layout, int first, int end) {
    Box box;
    for (int i = first; i < end; ++i) {
        box = united(box, layout.words[static_cast<std::size_t>(i)].box_px);
    }
    return box;
}

/// Values of one to four words of a run: the longest from each word on.
void add_parsed(
    const PageReading& page,
    const Layout& layout,
    int page_index,
    const std::pair<std::string_view, std::optional<std::string> (*)(std::string_view)>& kind,
    std::vector<Candidate>& into
) {
    constexpr int most_words = 6; // "18 71 731 529 099"
    for (const Run& run : layout.runs) {
        for (int first = run.first_word; first < run.end_word; ++first) {
            for (int end = std::min(run.end_word, first + most_words); end > first; --end) {
                const std::string text = text_of(layout, first, end);
                if (const auto value = kind.second(text)) {
                    into.push_back(
                        {.kind = std::string(kind.first),
                         .value = *value,
                         .confidence = confidence_of(page, first, end),
                         .box_px = box_of(layout, first, end),
                         .page_index = page_index,
                         .marked = kind.first == amount_kind && names_currency(text)}
                    );
                    first = end - 1;
                    break;
                }
            }
        }
    }
}

/// Whether a day was found there already, or what it was read from is a number of something else. A
/// number over two lines has a box that holds whatever stands between its halves.
bool is_found_at(const Box& day_px, const std::vector<Candidate>& found) {
    return std::ranges::any_of(found, [&](const Candidate& other) {
        const bool one_line = other.box_px.height() < 2 * day_px.height();
        return !intersection(other.box_px, day_px).empty() && (one_line || other.kind == date_kind);
    });
}

/// Days that were not found as such: in boxes, with a comma behind, within a number over two lines.
void add_other_days(
    const PageReading& page, const Layout& layout, int page_index, std::vector<Candidate>& into
) {
    constexpr double share = 0.9; // chosen: any eight digits in thirty are a day
    const auto add = [&](std::optional<std::string> (*parse)(std::string_view), bool in_boxes) {
        std::vector<Candidate> days;
        add_parsed(page, layout, page_index, {date_kind, parse}, days);
        for (Candidate& day : days) {
            if (!is_found_at(day.box_px, into)) {
                day.confidence *= share;
                day.label_needed = in_boxes;
                into.push_back(std::move(day));
            }
        }
    };
    add(written_day_of, false);
    add(boxed_day_of, true);
}

/// Of the words in the boxes.
double confidence_in(const PageReading& page, const std::vector<Box>& boxes) {
    double sum = 0.0;
    int count = 0;
    for (const Word& word : page.text.words) {
        const int x = (word.box_px.x0 + word.box_px.x1) / 2;
        const int y = (word.box_px.y0 + word.box_px.y1) / 2;
        const bool inside = std::ranges::any_of(boxes, [&](const Box& box) {
            return x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
        });
        sum += inside ? word.confidence : 0.0;
        count += inside ? 1 : 0;
    }
    return count > 0 ? sum / count : 0.0;
}

/// Streets with their towns, on one line or several: from the line with the street on.
void add_addresses(
    const PageReading& page, const Layout& layout, int page_index, std::vector<Candidate>& into
) {
    for (const AddressBlock& block : find_addresses(layout, PageKind::Sheet)) {
        std::size_t first = block.lines.size();
        std::string text;
        while (first > 0 && text.empty()) {
            text = street_on(block.lines[--first]);
        }
        if (text.empty()) {
            continue;
        }
        Candidate candidate{std::string(address_kind), text, 0.0, Box{}, page_index};
        const std::vector<Box> boxes(
            block.line_boxes_px.begin() + static_cast<std::ptrdiff_t>(first),
            block.line_boxes_px.end()
        );
        for (std::size_t i = first; i < block.lines.size(); ++i) {
            candidate.value += i == first ? "" : " " + block.lines[i];
            candidate.box_px = united(candidate.box_px, block.line_boxes_px[i]);
        }
        // Of a line that begins with its label, only the right part is the value.
        const double share =
            static_cast<double>(text.size()) /
            static_cast<double>(std::max<std::size_t>(block.lines[first].size(), 1));
        if (first + 1 == block.lines.size()) {
            candidate.box_px.x0 =
                candidate.box_px.x1 - static_cast<int>(candidate.box_px.width() * share);
        }
        candidate.confidence = confidence_in(page, boxes);
        into.push_back(std::move(candidate));
    }
}

} // namespace

std::string street_on(std::string_view line) {
    static constexpr std::array<std::string_view, 36> streets = {
        "rue",       "avenue",      "av",       "boulevard", "bd",       "chemin",
        "ch",        "place",       "impasse",  "allee",     "allees",   "cours",
        "route",     "rte",         "quai",     "traverse",  "montee",   "square",
        "residence", "lotissement", "quartier", "hameau",    "lieudit",  "villa",
        "esplanade", "sente",       "sentier",  "ruelle",    "cite",     "faubourg",
        "passage",   "promenade",   "clos",     "mas",       "immeuble", "chez"};
    constexpr std::size_t most_digits = 4; // of a house; a postal code has five
    std::size_t begin = 0;
    while (begin < line.size()) {
        const std::size_t end = std::min(line.find(' ', begin), line.size());
        const std::string_view word = line.substr(begin, end - begin);
        const std::string key = folded(word);
        const bool house =
            !key.empty() && is_digit(key.front()) && key.size() <= most_digits + 1 &&
            std::ranges::count_if(key, is_digit) <= static_cast<std::ptrdiff_t>(most_digits) &&
            end < line.size() && word.find('/') == std::string_view::npos;
        if (house || std::ranges::find(streets, std::string_view(key)) != streets.end()) {
            return std::string(line.substr(begin));
        }
        begin = end + 1;
    }
    return {};
}

bool may_name(std::string_view words) {
    constexpr std::ptrdiff_t most_digits = 2; // chosen: "3 Suisses"
    constexpr std::size_t least_letters = 3;  // chosen: two are a title
    constexpr std::size_t most_letters = 50;  // chosen: longer is a sentence
    const std::string key = folded(words);
    const auto digits = std::ranges::count_if(key, is_digit);
    return digits <= most_digits && key.size() <= most_letters &&
           key.size() >= least_letters + static_cast<std::size_t>(digits) && !bic_of(words);
}

bool is_titled_name(std::string_view words) {
    static constexpr std::array<std::string_view, 6> titles = {
        "m", "mr", "mme", "mlle", "monsieur", "madame"};
    constexpr std::ptrdiff_t least_words = 3; // with the title
    constexpr std::ptrdiff_t most_words = 6;  // chosen
    const auto count = std::ranges::count(words, ' ') + 1;
    const std::string title = folded(words.substr(0, words.find(' ')));
    return count >= least_words && count <= most_words && may_name(words) &&
           std::ranges::none_of(words, is_digit) && words.back() != ',' &&
           std::ranges::find(titles, std::string_view(title)) != titles.end();
}

double confidence_of(const PageReading& page, int first_word, int end_word) {
    double sum = 0.0;
    for (int i = first_word; i < end_word; ++i) {
        sum += page.text.words[static_cast<std::size_t>(i)].confidence;
    }
    return end_word > first_word ? sum / (end_word - first_word) : 0.0;
}

std::optional<std::string> number_of(std::string_view text) {
    constexpr std::size_t least_digits = 4;
    constexpr std::size_t most_letters = 2;
    constexpr std::size_t most_characters = 20;
    std::string number;
    std::size_t letters = 0;
    for (const char c : text) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (!is_digit(c) && !capital && c != ' ') {
            return std::nullopt;
        }
        letters += capital ? 1 : 0;
        number += c == ' ' ? "" : std::string(1, c);
    }
    const bool long_enough = number.size() >= least_digits + letters;
    return long_enough && letters <= most_letters && number.size() <= most_characters
               ? std::optional(number)
               : std::nullopt;
}

std::optional<std::string> boxed_day_of(std::string_view text) {
    constexpr std::string_view walls = " |_.,:;/-";
    constexpr std::size_t digits_of_a_day = 8;
    constexpr int oldest = 1900;
    constexpr int newest = 2100;
    std::string digits;
    for (const char c : text) {
        if (is_digit(c)) {
            digits += c;
        } else if (walls.find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    if (digits.size() != digits_of_a_day || !is_digit(text.front()) || !is_digit(text.back())) {
        return std::nullopt;
    }
    const int year = std::stoi(digits.substr(4));
    const std::string day =
        digits.substr(4) + "-" + digits.substr(2, 2) + "-" + digits.substr(0, 2);
    return year >= oldest && year < newest && day_from_iso(day) ? std::optional(day) : std::nullopt;
}

std::optional<std::string> written_day_of(std::string_view text) {
    constexpr std::string_view around = "(),.;:";
    constexpr std::size_t length = 10; // "12.05.2002"
    const std::size_t first = text.find_first_not_of(around);
    if (first == std::string_view::npos) {
        return std::nullopt;
    }
    text = text.substr(first, text.find_last_not_of(around) - first + 1);
    const auto divides = [](char c) { return c == '/' || c == '.' || c == '-'; };
    return text.size() == length && divides(text[2]) && text[5] == text[2] ? boxed_day_of(text)
                                                                           : std::nullopt;
}

std::optional<std::string> bic_of(std::string_view text) {
    constexpr std::size_t bank = 4;
    constexpr std::size_t of_head_office = 8;
    constexpr std::size_t of_branch = 11;
    // chosen: where those live whose accounts come by this mail; any two letters are in any word
    static constexpr std::array<std::string_view, 12> countries = {
        "FR", "MC", "BE", "LU", "DE", "IT", "ES", "PT", "NL", "CH", "GB", "IE"};
    std::string code;
    for (const char c : text) {
        if (c != ' ') {
            code += c;
        }
    }
    const bool letters_and_digits = std::all_of(code.begin(), code.end(), [](char c) {
        return is_digit(c) || (c >= 'A' && c <= 'Z');
    });
    if ((code.size() != of_head_office && code.size() != of_branch) || !letters_and_digits ||
        std::any_of(code.begin(), code.begin() + bank, is_digit) ||
        std::find(countries.begin(), countries.end(), code.substr(bank, 2)) == countries.end()) {
        return std::nullopt;
    }
    const auto branch = code.begin() + static_cast<std::ptrdiff_t>(of_head_office);
    if (std::any_of(branch, code.end(), is_digit)) {
        std::replace(branch, code.end(), 'O', '0'); // branches are numbered, or XXX
        std::replace(branch, code.end(), 'I', '1');
    }
    return code;
}

bool reads_as_label(std::string_view words) {
    // chosen: what stands on every form and in no name
    static constexpr std::array<std::string_view, 21> beginnings = {
        "adresse",       "domicile",  "code",      "norme",  "cle",    "iban",
        "bic",           "reference", "numero",    "dateof", "datede", "nometprenom",
        "nomprenom",     "titulaire", "signature", "cachet",
        "accountowner", // the second language of identity papers and bank details
        "accountholder", "surname",   "givenname", "placeof"};
    // chosen: what forms print in a cell of its own
    static constexpr std::array<std::string_view, 14> whole = {
        "agence",
        "assure",
        "banque",
        "bic",
        "cle",
        "compte",
        "date",
        "guichet",
        "montant",
        "nom",
        "ncompte",
        "rib",
        "siret",
        "total"};
    const std::string key = folded(words);
    const bool colon = !words.empty() && words.back() == ':';
    return key.empty() || colon || std::ranges::find(whole, std::string_view(key)) != whole.end() ||
           std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
               return key.rfind(beginning, 0) == 0;
           });
}

std::optional<std::string> amount_of(std::string_view given) {
    constexpr std::string_view ends_sentence = ".;)#*"; // and what keeps others from adding to it
    constexpr std::string_view before_sum = "#*=(";
    // "418, 44" was read with a blank that is not there.
    std::string closed;
    for (const char c : given) {
        if (c == ',' && !closed.empty() && closed.back() == ' ') {
            closed.pop_back();
        }
        if (c != ' ' || closed.empty() || closed.back() != ',') {
            closed += c;
        }
    }
    std::string_view text = closed;
    while (!text.empty() && ends_sentence.find(text.back()) != std::string_view::npos) {
        text.remove_suffix(1); // "et avoir reçu 668,95."
    }
    text.remove_prefix(std::min(text.find_first_not_of(before_sum), text.size())); // "#951,47 #"
    trim(text);
    constexpr std::string_view euro = "€";
    const bool euro_before = text.starts_with(euro);
    text.remove_prefix(euro_before ? euro.size() : 0);
    const bool currency = drop_currency(text) || euro_before;
    if (!text.empty() && !is_digit(text.front())) {
        return std::nullopt;
    }
    if (currency) {
        trim(text);
    }
    constexpr std::size_t cents = 3; // ",56"
    const bool has_cents = text.size() > cents && all_digits(text.substr(text.size() - 2)) &&
                           (text[text.size() - cents] == ',' || text[text.size() - cents] == '.');
    if (!has_cents && !currency) {
        return std::nullopt;
    }
    const std::string euros = whole_euros(has_cents ? text.substr(0, text.size() - cents) : text);
    constexpr std::size_t most_digits = 9; // chosen: a milliard is no amount of such mail
    if (euros.empty() || euros.size() > most_digits) {
        return std::nullopt;
    }
    return euros + "," + (has_cents ? std::string(text.substr(text.size() - 2)) : "00");
}

std::optional<std::string> time_of(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        if (c != ' ') {
            plain += c;
        }
    }
    const std::size_t mark = plain.find_first_of("hH:");
    if (mark == std::string::npos || mark == 0 || mark > 2 || !all_digits(plain.substr(0, mark))) {
        return std::nullopt;
    }
    const std::string minutes = plain.substr(mark + 1);
    const bool hour_alone = minutes.empty() && plain[mark] != ':';
    if (!hour_alone && (minutes.size() != 2 || !all_digits(minutes))) {
        return std::nullopt;
    }
    constexpr int hours_a_day = 24;
    constexpr int minutes_an_hour = 60;
    if (std::stoi(plain.substr(0, mark)) >= hours_a_day ||
        (!hour_alone && std::stoi(minutes) >= minutes_an_hour)) {
        return std::nullopt;
    }
    return (mark == 1 ? "0" : "") + plain.substr(0, mark) + ":" + (hour_alone ? "00" : minutes);
}

long cents_of(std::string_view amount) {
    long cents = 0;
    for (const char c : amount) {
        if (is_digit(c)) {
            cents = cents * 10 + (c - '0');
        }
    }
    return cents;
}

std::string amount_text(long cents) {
    const std::string rest = std::to_string(cents % cents_in_euro);
    return std::to_string(cents / cents_in_euro) + "," + (rest.size() < 2 ? "0" : "") + rest;
}

std::vector<Candidate>
candidates_on(const PageReading& page, const Layout& layout, int page_index) {
    std::vector<Candidate> candidates;
    for (const Identifier& identifier : page.identifiers) {
        if (identifier.valid) { // a number whose check says no is nobody's number
            candidates.push_back(
                {to_text(identifier.kind),
                 identifier.value,
                 identifier.confidence,
                 identifier.box_px,
                 page_index}
            );
        }
    }
    add_other_days(page, layout, page_index, candidates);
    add_parsed(page, layout, page_index, {amount_kind, amount_of}, candidates);
    add_parsed(page, layout, page_index, {time_kind, time_of}, candidates);
    add_parsed(page, layout, page_index, {number_kind, number_of}, candidates);
    add_parsed(page, layout, page_index, {bic_kind, bic_of}, candidates);
    add_addresses(page, layout, page_index, candidates);
    for (const Run& run : layout.runs) {
        if (reads_as_label(layout.text_of(run))) {
            continue;
        }
        candidates.push_back(
            {"",
             layout.text_of(run),
             confidence_of(page, run.first_word, run.end_word),
             run.box_px,
             page_index}
        );
    }
    return candidates;
}

} // namespace pleiade::classify
