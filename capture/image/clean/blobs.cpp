#include "capture/image/clean/blobs.h"

#include <opencv2/imgproc.hpp>

#include <cstdint>

namespace pleiade::image {

Blobs blobs_of(const cv::Mat& ink) {
    Blobs blobs;
    cv::Mat stats;
    cv::Mat centres;
    const int count =
        cv::connectedComponentsWithStats(ink, blobs.labels, stats, centres, 8, CV_32S);
    blobs.all.reserve(static_cast<std::size_t>(count));
    for (int i = 1; i < count; ++i) {
        const int* row = stats.ptr<int>(i);
        blobs.all.push_back(
            {.box =
                 {row[cv::CC_STAT_LEFT],
                  row[cv::CC_STAT_TOP],
                  row[cv::CC_STAT_WIDTH],
                  row[cv::CC_STAT_HEIGHT]},
             .area = row[cv::CC_STAT_AREA]}
        );
    }
    return blobs;
}

cv::Mat Blobs::drawn(const std::vector<bool>& chosen) const {
    std::vector<std::uint8_t> value(all.size() + 1, 0);
    for (std::size_t i = 0; i < all.size(); ++i) {
        value[i + 1] = chosen[i] ? 255 : 0;
    }
    cv::Mat mask(labels.size(), CV_8U);
    for (int y = 0; y < labels.rows; ++y) {
        const int* label = labels.ptr<int>(y);
        std::uint8_t* target = mask.ptr(y);
        for (int x = 0; x < labels.cols; ++x) {
            target[x] = value[static_cast<std::size_t>(label[x])];
        }
    }
    return mask;
}

} // namespace pleiade::image
