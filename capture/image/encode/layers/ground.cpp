#include "capture/image/encode/layers/ground.h"

#include <opencv2/imgproc.hpp>

#include <array>
#include <vector>

namespace pleiade::image {
namespace {

/// Pixels known and how much of each is; halved until everything is known.
struct Level {
    cv::Mat sums;    ///< Values times weight.
    cv::Mat weights; ///< 0 where nothing is known.
};

/// What is known of a page without its ink.
struct Known {
    cv::Mat cells;   ///< Means of what is known of each cell, 8 bits.
    cv::Mat unknown; ///< 255 for each cell of which nothing is.
    Level blocks;    ///< Sums over whole blocks.
};

template <int Channels>
Known known_part(const cv::Mat& half, const cv::Mat& near) {
    using Pixel = cv::Vec<std::uint8_t, Channels>;
    using Sum = cv::Vec<float, Channels>;
    const cv::Size size = half.size() / 2;
    const cv::Size blocks = size / block_cells;
    Known known{
        cv::Mat(size, CV_8UC(Channels)),
        cv::Mat(size, CV_8U),
        {cv::Mat(blocks, CV_32FC(Channels), cv::Scalar::all(0)), cv::Mat(blocks, CV_32F, 0.0)}};
    for (int y = 0; y < size.height; ++y) {
        const std::array<const Pixel*, 2> pixels = {
            half.ptr<Pixel>(2 * y), half.ptr<Pixel>(2 * y + 1)};
        const std::array<const std::uint8_t*, 2> inked = {near.ptr(2 * y), near.ptr(2 * y + 1)};
        for (int x = 0; x < size.width; ++x) {
            Sum sum = Sum::all(0);
            float count = 0;
            for (std::size_t i = 0; i < 4; ++i) {
                const std::size_t at = 2 * static_cast<std::size_t>(x) + i % 2;
                if (inked[i / 2][at] == 0) {
                    sum += Sum(pixels[i / 2][at]);
                    count += 1;
                }
            }
            known.unknown.at<std::uint8_t>(y, x) = count == 0 ? 255 : 0;
            known.cells.at<Pixel>(y, x) = count == 0 ? Pixel::all(0) : Pixel(sum / count);
            known.blocks.sums.at<Sum>(y / block_cells, x / block_cells) += sum;
            known.blocks.weights.at<float>(y / block_cells, x / block_cells) += count;
        }
    }
    return known;
}

/// Fills what has no weight from the coarser levels.
cv::Mat filled(const Level& level) {
    cv::Mat values;
    cv::Mat weights = level.weights;
    if (level.sums.channels() == 3) {
        cv::merge(std::vector<cv::Mat>(3, level.weights), weights);
    }
    cv::divide(level.sums, weights, values); // 0 where nothing is known
    const cv::Mat unknown = level.weights < 1e-6F;
    if (cv::countNonZero(unknown) == 0 || (values.rows < 2 && values.cols < 2)) {
        return values;
    }
    Level coarser;
    const cv::Size size((values.cols + 1) / 2, (values.rows + 1) / 2);
    cv::resize(level.sums, coarser.sums, size, 0, 0, cv::INTER_AREA);
    cv::resize(level.weights, coarser.weights, size, 0, 0, cv::INTER_AREA);
    cv::Mat from_coarser;
    cv::resize(filled(coarser), from_coarser, values.size(), 0, 0, cv::INTER_LINEAR);
    from_coarser.copyTo(values, unknown);
    return values;
}

} // namespace

cv::Mat near_ink(const cv::Mat& coverage) {
    cv::Mat near;
    cv::dilate(coverage, near, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    return near > 0;
}

cv::Mat without_ink(const cv::Mat& half, const cv::Mat& near) {
    const Known known =
        half.channels() == 3 ? known_part<3>(half, near) : known_part<1>(half, near);
    cv::Mat around;
    filled(known.blocks).convertTo(around, CV_8U);
    cv::Mat ground;
    cv::resize(around, ground, known.cells.size(), 0, 0, cv::INTER_LINEAR);
    known.cells.copyTo(ground, ~known.unknown);
    return ground;
}

} // namespace pleiade::image
