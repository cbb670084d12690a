#pragma once
// How far the lines of a page are from level, and whether they run across or down the page. Says
// what is likely, best first: on tables and forms with few words rules and columns look like lines.

#include "capture/image/clean/reading.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace pleiade::image {

/// A direction in which the ink falls into lines.
struct LikelyLines {
    Reading reading;       ///< To half a degree.
    double contrast = 1.0; ///< How much better than most directions; 1 = no lines.
};

/// The edges of the ink of a page, to be looked at from any angle.
class LineFinder {
public:
    /// @param ink CV_8U, 255 on ink; see ink_of().
    /// @param contrast Of the same page; see WorkingCopy. Says where between two pixels ink ends.
    LineFinder(const cv::Mat& ink, const cv::Mat& contrast);

    /// Best first; empty when there is too little ink.
    [[nodiscard]] std::vector<LikelyLines> likely() const;

    /// The clearest lines within a few degrees; nothing when there is too little ink to tell.
    [[nodiscard]] std::optional<Reading> near(const Reading& reading) const;

    /// The same reading, to a few hundredths of a degree.
    [[nodiscard]] Reading precisely(const Reading& rough) const;

private:
    int longest_;
    std::vector<cv::Point2f> lower_;
    std::vector<cv::Point2f> right_; ///< Turned counter-clockwise, so that lines come out level.
};

} // namespace pleiade::image
