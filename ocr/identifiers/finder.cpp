// Puts the sources of identifiers together: barcodes, comb boxes, words.

#include "core/units.h"
#include "ocr/forms/comb_identifiers.h"
#include "ocr/forms/comb_rows.h"
#include "ocr/forms/digit_lines.h"
#include "ocr/forms/line_identifiers.h"
#include "ocr/identifier_checks.h"
#include "ocr/identifier_finder.h"
#include "ocr/identifiers/candidate.h"
#include "ocr/identifiers/date_finder.h"
#include "ocr/identifiers/folded_text.h"
#include "ocr/identifiers/mark_identifiers.h"
#include "ocr/identifiers/verification.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

constexpr std::size_t most_lines = 8; // chosen: 15 ms each
constexpr int most_zones = 8;         // chosen: 30 ms each; a page with more numbers is a list

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

bool has_valid_at(const std::vector<Identifier>& found, const Box& box) {
    return std::ranges::any_of(found, [&](const Identifier& other) {
        return other.valid && meets(other.box_px, box);
    });
}

Box box_of(const DigitLine& line) {
    const double half = line.height_px / 2;
    const double y1 = line.y_at(line.x1_px);
    return {
        static_cast<int>(line.x0_px),
        static_cast<int>(std::min(line.y_px, y1) - half),
        static_cast<int>(line.x1_px),
        static_cast<int>(std::max(line.y_px, y1) + half)};
}

std::vector<Identifier>
from_combs(const PageImage& grey, std::vector<Token>& tokens, const CombReaders& readers) {
    std::vector<Identifier> found;
    const auto keep = [&](Identifier identifier) {
        if (identifier.valid) {
            drop_tokens_in(identifier.box_px, tokens);
        }
        found.push_back(std::move(identifier));
    };
    const std::vector<Label> labels = labels_of(tokens);
    std::vector<DigitLine> lines;
    for (const CombRow& row : find_comb_rows(grey)) {
        std::optional<Identifier> identifier = identifier_in(grey, row, labels, readers);
        const bool sure = identifier.has_value() && identifier->valid;
        if (!sure && lines.size() < most_lines) {
            if (const std::optional<DigitLine> line = line_of(grey, row)) {
                lines.push_back(*line);
            }
        }
        if (identifier.has_value()) {
            keep(std::move(*identifier));
        }
    }
    std::ranges::move(spaced_lines(grey), std::back_inserter(lines));
    for (const DigitLine& line : lines) {
        if (has_valid_at(found, box_of(line))) {
            continue;
        }
        if (auto identifier = identifier_along(
                grey,
                line,
                {IdentifierKind::Nir, IdentifierKind::Siret, IdentifierKind::Date},
                readers.cells
            )) {
            keep(std::move(*identifier));
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

/// Words before dates on forms; "le" and "du" stand in every letter.
bool names_form_date(const Token& token) {
    constexpr auto words = std::to_array<std::string_view>(
        {"date", "naissance", "nee", "embauche", "accident", "arret"}
    );
    return std::ranges::find(words, std::string_view(folded(token.text))) != words.end();
}

/// Labels of numbers that forms set into cells.
std::vector<Label> cell_labels(const std::vector<Token>& tokens) {
    std::vector<Label> labels = labels_of(tokens);
    std::erase_if(labels, [](const Label& label) {
        return label.kind != IdentifierKind::Nir && label.kind != IdentifierKind::Siret;
    });
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (names_form_date(tokens[i])) {
            labels.push_back({IdentifierKind::Date, i, tokens[i].box_px, tokens[i].line_index});
        }
    }
    return labels;
}

/// Where the cells of a labelled number may stand: to the right of the label, and below it.
std::vector<Box> places_of(const Label& label, const PageImage& grey) {
    const auto px = [&](double length) {
        return to_pixels({length}, Dpi{static_cast<double>(grey.dpi)});
    };
    // chosen: cells are up to 9 mm high and reach over and below the line of their label; fifteen
    // cells of 7 mm and their gaps are 125 mm wide
    const Box& box = label.box_px;
    return {
        {box.x1, box.y0 - px(4), box.x1 + px(150), box.y1 + px(4)},
        {box.x0 - px(40), box.y1 + 1, box.x0 + px(140), box.y1 + px(16)}};
}

/// Labelled numbers whose cells were not found and whose words gave nothing sure.
std::vector<Identifier> from_places(
    const PageImage& grey,
    const std::vector<Token>& tokens,
    const std::vector<Identifier>& known,
    CellReader& cells
) {
    std::vector<Identifier> found;
    const auto settled = [&](IdentifierKind kind, const Box& box) {
        const auto here = [&](const Identifier& i) {
            return i.kind == kind && i.valid && meets(i.box_px, box);
        };
        return std::ranges::any_of(known, here) || std::ranges::any_of(found, here);
    };
    for (const Label& label : cell_labels(tokens)) {
        for (const Box& place : places_of(label, grey)) {
            if (settled(label.kind, place)) {
                break;
            }
            for (const DigitLine& line : digit_lines(grey, place)) {
                auto identifier = identifier_along(grey, line, {label.kind}, cells);
                if (identifier.has_value()) {
                    found.push_back(std::move(*identifier));
                    break;
                }
            }
        }
    }
    return found;
}

/// Keeps of each value the surest place, and nothing doubtful where something sure stands. Dates
/// are kept at every place: on the day of an accident one may also have written.
std::vector<Identifier> without_doubles(std::vector<Identifier> all) {
    std::ranges::stable_sort(all, std::ranges::greater{}, [](const Identifier& i) {
        return i.confidence + (i.valid ? 1.0 : 0.0);
    });
    std::vector<Identifier> kept;
    for (Identifier& identifier : all) {
        const bool known = std::ranges::any_of(kept, [&](const Identifier& other) {
            const bool here = meets(other.box_px, identifier.box_px);
            return (other.kind == identifier.kind && other.value == identifier.value &&
                    (here || identifier.kind != IdentifierKind::Date)) ||
                   (!identifier.valid && here);
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
    const PageImage& grey,
    const PageText& text,
    const std::vector<Mark>& marks,
    TextReader& zones,
    CellReader& cells
) {
    const CombReaders readers{cells, zones};
    std::vector<Identifier> all;
    for (const Mark& mark : marks) {
        std::ranges::move(identifiers_of(mark), std::back_inserter(all));
    }
    std::vector<Token> tokens = tokens_of(text);
    std::ranges::move(from_combs(grey, tokens, readers), std::back_inserter(all));
    std::ranges::move(from_words(grey, tokens, zones), std::back_inserter(all));
    std::ranges::move(from_places(grey, tokens, all, cells), std::back_inserter(all));
    return without_doubles(std::move(all));
}

} // namespace pleiade::ocr
