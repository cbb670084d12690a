#include "ocr/forms/cell_verdict.h"

#include "ocr/forms/likely_texts.h"
#include "ocr/identifier_checks.h"

#include <algorithm>
#include <cmath>

namespace pleiade::ocr {
namespace {

constexpr std::size_t most_texts = 400; // chosen: beyond, nothing is likely any more

/// How sure the cells must be before their text is believed.
struct Demand {
    double likelihood = 0.0; ///< Of the text, all characters together.
    double share = 0.0;      ///< Of the likelihood of all texts that hold the check.
    double of_best = 0.0;    ///< Against the likeliest text, check or not.
};

// chosen: a key of two digits passes one wrong text in 97, Luhn and the calendar far more
Demand demand_of(Proof proof) {
    switch (proof) {
    case Proof::Strong:
        return {.likelihood = 0.02, .share = 0.98, .of_best = 0.24};
    case Proof::Weak:
        return {.likelihood = 0.75, .share = 0.98, .of_best = 1.0};
    case Proof::None:
        break;
    }
    return {.likelihood = 0.97, .share = 0.98, .of_best = 1.0};
}

/// What the cells say without any rule.
double likelihood_of_best(const std::vector<CellOdds>& cells) {
    double product = 1.0;
    for (const CellOdds& cell : cells) {
        product *= cell.of_character(cell.best());
    }
    return product;
}

std::vector<Character> characters_of(const std::string& text, const std::vector<CellOdds>& cells) {
    std::vector<Character> characters;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        CellOdds others = cells[i];
        others.of[cell_classes.find(text[i])] = 0.0F;
        characters.push_back(Character{
            .text = std::string(1, text[i]),
            .confidence = cells[i].of_character(text[i]),
            .second = std::string(1, others.best()),
            .second_confidence = others.of_character(others.best())});
    }
    return characters;
}

void note_repairs(const std::vector<CellOdds>& cells, CellVerdict& verdict) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].best() != verdict.text[i]) {
            verdict.repaired = true;
            verdict.repair += verdict.repair.empty() ? "" : ", ";
            verdict.repair += std::string(1, cells[i].best()) + " read at " +
                              std::to_string(i + 1) + ", is " + verdict.text[i];
        }
    }
}

} // namespace

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

std::optional<CellVerdict>
verdict_of(const Rule& rule, Proof proof, const std::vector<CellOdds>& cells) {
    std::optional<LikelyText> best;
    double all = 0.0;
    for (LikelyText& text : likely_texts(cells, rule.shape, most_texts)) {
        if (rule.check(text.text)) {
            all += text.likelihood;
            if (!best.has_value()) {
                best = std::move(text);
            }
        }
    }
    const Demand demand = demand_of(proof);
    if (!best.has_value() || best->likelihood < demand.likelihood ||
        best->likelihood < demand.share * all ||
        best->likelihood < demand.of_best * likelihood_of_best(cells)) {
        return std::nullopt;
    }
    CellVerdict verdict{.text = best->text, .characters = characters_of(best->text, cells)};
    note_repairs(cells, verdict);
    return verdict;
}

} // namespace pleiade::ocr
