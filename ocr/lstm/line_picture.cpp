#include "ocr/lstm/line_picture.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace pleiade::ocr {
namespace {

constexpr int paper = 255;

/// The grey level that `share` of the counted values stay below.
double level_of(const std::array<int, 256>& counts, double share, double otherwise) {
    int total = 0;
    for (const int count : counts) {
        total += count;
    }
    if (total == 0) {
        return otherwise;
    }
    double seen = 0.0;
    for (std::size_t level = 0; level < counts.size(); ++level) {
        if (counts[level] > 0 && seen + counts[level] >= share * total) {
            return static_cast<double>(level) + (share * total - seen) / counts[level];
        }
        seen += counts[level];
    }
    return otherwise;
}

struct BlackAndWhite {
    double black = 0.0;
    double white = paper;
};

/// From the valleys and hills of grey along the middle of the line, as the networks were taught.
/// Source: ComputeBlackWhite of Tesseract 5.3.
BlackAndWhite black_and_white(const cv::Mat& line) {
    std::array<int, 256> valleys{};
    std::array<int, 256> hills{};
    const auto* row = line.ptr<std::uint8_t>(line.rows / 2);
    for (int x = 1; x + 1 < line.cols; ++x) {
        const int before = row[x - 1];
        const int here = row[x];
        const int after = row[x + 1];
        valleys[row[x]] += (here < before && here <= after) || (here <= before && here < after);
        hills[row[x]] += (here > before && here >= after) || (here >= before && here > after);
    }
    return {level_of(valleys, 0.25, 0.0), level_of(hills, 0.75, paper)};
}

/// How far the line goes up (negative) and down between its ends.
std::pair<double, double> drops_of(const LinePlace& place) {
    const double at_end = place.drop_at(place.x1_px);
    double highest = std::min(0.0, at_end);
    double lowest = std::max(0.0, at_end);
    if (place.bend != 0.0) {
        const double turns_at = place.x0_px - place.slope / (2 * place.bend);
        if (turns_at > place.x0_px && turns_at < place.x1_px) {
            highest = std::min(highest, place.drop_at(turns_at));
            lowest = std::max(lowest, place.drop_at(turns_at));
        }
    }
    return {highest, lowest};
}

/// Where the picture begins in the part of the page, and how far its pixels are apart there.
struct Cut {
    double left = 0.0;
    double top = 0.0;
    double step = 1.0;
};

void cut_straight(const cv::Mat& from, const Cut& part, double slope, cv::Mat& cut) {
    cv::warpAffine(
        from,
        cut,
        cv::Matx23d(part.step, 0.0, part.left, slope * part.step, part.step, part.top),
        cut.size(),
        cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
        cv::BORDER_CONSTANT,
        cv::Scalar(paper)
    );
}

/// @param page_step Pixels of the page from one column of the picture to the next.
void cut_bent(
    const cv::Mat& from, const Cut& part, const LinePlace& place, double page_step, cv::Mat& cut
) {
    cv::Mat from_x(cut.size(), CV_32FC1);
    cv::Mat from_y(cut.size(), CV_32FC1);
    const double reduced = part.step / page_step;
    for (int x = 0; x < cut.cols; ++x) {
        const double drop = place.drop_at(place.x0_px + x * page_step) * reduced;
        for (int y = 0; y < cut.rows; ++y) {
            from_x.at<float>(y, x) = static_cast<float>(part.left + x * part.step);
            from_y.at<float>(y, x) = static_cast<float>(part.top + drop + y * part.step);
        }
    }
    cv::remap(from, cut, from_x, from_y, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(paper));
}

} // namespace

LinePicture line_picture(const PageImage& grey, const LinePlace& place) {
    LinePicture picture;
    const double high = std::max(1.0, place.bottom_px - place.top_px);
    const double wide = std::max(1.0, place.x1_px - place.x0_px);
    picture.scale = static_cast<double>(LinePicture::height) / high;
    const int width = std::max(3, static_cast<int>(std::lround(wide * picture.scale)));
    picture.width = static_cast<std::size_t>(width);

    // OpenCV's linear warp looks at four pixels: reduced lines need the average of more.
    const cv::Mat page(
        grey.height_px,
        grey.width_px,
        CV_8UC1,
        const_cast<std::uint8_t*>(grey.pixels.data()),
        grey.row_bytes()
    );
    const auto [highest, lowest] = drops_of(place);
    const cv::Rect around = cv::Rect(
        static_cast<int>(std::floor(place.x0_px)) - 2,
        static_cast<int>(std::floor(place.top_px + highest)) - 2,
        static_cast<int>(std::ceil(wide)) + 4,
        static_cast<int>(std::ceil(high + lowest - highest)) + 4
    );
    const cv::Rect inside = around & cv::Rect(0, 0, page.cols, page.rows);
    cv::Mat cut(LinePicture::height, width, CV_8UC1, cv::Scalar(paper));
    if (inside.area() > 0) {
        cv::Mat from = page(inside);
        Cut part{
            .left = place.x0_px - inside.x,
            .top = place.top_px - inside.y,
            .step = 1.0 / picture.scale};
        if (picture.scale < 0.7) { // chosen: from here on pixels would be left out
            cv::resize(from, from, {}, picture.scale, picture.scale, cv::INTER_AREA);
            part.left *= picture.scale;
            part.top *= picture.scale;
            part.step = 1.0;
        }
        if (place.bend == 0.0) {
            cut_straight(from, part, place.slope, cut);
        } else {
            cut_bent(from, part, place, 1.0 / picture.scale, cut);
        }
    }

    const auto [black, white] = black_and_white(cut);
    const double contrast = white > black ? (white - black) / 2.0 : 1.0;
    std::array<std::int8_t, 256> levels{};
    for (std::size_t level = 0; level < levels.size(); ++level) {
        const double value = (static_cast<double>(level) - black) / contrast - 1.0;
        levels[level] =
            static_cast<std::int8_t>(std::clamp(std::lround(128.0 * value), -127L, 127L));
    }
    picture.pixels.assign((picture.width + 2) * LinePicture::column, 0);
    for (int y = 0; y < cut.rows; ++y) {
        const auto* row = cut.ptr<std::uint8_t>(y);
        for (int x = 0; x < width; ++x) {
            picture.column_at(x)[y + 1] = levels[row[x]];
        }
    }
    return picture;
}

} // namespace pleiade::ocr
