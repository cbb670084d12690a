#include "capture/image/encode/layers/patches.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <limits>

namespace pleiade::image {
namespace {

long area(const Box& box) {
    return static_cast<long>(box.width()) * box.height();
}

/// Blocks that putting two boxes into one would add.
long cost(const Box& a, const Box& b) {
    return area(united(a, b)) - area(a) - area(b) +
           area(intersection(a, b).empty() ? Box{} : intersection(a, b));
}

/// Puts boxes together, the cheapest first, until none overlap and there are few enough.
void merge(std::vector<Box>& boxes, std::size_t most) {
    constexpr long cheap = 24; // chosen: blocks of paper cost less than another stream's tables
    while (boxes.size() > 1) {
        long best = std::numeric_limits<long>::max();
        std::size_t first = 0;
        std::size_t second = 0;
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            for (std::size_t j = i + 1; j < boxes.size(); ++j) {
                const bool overlap = !intersection(boxes[i], boxes[j]).empty();
                const long added = overlap ? -1 : cost(boxes[i], boxes[j]);
                if (added < best) {
                    best = added;
                    first = i;
                    second = j;
                }
            }
        }
        if (best > cheap && boxes.size() <= most) {
            return;
        }
        boxes[first] = united(boxes[first], boxes[second]);
        boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(second));
    }
}

} // namespace

std::vector<Box> patches_of(const cv::Mat& marked, std::size_t most) {
    constexpr int most_parts = 200; // chosen: with more the page is no page of text
    cv::Mat wide;
    cv::dilate(marked, wide, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(wide, labels, stats, centres);
    if (count > most_parts) {
        return {{0, 0, marked.cols, marked.rows}};
    }
    std::vector<Box> boxes;
    for (int i = 1; i < count; ++i) {
        const int x = stats.at<int>(i, cv::CC_STAT_LEFT);
        const int y = stats.at<int>(i, cv::CC_STAT_TOP);
        boxes.push_back(
            {x,
             y,
             x + stats.at<int>(i, cv::CC_STAT_WIDTH),
             y + stats.at<int>(i, cv::CC_STAT_HEIGHT)}
        );
    }
    merge(boxes, most);
    return boxes;
}

} // namespace pleiade::image
