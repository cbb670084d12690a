#include "ocr/barcode/reduced_page.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace pleiade::ocr {

ReducedPage reduced(const cv::Mat& page, int dpi) {
    ReducedPage result;
    result.scale = reduced_resolution.value / dpi;
    if (result.scale >= 1.0) {
        result.scale = 1.0;
        result.grey = page;
        return result;
    }
    const auto shorter = [&](int length) {
        return std::max(1, static_cast<int>(std::lround(length * result.scale)));
    };
    const cv::Size size(shorter(page.cols), shorter(page.rows));
    cv::resize(page, result.grey, size, 0.0, 0.0, cv::INTER_AREA);
    return result;
}

} // namespace pleiade::ocr
