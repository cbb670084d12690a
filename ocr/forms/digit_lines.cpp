#include "ocr/forms/digit_lines.h"

#include "core/units.h"
#include "ocr/forms/line_removal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

namespace pleiade::ocr {
namespace {

constexpr Millimetres shortest_line{3.2}; // chosen: wider than a digit, narrower than a cell
constexpr Millimetres lowest_wall{4.6};   // chosen: higher than a digit
constexpr Millimetres least_digit{1.7};   // chosen: lower ones are dots and ticks
constexpr Millimetres highest_digit{5.5}; // chosen: higher ones are streaks and frames
constexpr Millimetres widest_digit{4.5};  // chosen
constexpr int least_contrast = 40;        // chosen: grey levels between paper and ink
constexpr double like_height = 0.2;       // chosen: of the height
constexpr double like_middle = 0.25;      // chosen: of the height
constexpr std::size_t least_alike = 4;    // chosen: fewer are no row of a number
constexpr std::size_t most_lines = 3;     // chosen: 15 ms each

constexpr double step_heights = 0.2;     // chosen: how finely the reader is led along
constexpr double least_character = 0.35; // chosen: of the odds, for a first sight
constexpr double nearest_heights = 0.55; // chosen: centres of two characters are farther apart
constexpr double least_step = 0.6;       // chosen: of the usual step
constexpr double most_step = 2.3;        // chosen: of the usual step; two groups stand no farther
constexpr double least_hole = 1.7;       // chosen: of the usual step

struct Ink {
    double x = 0.0;
    double y = 0.0;
    double height = 0.0;
    double width = 0.0;
};

/// What may be digits or large parts of them once the lines are taken out of the ink.
std::vector<Ink> inks_in(cv::Mat ink, Dpi resolution) {
    cv::Mat lines = opened(ink, to_pixels(shortest_line, resolution), 1);
    cv::dilate(lines, lines, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    lines &= ink;
    cv::Mat walls = opened(ink, 1, to_pixels(lowest_wall, resolution));
    cv::dilate(walls, walls, cv::getStructuringElement(cv::MORPH_RECT, {3, 1}));
    ink.setTo(0, walls);
    clear_lines(ink, lines);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
    std::vector<Ink> inks;
    for (int label = 1; label < count; ++label) {
        const int top = stats.at<int>(label, cv::CC_STAT_TOP);
        const int height = stats.at<int>(label, cv::CC_STAT_HEIGHT);
        const int width = stats.at<int>(label, cv::CC_STAT_WIDTH);
        const bool cut_off = top == 0 || top + height == ink.rows;
        if (!cut_off && height >= to_pixels(least_digit, resolution) &&
            height <= to_pixels(highest_digit, resolution) &&
            width <= to_pixels(widest_digit, resolution)) {
            inks.push_back(
                {stats.at<int>(label, cv::CC_STAT_LEFT) + width / 2.0,
                 top + height / 2.0,
                 static_cast<double>(height),
                 static_cast<double>(width)}
            );
        }
    }
    return inks;
}

/// Of one place: half way between paper and ink, where lines of a light colour drop out already.
cv::Mat ink_of_place(const cv::Mat& grey) {
    constexpr double share_of_ink = 0.004; // chosen: thirteen thin digits cover 0.7 % of a place
    const int paper = level_at(grey, 0.6);
    const int darkest = level_at(grey, share_of_ink);
    return paper - darkest < least_contrast ? cv::Mat(cv::Mat::zeros(grey.size(), CV_8UC1))
                                            : cv::Mat(grey < (paper + darkest) / 2);
}

bool alike(const Ink& a, const Ink& b) {
    return std::abs(a.height - b.height) <= like_height * b.height &&
           std::abs(a.y - b.y) <= like_middle * b.height;
}

std::vector<Ink> those_like(const std::vector<Ink>& inks, const Ink& first) {
    std::vector<Ink> same;
    std::ranges::copy_if(inks, std::back_inserter(same), [&](const Ink& other) {
        return alike(other, first);
    });
    return same;
}

/// Ticks are as many as digits, and thinner.
double weight_of(const std::vector<Ink>& inks) {
    double weight = 0.0;
    for (const Ink& ink : inks) {
        weight += ink.width;
    }
    return weight;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Least squares through the middles.
DigitLine line_through(const std::vector<Ink>& inks, double width) {
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    std::vector<double> heights;
    for (const Ink& ink : inks) {
        sx += ink.x;
        sy += ink.y;
        sxx += ink.x * ink.x;
        sxy += ink.x * ink.y;
        heights.push_back(ink.height);
    }
    const auto n = static_cast<double>(inks.size());
    const double spread = n * sxx - sx * sx;
    constexpr double steepest = 0.02; // chosen: pages are straightened to better than a degree
    const double slope =
        spread > 0 ? std::clamp((n * sxy - sx * sy) / spread, -steepest, steepest) : 0.0;
    return {0.0, width, (sy - slope * sx) / n, slope, median(heights)};
}

cv::Mat view_of(const PageImage& page) {
    return {
        page.height_px,
        page.width_px,
        CV_8UC1,
        const_cast<std::uint8_t*>( // NOLINT(cppcoreguidelines-pro-type-const-cast): as cv::Mat
            page.pixels.data()     // has no view of constant pixels
        )};
}

double y_at(const DigitLine& line, double x) {
    return line.y_px + line.slope * (x - line.x0_px);
}

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
    return lightest - darkest >= least_contrast;
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
            places.push_back({x, y_at(line, x), line.height_px});
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
    std::vector<double> steps;
    for (std::size_t i = 1; i < run.size(); ++i) {
        steps.push_back(run[i].x_px - run[i - 1].x_px);
    }
    return median(std::move(steps));
}

constexpr Dpi page_resolution{150.0};    // chosen: a page takes 15 ms
constexpr Millimetres least_pitch{3.0};  // chosen: cells have 3.2 and more, text of 11 points 2.1
constexpr Millimetres least_height{1.9}; // chosen: digits of 8 points; small letters are lower
constexpr std::size_t least_chain = 8;   // chosen: a date
constexpr std::size_t most_spaced = 12;  // chosen: lines of a page

/// The page in half the resolution: what is darker than its neighbourhood.
cv::Mat dark_of_page(const cv::Mat& page, double scale) {
    constexpr int least_darker = 20; // chosen: noise of a scanner after averaging is 4
    cv::Mat reduced;
    cv::resize(page, reduced, {}, 1 / scale, 1 / scale, cv::INTER_AREA);
    const int window = 2 * to_pixels({2.0}, page_resolution) + 1;
    cv::Mat around;
    cv::boxFilter(reduced, around, -1, {window, window});
    cv::Mat difference;
    cv::subtract(around, reduced, difference);
    return difference > least_darker;
}

/// From one ink to the next like it on the right.
std::vector<Ink> chain_from(const std::vector<Ink>& inks, std::size_t first) {
    constexpr double farthest = 4.5; // chosen: heights; a hidden character and the gap of a group
    std::vector<Ink> chain{inks[first]};
    for (std::size_t i = first + 1; i < inks.size(); ++i) {
        if (inks[i].x - chain.back().x > farthest * chain.back().height) {
            break;
        }
        if (alike(inks[i], chain.back())) {
            chain.push_back(inks[i]);
        }
    }
    return chain;
}

double step_of(const std::vector<Ink>& chain) {
    std::vector<double> steps;
    for (std::size_t i = 1; i < chain.size(); ++i) {
        steps.push_back(chain[i].x - chain[i - 1].x);
    }
    return median(std::move(steps));
}

/// Words have ink of other heights between that of one height.
bool stands_among_its_like(const std::vector<Ink>& chain, const std::vector<Ink>& inks) {
    constexpr double least_share = 0.85; // chosen
    constexpr double low = 0.5;          // chosen: of the height; ticks are lower
    const double height = chain.front().height;
    const auto all = std::ranges::count_if(inks, [&](const Ink& ink) {
        return ink.x >= chain.front().x && ink.x <= chain.back().x && ink.height >= low * height &&
               std::abs(ink.y - chain.front().y) < height;
    });
    return static_cast<double>(chain.size()) >= least_share * static_cast<double>(all);
}

double odds_of(const SeenCharacter& seen) {
    return seen.odds.of_character(seen.odds.best());
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

std::vector<DigitLine> spaced_lines(const PageImage& grey) {
    if (grey.empty() || grey.channels != 1) {
        return {};
    }
    const double scale = std::max(1.0, grey.dpi / page_resolution.value);
    std::vector<Ink> inks =
        inks_in(dark_of_page(view_of(grey), scale), Dpi{static_cast<double>(grey.dpi) / scale});
    std::ranges::sort(inks, {}, &Ink::x);
    std::vector<std::vector<Ink>> chains;
    const Dpi resolution{static_cast<double>(grey.dpi) / scale};
    for (std::size_t first = 0; first < inks.size(); ++first) {
        if (inks[first].height < to_pixels(least_height, resolution)) {
            continue;
        }
        std::vector<Ink> chain = chain_from(inks, first);
        const bool part_of_another = std::ranges::any_of(chains, [&](const auto& other) {
            return inks[first].x > other.front().x && inks[first].x <= other.back().x &&
                   alike(inks[first], other.front());
        });
        if (chain.size() >= least_chain && !part_of_another &&
            step_of(chain) >= to_pixels(least_pitch, resolution) &&
            stands_among_its_like(chain, inks)) {
            chains.push_back(std::move(chain));
        }
    }
    std::ranges::stable_sort(chains, std::ranges::greater{}, &std::vector<Ink>::size);
    chains.resize(std::min(chains.size(), most_spaced));
    std::vector<DigitLine> lines;
    for (const std::vector<Ink>& chain : chains) {
        constexpr double beyond = 3.5; // chosen: steps; the first or the last may have been lost
        const DigitLine line = line_through(chain, 0.0);
        const double x0 = std::max(0.0, chain.front().x - beyond * step_of(chain));
        const double x1 = chain.back().x + beyond * step_of(chain);
        lines.push_back(
            {x0 * scale,
             std::min<double>(x1 * scale, grey.width_px),
             y_at(line, x0) * scale,
             line.slope,
             line.height_px * scale}
        );
    }
    return lines;
}

std::vector<DigitLine> digit_lines(const PageImage& grey, const Box& place_px) {
    const Box place = intersection(place_px, {0, 0, grey.width_px, grey.height_px});
    if (place.empty()) {
        return {};
    }
    const cv::Mat part = view_of(grey)(cv::Rect(place.x0, place.y0, place.width(), place.height()));
    std::vector<Ink> inks = inks_in(ink_of_place(part), Dpi{static_cast<double>(grey.dpi)});
    std::vector<DigitLine> lines;
    while (lines.size() < most_lines) {
        std::vector<Ink> most;
        for (const Ink& first : inks) {
            std::vector<Ink> same = those_like(inks, first);
            if (same.size() >= least_alike && weight_of(same) > weight_of(most)) {
                most = std::move(same);
            }
        }
        if (most.empty()) {
            break;
        }
        DigitLine line = line_through(most, place.width());
        std::erase_if(inks, [&](const Ink& ink) {
            return std::abs(ink.y - y_at(line, ink.x)) < 2 * like_middle * line.height_px;
        });
        line.x0_px += place.x0;
        line.x1_px += place.x0;
        line.y_px += place.y0;
        lines.push_back(line);
    }
    return lines;
}

std::vector<CharacterRun>
runs_along(const PageImage& grey, const DigitLine& line, std::size_t least, CellReader& reader) {
    std::vector<CellPlace> places;
    std::vector<CellPlace> inked;
    std::vector<std::size_t> which;
    for (double x = line.x0_px; x < line.x1_px; x += step_heights * line.height_px) {
        places.push_back({x, y_at(line, x), line.height_px});
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
    const double y = y_at(line, x);
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
    return high - low >= least_contrast && has_ink(part(-0.5 - beyond, -0.5 + within)) &&
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
        {x, reader.read(grey, {{x, y_at(line, x), line.height_px}}).front()}
    );
    return filled;
}

} // namespace pleiade::ocr
