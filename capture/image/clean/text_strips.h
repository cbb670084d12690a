#pragma once
// Pieces of what looks like lines of text, cut out level and all of one size, so that each can be
// asked whether it stands on its feet.

#include "capture/image/clean/blobs.h"
#include "capture/image/clean/reading.h"
#include "capture/image/clean/working_copy.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <vector>

namespace pleiade::image {

inline constexpr int strip_width_px = 128; ///< About ten letters.
inline constexpr int strip_height_px = 32;

/// What was found along one reading.
struct TextPieces {
    /// CV_8U, 0 on paper to 255 on ink, the usual letter of the line about 12 pixels high and in
    /// the middle. Those likeliest to be text first; from all over the page.
    std::vector<cv::Mat> strips;
    std::vector<bool> in_lines; ///< Of each blob: it is one of several letters in a row.
};

/// The letters of a page, to be looked for along any reading.
class TextStrips {
public:
    /// Keeps the copy: it may be no temporary.
    TextStrips(const WorkingCopy& copy, const Blobs& blobs);
    TextStrips(WorkingCopy&&, const Blobs&) = delete;

    /// How many pieces may be letters.
    [[nodiscard]] double letters() const { return static_cast<double>(ends_.size()); }

    /// @param most How many strips to cut out at most.
    /// @param zoom How much larger than usual; what stands in the middle stays there.
    [[nodiscard]] TextPieces cut(const Reading& reading, std::size_t most, double zoom = 1.0);

private:
    const WorkingCopy& copy_;
    std::vector<cv::Point2f> outline_; ///< First and last pixel of every row of a letter.
    std::vector<std::size_t> ends_;    ///< Of each letter in `outline_`.
    std::vector<std::size_t> blobs_;   ///< Of each letter, its index among all.
    std::size_t blob_count_;
    cv::Mat half_; ///< The contrast in half its size, for large print.
};

} // namespace pleiade::image
