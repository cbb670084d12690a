#include "ocr/forms/line_removal.h"

#include <opencv2/imgproc.hpp>

#include <array>
#include <cstdint>

namespace pleiade::ocr {

cv::Mat view_of(const PageImage& page) {
    return {
        page.height_px,
        page.width_px,
        CV_8UC1,
        const_cast<std::uint8_t*>( // NOLINT(cppcoreguidelines-pro-type-const-cast): as cv::Mat
            page.pixels.data()     // has no view of constant pixels
        )};
}

int level_at(const cv::Mat& grey, double share) {
    std::array<int, 256> histogram{};
    for (int y = 0; y < grey.rows; ++y) {
        for (int x = 0; x < grey.cols; ++x) {
            ++histogram[grey.at<std::uint8_t>(y, x)];
        }
    }
    const double wanted = share * static_cast<double>(grey.total());
    double seen = 0;
    for (std::size_t level = 0; level < histogram.size(); ++level) {
        seen += histogram[level];
        if (seen >= wanted) {
            return static_cast<int>(level);
        }
    }
    return 255;
}

cv::Mat opened(const cv::Mat& mask, int width, int height) {
    cv::Mat result;
    cv::morphologyEx(
        mask, result, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {width, height})
    );
    return result;
}

void clear_lines(cv::Mat& ink, const cv::Mat& lines) {
    for (int x = 0; x < ink.cols; ++x) {
        for (int y = 0; y < ink.rows; ++y) {
            if (lines.at<std::uint8_t>(y, x) == 0) {
                continue;
            }
            int end = y;
            while (end < ink.rows && lines.at<std::uint8_t>(end, x) != 0) {
                ++end;
            }
            const bool crossed = y > 0 && end < ink.rows && ink.at<std::uint8_t>(y - 1, x) != 0 &&
                                 ink.at<std::uint8_t>(end, x) != 0;
            for (int k = y; k < end && !crossed; ++k) {
                ink.at<std::uint8_t>(k, x) = 0;
            }
            y = end;
        }
    }
}

} // namespace pleiade::ocr
