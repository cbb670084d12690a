#include "capture/image/page_cleaner.h"

#include "capture/image/clean/attitude.h"
#include "capture/image/clean/blank.h"
#include "capture/image/clean/blobs.h"
#include "capture/image/clean/edge_shadow.h"
#include "capture/image/clean/faint_print.h"
#include "capture/image/clean/placement.h"
#include "capture/image/clean/quality.h"
#include "capture/image/clean/ruling.h"
#include "capture/image/clean/working_copy.h"
#include "capture/image/pixel/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace pleiade::image {
namespace {

constexpr double least_skew_deg = 0.1; // measured: less moves no word by more than a pixel or two

/// What lies so far from every edge that no shadow reaches it.
Blobs beyond_shadows(const WorkingCopy& copy, const Blobs& blobs) {
    const int reach = copy.px(deepest_shadow_mm) + 1;
    const cv::Rect inner(reach, reach, copy.grey.cols - 2 * reach, copy.grey.rows - 2 * reach);
    Blobs beyond;
    std::ranges::copy_if(blobs.all, std::back_inserter(beyond.all), [&](const Blob& blob) {
        return (blob.box & inner) == blob.box;
    });
    return beyond;
}

/// As is_blank(); a shadow along an edge and the lines of writing paper say nothing either.
bool says_nothing(const WorkingCopy& copy, const Blobs& blobs, const cv::Mat& ink) {
    if (is_blank(copy, blobs)) {
        return true;
    }
    if (const cv::Mat ruling = ruling_of(copy); !ruling.empty()) {
        return is_blank(copy, blobs_of(ink & ~ruling));
    }
    if (!is_blank(copy, beyond_shadows(copy, blobs))) {
        return false; // most pages: shadows need not be looked for
    }
    const cv::Mat shadow = edge_shadow_of(copy);
    return !shadow.empty() && is_blank(copy, blobs_of(ink & ~shadow));
}

} // namespace

struct PageCleaner::Network {
    TextDirection direction;
};

PageCleaner::PageCleaner() : network_(std::make_unique<Network>()) {}

PageCleaner::~PageCleaner() = default;

CleanPage PageCleaner::clean(PageImage raw, const CleanSettings& settings) {
    if (raw.width_px < 1 || raw.height_px < 1 || raw.empty()) {
        throw std::logic_error("clean() of a page without pixels");
    }
    cv::setNumThreads(1); // one thread per process: the machine is shared out by processes
    CleanPage page;
    PageImage grey = grey_of(raw);
    const WorkingCopy copy = working_copy(grey);
    cv::Mat ink = ink_of(copy);
    Blobs blobs = blobs_of(ink);
    page.blank = says_nothing(copy, blobs, ink);
    if (page.blank) {
        if (const cv::Mat faint = faint_print_of(copy); !faint.empty()) {
            page.blank = false;
            ink |= faint;
            blobs = blobs_of(ink);
        }
    }
    const Attitude attitude =
        page.blank ? Attitude{} : attitude_of(copy, blobs, ink, network_->direction);

    page.quality =
        quality_of(grey, copy, blobs, {.blank = page.blank, .turned_deg = attitude.turned_deg});
    const bool straighten = settings.deskew && std::abs(attitude.skew_deg) >= least_skew_deg;
    Placement placement = placement_of(
        {raw.width_px, raw.height_px},
        settings.turn ? attitude.turned_deg : 0,
        straighten ? attitude.skew_deg : 0.0
    );
    if (settings.crop_borders) {
        crop_background(placement, copy.background, copy.scale);
    }
    page.image = placed(std::move(raw), placement);
    page.moved = is_movement(placement);
    page.grey = page.moved ? grey_of(page.image) : std::move(grey);
    page.geometry = {
        .width_px = page.image.width_px,
        .height_px = page.image.height_px,
        .dpi = page.image.dpi,
        .turned_deg = placement.turned_deg,
        .turn_confidence = attitude.turn_confidence,
        .skew_deg = attitude.skew_deg,
        .skew_confidence = attitude.skew_confidence,
        .crop_px = crop_of_upright(placement)};
    page.upright_width_px = placement.upright.width;
    page.upright_height_px = placement.upright.height;
    return page;
}

CleanPage turned_upside_down(CleanPage page) {
    constexpr int half_turn_deg = 180;
    const auto turn = [](PageImage& picture) {
        cv::Mat pixels = as_mat(picture);
        cv::rotate(pixels.clone(), pixels, cv::ROTATE_180);
    };
    turn(page.image);
    turn(page.grey);
    page.moved = true;
    PageGeometry& geometry = page.geometry;
    geometry.turned_deg = (geometry.turned_deg + half_turn_deg) % 360;
    geometry.turn_confidence = 1.0;
    const Box crop = geometry.crop_px;
    geometry.crop_px = {
        page.upright_width_px - crop.x1,
        page.upright_height_px - crop.y1,
        page.upright_width_px - crop.x0,
        page.upright_height_px - crop.y0};
    return page;
}

} // namespace pleiade::image
