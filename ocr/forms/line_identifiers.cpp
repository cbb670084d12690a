#include "ocr/forms/line_identifiers.h"

#include "ocr/forms/cell_places.h"
#include "ocr/forms/cell_verdict.h"
#include "ocr/forms/character_runs.h"
#include "ocr/forms/comb_reading.h"
#include "ocr/forms/number_rules.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

/// So many characters of a run, those least like characters left out: walls between groups of
/// cells.
CharacterRun without_weakest(CharacterRun run, std::size_t length) {
    while (run.size() > length) {
        run.erase(std::ranges::min_element(run, {}, odds_of));
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
    if (run.size() < 2) {
        return false;
    }
    const double step = (run.back().x_px - run.front().x_px) / static_cast<double>(run.size() - 1);
    const auto is_free = [&](double x) {
        const double y = line.y_at(x);
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
    const double y0 = line.y_at(run.front().x_px);
    const double y1 = line.y_at(run.back().x_px);
    return {
        static_cast<int>(run.front().x_px - half),
        static_cast<int>(std::min(y0, y1) - half),
        static_cast<int>(run.back().x_px + half) + 1,
        static_cast<int>(std::max(y0, y1) + half) + 1};
}

/// Was a digit that is surely one left out of the stretch? Then it is not the whole number, however
/// well its check holds: of some stretches one does by chance.
bool leaves_digits_out(const CharacterRun& run, const CharacterRun& stretch) {
    constexpr double sure = 0.9; // chosen
    return std::ranges::any_of(run, [&](const SeenCharacter& seen) {
        const bool kept = std::ranges::any_of(stretch, [&](const SeenCharacter& other) {
            return other.x_px == seen.x_px;
        });
        return !kept && odds_of(seen) >= sure && seen.odds.best() != no_character &&
               seen.odds.best() != empty_cell;
    });
}

/// One digit may stand beside a number: that of a list, or a stroke that looks like one. It is
/// left out only where the number then holds without any repair.
bool leaves_one_beside(const CharacterRun& run, const CharacterRun& stretch) {
    const bool begins_alike = stretch.front().x_px == run.front().x_px;
    const bool ends_alike = stretch.back().x_px == run.back().x_px;
    return run.size() == stretch.size() + 1 && begins_alike != ends_alike;
}

/// The end of a label beside thirteen digits makes fifteen characters of which a repair makes a NIR
/// now and then, mostly one of nobody's sex or month.
bool is_far_fetched(const Rule& rule, const CellVerdict& verdict) {
    return rule.kind == IdentifierKind::Nir && verdict.repaired && !is_usual_nir(verdict.text);
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
        const bool as_read =
            proof_of(rule) == Proof::Strong && verdict.has_value() && !verdict->repaired;
        const bool beside_one = as_read && leaves_one_beside(run, stretch);
        const bool verified = (as_read && stretch.size() == run.size()) || beside_one;
        if (!verdict.has_value() || is_far_fetched(rule, *verdict) ||
            (!beside_one && leaves_digits_out(run, stretch)) ||
            (!verified && !stands_alone(stretch, grey, line, cells))) {
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
    std::vector<Rule> rules = rules_of(kinds);
    // Nothing verifies thirteen digits, and on a line without cells a thin one is easily not seen.
    std::erase_if(rules, [](const Rule& rule) { return proof_of(rule) == Proof::None; });
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

} // namespace pleiade::ocr
