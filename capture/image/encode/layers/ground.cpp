#include "capture/image/encode/layers/ground.h"

#include <opencv2/imgproc.hpp>

namespace pleiade::image {
namespace {

/// Pixels known and how much of each is; halved until everything is known.
struct Level {
    cv::Mat sums;    ///< Values times weight.
    cv::Mat weights; ///< 0 to 1.
};

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
    cv::Mat known = half.clone();
    known.setTo(0, near);
    Level cells;
    cv::Mat sums;
    cv::Mat weights;
    const cv::Size size = half.size() / 2;
    constexpr double finer = 16.0; // so that little is lost in the means
    known.convertTo(known, CV_16U, finer);
    cv::resize(known, sums, size, 0, 0, cv::INTER_AREA);
    cv::resize(~near, weights, size, 0, 0, cv::INTER_AREA);
    sums.convertTo(cells.sums, CV_32F, 1.0 / finer);
    weights.convertTo(cells.weights, CV_32F, 1.0 / 255.0);
    cv::Mat ground;
    filled(cells).convertTo(ground, CV_8U);
    return ground;
}

} // namespace pleiade::image
