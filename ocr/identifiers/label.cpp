#include "ocr/identifiers/label.h"

#include "ocr/identifier_checks.h"
#include "ocr/identifiers/folded_text.h"

#include <algorithm>
#include <numeric>

namespace pleiade::ocr {
namespace {

struct LabelWord {
    std::string_view word; ///< Folded.
    IdentifierKind kind;
};

constexpr auto label_words = std::to_array<LabelWord>({
    {"securite", IdentifierKind::Nir},
    {"sociale", IdentifierKind::Nir},
    {"immatriculation", IdentifierKind::Nir},
    {"immatricule", IdentifierKind::Nir},
    {"immatriculee", IdentifierKind::Nir},
    {"matricule", IdentifierKind::Nir},
    {"nir", IdentifierKind::Nir},
    {"nss", IdentifierKind::Nir},
    {"ins", IdentifierKind::Nir}, // spec: docs/domain.md 2.2, the number of an INS is a NIR
    {"ss", IdentifierKind::Nir},
    {"secu", IdentifierKind::Nir},
    {"siret", IdentifierKind::Siret},
    {"siren", IdentifierKind::Siren},
    {"rcs", IdentifierKind::Siren},
    {"finess", IdentifierKind::Finess},
    {"adeli", IdentifierKind::Adeli},
    {"organisme", IdentifierKind::OrganismCode},
    {"rpps", IdentifierKind::Rpps},
    {"iban", IdentifierKind::Iban},
    {"suivi", IdentifierKind::LaPoste},
    {"recommande", IdentifierKind::LaPoste},
    {"recommandee", IdentifierKind::LaPoste},
    {"colis", IdentifierKind::S10},
});

// chosen: labels stand at most this many text heights above their number
constexpr int most_heights_above = 4;
constexpr std::size_t forgiving_length = 5; // chosen: in shorter words one letter is another word

const LabelWord* label_word(std::string_view text) {
    const std::string word = folded(text);
    for (const LabelWord& known : label_words) {
        if (known.word == word) {
            return &known;
        }
    }
    for (const LabelWord& known : label_words) {
        // "siret" and "siren" differ by the one letter that would be forgiven.
        if (known.word.size() > forgiving_length && edit_distance(known.word, word) <= 1) {
            return &known;
        }
    }
    return nullptr;
}

/// A SIREN also stands inside other numbers of a company, a matricule is a NIR.
bool names(IdentifierKind label, IdentifierKind kind) {
    const auto family = [](IdentifierKind k) {
        switch (k) {
        case IdentifierKind::ProvisionalNir:
            return IdentifierKind::Nir;
        case IdentifierKind::S10:
            return IdentifierKind::LaPoste;
        default:
            return k;
        }
    };
    return family(label) == family(kind) ||
           (label == IdentifierKind::Siren && kind == IdentifierKind::Siret) ||
           (label == IdentifierKind::Siret && kind == IdentifierKind::Siren);
}

bool stands_above(const Box& label, const Box& number) {
    const int reach = most_heights_above * std::max(number.height(), 1);
    return label.y1 <= number.y0 + number.height() / 2 && number.y0 - label.y1 < reach &&
           label.x0 < number.x1 && label.x1 + reach > number.x0;
}

} // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

std::vector<Label> labels_of(const std::vector<Token>& tokens) {
    std::vector<Label> labels;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::size_t glued = glued_label_length(tokens[i].text);
        const std::string_view text = std::string_view(tokens[i].text).substr(0, glued);
        if (const LabelWord* word = label_word(glued > 0 ? text : tokens[i].text)) {
            labels.push_back(Label{word->kind, i, tokens[i].box_px, tokens[i].line_index});
        }
    }
    return labels;
}

std::size_t glued_label_length(std::string_view token) {
    const auto first_digit =
        static_cast<std::size_t>(std::ranges::find_if(token, is_digit) - token.begin());
    if (first_digit == 0 || first_digit == token.size()) {
        return 0;
    }
    const std::string_view letters = token.substr(0, first_digit);
    const std::string word = folded(letters);
    const bool known =
        std::ranges::any_of(label_words, [&](const LabelWord& w) { return w.word == word; });
    return known || word == "no" || word == "n" ? first_digit : 0;
}

bool is_labelled(
    IdentifierKind kind,
    const Token& first,
    std::size_t first_token,
    const std::vector<Label>& labels
) {
    const Label* before = nullptr;
    bool above = false;
    for (const Label& label : labels) {
        if (label.line_index == first.line_index && label.token <= first_token) {
            before = &label;
        } else if (label.line_index != first.line_index && stands_above(label.box_px, first.box_px)) {
            above = above || names(label.kind, kind);
        }
    }
    return before != nullptr ? names(before->kind, kind) : above;
}

} // namespace pleiade::ocr
