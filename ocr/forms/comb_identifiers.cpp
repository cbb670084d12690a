#include "ocr/forms/comb_identifiers.h"

#include "ocr/forms/comb_reading.h"
#include "ocr/identifier_checks.h"
#include "ocr/identifiers/rule.h"
#include "ocr/identifiers/verification.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

// The confidence scale follows identifiers/verification.cpp. chosen
constexpr double one_reading_holds = 0.97; ///< Read once, the key is right.
constexpr double date_factor = 0.95;       ///< Times the least sure digit.
constexpr std::size_t date_length = 8;
constexpr std::size_t nine_digits = 9;

bool is_date_text(std::string_view text) {
    return text.size() == date_length && parse_date(text).has_value();
}

bool labelled_as(IdentifierKind kind, const CombRow& row, const std::vector<Label>& labels) {
    const Box& box = row.box_px;
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
rule_of(std::size_t length, const CombRow& row, const std::vector<Label>& labels) {
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
            (length != nine_digits || labelled_as(rule.kind, row, labels))) {
            return rule;
        }
    }
    return std::nullopt;
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

ZoneReading reading_of(
    const CombInk& ink, Span span, CombSpacing spacing, ZoneContent content, TextReader& zones
) {
    const CombCharacters all = read_comb(ink, spacing, content, zones);
    ZoneReading reading;
    reading.confidence = 1.0;
    for (std::size_t i = span.first; i < span.first + span.count; ++i) {
        reading.text += all[i].text.size() == 1 ? all[i].text : "?";
        reading.characters.push_back(all[i]);
        reading.confidence = std::min(reading.confidence, all[i].confidence);
    }
    return reading;
}

Candidate candidate_of(const Rule& rule, const CombRow& row, const ZoneReading& reading) {
    Candidate candidate;
    candidate.rule = rule;
    candidate.raw = reading.text;
    candidate.reading = read_as(rule, reading.text);
    candidate.zones_px = {row.box_px};
    candidate.confidence = reading.confidence;
    candidate.labelled = true; // so many cells are made for nothing else
    return candidate;
}

Identifier date_of(const Candidate& candidate, const ZoneReading& reading) {
    Identifier date{.kind = IdentifierKind::Date, .value = candidate.reading.value};
    date.valid = candidate.reading.holds;
    if (date.valid) {
        date.value = iso_date(*parse_date(candidate.reading.value));
    }
    date.confidence = reading.confidence * date_factor;
    date.box_px = candidate.zones_px.front();
    date.characters = reading.characters;
    return date;
}

} // namespace

std::optional<Identifier> identifier_in(
    const PageImage& grey, const CombRow& row, const std::vector<Label>& labels, TextReader& zones
) {
    if (row.cells_px.size() < date_length) {
        return std::nullopt;
    }
    const CombInk ink = ink_of(grey, row);
    const Span span = filled_span(ink);
    const std::optional<Rule> rule = rule_of(span.count, row, labels);
    if (!rule.has_value() || ink.filled() != span.count) {
        return std::nullopt;
    }
    const ZoneContent content =
        rule->kind == IdentifierKind::Iban ? ZoneContent::DigitsAndCapitals : ZoneContent::Digits;
    const ZoneReading close = reading_of(ink, span, CombSpacing::Close, content, zones);
    const Candidate candidate = candidate_of(*rule, row, close);
    if (rule->kind == IdentifierKind::Date) {
        return date_of(candidate, close);
    }
    const bool keyed = rule->shape.size() != nir_body_length;
    if (keyed && candidate.reading.holds && !candidate.reading.repaired) {
        std::optional<Identifier> identifier = judged(candidate, close);
        if (identifier.has_value()) {
            identifier->confidence = std::min(identifier->confidence, one_reading_holds);
        }
        return identifier;
    }
    const ZoneReading wide = reading_of(ink, span, CombSpacing::Wide, content, zones);
    std::optional<Identifier> identifier = judged(candidate, wide);
    if (keyed && rule->kind == IdentifierKind::Nir &&
        (!identifier.has_value() || !identifier->valid)) {
        // Digits only reads 2A as 24 and 2B as 28.
        return judged(
            candidate,
            reading_of(ink, span, CombSpacing::Close, ZoneContent::DigitsAndCapitals, zones)
        );
    }
    return identifier;
}

} // namespace pleiade::ocr
