#include "capture/image/clean/working_copy.h"

#include "capture/image/pixel/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>

namespace pleiade::image {
namespace {

constexpr double working_dpi = 150.0;           // measured: ascenders of 8 pt print are lost at 100
constexpr double least_longer_side_px = 1200.0; // chosen: pictures whose dpi is wrong keep detail

/// The commonest bright level: what the sheet, and not what is on it, looks like.
int paper_level(const cv::Mat& grey) {
    // The middle of the picture: borders of the scanner must not vote.
    const cv::Rect middle(grey.cols / 8, grey.rows / 8, grey.cols * 3 / 4, grey.rows * 3 / 4);
    std::array<int, 256> counts{};
    for (int y = middle.y; y < middle.y + middle.height; y += 2) {
        const std::uint8_t* row = grey.ptr(y);
        for (int x = middle.x; x < middle.x + middle.width; x += 2) {
            ++counts[row[x]];
        }
    }
    int most = 0;
    int level = 255;
    constexpr int window = 8; // chosen: paper is never one level
    for (int from = 40; from + window <= 256; ++from) {
        int sum = 0;
        for (int i = from; i < from + window; ++i) {
            sum += counts[static_cast<std::size_t>(i)];
        }
        if (sum >= most) {
            most = sum;
            level = from + window / 2;
        }
    }
    return level;
}

/// Dark areas that touch the edge of the picture and are thicker than any print.
cv::Mat scanner_background(const cv::Mat& grey, int paper, double dpi) {
    constexpr double dark = 0.5;         // chosen: of the paper's level; shadow of a sheet's edge
    constexpr double thickness_mm = 1.2; // chosen: thicker than table rules that run off the page
    cv::Mat mask = grey < dark * paper;
    const int width = std::max(3, cvRound(thickness_mm * dpi / mm_per_inch));
    // Padding with dark: a strip thinner than the opening still counts when it lies at the edge.
    cv::Mat padded;
    cv::copyMakeBorder(
        mask, padded, width, width, width, width, cv::BORDER_CONSTANT, cv::Scalar(255)
    );
    cv::morphologyEx(
        padded, padded, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {width, width})
    );
    cv::floodFill(padded, {0, 0}, cv::Scalar(128));
    cv::Mat found = padded == 128;
    // Back over the rounded rim that opening and reduction left between sheet and background.
    cv::dilate(found, found, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
    return found(cv::Rect(width, width, grey.cols, grey.rows)).clone();
}

/// What the paper would look like without anything on it.
cv::Mat bare_paper(const cv::Mat& grey) {
    constexpr int reduction = 4;
    constexpr int closing = 11; // measured: 7 mm at a quarter of 150 dpi, wider than bold titles
    cv::Mat small;
    // Pixels that are not of exactly one size lose lines of text; only slips have none left over.
    const bool is_slip = grey.cols < reduction || grey.rows < reduction;
    const cv::Size slip(std::max(1, grey.cols / reduction), std::max(1, grey.rows / reduction));
    cv::resize(
        grey,
        small,
        is_slip ? slip : cv::Size(),
        is_slip ? 0.0 : 1.0 / reduction,
        is_slip ? 0.0 : 1.0 / reduction,
        cv::INTER_AREA
    );
    cv::morphologyEx(
        small, small, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {closing, closing})
    );
    cv::blur(small, small, {closing, closing});
    cv::Mat paper;
    cv::resize(small, paper, grey.size(), 0, 0, cv::INTER_LINEAR);
    return paper;
}

} // namespace

WorkingCopy working_copy(const PageImage& grey) {
    WorkingCopy copy;
    const double longer = std::max(grey.width_px, grey.height_px);
    copy.scale = std::min(1.0, std::max(working_dpi / grey.dpi, least_longer_side_px / longer));
    copy.dpi = grey.dpi * copy.scale;
    if (copy.scale < 1.0) {
        cv::resize(as_mat(grey), copy.grey, {}, copy.scale, copy.scale, cv::INTER_AREA);
    } else {
        copy.grey = as_mat(grey).clone();
    }
    copy.paper = paper_level(copy.grey);
    copy.background = scanner_background(copy.grey, copy.paper, copy.dpi);
    cv::Mat sheet = copy.grey.clone();
    sheet.setTo(copy.paper, copy.background);
    const cv::Mat paper = cv::max(bare_paper(sheet), sheet);
    cv::subtract(paper, sheet, copy.contrast);
    cv::divide(copy.contrast, paper, copy.contrast, 255.0);
    return copy;
}

cv::Mat ink_of(const WorkingCopy& copy) {
    // measured: painted bleed-through of 18 % reaches 46, the palest carbon copy of the French
    // scans has strokes of 93. Bleed-through in between counts as ink, faint pencil may not.
    constexpr double faintest_ink = 64.0;
    return copy.contrast > faintest_ink;
}

} // namespace pleiade::image
