#include "capture/image/encode/layers/scales.h"

#include <opencv2/imgproc.hpp>

namespace pleiade::image {
namespace {

int whole_blocks(int length_px) {
    return (length_px + block_px - 1) / block_px * block_px;
}

cv::Mat grey_of(const cv::Mat& pixels) {
    if (pixels.channels() == 1) {
        return pixels;
    }
    cv::Mat grey;
    cv::cvtColor(pixels, grey, cv::COLOR_RGB2GRAY);
    return grey;
}

} // namespace

Scales scales_of(const cv::Mat& full) {
    Scales scales;
    scales.full = full;
    const cv::Size size(whole_blocks(full.cols) / 2, whole_blocks(full.rows) / 2);
    const cv::Rect pairs(0, 0, full.cols / 2, full.rows / 2);
    cv::Mat means;
    cv::resize(
        full(cv::Rect(0, 0, pairs.width * 2, pairs.height * 2)),
        means,
        pairs.size(),
        0,
        0,
        cv::INTER_AREA
    );
    cv::copyMakeBorder(
        means,
        scales.half,
        0,
        size.height - pairs.height,
        0,
        size.width - pairs.width,
        cv::BORDER_REPLICATE
    );
    cv::resize(scales.half, scales.cells, size / 2, 0, 0, cv::INTER_AREA);
    return scales;
}

Scales grey_scales(const Scales& scales) {
    return {grey_of(scales.full), grey_of(scales.half), grey_of(scales.cells)};
}

} // namespace pleiade::image
