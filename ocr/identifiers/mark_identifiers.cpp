#include "ocr/identifiers/mark_identifiers.h"

#include "ocr/identifier_checks.h"
#include "ocr/identifiers/rule.h"

#include <algorithm>
#include <optional>

namespace pleiade::ocr {
namespace {

constexpr double mark_confidence = 0.99; // chosen: error correction or check digit, and our check

bool is_element_character(char c) {
    return is_digit(c) || is_capital(c) || c == ' ';
}

std::vector<std::string> elements_of(const std::string& text) {
    std::vector<std::string> elements(1);
    for (const char c : text) {
        if (!is_element_character(c)) {
            elements.emplace_back();
        } else if (c != ' ') {
            elements.back() += c;
        }
    }
    std::erase_if(elements, [](const std::string& e) { return e.empty(); });
    return elements;
}

std::optional<Identifier> identifier_in(const std::string& element, const Mark& mark) {
    std::vector<Rule> rules = fixed_rules();
    if (const auto iban = iban_rule(element.substr(0, 2))) {
        rules.push_back(*iban);
    }
    for (const Rule& rule : rules) {
        // Any nine digits are somebody's code; they satisfy Luhn once in ten, and thirteen without
        // key are any article number.
        const bool weak =
            rule.kind == IdentifierKind::Siren || rule.kind == IdentifierKind::Finess ||
            rule.kind == IdentifierKind::Adeli || rule.kind == IdentifierKind::OrganismCode ||
            rule.kind == IdentifierKind::ProvisionalNir ||
            (rule.kind == IdentifierKind::Nir && rule.shape.size() == nir_body_length);
        if (!weak && rule.shape.size() == element.size() && rule.check(element)) {
            return Identifier{
                .kind = rule.kind,
                .value = element,
                .valid = true,
                .confidence = mark_confidence,
                .box_px = mark.box_px};
        }
    }
    return std::nullopt;
}

} // namespace

std::vector<Identifier> identifiers_of(const Mark& mark) {
    std::vector<Identifier> identifiers;
    if (mark.check == Check::Bad) {
        return identifiers;
    }
    std::vector<std::string> elements = elements_of(mark.text);
    const bool two_d_doc = mark.text.starts_with("DC0");
    if (elements.size() >= 4 && elements[0] == "ARLAPOSTE") {
        elements = {elements[2] + elements[3]}; // spec: ARLAPOSTE;01;<12 characters>;<key>
    }
    for (const std::string& element : elements) {
        std::optional<Identifier> found = identifier_in(element, mark);
        if (!found.has_value() && two_d_doc && element.size() > 2) {
            found = identifier_in(element.substr(2), mark);
        }
        if (found.has_value()) {
            identifiers.push_back(std::move(*found));
        }
    }
    return identifiers;
}

} // namespace pleiade::ocr
