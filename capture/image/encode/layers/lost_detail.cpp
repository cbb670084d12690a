#include "capture/image/encode/layers/lost_detail.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace pleiade::image {
namespace {

cv::Mat ink_colours(const InkMap& inks, int channels) {
    cv::Mat table(1, 256, CV_8UC(channels), cv::Scalar::all(0));
    for (std::size_t i = 0; i < inks.inks.size(); ++i) {
        const Ink& ink = inks.inks[i];
        const int at = static_cast<int>(i);
        if (channels == 1) {
            table.at<std::uint8_t>(0, at) = ink.red;
        } else {
            table.at<cv::Vec3b>(0, at) = {ink.red, ink.green, ink.blue};
        }
    }
    cv::Mat index = inks.index;
    if (channels == 3) {
        cv::merge(std::vector<cv::Mat>(3, inks.index), index);
    }
    cv::Mat colours;
    cv::LUT(index, table, colours);
    return colours;
}

/// Means of squares over blocks, the largest of the channels.
cv::Mat block_energy(const cv::Mat& difference, cv::Size blocks) {
    cv::Mat squares;
    difference.convertTo(squares, CV_32F);
    cv::multiply(squares, squares, squares);
    cv::resize(squares, squares, blocks, 0, 0, cv::INTER_AREA);
    if (squares.channels() == 1) {
        return squares;
    }
    std::vector<cv::Mat> channels;
    cv::split(squares, channels);
    cv::Mat largest;
    cv::max(channels[0], channels[1], largest);
    cv::max(largest, channels[2], largest);
    return largest;
}

float median(cv::Mat values) {
    std::vector<float> sorted(values.begin<float>(), values.end<float>());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
}

constexpr float lost_in_ground = 6.0F; // chosen: grey levels, root of the mean square over a block
constexpr float beyond_noise = 2.0F;   // chosen: times what the paper of this page shows anyway
constexpr float wrong_ink = 24.0F;     // chosen: grey levels over a block, of means over cells

} // namespace

cv::Mat lost_detail(const TakenApart& parts) {
    const cv::Size blocks(
        parts.page.cells.cols / block_cells, parts.page.cells.rows / block_cells
    );
    // Away from ink: what the coarse ground cannot show.
    cv::Mat ground;
    cv::resize(parts.ground, ground, parts.page.half.size(), 0, 0, cv::INTER_LINEAR);
    cv::Mat difference;
    cv::subtract(parts.page.half, ground, difference, cv::noArray(), CV_16S);
    difference.setTo(cv::Scalar::all(0), parts.near);
    const cv::Mat in_ground = block_energy(difference, blocks);

    // On ink: whether each cell is as dark, and of the colour, that it was.
    cv::Mat ground_cells;
    cv::resize(ground, ground_cells, parts.page.cells.size(), 0, 0, cv::INTER_AREA);
    cv::Mat share;
    cv::resize(parts.coverage * 60, share, parts.page.cells.size(), 0, 0, cv::INTER_AREA);
    cv::Mat inked = share > 0;
    if (ground_cells.channels() == 3) {
        cv::merge(std::vector<cv::Mat>(3, share), share);
    }
    const cv::Mat colours = ink_colours(parts.inks, ground_cells.channels());
    cv::Mat painted;
    cv::Mat ground_part;
    cv::multiply(colours, share, painted, 1.0 / 240.0);
    cv::multiply(ground_cells, cv::Scalar::all(240) - share, ground_part, 1.0 / 240.0);
    cv::add(painted, ground_part, painted);
    cv::subtract(parts.page.cells, painted, difference, cv::noArray(), CV_16S);
    difference.setTo(cv::Scalar::all(0), ~inked);
    const cv::Mat in_ink = block_energy(difference, blocks);

    const float noise = median(in_ground);
    const float limit = std::max(lost_in_ground * lost_in_ground, beyond_noise * beyond_noise * noise);
    return (in_ground > limit) | (in_ink > wrong_ink * wrong_ink);
}

} // namespace pleiade::image
