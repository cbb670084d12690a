// Puts the sources of identifiers together: barcodes, comb boxes, words.

#include "ocr/forms/comb_identifiers.h"
#include "ocr/forms/comb_rows.h"
#include "ocr/forms/loose_row.h"
#include "ocr/identifier_finder.h"
#include "ocr/identifiers/candidate.h"
#include "ocr/identifiers/date_finder.h"
#include "ocr/identifiers/mark_identifiers.h"
#include "ocr/identifiers/verification.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

constexpr int most_zones = 8; // chosen: 30 ms each; a page with more numbers is a list

bool meets(const Box& a, const Box& b) {
    return !intersection(a, b).empty();
}

/// Tokens whose middle lies in the box are what the page reader made of it.
void drop_tokens_in(const Box& box, std::vector<Token>& tokens) {
    std::erase_if(tokens, [&](const Token& token) {
        const int x = (token.box_px.x0 + token.box_px.x1) / 2;
        const int y = (token.box_px.y0 + token.box_px.y1) / 2;
        return x >= box.x0 && x < box.x1 && y >= box.y0 - box.height() / 4 &&
               y < box.y1 + box.height() / 4;
    });
}

std::vector<Identifier>
from_combs(const PageImage& grey, std::vector<Token>& tokens, TextReader& zones) {
    std::vector<Identifier> found;
    const std::vector<Label> labels = labels_of(tokens);
    for (const CombRow& row : find_comb_rows(grey)) {
        std::optional<Identifier> identifier = identifier_in(grey, row, labels, zones);
        if (identifier.has_value()) {
            if (identifier->valid) {
                drop_tokens_in(row.box_px, tokens);
            }
            found.push_back(std::move(*identifier));
        }
    }
    return found;
}

std::vector<Identifier>
from_words(const PageImage& grey, const std::vector<Token>& tokens, TextReader& zones) {
    std::vector<Identifier> found;
    std::vector<Token> rest = tokens;
    int zones_left = most_zones;
    for (const Candidate& candidate : candidates_of(tokens, labels_of(tokens))) {
        std::optional<Identifier> identifier =
            verified(candidate, grey, zones_left-- > 0 ? &zones : nullptr);
        if (identifier.has_value()) {
            if (identifier->valid) {
                drop_tokens_in(identifier->box_px, rest);
            }
            found.push_back(std::move(*identifier));
        }
    }
    std::vector<Identifier> dates = dates_of(rest);
    std::ranges::move(dates, std::back_inserter(found));
    return found;
}

/// Labelled NIRs whose cells were not found and whose words gave nothing sure.
std::vector<Identifier> from_loose_rows(
    const PageImage& grey,
    const std::vector<Token>& tokens,
    const std::vector<Identifier>& known,
    TextReader& zones
) {
    std::vector<Identifier> found;
    const std::vector<Label> labels = labels_of(tokens);
    int line_done = -1;
    for (const Label& label : labels) {
        if (label.kind != IdentifierKind::Nir || label.line_index == line_done) {
            continue;
        }
        line_done = label.line_index;
        const Box place = place_after(label, tokens, grey);
        const bool settled = std::ranges::any_of(known, [&](const Identifier& i) {
            return i.kind == IdentifierKind::Nir && i.valid && meets(i.box_px, place);
        });
        const std::optional<CombRow> row = settled ? std::nullopt : loose_row(grey, place);
        if (row.has_value()) {
            if (auto identifier = identifier_in(grey, *row, labels, zones)) {
                found.push_back(std::move(*identifier));
            }
        }
    }
    return found;
}

/// Keeps of each value the surest place, and nothing doubtful where something sure stands.
std::vector<Identifier> without_doubles(std::vector<Identifier> all) {
    std::ranges::stable_sort(all, std::ranges::greater{}, [](const Identifier& i) {
        return i.confidence + (i.valid ? 1.0 : 0.0);
    });
    std::vector<Identifier> kept;
    for (Identifier& identifier : all) {
        const bool known = std::ranges::any_of(kept, [&](const Identifier& other) {
            return (other.kind == identifier.kind && other.value == identifier.value) ||
                   (!identifier.valid && meets(other.box_px, identifier.box_px));
        });
        if (!known) {
            kept.push_back(std::move(identifier));
        }
    }
    std::ranges::stable_sort(kept, {}, [](const Identifier& i) { return i.box_px.y0; });
    return kept;
}

} // namespace

std::vector<Identifier> find_identifiers(
    const PageImage& grey, const PageText& text, const std::vector<Mark>& marks, TextReader& zones
) {
    std::vector<Identifier> all;
    for (const Mark& mark : marks) {
        std::ranges::move(identifiers_of(mark), std::back_inserter(all));
    }
    std::vector<Token> tokens = tokens_of(text);
    std::ranges::move(from_combs(grey, tokens, zones), std::back_inserter(all));
    std::ranges::move(from_words(grey, tokens, zones), std::back_inserter(all));
    std::ranges::move(from_loose_rows(grey, tokens, all, zones), std::back_inserter(all));
    return without_doubles(std::move(all));
}

} // namespace pleiade::ocr
