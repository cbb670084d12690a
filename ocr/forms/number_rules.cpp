#include "ocr/forms/number_rules.h"

#include "core/day.h"
#include "ocr/identifier_checks.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

// The confidence scale follows identifiers/verification.cpp. chosen
constexpr double strong_at_once = 0.97; ///< A key verifies it, in one or two readings.
constexpr double strong_later = 0.9;
constexpr double weak_at_once = 0.9; ///< Two readings alike, and Luhn or a day that exists.
constexpr double weak_later = 0.75;
constexpr double unchecked = 0.75; ///< No key, all readings alike and sure.
constexpr std::size_t nine_digits = 9;

constexpr std::size_t later_reading = 3; // a repair is as good as a number that took three

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

} // namespace

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

void complete(const Rule& rule, Identifier& identifier) {
    if (rule.kind == IdentifierKind::Date && identifier.valid) {
        identifier.value = iso_day(*parse_date(identifier.value));
    }
    if (rule.shape.size() == nir_body_length && nir_key(identifier.value) != 0) {
        identifier.value += nir_key_text(identifier.value);
        identifier.key_computed = true;
    }
}

Identifier described(const Rule& rule, const CellVerdict& verdict, const Box& row_px) {
    Identifier identifier{.kind = rule.kind, .value = verdict.text, .valid = true};
    identifier.confidence = confidence_of(rule, verdict.repaired ? later_reading : 1);
    identifier.box_px = row_px;
    identifier.characters = verdict.characters;
    identifier.repaired = verdict.repaired;
    identifier.repair = verdict.repair;
    complete(rule, identifier);
    return identifier;
}

} // namespace pleiade::ocr
