#include "ocr/forms/comb_identifiers.h"

#include "ocr/forms/cell_places.h"
#include "ocr/forms/cell_verdict.h"
#include "ocr/forms/number_rules.h"
#include "ocr/forms/row_reader.h"
#include "ocr/identifier_checks.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

constexpr double doubtful = 0.3; // chosen: on the scale of identifiers/verification.cpp

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

/// Does the cell reader hold each character possible? Where no key verifies a number, both readers
/// must agree: text alone reads 2A as 24, every time alike.
bool is_seen(const std::string& text, const std::vector<CellOdds>& odds, Span span) {
    constexpr double possible = 0.2; // chosen
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (odds[span.first + i].of_character(text[i]) < possible) {
            return false;
        }
    }
    return true;
}

/// One row: its picture, its ink and its cells, and whether characters go on beside it.
struct RowOnPage {
    const PageImage& grey;
    const CombInk& ink;
    const CombRow& cells;
    bool goes_on = false;
};

/// Does a character stand one cell before the row or behind it? Then cells were not found.
bool goes_on_beside(
    const PageImage& grey,
    const CombRow& row,
    const std::vector<CellPlace>& places,
    CellReader& cells
) {
    constexpr double surely = 0.9; // chosen: the end of a label is rarely so like a digit
    const auto is_character = [&](CellPlace place, double step_px) {
        place.x_px += step_px;
        if (place.x_px < 0.0 || place.x_px >= grey.width_px) {
            return false;
        }
        const CellOdds odds = cells.read(grey, {place}).front();
        return odds.best() != empty_cell && odds.best() != no_character &&
               odds.of_character(odds.best()) >= surely;
    };
    return !places.empty() && (is_character(places.front(), -row.pitch_px) ||
                               is_character(places.back(), row.pitch_px));
}

/// The rule for a row filled like this; a NIR must end with its cells, a key-less one begin with
/// them, too.
std::optional<Rule> rule_of(const RowOnPage& row, Span span, const std::vector<Label>& labels) {
    std::optional<Rule> rule = rule_of(span.count, row.cells.box_px, labels);
    if (!rule.has_value() || rule->kind != IdentifierKind::Nir) {
        return rule;
    }
    const bool without_key = rule->shape.size() == nir_body_length;
    if (row.goes_on || (without_key && !stands_complete(row.cells, span.first, span.count))) {
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
    std::optional<std::string> value = settled(*rule, reader);
    if (value.has_value() && proof_of(*rule) != Proof::Strong && !is_seen(*value, odds, span)) {
        value.reset();
    }
    return described(*rule, value, reader, row.cells.box_px);
}

} // namespace

std::optional<Identifier> identifier_in(
    const PageImage& grey,
    const CombRow& row,
    const std::vector<Label>& labels,
    const CombReaders& readers
) {
    if (row.cells_px.size() < date_length) {
        return std::nullopt;
    }
    const CombInk ink = ink_of(grey, row);
    const bool goes_on = goes_on_beside(grey, row, cell_places(ink, row), readers.cells);
    return read_row({grey, ink, row, goes_on}, labels, readers);
}

} // namespace pleiade::ocr
