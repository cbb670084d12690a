#include "ocr/forms/digit_rows.h"

#include "core/units.h"
#include "ocr/forms/line_removal.h"
#include "ocr/identifier_checks.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace pleiade::ocr {
namespace {

constexpr Millimetres shortest_line{3.2};     // chosen: wider than a digit, narrower than a cell
constexpr Millimetres lowest_wall{4.6};       // chosen: higher than a digit
constexpr Millimetres widest_tick{0.6};       // chosen: a one with its flag is wider
constexpr Millimetres least_digit{1.7};       // chosen: lower ones are dots and ticks
constexpr Millimetres highest_digit{5.0};     // chosen: higher ones are streaks and frames
constexpr Millimetres widest_digit{4.2};      // chosen
constexpr Millimetres least_step{2.5};        // measured: text of 11 points has steps of 2.1 mm
constexpr Millimetres most_step{9.0};         // chosen: as for comb rows
constexpr Millimetres most_group_gap{5.0};    // chosen: between groups of cells, beyond a step
constexpr int least_contrast = 50;            // chosen: grey levels between paper and ink
constexpr double like_height = 0.25;          // chosen: of the height
constexpr double like_base = 0.3;             // chosen: of the height; a row may be skewed a little
constexpr double least_of_usual_step = 0.6;   // measured: 0.7 in the key cells of cerfa 14463
constexpr double most_of_usual_step = 1.4;    // chosen
constexpr double most_width_of_height = 1.05; // chosen: halves of a digit are joined up to this

constexpr std::size_t most_beside = 3;   // chosen: the ends of words beside a row
constexpr std::size_t siret_digits = 14; // spec: SIREN and NIC

struct Blob {
    cv::Rect place;
    std::vector<int> labels; ///< Of the components it is made of.
};

/// Ink of one place without lines.
struct Place {
    cv::Mat grey;
    cv::Mat lines; ///< What was taken out as horizontal lines.
    cv::Mat labels;
    std::vector<cv::Rect> pieces; ///< Of all ink that may be a digit or a part of one.
    std::vector<Blob> blobs;      ///< Of the size of a digit, left to right.
    cv::Point origin;
    Dpi resolution;
};

cv::Mat rectangle(int width, int height) {
    return cv::getStructuringElement(cv::MORPH_RECT, {width, height});
}

/// A stick on a line: the wall of an open cell.
bool is_tick(const Place& place, const cv::Rect& stick) {
    if (stick.width > to_pixels(widest_tick, place.resolution)) {
        return false;
    }
    constexpr int touching_px = 4;
    const cv::Rect around =
        cv::Rect(stick.x, stick.y - touching_px, stick.width, stick.height + 2 * touching_px) &
        cv::Rect(0, 0, place.lines.cols, place.lines.rows);
    return cv::countNonZero(place.lines(around)) > 0;
}

/// Are both parts of one digit that a line or the scanner cut in two?
bool belong_together(const cv::Rect& a, const cv::Rect& b, const Dpi& resolution) {
    constexpr int wall_px = 5; // chosen: width of a wall
    constexpr int line_px = 3; // chosen: more is left of a stroke that a line crosses
    const cv::Rect both = a | b;
    const int gap_x = std::max(a.x, b.x) - std::min(a.br().x, b.br().x);
    const int gap_y = std::max(a.y, b.y) - std::min(a.br().y, b.br().y);
    return gap_x <= wall_px && gap_y <= line_px &&
           both.width <= most_width_of_height * both.height &&
           both.height <= to_pixels(highest_digit, resolution);
}

std::vector<Blob> joined(std::vector<Blob> pieces, const Dpi& resolution) {
    std::ranges::sort(pieces, {}, [](const Blob& blob) { return blob.place.x; });
    std::vector<Blob> blobs;
    for (Blob& piece : pieces) {
        const auto other = std::ranges::find_if(blobs, [&](const Blob& blob) {
            return belong_together(blob.place, piece.place, resolution);
        });
        if (other == blobs.end()) {
            blobs.push_back(std::move(piece));
            continue;
        }
        other->place |= piece.place;
        other->labels.insert(other->labels.end(), piece.labels.begin(), piece.labels.end());
    }
    return blobs;
}

std::vector<Blob> digit_blobs(Place& place, const cv::Mat& ink) {
    cv::Mat stats;
    cv::Mat centres;
    const int count =
        cv::connectedComponentsWithStats(ink, place.labels, stats, centres, 8, CV_32S);
    std::vector<Blob> pieces;
    constexpr int least_area_px = 12; // chosen: smaller ones are specks
    for (int label = 1; label < count; ++label) {
        const cv::Rect box(
            stats.at<int>(label, cv::CC_STAT_LEFT),
            stats.at<int>(label, cv::CC_STAT_TOP),
            stats.at<int>(label, cv::CC_STAT_WIDTH),
            stats.at<int>(label, cv::CC_STAT_HEIGHT)
        );
        const bool cut_off = box.y == 0 || box.br().y == ink.rows;
        if (!cut_off && stats.at<int>(label, cv::CC_STAT_AREA) >= least_area_px &&
            box.height <= to_pixels(highest_digit, place.resolution) &&
            box.width <= to_pixels(widest_digit, place.resolution) && !is_tick(place, box)) {
            pieces.push_back({box, {label}});
        }
    }
    std::vector<Blob> blobs = joined(std::move(pieces), place.resolution);
    for (const Blob& blob : blobs) {
        place.pieces.push_back(blob.place);
    }
    std::erase_if(blobs, [&](const Blob& blob) {
        return blob.place.height < to_pixels(least_digit, place.resolution);
    });
    return blobs;
}

std::optional<Place> place_of(const PageImage& page, const Box& box) {
    if (box.empty()) {
        return std::nullopt;
    }
    const cv::Mat whole(
        page.height_px, page.width_px, CV_8UC1, const_cast<std::uint8_t*>(page.pixels.data())
    ); // NOLINT(cppcoreguidelines-pro-type-const-cast): cv::Mat has no view of constant pixels
    Place place;
    place.grey = whole(cv::Rect(box.x0, box.y0, box.width(), box.height()));
    place.origin = {box.x0, box.y0};
    place.resolution = Dpi{static_cast<double>(page.dpi)};
    constexpr double share_of_ink = 0.004; // chosen: thirteen thin digits cover 0.7 % of a place
    const int paper = level_at(place.grey, 0.6);
    const int darkest = level_at(place.grey, share_of_ink);
    if (paper - darkest < least_contrast) {
        return std::nullopt;
    }
    // Half way between paper and ink: lines of a light colour drop out here already.
    cv::Mat ink = place.grey < (paper + darkest) / 2;
    cv::Mat whole_lines;
    cv::morphologyEx(ink, whole_lines, cv::MORPH_CLOSE, rectangle(5, 1)); // lines the scanner broke
    place.lines = opened(whole_lines, to_pixels(shortest_line, place.resolution), 1);
    cv::dilate(place.lines, place.lines, rectangle(3, 3));
    place.lines &= ink;
    cv::Mat walls = opened(ink, 1, to_pixels(lowest_wall, place.resolution));
    cv::dilate(walls, walls, rectangle(3, 1));
    ink.setTo(0, walls);
    clear_lines(ink, place.lines);
    place.blobs = digit_blobs(place, ink);
    return place;
}

double centre_of(const Blob& blob) {
    return blob.place.x + blob.place.width / 2.0;
}

using Chain = std::vector<const Blob*>;

bool alike(const cv::Rect& a, const cv::Rect& b) {
    return std::abs(a.height - b.height) <= like_height * std::max(a.height, b.height) &&
           std::abs(a.br().y - b.br().y) <= like_base * std::max(a.height, b.height);
}

/// From `first` to the right, blobs of its height on its base; each is compared with the one
/// before, so that a slight slope does no harm.
Chain chain_from(const std::vector<Blob>& blobs, std::size_t first) {
    Chain chain{&blobs[first]};
    for (std::size_t i = first + 1; i < blobs.size(); ++i) {
        if (alike(blobs[i].place, chain.back()->place)) {
            chain.push_back(&blobs[i]);
        }
    }
    return chain;
}

double usual_step(const Chain& chain, const Dpi& resolution) {
    std::vector<double> steps;
    for (std::size_t i = 1; i < chain.size(); ++i) {
        const double step = centre_of(*chain[i]) - centre_of(*chain[i - 1]);
        if (step >= to_pixels(least_step, resolution) && step <= to_pixels(most_step, resolution)) {
            steps.push_back(step);
        }
    }
    if (steps.empty()) {
        return 0.0;
    }
    std::ranges::sort(steps);
    return steps[steps.size() / 2];
}

/// Runs of the chain whose steps are within the limits.
std::vector<Chain> runs_of(const Chain& chain, double least, double most) {
    std::vector<Chain> runs(1);
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const double step = i > 0 ? centre_of(*chain[i]) - centre_of(*chain[i - 1]) : least;
        if (step < least || step > most) {
            runs.emplace_back();
        }
        runs.back().push_back(chain[i]);
    }
    return runs;
}

/// Nothing but the run stands in its row, as far as one more group of digits could: a digit that
/// was lost would make a wrong number.
bool stands_alone(const Chain& run, const Place& place) {
    cv::Rect all = run.front()->place;
    for (const Blob* blob : run) {
        all |= blob->place;
    }
    const int reach =
        to_pixels(most_group_gap, place.resolution) + all.width / static_cast<int>(run.size());
    const cv::Rect row(all.x - reach, all.y, all.width + 2 * reach, all.height);
    const auto in_row = [&](const cv::Rect& piece) {
        return (piece & row).height * 3 >= row.height; // chosen: a third of a digit
    };
    return static_cast<std::size_t>(std::ranges::count_if(place.pieces, in_row)) == run.size();
}

/// The run of the chain that holds a row of so many digits, the wider gaps between groups first.
/// What a check key will verify may have words beside it that are spaced like digits.
Chain run_in(const Chain& chain, std::size_t length, const Place& place) {
    const double usual = usual_step(chain, place.resolution);
    if (usual <= 0) {
        return {};
    }
    const double gap = to_pixels(most_group_gap, place.resolution);
    const bool has_key = length == nir_length || length == siret_digits;
    const std::size_t beside = has_key ? most_beside : 0;
    for (std::size_t most = length; most <= length + beside; ++most) {
        for (const double extra : {gap, gap / 2, 0.0}) {
            for (Chain& run :
                 runs_of(chain, least_of_usual_step * usual, most_of_usual_step * usual + extra)) {
                const bool sure =
                    length != nir_body_length || (extra == 0.0 && stands_alone(run, place));
                if (run.size() == most && sure) {
                    return run;
                }
            }
        }
    }
    return {};
}

/// Grey levels of one digit on white, at the full height of the row.
PageImage picture_of(const Blob& blob, const Place& place, int top, int bottom) {
    PageImage picture;
    picture.width_px = blob.place.width + 2;
    picture.height_px = bottom - top;
    picture.dpi = static_cast<int>(place.resolution.value);
    const int x0 = blob.place.x - 1;
    cv::Mat own = cv::Mat::zeros(picture.height_px, picture.width_px, CV_8UC1);
    for (int y = blob.place.y; y < blob.place.br().y; ++y) {
        for (int x = blob.place.x; x < blob.place.br().x; ++x) {
            if (std::ranges::find(blob.labels, place.labels.at<int>(y, x)) != blob.labels.end()) {
                own.at<std::uint8_t>(y - top, x - x0) = 255;
            }
        }
    }
    cv::dilate(own, own, rectangle(3, 3)); // soft edges of the print
    picture.pixels.assign(own.total(), 255);
    for (int y = 0; y < own.rows; ++y) {
        for (int x = 0; x < own.cols; ++x) {
            if (own.at<std::uint8_t>(y, x) != 0) {
                picture.pixels
                    [static_cast<std::size_t>(y) * picture.row_bytes() +
                     static_cast<std::size_t>(x)] =
                    place.grey.at<std::uint8_t>(
                        std::clamp(y + top, 0, place.grey.rows - 1),
                        std::clamp(x + x0, 0, place.grey.cols - 1)
                    );
            }
        }
    }
    return picture;
}

DigitRow row_of(const Chain& chain, const Place& place) {
    cv::Rect all;
    for (const Blob* blob : chain) {
        all = all.empty() ? blob->place : all | blob->place;
    }
    DigitRow row;
    row.ink.dpi = static_cast<int>(place.resolution.value);
    for (const Blob* blob : chain) {
        row.ink.cells.push_back(picture_of(*blob, place, all.y - 1, all.br().y + 1));
        const cv::Rect on_page = blob->place + place.origin;
        row.ink.inks_px.push_back({on_page.x, on_page.y, on_page.br().x, on_page.br().y});
        row.box_px = united(row.box_px, row.ink.inks_px.back());
    }
    return row;
}

} // namespace

std::vector<DigitRow>
digit_rows(const PageImage& grey, const Box& place_px, const std::vector<std::size_t>& lengths) {
    std::vector<DigitRow> rows;
    std::optional<Place> place =
        place_of(grey, intersection(place_px, {0, 0, grey.width_px, grey.height_px}));
    if (!place.has_value()) {
        return rows;
    }
    for (const std::size_t length : lengths) {
        const auto count = static_cast<std::ptrdiff_t>(length);
        std::size_t first = 0;
        while (first + length <= place->blobs.size()) {
            const Chain run = run_in(chain_from(place->blobs, first), length, *place);
            if (run.empty()) {
                ++first;
                continue;
            }
            for (auto from = run.begin(); run.end() - from >= count; ++from) {
                rows.push_back(row_of({from, from + count}, *place));
            }
            std::vector<cv::Rect> taken;
            for (const Blob* blob : run) {
                taken.push_back(blob->place);
            }
            std::erase_if(place->blobs, [&](const Blob& blob) {
                return std::ranges::find(taken, blob.place) != taken.end();
            });
            first = 0;
        }
    }
    return rows;
}

} // namespace pleiade::ocr
