#include "ocr/barcode/scan_lines.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace pleiade::ocr {

cv::Mat averaged_lines(const cv::Mat& upright, int count) {
    count = std::clamp(count, 1, upright.rows);
    cv::Mat lines(count, upright.cols, CV_8UC1);
    for (int i = 0; i < count; ++i) {
        const cv::Range rows(upright.rows * i / count, upright.rows * (i + 1) / count);
        cv::reduce(upright.rowRange(rows), lines.row(i), 0, cv::REDUCE_AVG);
    }
    return lines;
}

cv::Mat black_and_white(const cv::Mat& lines, int reach_px) {
    constexpr int times = 2;
    constexpr double least_contrast = 0.25; // chosen: of that of the whole line
    cv::Mat wide;
    cv::resize(lines, wide, {}, times, 1.0, cv::INTER_LINEAR);
    const int reach = std::min(reach_px * times, wide.cols) | 1;
    const cv::Mat kernel = cv::Mat::ones(1, reach, CV_8UC1);
    cv::Mat low;
    cv::Mat high;
    cv::erode(wide, low, kernel);
    cv::dilate(wide, high, kernel);
    cv::Mat black(wide.size(), CV_8UC1);
    for (int y = 0; y < wide.rows; ++y) {
        double darkest = 0.0;
        double brightest = 0.0;
        cv::minMaxLoc(wide.row(y), &darkest, &brightest);
        const int contrast = static_cast<int>((brightest - darkest) * least_contrast);
        for (int x = 0; x < wide.cols; ++x) {
            const int top = high.at<uchar>(y, x);
            const int bottom = low.at<uchar>(y, x);
            const int value = wide.at<uchar>(y, x);
            const bool bar = top - bottom > contrast
                                 ? 2 * value < top + bottom
                                 : 2 * value < static_cast<int>(darkest + brightest);
            black.at<uchar>(y, x) = bar ? 0 : 255;
        }
    }
    return black;
}

cv::Mat sharpened(const cv::Mat& lines, double blur_px) {
    constexpr double strength = 2.0; // measured: on invented blurred pages 1 to 3 read alike
    cv::Mat smooth;
    cv::GaussianBlur(lines, smooth, {0, 1}, blur_px, 0.0);
    cv::Mat sharp;
    cv::addWeighted(lines, 1.0 + strength, smooth, -strength, 0.0, sharp);
    return sharp;
}

} // namespace pleiade::ocr
