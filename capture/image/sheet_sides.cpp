#include "capture/image/sheet_sides.h"

#include "capture/image/clean/alignment.h"
#include "capture/image/clean/blank.h"
#include "capture/image/clean/blobs.h"
#include "capture/image/clean/edge_shadow.h"
#include "capture/image/clean/working_copy.h"
#include "capture/image/pixel/mat.h"
#include "core/units.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

namespace pleiade::image {
namespace {

constexpr double working_dpi = 150.0; // as clean() judges blank sides
constexpr double px_per_mm = working_dpi / mm_per_inch;

/// A side at working_dpi, without the shadows along its edges.
WorkingCopy evened(const SheetSide& side) {
    const PageImage& picture = side.picture;
    if (picture.width_px < 1 || picture.height_px < 1 || picture.empty()) {
        throw std::logic_error("a side of a sheet has no pixels");
    }
    const double own_px_per_mm =
        side.width_mm > 0.0 ? picture.width_px / side.width_mm : picture.dpi / mm_per_inch;
    const double factor = px_per_mm / own_px_per_mm;
    const PageImage grey = grey_of(picture);
    cv::Mat resized;
    cv::resize(
        as_mat(grey), resized, {}, factor, factor, factor < 1.0 ? cv::INTER_AREA : cv::INTER_LINEAR
    );
    PageImage page = page_from(resized, grey);
    page.dpi = cvRound(working_dpi);
    WorkingCopy copy = working_copy(page);
    if (const cv::Mat shadow = edge_shadow_of(copy); !shadow.empty()) {
        copy.contrast.setTo(0, shadow);
    }
    return copy;
}

/// A punch hole is darker than all that shines through: with it the two sides would not look alike.
/// On the front it stays: letters that pass for holes shine through too.
void remove_dirt(WorkingCopy& copy) {
    constexpr int rim_px = 5;
    cv::Mat dirt = dirt_of(copy, blobs_of(ink_of(copy)));
    cv::dilate(dirt, dirt, cv::getStructuringElement(cv::MORPH_ELLIPSE, {rim_px, rim_px}));
    copy.contrast.setTo(0, dirt);
}

/// For each darkness of the front, how dark it comes through: as dark as three quarters of the
/// places of that darkness at most. Where something was written upon it, few places are darker.
cv::Mat transfer_of(const cv::Mat& front, const cv::Mat& back) {
    constexpr int levels = 16; // chosen: enough for a curve, each with thousands of places
    constexpr int shades = 256;
    std::array<std::array<int, shades>, levels> counts{};
    std::array<int, levels> all{};
    for (int y = 0; y < front.rows; ++y) {
        const std::uint8_t* from = front.ptr(y);
        const std::uint8_t* through = back.ptr(y);
        for (int x = 0; x < front.cols; ++x) {
            const auto level = static_cast<std::size_t>(from[x] * levels / shades);
            ++counts[level][through[x]];
            ++all[level];
        }
    }
    std::array<int, levels> comes_through{}; // nothing where the front is bare
    for (std::size_t level = 1; level < levels; ++level) {
        int darker = 0;
        int shade = shades - 1;
        for (; shade > 0; --shade) {
            darker += counts[level][static_cast<std::size_t>(shade)];
            if (darker * 4 > all[level]) {
                break;
            }
        }
        comes_through[level] = shade;
    }
    cv::Mat table(1, shades, CV_8U);
    for (int shade = 0; shade < shades; ++shade) {
        table.at<std::uint8_t>(0, shade) = static_cast<std::uint8_t>(
            comes_through[static_cast<std::size_t>(shade * levels / shades)]
        );
    }
    return table;
}

/// 255 where the front, laid upon the back, accounts for what is seen there.
cv::Mat explained_by(const Alignment& front, const cv::Mat& back) {
    // Bleed-through in black and white is grains: it is compared as the shade they make together.
    const cv::Size grains(5, 5); // chosen: 0.8 mm
    // chosen: 0.9 mm, the ink creeps in the paper and the sides never lie quite upon each other
    const cv::Mat around = cv::getStructuringElement(cv::MORPH_ELLIPSE, {11, 11});
    // measured: solid black comes through at 0.55 of itself; in black and white, when the scanner's
    // threshold keeps pale writing, at all of it. Two pages of type never reach such a likeness.
    constexpr double palest_copy = 0.65;
    constexpr double beyond_doubt = 0.7;
    constexpr double unevenness = 1.8; // chosen: over what three quarters of such places show
    constexpr double noise = 20.0;     // chosen: of 255
    cv::Mat soft_front;
    cv::Mat soft_back;
    cv::blur(front.moved, soft_front, grains);
    cv::blur(back, soft_back, grains);
    cv::Mat expected;
    cv::LUT(soft_front, transfer_of(soft_front, soft_back), expected);
    cv::dilate(expected, expected, around);
    expected.convertTo(expected, CV_8U, unevenness, noise);
    cv::Mat darkest;
    cv::dilate(soft_front, darkest, around);
    darkest.convertTo(darkest, CV_8U, front.likeness > beyond_doubt ? 1.0 : palest_copy);
    return soft_back <= cv::min(expected, darkest);
}

/// How dark the back is wherever the front is black.
std::vector<std::uint8_t> shades_behind_black(const cv::Mat& front, const cv::Mat& back) {
    constexpr double black = 180.0; // chosen: of 255, inside the strokes of the front
    std::vector<cv::Point> places;
    cv::findNonZero(front > black, places);
    std::vector<std::uint8_t> shades;
    shades.reserve(places.size());
    for (const cv::Point& place : places) {
        shades.push_back(back.at<std::uint8_t>(place));
    }
    return shades;
}

/// The darkest that the black of this front comes through; none when it does so in grains.
std::optional<double> darkest_through(const Alignment& front, const cv::Mat& back) {
    constexpr std::size_t least_places = 500; // chosen: the strokes of two lines of small type
    constexpr double most_spread = 1.3; // measured: 1.1 at most in grey, 1.7 and above in grains
    constexpr double unevenness = 1.5;  // measured: 1.3 at most; small type upon it is at 1.8
    constexpr double noise = 10.0;      // chosen: of 255
    std::vector<std::uint8_t> shades = shades_behind_black(front.moved, back);
    if (shades.size() < least_places) {
        return std::nullopt;
    }
    std::ranges::sort(shades);
    const int half = shades[shades.size() / 2];
    const int three_quarters = shades[shades.size() * 3 / 4];
    const int nearly_all = shades[shades.size() * 9 / 10];
    if (three_quarters > most_spread * half) {
        return std::nullopt;
    }
    return unevenness * nearly_all + noise;
}

} // namespace

bool only_shines_through(const SheetSide& front, const SheetSide& back) {
    // measured: lots 131 and 831, bleed-through is at 0.56 and above, two sides of different sheets
    // at 0.42 and below. What is not explained decides: likeness only keeps chance out.
    constexpr double least_likeness = 0.4;
    // chosen: paler than what counts as ink by itself, a preview is softer than the page
    constexpr double faintest_ink = 40.0;
    constexpr double softness_mm = 0.4; // chosen: two pixels of a preview around every speck
    cv::setNumThreads(1); // one thread per process: the machine is shared out by processes
    WorkingCopy copy = evened(back);
    remove_dirt(copy);
    cv::Mat mirrored;
    cv::flip(evened(front).contrast, mirrored, 1);
    const Alignment alignment = align(mirrored, copy.contrast, px_per_mm);
    if (alignment.likeness < least_likeness) {
        return false;
    }
    cv::Mat ink = copy.contrast > faintest_ink;
    cv::Mat explained = explained_by(alignment, copy.contrast);
    if (const auto darkest = darkest_through(alignment, copy.contrast)) {
        explained.setTo(0, copy.contrast > *darkest); // thin strokes upon it: as shades they pass
    }
    ink.setTo(0, explained);
    return is_blank(copy, blobs_of(ink), dust_mm + softness_mm);
}

} // namespace pleiade::image
