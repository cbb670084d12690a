#include "capture/image/clean/placement.h"

#include "capture/image/pixel/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace pleiade::image {
namespace {

constexpr double canvas_grows_deg = 3.0; // chosen: below, corners hold margins of 9 mm and no text

cv::Mat quarter_turned(const cv::Mat& picture, int turned_deg) {
    cv::Mat upright;
    switch (turned_deg) {
    case 90:
        cv::rotate(picture, upright, cv::ROTATE_90_COUNTERCLOCKWISE);
        return upright;
    case 180:
        cv::rotate(picture, upright, cv::ROTATE_180);
        return upright;
    case 270:
        cv::rotate(picture, upright, cv::ROTATE_90_CLOCKWISE);
        return upright;
    default:
        return picture;
    }
}

/// From the upright page to the canvas, both measured at `scale`.
cv::Mat deskewing(const Placement& placement, double scale) {
    const cv::Point2d middle(
        placement.upright.width * scale / 2.0, placement.upright.height * scale / 2.0
    );
    // OpenCV turns counter-clockwise for positive angles: up come the ends of descending lines.
    cv::Mat matrix = cv::getRotationMatrix2D(middle, placement.skew_deg, 1.0);
    matrix.at<double>(0, 2) += (placement.canvas.width - placement.upright.width) * scale / 2.0;
    matrix.at<double>(1, 2) += (placement.canvas.height - placement.upright.height) * scale / 2.0;
    return matrix;
}

constexpr int outside = 128; // in a moved background mask: neither background nor sheet

/// How much of each row or column of a mask is background, how much sheet.
struct Shares {
    std::vector<int> background;
    std::vector<int> sheet;
};

struct Cuts {
    int top = 0;
    int bottom = 0;
    int left = 0;
    int right = 0;
};

enum class Along { Rows, Columns };

Shares shares_of(const cv::Mat& mask, const Cuts& cuts, Along along) {
    const bool rows = along == Along::Rows;
    const auto lines = static_cast<std::size_t>(rows ? mask.rows : mask.cols);
    Shares shares{std::vector<int>(lines, 0), std::vector<int>(lines, 0)};
    for (int y = cuts.top; y < mask.rows - cuts.bottom; ++y) {
        const std::uint8_t* row = mask.ptr(y);
        for (int x = cuts.left; x < mask.cols - cuts.right; ++x) {
            const auto line = static_cast<std::size_t>(rows ? y : x);
            shares.background[line] += row[x] == 255 ? 1 : 0;
            shares.sheet[line] += row[x] == 0 ? 1 : 0;
        }
    }
    return shares;
}

/// How many lines to cut off from one end: those that hold background and hardly any sheet.
/// @param already So many are cut and no longer counted in `shares`.
/// @param at The line at a distance from that end.
template <typename LineAt>
int cut_of(const Shares& shares, int already, LineAt at) {
    constexpr double most_sheet = 0.1; // chosen: torn and rounded corners of the sheet
    int cut = already;
    for (auto i = static_cast<std::size_t>(already); i < shares.sheet.size(); ++i) {
        const std::size_t line = at(i);
        const int background = shares.background[line];
        const int sheet = shares.sheet[line];
        if (sheet > most_sheet * (sheet + background)) {
            break;
        }
        if (background > 0) {
            cut = static_cast<int>(i) + 1;
        }
    }
    return cut;
}

Cuts cuts_of(const cv::Mat& mask) {
    Cuts cuts;
    constexpr int rounds = 2; // the top of a framed sheet is seen better without its sides
    for (int round = 0; round < rounds; ++round) {
        const Shares rows = shares_of(mask, cuts, Along::Rows);
        const Shares columns = shares_of(mask, cuts, Along::Columns);
        const auto from_start = [](std::size_t i) { return i; };
        const auto from_end = [](const Shares& shares) {
            return [last = shares.sheet.size() - 1](std::size_t i) { return last - i; };
        };
        cuts = {
            .top = cut_of(rows, cuts.top, from_start),
            .bottom = cut_of(rows, cuts.bottom, from_end(rows)),
            .left = cut_of(columns, cuts.left, from_start),
            .right = cut_of(columns, cuts.right, from_end(columns))};
        if (cuts.top + cuts.bottom >= mask.rows || cuts.left + cuts.right >= mask.cols) {
            return {};
        }
    }
    return cuts;
}

/// Whether any background reaches further in than the mask's own rim.
bool has_background(const cv::Mat& mask, int rim) {
    const cv::Rect inner(rim, rim, mask.cols - 2 * rim, mask.rows - 2 * rim);
    return inner.width > 0 && inner.height > 0 && cv::countNonZero(mask(inner)) > 0;
}

} // namespace

Placement placement_of(cv::Size raw, int turned_deg, double skew_deg) {
    Placement placement;
    placement.turned_deg = turned_deg;
    placement.skew_deg = skew_deg;
    placement.upright = turned_deg % 180 == 90 ? cv::Size(raw.height, raw.width) : raw;
    placement.canvas = placement.upright;
    if (std::abs(skew_deg) > canvas_grows_deg) {
        const double angle = std::abs(skew_deg) * CV_PI / 180.0;
        const double width = placement.upright.width;
        const double height = placement.upright.height;
        placement.canvas = {
            cvCeil(width * std::cos(angle) + height * std::sin(angle)),
            cvCeil(width * std::sin(angle) + height * std::cos(angle))};
    }
    placement.crop = {0, 0, placement.canvas.width, placement.canvas.height};
    return placement;
}

void crop_background(Placement& placement, const cv::Mat& background, double scale) {
    constexpr int least_cut_px = 4; // measured: the mask's own rim is 2 wide on every page
    if (!has_background(background, least_cut_px)) {
        return;
    }
    cv::Mat mask = quarter_turned(background, placement.turned_deg);
    if (placement.skew_deg != 0.0) {
        const cv::Size canvas(
            cvRound(placement.canvas.width * scale), cvRound(placement.canvas.height * scale)
        );
        cv::Mat moved;
        cv::warpAffine(
            mask,
            moved,
            deskewing(placement, scale),
            canvas,
            cv::INTER_NEAREST,
            cv::BORDER_CONSTANT,
            cv::Scalar(outside)
        );
        mask = moved;
    }
    constexpr double least_left = 0.15; // chosen: less of a page is a misjudged dark page
    const Cuts cuts = cuts_of(mask);
    const auto full = [&](int cut) {
        return cut < least_cut_px ? 0 : static_cast<int>(std::lround(cut / scale));
    };
    const Box crop{
        full(cuts.left),
        full(cuts.top),
        placement.canvas.width - full(cuts.right),
        placement.canvas.height - full(cuts.bottom)};
    if (crop.width() >= least_left * placement.canvas.width &&
        crop.height() >= least_left * placement.canvas.height) {
        placement.crop = crop;
    }
}

bool is_movement(const Placement& placement) {
    return placement.turned_deg != 0 || placement.skew_deg != 0.0 ||
           placement.crop != Box{0, 0, placement.canvas.width, placement.canvas.height};
}

Box crop_of_upright(const Placement& placement) {
    const int across = (placement.canvas.width - placement.upright.width) / 2;
    const int down = (placement.canvas.height - placement.upright.height) / 2;
    const Box& crop = placement.crop;
    return intersection(
        {crop.x0 - across, crop.y0 - down, crop.x1 - across, crop.y1 - down},
        {0, 0, placement.upright.width, placement.upright.height}
    );
}

PageImage placed(PageImage raw, const Placement& placement) {
    const Box& crop = placement.crop;
    if (!is_movement(placement)) {
        return raw;
    }
    const cv::Mat upright = quarter_turned(as_mat(raw), placement.turned_deg);
    if (placement.skew_deg == 0.0) {
        return page_from(upright(cv::Rect(crop.x0, crop.y0, crop.width(), crop.height())), raw);
    }
    cv::Mat matrix = deskewing(placement, 1.0);
    matrix.at<double>(0, 2) -= crop.x0;
    matrix.at<double>(1, 2) -= crop.y0;
    PageImage moved;
    moved.width_px = crop.width();
    moved.height_px = crop.height();
    moved.channels = raw.channels;
    moved.dpi = raw.dpi;
    moved.depth = raw.depth;
    moved.pixels.resize(moved.row_bytes() * static_cast<std::size_t>(moved.height_px));
    cv::Mat target = as_mat(moved);
    cv::warpAffine(
        upright,
        target,
        matrix,
        target.size(),
        cv::INTER_LINEAR,
        cv::BORDER_CONSTANT,
        cv::Scalar::all(255)
    );
    if (moved.depth == ColourDepth::Bitonal) {
        constexpr double half = 127.0;
        cv::threshold(target, target, half, 255, cv::THRESH_BINARY);
    }
    return moved;
}

} // namespace pleiade::image
