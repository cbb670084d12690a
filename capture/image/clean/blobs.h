#pragma once
// The connected pieces of ink on a page: letters, words, rules, stamps, holes, dust.

#include <opencv2/core.hpp>

#include <vector>

namespace pleiade::image {

struct Blob {
    cv::Rect box;
    int area = 0; ///< Pixels of ink.

    [[nodiscard]] int longer() const { return std::max(box.width, box.height); }
    [[nodiscard]] int shorter() const { return std::min(box.width, box.height); }
};

struct Blobs {
    std::vector<Blob> all; ///< all[i] is labelled i + 1.
    cv::Mat labels;        ///< CV_32S, 0 on paper.

    /// 255 on the chosen blobs, 0 elsewhere. @param chosen One flag for each of `all`.
    [[nodiscard]] cv::Mat drawn(const std::vector<bool>& chosen) const;
};

/// @param ink CV_8U, 255 on ink.
[[nodiscard]] Blobs blobs_of(const cv::Mat& ink);

} // namespace pleiade::image
