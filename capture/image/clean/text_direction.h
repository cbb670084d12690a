#pragma once
// Whether lines of text stand on their feet or on their head, by a small network that looks at
// pieces of lines. Taught by tools/text-strips; see docs/adr/0013.

#include <opencv2/core.hpp>

#include <memory>
#include <vector>

namespace pleiade::image {

/// What the pieces of a page say together.
struct Votes {
    double upright = 0.0;   ///< Log odds of upright against upside down; near 0: they do not say.
    double like_text = 0.0; ///< 0 to 1, the share of pieces that look like text at all.
};

class TextDirection {
public:
    TextDirection();
    ~TextDirection();
    TextDirection(const TextDirection&) = delete;
    TextDirection& operator=(const TextDirection&) = delete;
    TextDirection(TextDirection&&) = delete;
    TextDirection& operator=(TextDirection&&) = delete;

    /// @param strips See text_strips().
    [[nodiscard]] Votes votes(const std::vector<cv::Mat>& strips);
    /// Asked again with every strip upside down: steadier, and twice the work.
    [[nodiscard]] Votes votes_both_ways(const std::vector<cv::Mat>& strips);
    /// Both ways, each strip counted by how much it looks like text, and all of them by how much
    /// they agree: for pages on which other things were taken for lines as well.
    [[nodiscard]] Votes votes_of_text(const std::vector<cv::Mat>& strips);

private:
    struct Network; // keeps the headers of OpenCV's dnn module out of this one
    std::unique_ptr<Network> network_;
};

} // namespace pleiade::image
