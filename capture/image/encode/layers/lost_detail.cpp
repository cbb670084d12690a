#include "capture/image/encode/layers/lost_detail.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace pleiade::image {
namespace {

constexpr double lost_in_ground = 6.0; // chosen: grey levels, root of the mean square over a block
constexpr double beyond_noise = 2.0;   // chosen: times what the paper of this page shows anyway
constexpr double least_shade = 8.0;    // chosen: grey levels of the mean over a block
constexpr double shade_of_contrast = 0.1; // chosen: of what differs in the block
constexpr double wrong_ink = 24.0;        // chosen: grey levels over a block, of means over cells

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

cv::Mat largest_of(const cv::Mat& values) {
    if (values.channels() == 1) {
        return values;
    }
    std::vector<cv::Mat> channels;
    cv::split(values, channels);
    return cv::max(cv::max(channels[0], channels[1]), channels[2]);
}

/// Squares of differences, summed over blocks: the largest of the channels, by the pixel.
class BlockEnergy {
public:
    /// @param side Pixels of the compared pictures along a block.
    BlockEnergy(cv::Size blocks, int channels, int side)
        : sums_(blocks, CV_32SC(channels), cv::Scalar::all(0)), side_(side) {}

    /// @param counted Where it is 0, differences do not count.
    template <int Channels>
    void compare(const cv::Mat& a, const cv::Mat& b, const cv::Mat& counted) {
        using Pixel = cv::Vec<std::uint8_t, Channels>;
        for (int y = 0; y < a.rows; ++y) {
            const auto* left = a.ptr<Pixel>(y);
            const auto* right = b.ptr<Pixel>(y);
            const std::uint8_t* count = counted.ptr(y);
            auto* sums = sums_.ptr<cv::Vec<int, Channels>>(y / side_);
            for (int x = 0; x < a.cols; ++x) {
                auto& sum = sums[x / side_];
                for (int channel = 0; channel < Channels; ++channel) {
                    const int difference = left[x][channel] - right[x][channel];
                    sum[channel] += count[x] != 0 ? difference * difference : 0;
                }
            }
        }
    }

    [[nodiscard]] cv::Mat means() const {
        cv::Mat means;
        largest_of(sums_).convertTo(means, CV_32F, 1.0 / (side_ * side_));
        return means;
    }

private:
    cv::Mat sums_;
    int side_;
};

cv::Mat block_energy(const cv::Mat& a, const cv::Mat& b, const cv::Mat& counted, cv::Size blocks) {
    BlockEnergy energy(blocks, a.channels(), a.cols / blocks.width);
    if (a.channels() == 3) {
        energy.compare<3>(a, b, counted);
    } else {
        energy.compare<1>(a, b, counted);
    }
    return energy.means();
}

/// The cells as they will look, ink over ground.
cv::Mat painted(const TakenApart& parts, const cv::Mat& share) {
    const int channels = parts.ground.channels();
    cv::Mat shares = share;
    if (channels == 3) {
        cv::merge(std::vector<cv::Mat>(3, share), shares);
    }
    cv::Mat ink;
    cv::Mat ground;
    cv::multiply(ink_colours(parts.inks, channels), shares, ink, 1.0 / 240.0);
    cv::multiply(parts.ground, cv::Scalar::all(240) - shares, ground, 1.0 / 240.0);
    return ink + ground;
}

/// Blocks that are as a whole too bright or too dark, as when a photograph falls apart into a few
/// shades. Between black print and paper a little more of the one or the other is not seen.
cv::Mat wrong_shade(const cv::Mat& page, const cv::Mat& seen, cv::Size blocks) {
    const auto over_blocks = [blocks](const cv::Mat& cells) {
        cv::Mat means;
        cv::resize(cells, means, blocks, 0, 0, cv::INTER_AREA);
        return means;
    };
    cv::Mat contrast;
    cv::morphologyEx(
        page, contrast, cv::MORPH_GRADIENT, cv::getStructuringElement(cv::MORPH_RECT, {5, 5})
    );
    cv::Mat limit = over_blocks(contrast) * shade_of_contrast;
    cv::max(limit, cv::Scalar::all(least_shade), limit);
    cv::Mat apart;
    cv::absdiff(over_blocks(page), over_blocks(seen), apart);
    return largest_of(apart > limit);
}

double median(const cv::Mat& values) {
    std::vector<float> sorted(values.begin<float>(), values.end<float>());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
}

} // namespace

cv::Mat lost_detail(const TakenApart& parts) {
    const cv::Size cells = parts.page.cells.size();
    const cv::Size blocks = cells / block_cells;
    // Away from ink: what the coarse ground cannot show.
    cv::Mat fine_ground;
    cv::resize(parts.ground, fine_ground, parts.page.half.size(), 0, 0, cv::INTER_LINEAR);
    const cv::Mat in_ground = block_energy(parts.page.half, fine_ground, parts.near == 0, blocks);
    const double noise = median(in_ground);
    const double limit =
        std::max(lost_in_ground * lost_in_ground, beyond_noise * beyond_noise * noise);

    // On ink: whether each cell is as dark, and of the colour, that it was.
    cv::Mat share; // of ink in each cell, 0 to 240
    cv::resize(parts.coverage * 60, share, cells, 0, 0, cv::INTER_AREA);
    const cv::Mat inked = share > 0;
    const cv::Mat seen = painted(parts, share);
    const cv::Mat in_ink = block_energy(parts.page.cells, seen, inked, blocks);
    return (in_ground > limit) | (in_ink > wrong_ink * wrong_ink) |
           wrong_shade(parts.page.cells, seen, blocks);
}

} // namespace pleiade::image
