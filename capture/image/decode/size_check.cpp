#include "capture/image/decode/size_check.h"

#include "capture/image/pixel/mat.h"
#include "core/units.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace pleiade::image {
namespace {

constexpr double least_dpi = 50.0;     // chosen: text is lost long before
constexpr double most_dpi = 1200.0;    // chosen: document scanners end at 600, flatbeds at 1200
constexpr int fallback_dpi = 300;      // chosen: what the platform's own scanners are set to
constexpr double square_enough = 0.03; // chosen: 200 x 196 dpi fax counts as square

bool sensible(double dpi) {
    return dpi >= least_dpi && dpi <= most_dpi;
}

/// The resolution that makes this page an A4 sheet, a usual one when near, if it has the shape.
int guessed_dpi(int width_px, int height_px) {
    constexpr double a4_long_inches = 297.0 / mm_per_inch; // spec: ISO 216
    constexpr double a4_ratio = 1.414;                     // spec: ISO 216
    constexpr double ratio_tolerance = 0.15; // chosen: cropped a little or photographed (4:3)
    constexpr double dpi_tolerance = 0.06;   // chosen: half the step from 200 to 240 and less
    constexpr std::array usual{75, 96, 100, 150, 200, 240, 300, 400, 600};
    const double longer = std::max(width_px, height_px);
    const double exact = longer / a4_long_inches;
    if (std::abs(longer / std::min(width_px, height_px) - a4_ratio) > ratio_tolerance ||
        !sensible(exact)) {
        return fallback_dpi;
    }
    for (const int dpi : usual) {
        if (std::abs(exact - dpi) <= dpi * dpi_tolerance) {
            return dpi;
        }
    }
    return static_cast<int>(std::lround(exact));
}

/// Rows are repeated or columns: interpolation would make a bitonal page grey.
void stretch_to_square(PageImage& page, Resolution told, const DecodeLimits& limits) {
    const double target = std::max(told.x_dpi, told.y_dpi);
    const auto width = std::llround(page.width_px * target / told.x_dpi);
    const auto height = std::llround(page.height_px * target / told.y_dpi);
    check_size(
        "la page étirée en pixels carrés",
        static_cast<std::uint64_t>(width),
        static_cast<std::uint64_t>(height),
        limits
    );
    PageImage stretched =
        page_of(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height), page.depth);
    cv::Mat target_view = as_mat(stretched);
    cv::resize(
        as_mat(page),
        target_view,
        target_view.size(),
        0,
        0,
        page.depth == ColourDepth::Bitonal ? cv::INTER_NEAREST : cv::INTER_LINEAR
    );
    page = std::move(stretched);
}

} // namespace

Error unusable(const std::string& sentence) {
    return {Remedy::FixInput, sentence};
}

void check_size(
    const std::string& what, std::uint64_t width, std::uint64_t height, const DecodeLimits& limits
) {
    if (width == 0 || height == 0) {
        throw unusable(what + " n'a aucun pixel");
    }
    constexpr std::uint64_t least_side = 8; // chosen: no letter is lower, no working copy empty
    // spec: 65,500 is the most that JPEG holds; a sheet as long as that would be five metres
    constexpr std::uint64_t most_side = 65'500;
    if (width < least_side || height < least_side) {
        throw unusable(
            what + " n'a que " + std::to_string(width) + " x " + std::to_string(height) +
            " pixels, rien ne peut y être écrit"
        );
    }
    if (width > most_side || height > most_side) {
        throw unusable(
            what + " annonce " + std::to_string(width) + " x " + std::to_string(height) +
            " pixels, un côté de plus de " + std::to_string(most_side)
        );
    }
    if (width * height > limits.max_pixels) {
        throw unusable(
            what + " annonce " + std::to_string(width) + " x " + std::to_string(height) +
            " pixels, plus que la limite de " + std::to_string(limits.max_pixels / 1'000'000) +
            " millions"
        );
    }
}

PageImage page_of(std::uint64_t width, std::uint64_t height, ColourDepth depth) {
    PageImage page;
    page.width_px = static_cast<int>(width);
    page.height_px = static_cast<int>(height);
    page.channels = depth == ColourDepth::Colour ? 3 : 1;
    page.depth = depth;
    page.pixels.resize(page.row_bytes() * static_cast<std::size_t>(height));
    return page;
}

void settle_resolution(PageImage& page, Resolution told, const DecodeLimits& limits) {
    if (!sensible(told.x_dpi) || !sensible(told.y_dpi)) {
        page.dpi = guessed_dpi(page.width_px, page.height_px);
        return;
    }
    const double larger = std::max(told.x_dpi, told.y_dpi);
    if (std::abs(told.x_dpi - told.y_dpi) > larger * square_enough) {
        stretch_to_square(page, told, limits);
    }
    page.dpi = static_cast<int>(std::lround(larger));
}

void apply_orientation(PageImage& page, int orientation) {
    if (orientation < 2 || orientation > 8) {
        return;
    }
    constexpr int first_transposed = 5; // spec: 5 to 8 have rows and columns exchanged
    const bool transposed = orientation >= first_transposed;
    const cv::Mat source = as_mat(page);
    PageImage turned = page_of(
        static_cast<std::uint64_t>(transposed ? page.height_px : page.width_px),
        static_cast<std::uint64_t>(transposed ? page.width_px : page.height_px),
        page.depth
    );
    turned.dpi = page.dpi;
    cv::Mat target = as_mat(turned);
    switch (orientation) {
    case 2: // row 0 top, column 0 right
        cv::flip(source, target, 1);
        break;
    case 3: // bottom right
        cv::rotate(source, target, cv::ROTATE_180);
        break;
    case 4: // bottom left
        cv::flip(source, target, 0);
        break;
    case 5: // row 0 is the left side, column 0 the top
        cv::transpose(source, target);
        break;
    case 6: // row 0 is the right side, column 0 the top
        cv::rotate(source, target, cv::ROTATE_90_CLOCKWISE);
        break;
    case 7: { // row 0 is the right side, column 0 the bottom
        cv::Mat mirrored;
        cv::rotate(source, mirrored, cv::ROTATE_180);
        cv::transpose(mirrored, target);
        break;
    }
    default: // 8: row 0 is the left side, column 0 the bottom
        cv::rotate(source, target, cv::ROTATE_90_COUNTERCLOCKWISE);
        break;
    }
    page = std::move(turned);
}

} // namespace pleiade::image
