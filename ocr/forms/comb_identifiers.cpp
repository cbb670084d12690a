#include "ocr/forms/comb_identifiers.h"

#include "core/day.h"
#include "ocr/forms/cell_places.h"
#include "ocr/forms/cell_verdict.h"
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

/// Gives a date its ISO form and a NIR without key its key.
void complete(const Rule& rule, Identifier& identifier) {
    if (rule.kind == IdentifierKind::Date && identifier.valid) {
        identifier.value = iso_day(*parse_date(identifier.value));
    }
    if (rule.shape.size() == nir_body_length && nir_key(identifier.value) != 0) {
        identifier.value += nir_key_text(identifier.value);
        identifier.key_computed = true;
    }
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
    complete(rule, identifier);
    return identifier;
}

/// What the cell reader alone is sure of.
Identifier described(const Rule& rule, const CellVerdict& verdict, const Box& row_px) {
    Identifier identifier{.kind = rule.kind, .value = verdict.text, .valid = true};
    identifier.confidence = confidence_of(rule, verdict.repaired ? settings.size() : 1);
    identifier.box_px = row_px;
    identifier.characters = verdict.characters;
    identifier.repaired = verdict.repaired;
    identifier.repair = verdict.repair;
    complete(rule, identifier);
    return identifier;
}

Span filled_span(const std::vector<CellOdds>& odds) {
    const auto filled = [](const CellOdds& cell) { return cell.best() != empty_cell; };
    const auto first = std::ranges::find_if(odds, filled);
    const auto last = std::find_if(odds.rbegin(), odds.rend(), filled).base();
    if (first == odds.end()) {
        return {};
    }
    return {static_cast<std::size_t>(first - odds.begin()), static_cast<std::size_t>(last - first)};
}

bool reads_as_words(const std::vector<CellOdds>& odds, Span span) {
    const auto from = odds.begin() + static_cast<std::ptrdiff_t>(span.first);
    const auto strange = std::count_if(
        from,
        from + static_cast<std::ptrdiff_t>(span.count),
        [](const CellOdds& cell) { return cell.best() == no_character; }
    );
    return strange * 2 > static_cast<std::ptrdiff_t>(span.count); // chosen: most of the cells
}

/// One row: its picture, its ink and its cells.
struct RowOnPage {
    const PageImage& grey;
    const CombInk& ink;
    const CombRow& cells;
};

/// The rule for a row filled like this; a key-less NIR must stand complete in its cells.
std::optional<Rule> rule_of(const RowOnPage& row, Span span, const std::vector<Label>& labels) {
    std::optional<Rule> rule = rule_of(span.count, row.cells.box_px, labels);
    const bool without_key = rule.has_value() && rule->shape.size() == nir_body_length;
    if (without_key && !stands_complete(row.cells, span.first, span.count)) {
        return std::nullopt;
    }
    return rule;
}

std::optional<Identifier>
read_row(const RowOnPage& row, const std::vector<Label>& labels, const CombReaders& readers) {
    const std::vector<CellOdds> odds =
        readers.cells.read(row.grey, cell_places(row.ink, row.cells));
    const Span seen = filled_span(odds);
    if (reads_as_words(odds, seen)) {
        return std::nullopt;
    }
    const std::optional<Rule> likely = rule_of(row, seen, labels);
    if (likely.has_value() && likely->kind != IdentifierKind::Iban) {
        const auto from = odds.begin() + static_cast<std::ptrdiff_t>(seen.first);
        const std::vector<CellOdds> filled(from, from + static_cast<std::ptrdiff_t>(seen.count));
        if (auto verdict = verdict_of(*likely, proof_of(*likely), filled)) {
            for (std::size_t i = 0; i < seen.count; ++i) {
                verdict->characters[i].box_px = row.ink.inks_px[seen.first + i];
            }
            return described(*likely, *verdict, row.cells.box_px);
        }
    }
    const Span span = filled_span(row.ink);
    const std::optional<Rule> rule = rule_of(row, span, labels);
    if (!rule.has_value() || row.ink.filled() != span.count) {
        return std::nullopt;
    }
    const ZoneContent content =
        rule->kind == IdentifierKind::Iban ? ZoneContent::DigitsAndCapitals : ZoneContent::Digits;
    RowReader reader(row.ink, span, content, readers.zones);
    const std::optional<std::string> value = settled(*rule, reader);
    return described(*rule, value, reader, row.cells.box_px);
}

std::vector<Rule> rules_of(const std::vector<IdentifierKind>& kinds) {
    std::vector<Rule> rules;
    for (const IdentifierKind kind : kinds) {
        if (kind == IdentifierKind::Date) {
            rules.push_back({kind, std::string(date_length, 'd'), is_date_text});
        }
        std::ranges::copy_if(fixed_rules(), std::back_inserter(rules), [&](const Rule& rule) {
            return rule.kind == kind;
        });
    }
    return rules;
}

/// So many characters of a run, those least like characters left out: walls between groups of
/// cells.
CharacterRun without_weakest(CharacterRun run, std::size_t length) {
    while (run.size() > length) {
        run.erase(std::ranges::min_element(run, {}, [](const SeenCharacter& seen) {
            return seen.odds.of_character(seen.odds.best());
        }));
    }
    return run;
}

/// Stretches of a run that may be the whole number. What a check key verifies may have words
/// beside it that are spaced like digits, and one character that was not seen.
std::vector<CharacterRun> stretches_of(
    const CharacterRun& run,
    const Rule& rule,
    const PageImage& grey,
    const DigitLine& line,
    CellReader& cells
) {
    constexpr std::size_t most_beside = 3;
    const std::size_t length = rule.shape.size();
    if (run.size() == length) {
        return {run};
    }
    std::vector<CharacterRun> stretches;
    if (proof_of(rule) != Proof::Strong || run.size() > length + most_beside) {
        return stretches;
    }
    if (run.size() + 1 == length) {
        if (CharacterRun filled = with_hole_filled(grey, line, run, cells); !filled.empty()) {
            stretches.push_back(std::move(filled));
        }
        return stretches;
    }
    const auto count = static_cast<std::ptrdiff_t>(length);
    for (auto from = run.begin(); run.end() - from >= count; ++from) {
        stretches.emplace_back(from, from + count);
    }
    stretches.push_back(without_weakest(run, length));
    return stretches;
}

/// Is no other digit beside the run? A digit that was lost would make a wrong number.
bool stands_alone(
    const CharacterRun& run, const PageImage& grey, const DigitLine& line, CellReader& cells
) {
    const double step = (run.back().x_px - run.front().x_px) / static_cast<double>(run.size() - 1);
    const auto is_free = [&](double x) {
        const double y = line.y_px + line.slope * (x - line.x0_px);
        return cells.read(grey, {{x, y, line.height_px}}).front().best() == empty_cell ||
               !is_full_height(grey, line, x);
    };
    return is_free(run.front().x_px - step) && is_free(run.back().x_px + step);
}

/// The end of a label may look like a digit, but is lower.
CharacterRun without_small_ends(CharacterRun run, const PageImage& grey, const DigitLine& line) {
    while (!run.empty() && !is_full_height(grey, line, run.front().x_px)) {
        run.erase(run.begin());
    }
    while (!run.empty() && !is_full_height(grey, line, run.back().x_px)) {
        run.pop_back();
    }
    return run;
}

Box box_of(const CharacterRun& run, const DigitLine& line) {
    const double half = line.height_px / 2;
    const double y0 = line.y_px + line.slope * (run.front().x_px - line.x0_px);
    const double y1 = line.y_px + line.slope * (run.back().x_px - line.x0_px);
    return {
        static_cast<int>(run.front().x_px - half),
        static_cast<int>(std::min(y0, y1) - half),
        static_cast<int>(run.back().x_px + half) + 1,
        static_cast<int>(std::max(y0, y1) + half) + 1};
}

std::optional<Identifier> identifier_on(
    const DigitLine& line,
    const CharacterRun& run,
    const Rule& rule,
    const PageImage& grey,
    CellReader& cells
) {
    for (const CharacterRun& stretch : stretches_of(run, rule, grey, line, cells)) {
        std::vector<CellOdds> odds;
        for (const SeenCharacter& seen : stretch) {
            odds.push_back(seen.odds);
        }
        std::optional<CellVerdict> verdict = verdict_of(rule, proof_of(rule), odds);
        const bool verified = proof_of(rule) == Proof::Strong;
        if (!verdict.has_value() || (!verified && !stands_alone(run, grey, line, cells))) {
            continue;
        }
        for (std::size_t i = 0; i < stretch.size(); ++i) {
            verdict->characters[i].box_px = box_of({stretch[i]}, line);
        }
        return described(rule, *verdict, box_of(stretch, line));
    }
    return std::nullopt;
}

} // namespace

std::optional<DigitLine> line_of(const PageImage& grey, const CombRow& row) {
    constexpr std::size_t least_filled = 6;   // chosen: of a number of thirteen
    constexpr double most_cells_missed = 9.0; // chosen
    const CombInk ink = ink_of(grey, row);
    if (ink.filled() < least_filled) {
        return std::nullopt;
    }
    const std::vector<CellPlace> places = cell_places(ink, row);
    const CellPlace& first = places.front();
    const CellPlace& last = places.back();
    DigitLine line{.height_px = first.height_px};
    line.slope = (last.y_px - first.y_px) / std::max(1.0, last.x_px - first.x_px);
    line.x0_px = std::max(0.0, first.x_px - most_cells_missed * row.pitch_px);
    line.x1_px = std::min<double>(grey.width_px, last.x_px + most_cells_missed * row.pitch_px);
    line.y_px = first.y_px + line.slope * (line.x0_px - first.x_px);
    return line;
}

std::optional<Identifier> identifier_along(
    const PageImage& grey,
    const DigitLine& line,
    const std::vector<IdentifierKind>& kinds,
    CellReader& cells
) {
    const std::vector<Rule> rules = rules_of(kinds);
    const auto shortest =
        std::ranges::min_element(rules, {}, [](const Rule& rule) { return rule.shape.size(); });
    for (const CharacterRun& whole : runs_along(grey, line, shortest->shape.size(), cells)) {
        const CharacterRun run = without_small_ends(whole, grey, line);
        for (const Rule& rule : rules) {
            if (auto identifier = identifier_on(line, run, rule, grey, cells)) {
                return identifier;
            }
        }
    }
    return std::nullopt;
}

std::optional<Identifier> identifier_in(
    const PageImage& grey,
    const CombRow& row,
    const std::vector<Label>& labels,
    const CombReaders& readers
) {
    if (row.cells_px.size() < date_length) {
        return std::nullopt;
    }
    return read_row({grey, ink_of(grey, row), row}, labels, readers);
}

} // namespace pleiade::ocr
