#include "ocr/forms/character_runs.h"

#include "ocr/forms/line_removal.h"
#include "ocr/forms/median.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace pleiade::ocr {
namespace {

constexpr double step_heights = 0.2;     // chosen: how finely the reader is led along
constexpr double least_character = 0.35; // chosen: of the odds, for a first sight
constexpr double nearest_heights = 0.55; // chosen: centres of two characters are farther apart
constexpr double least_step = 0.6;       // chosen: of the usual step
constexpr double most_step = 2.3;        // chosen: of the usual step; two groups stand no farther
constexpr double least_hole = 1.7;       // chosen: of the usual step

CellOdds nothing_there() {
    CellOdds odds;
    odds.of[cell_classes.find(empty_cell)] = 1.0F;
    return odds;
}

/// Most of a line is paper, which needs no reading.
bool has_ink(const PageImage& grey, const CellPlace& place) {
    constexpr double half_width = 0.15;  // chosen: of the height; a digit has ink in its middle
    constexpr double half_height = 0.55; // chosen: of the height
    const Box middle = intersection(
        {static_cast<int>(place.x_px - half_width * place.height_px),
         static_cast<int>(place.y_px - half_height * place.height_px),
         static_cast<int>(place.x_px + half_width * place.height_px) + 1,
         static_cast<int>(place.y_px + half_height * place.height_px) + 1},
        {0, 0, grey.width_px, grey.height_px}
    );
    if (middle.empty()) {
        return false;
    }
    double darkest = 0.0;
    double lightest = 0.0;
    cv::minMaxLoc(
        view_of(grey)(cv::Rect(middle.x0, middle.y0, middle.width(), middle.height())),
        &darkest,
        &lightest
    );
    return lightest - darkest >= faintest_ink;
}

/// How likely some character is there at all.
double sight(const CellOdds& odds) {
    const char best = odds.best();
    return best == empty_cell || best == no_character ? 0.0 : odds.of_character(best);
}

/// A character from afar: where it seems to stand, and how likely some character is there.
struct Sight {
    double x = 0.0;
    double strength = 0.0;
};

/// The middle of the places around `at` that see the same character.
Sight sight_around(
    const std::vector<CellOdds>& odds, const std::vector<CellPlace>& places, std::size_t at
) {
    const char character = odds[at].best();
    Sight result;
    double weights = 0.0;
    for (std::size_t i = at - 1; i <= at + 1; ++i) {
        const double weight = odds[i].of_character(character);
        result.x += weight * places[i].x_px;
        weights += weight;
    }
    result.x /= weights;
    result.strength = weights / 3.0;
    return result;
}

/// Where characters stand, left to right, none nearer to another than characters are.
std::vector<Sight> sights_along(
    const std::vector<CellOdds>& odds, const std::vector<CellPlace>& places, double height
) {
    std::vector<Sight> sights;
    for (std::size_t i = 1; i + 1 < odds.size(); ++i) {
        if (sight(odds[i]) >= least_character) {
            sights.push_back(sight_around(odds, places, i));
        }
    }
    std::ranges::stable_sort(sights, std::ranges::greater{}, &Sight::strength);
    std::vector<Sight> kept;
    for (const Sight& next : sights) {
        const bool free = std::ranges::none_of(kept, [&](const Sight& other) {
            return std::abs(other.x - next.x) < nearest_heights * height;
        });
        if (free) {
            kept.push_back(next);
        }
    }
    std::ranges::sort(kept, {}, &Sight::x);
    return kept;
}

/// Looks at each of them again, from its middle and from either side of it.
std::vector<SeenCharacter> looked_at(
    const std::vector<Sight>& sights,
    const PageImage& grey,
    const DigitLine& line,
    CellReader& reader
) {
    constexpr double aside = 0.06; // chosen: of the height
    constexpr auto sides = std::to_array<double>({-aside, 0.0, aside});
    std::vector<CellPlace> places;
    for (const Sight& next : sights) {
        for (const double side : sides) {
            const double x = next.x + side * line.height_px;
            places.push_back({x, line.y_at(x), line.height_px});
        }
    }
    const std::vector<CellOdds> odds = reader.read(grey, places);
    std::vector<SeenCharacter> seen(sights.size());
    for (std::size_t i = 0; i < odds.size(); ++i) {
        SeenCharacter& character = seen[i / sides.size()];
        character.x_px = sights[i / sides.size()].x;
        for (std::size_t k = 0; k < odds[i].of.size(); ++k) {
            character.odds.of[k] += odds[i].of[k] / static_cast<float>(sides.size());
        }
    }
    std::erase_if(seen, [](const SeenCharacter& character) { return sight(character.odds) <= 0; });
    return seen;
}

double usual_step(const CharacterRun& run) {
    return usual_step(run, [](const SeenCharacter& seen) { return seen.x_px; });
}

/// Those that are hardly anything else; all where there are too few to tell a step.
CharacterRun surest_of(const CharacterRun& seen) {
    constexpr double sure = 0.95;    // chosen
    constexpr std::size_t least = 5; // chosen
    CharacterRun surest;
    std::ranges::copy_if(seen, std::back_inserter(surest), [](const SeenCharacter& character) {
        return odds_of(character) >= sure;
    });
    return surest.size() >= least ? surest : seen;
}

/// Ticks and walls between two characters look like thin ones: of two that are too near for the
/// step of the row, the less likely one goes.
void drop_between(double step, CharacterRun& seen) {
    for (std::size_t i = 1; i < seen.size();) {
        if (seen[i].x_px - seen[i - 1].x_px >= least_step * step) {
            ++i;
            continue;
        }
        const bool first_is_surer = odds_of(seen[i - 1]) >= odds_of(seen[i]);
        seen.erase(seen.begin() + static_cast<std::ptrdiff_t>(first_is_surer ? i : i - 1));
        i = std::max<std::size_t>(i - (first_is_surer ? 0 : 1), 1);
    }
}

} // namespace

double odds_of(const SeenCharacter& seen) {
    return seen.odds.of_character(seen.odds.best());
}

std::vector<CharacterRun>
runs_along(const PageImage& grey, const DigitLine& line, std::size_t least, CellReader& reader) {
    std::vector<CellPlace> places;
    std::vector<CellPlace> inked;
    std::vector<std::size_t> which;
    for (double x = line.x0_px; x < line.x1_px; x += step_heights * line.height_px) {
        places.push_back({x, line.y_at(x), line.height_px});
        if (has_ink(grey, places.back())) {
            which.push_back(places.size() - 1);
            inked.push_back(places.back());
        }
    }
    std::vector<CellOdds> odds(places.size(), nothing_there());
    const std::vector<CellOdds> read = reader.read(grey, inked);
    for (std::size_t i = 0; i < read.size(); ++i) {
        odds[which[i]] = read[i];
    }
    std::vector<SeenCharacter> seen =
        looked_at(sights_along(odds, places, line.height_px), grey, line, reader);
    std::vector<CharacterRun> runs;
    if (seen.size() < 2) {
        return runs;
    }
    const double step = usual_step(surest_of(seen));
    drop_between(step, seen);
    for (const SeenCharacter& character : seen) {
        const double from_last = runs.empty() ? 0.0 : character.x_px - runs.back().back().x_px;
        if (runs.empty() || from_last < least_step * step || from_last > most_step * step) {
            runs.emplace_back();
        }
        runs.back().push_back(character);
    }
    std::erase_if(runs, [&](const CharacterRun& run) { return run.size() < least; });
    return runs;
}

bool is_full_height(const PageImage& grey, const DigitLine& line, double x) {
    constexpr double half_width = 0.3; // chosen: of the height
    constexpr double beyond = 0.08;    // chosen: the height is that of most digits, not of each
    constexpr double within = 0.17;    // chosen: small letters end 0.28 below the digits
    const double h = line.height_px;
    const double y = line.y_at(x);
    const cv::Mat page = view_of(grey);
    const auto part = [&](double from, double to) {
        const Box box = intersection(
            {static_cast<int>(x - half_width * h),
             static_cast<int>(y + from * h),
             static_cast<int>(x + half_width * h) + 1,
             static_cast<int>(y + to * h) + 1},
            {0, 0, grey.width_px, grey.height_px}
        );
        return page(cv::Rect(box.x0, box.y0, std::max(0, box.width()), std::max(0, box.height())));
    };
    const cv::Mat whole = part(-0.5 - beyond, 0.5 + beyond);
    if (whole.empty()) {
        return false;
    }
    double low = 0.0;
    double high = 0.0;
    cv::minMaxLoc(whole, &low, &high);
    const auto has_ink = [&](const cv::Mat& edge) {
        double darkest = high;
        if (!edge.empty()) {
            cv::minMaxLoc(edge, &darkest);
        }
        return darkest < (low + high) / 2;
    };
    return high - low >= faintest_ink && has_ink(part(-0.5 - beyond, -0.5 + within)) &&
           has_ink(part(0.5 - within, 0.5 + beyond));
}

CharacterRun with_hole_filled(
    const PageImage& grey, const DigitLine& line, const CharacterRun& run, CellReader& reader
) {
    const double step = usual_step(run);
    std::optional<std::size_t> widest;
    double width = least_hole * step;
    for (std::size_t i = 1; i < run.size(); ++i) {
        if (run[i].x_px - run[i - 1].x_px > width) {
            width = run[i].x_px - run[i - 1].x_px;
            widest = i;
        }
    }
    if (!widest.has_value()) {
        return {};
    }
    const double x = (run[*widest].x_px + run[*widest - 1].x_px) / 2;
    CharacterRun filled = run;
    filled.insert(
        filled.begin() + static_cast<std::ptrdiff_t>(*widest),
        {x, reader.read(grey, {{x, line.y_at(x), line.height_px}}).front()}
    );
    return filled;
}

} // namespace pleiade::ocr
