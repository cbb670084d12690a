#include "ocr/forms/comb_identifiers.h"

#include "ocr/forms/comb_votes.h"
#include "ocr/identifier_checks.h"
#include "ocr/identifiers/rule.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

// The confidence scale follows identifiers/verification.cpp. chosen
constexpr double strong_at_once = 0.97; ///< A key verifies it, in one or two readings.
constexpr double strong_later = 0.9;
constexpr double weak_at_once = 0.9; ///< Two readings alike, and Luhn or a day that exists.
constexpr double weak_later = 0.75;
constexpr double unchecked = 0.75; ///< No key, all readings alike and sure.
constexpr double doubtful = 0.3;
constexpr double sure_character = 0.9; // chosen: asked of every digit where no key verifies

// measured: 165 typed rows of the sample lots, each read in ten ways: rows exact 156 and 156, 154,
// 146, 150 of 165; the errors are at different rows, so that later ones mend earlier ones. Wider
// gaps without groups read 131 to 139.
constexpr auto settings = std::to_array<CombSetting>({
    {.gap = 0.2, .group = 3, .blank = 0.6},
    {.gap = 0.3, .group = 4, .blank = 0.9},
    {.gap = 0.2, .group = 5, .blank = 0.7},
    {.gap = 0.25},
    {.gap = 0.2, .group = 2, .blank = 0.6},
});
constexpr std::size_t most_date_readings = 3; // chosen: a form has many dates, 15 ms a reading

constexpr std::size_t date_length = 8;
constexpr std::size_t nine_digits = 9;

bool is_date_text(std::string_view text) {
    return text.size() == date_length && parse_date(text).has_value();
}

bool labelled_as(IdentifierKind kind, const Box& box, const std::vector<Label>& labels) {
    return std::ranges::any_of(labels, [&](const Label& label) {
        const int middle = (label.box_px.y0 + label.box_px.y1) / 2;
        const bool left = label.box_px.x1 <= box.x0 + box.height() &&
                          middle > box.y0 - box.height() / 2 && middle < box.y1 + box.height() / 2;
        const bool above = label.box_px.y1 <= box.y0 + box.height() / 2 &&
                           box.y0 - label.box_px.y1 < box.height() && label.box_px.x0 < box.x1 &&
                           label.box_px.x1 > box.x0;
        return label.kind == kind && (left || above);
    });
}

std::optional<Rule>
rule_of(std::size_t length, const Box& row_px, const std::vector<Label>& labels) {
    if (length == date_length) {
        return Rule{IdentifierKind::Date, std::string(date_length, 'd'), is_date_text};
    }
    constexpr std::size_t french_iban_length = 27; // spec: ISO 13616 registry
    if (length == french_iban_length) {
        return iban_rule("FR");
    }
    for (const Rule& rule : fixed_rules()) {
        const bool letters = rule.kind == IdentifierKind::S10 ||
                             rule.kind == IdentifierKind::LaPoste ||
                             rule.kind == IdentifierKind::ProvisionalNir;
        if (rule.shape.size() == length && !letters &&
            (length != nine_digits || labelled_as(rule.kind, row_px, labels))) {
            return rule;
        }
    }
    return std::nullopt;
}

/// Whether a key-less NIR can be believed complete: its cells follow each other, or are set apart
/// only where the usual groups end, all alike. A group that was not found leaves another gap.
bool stands_complete(const CombRow& row, std::size_t first, std::size_t count) {
    constexpr auto group_ends = std::to_array<std::size_t>({1, 3, 5, 7, 10});
    constexpr double most_uneven = 0.4; // chosen: of the pitch
    double least = 1e9;
    double most = 0.0;
    for (std::size_t i = 1; i < count; ++i) {
        const double gap =
            (row.cells_px[first + i].x0 - row.cells_px[first + i - 1].x1) / row.pitch_px;
        if (std::ranges::find(group_ends, i) != group_ends.end()) {
            least = std::min(least, gap);
            most = std::max(most, gap);
        } else if (gap > most_uneven) {
            return false;
        }
    }
    return most - least < most_uneven;
}

/// From the first to the last filled cell.
struct Span {
    std::size_t first = 0;
    std::size_t count = 0;
};

Span filled_span(const CombInk& ink) {
    const auto filled = [](const PageImage& cell) { return !cell.empty(); };
    const auto first = std::ranges::find_if(ink.cells, filled);
    const auto last = std::find_if(ink.cells.rbegin(), ink.cells.rend(), filled).base();
    if (first == ink.cells.end()) {
        return {};
    }
    return {
        static_cast<std::size_t>(first - ink.cells.begin()),
        static_cast<std::size_t>(last - first)};
}

/// The readings of one row, made one after the other until they are enough.
class RowReader {
public:
    RowReader(const CombInk& ink, Span span, ZoneContent content, TextReader& zones)
        : ink_(ink), span_(span), content_(content), zones_(zones), votes_(span.count) {}
    RowReader(CombInk&&, Span, ZoneContent, TextReader&) = delete;

    [[nodiscard]] bool more() const { return texts_.size() < settings.size(); }
    [[nodiscard]] std::size_t done() const { return texts_.size(); }
    [[nodiscard]] const CombVotes& votes() const { return votes_; }
    [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

    void read_once_more() {
        CombCharacters read = cells_read_with(settings[done()], content_);
        if (letter_.has_value()) {
            read[letter_cell_] = *letter_;
        }
        votes_.add(read);
        std::string text;
        for (const Character& character : read) {
            text += character.text.size() == 1 ? character.text : "?";
        }
        texts_.push_back(text);
    }

    /// Asks again what stands in one cell, letters allowed: digits only reads 2A as 24, 2B as 28.
    void ask_for_letter(std::size_t cell) {
        std::vector<Character> letters;
        for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
            CombCharacters read = cells_read_with(settings[i], ZoneContent::DigitsAndCapitals);
            if (read[cell].text == "A" || read[cell].text == "B") {
                letters.push_back(read[cell]);
            }
            for (Character& character : read) {
                character.text = all_digits(character.text) ? character.text : "?";
            }
            votes_.add(read);
        }
        if (letters.size() != 2 || letters[0].text != letters[1].text) {
            return;
        }
        letter_ = letters[0];
        letter_cell_ = cell;
        votes_.forget(cell);
        votes_.add_to(cell, letters[0]);
        votes_.add_to(cell, letters[1]);
        for (std::string& text : texts_) {
            text[cell] = letters[0].text[0];
        }
    }

private:
    [[nodiscard]] CombCharacters cells_read_with(CombSetting setting, ZoneContent content) {
        setting.content = content;
        const CombCharacters all = read_comb(ink_, setting, zones_);
        const auto first = all.begin() + static_cast<std::ptrdiff_t>(span_.first);
        return {first, first + static_cast<std::ptrdiff_t>(span_.count)};
    }

    const CombInk& ink_;
    Span span_;
    ZoneContent content_;
    TextReader& zones_;
    CombVotes votes_;
    std::vector<std::string> texts_;
    std::optional<Character> letter_; ///< Settled for all readings once it was asked for.
    std::size_t letter_cell_ = 0;
};

/// How much a rule is worth against a reading that is wrong in two places.
enum class Proof { Strong, Weak, None };

Proof proof_of(const Rule& rule) {
    switch (rule.kind) {
    case IdentifierKind::Nir:
        return rule.shape.size() == nir_body_length ? Proof::None : Proof::Strong;
    case IdentifierKind::Iban:
    case IdentifierKind::Siret:
        return Proof::Strong;
    default:
        return Proof::Weak; // Luhn passes one wrong number in ten, the calendar more
    }
}

/// The value that the rule and the readings accept so far.
std::optional<std::string> accepted(const Rule& rule, const RowReader& reader) {
    const CombVotes& votes = reader.votes();
    const std::string text = votes.text();
    const Proof proof = proof_of(rule);
    bool enough = votes.supports(text) && reader.done() >= (proof == Proof::Strong ? 1 : 2);
    if (proof == Proof::None) {
        enough =
            votes.knows(text) && votes.unanimous() && votes.least_confidence() >= sure_character;
    }
    return enough && rule.check(text) ? std::optional(text) : std::nullopt;
}

/// When the majority fails: the one reading that satisfies a strong check and that others confirm
/// character by character.
std::optional<std::string> outvoted(const Rule& rule, const RowReader& reader) {
    std::optional<std::string> found;
    if (proof_of(rule) != Proof::Strong) {
        return found;
    }
    for (const std::string& text : reader.texts()) {
        if (rule.check(text) && reader.votes().knows(text)) {
            if (found.has_value() && *found != text) {
                return std::nullopt;
            }
            found = text;
        }
    }
    return found;
}

/// Reads until the value is settled or all ways of reading are used up.
std::optional<std::string> settled(const Rule& rule, RowReader& reader) {
    constexpr std::size_t department_letter = 6; // spec: 2A and 2B are characters 6 and 7
    constexpr std::size_t least_before_asking = 2;
    bool asked = rule.kind != IdentifierKind::Nir;
    while (reader.more()) {
        reader.read_once_more();
        const bool strong = proof_of(rule) == Proof::Strong;
        if (strong || asked) {
            if (auto value = accepted(rule, reader)) {
                return value;
            }
        }
        if (!asked && reader.done() >= least_before_asking) {
            asked = true;
            if (reader.votes().text()[department_letter - 1] == '2') {
                reader.ask_for_letter(department_letter);
            }
            if (auto value = accepted(rule, reader)) {
                return value;
            }
        }
        if (rule.kind == IdentifierKind::Date && reader.done() >= most_date_readings) {
            break;
        }
    }
    return outvoted(rule, reader);
}

double confidence_of(const Rule& rule, std::size_t readings) {
    const bool at_once = readings <= 2;
    switch (proof_of(rule)) {
    case Proof::Strong:
        return at_once ? strong_at_once : strong_later;
    case Proof::Weak:
        return at_once ? weak_at_once : weak_later;
    case Proof::None:
        break;
    }
    return unchecked;
}

Identifier described(
    const Rule& rule,
    const std::optional<std::string>& value,
    const RowReader& reader,
    const Box& row_px
) {
    Identifier identifier{.kind = rule.kind, .value = value.value_or(reader.votes().text())};
    identifier.valid = value.has_value();
    identifier.confidence = value.has_value() ? confidence_of(rule, reader.done()) : doubtful;
    identifier.box_px = row_px;
    identifier.characters = reader.votes().characters();
    if (rule.kind == IdentifierKind::Date && value.has_value()) {
        identifier.value = iso_date(*parse_date(*value));
    }
    if (rule.shape.size() == nir_body_length && nir_key(identifier.value) != 0) {
        identifier.value += nir_key_text(identifier.value);
        identifier.key_computed = true;
    }
    return identifier;
}

/// @param cells the row's cells where they are known; a key-less NIR must then stand complete in
/// them.
std::optional<Identifier> read_row(
    const CombInk& ink,
    const Box& row_px,
    const CombRow* cells,
    const std::vector<Label>& labels,
    TextReader& zones
) {
    const Span span = filled_span(ink);
    const std::optional<Rule> rule = rule_of(span.count, row_px, labels);
    if (!rule.has_value() || ink.filled() != span.count) {
        return std::nullopt;
    }
    const bool without_key = rule->shape.size() == nir_body_length;
    if (without_key && cells != nullptr && !stands_complete(*cells, span.first, span.count)) {
        return std::nullopt;
    }
    const ZoneContent content =
        rule->kind == IdentifierKind::Iban ? ZoneContent::DigitsAndCapitals : ZoneContent::Digits;
    RowReader reader(ink, span, content, zones);
    const std::optional<std::string> value = settled(*rule, reader);
    return described(*rule, value, reader, row_px);
}

} // namespace

std::optional<Identifier> identifier_in(
    const CombInk& ink, const Box& row_px, const std::vector<Label>& labels, TextReader& zones
) {
    return read_row(ink, row_px, nullptr, labels, zones);
}

std::optional<Identifier> identifier_in(
    const PageImage& grey, const CombRow& row, const std::vector<Label>& labels, TextReader& zones
) {
    if (row.cells_px.size() < date_length) {
        return std::nullopt;
    }
    return read_row(ink_of(grey, row), row.box_px, &row, labels, zones);
}

} // namespace pleiade::ocr
