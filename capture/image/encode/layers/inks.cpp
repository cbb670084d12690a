#include "capture/image/encode/layers/inks.h"

#include "capture/image/encode/layers/scales.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace pleiade::image {
namespace {

constexpr std::size_t most_inks = 6;      // chosen: print, pen, stamp, and paler kinds of them
constexpr double far_colour = 48.0;       // chosen: closer inks look alike in strokes
constexpr double least_share = 0.002;     // chosen: of all ink; what is rarer has no ink of its own
constexpr int field_cells = 5;            // chosen: 1.7 mm, a letter has one ink
constexpr int rounds = 4;                 // chosen: k-means has settled by then
constexpr int colour_bits = 4;            // chosen: 16 shades a channel are apart less than far_colour

/// How much an ink of a pair of pixels says about the colour: its edges are mixed with paper.
constexpr std::array<std::uint8_t, 5> weight_of_coverage = {0, 1, 4, 16, 64};

using Colour = cv::Vec3f;

struct Sample {
    Colour colour;
    double weight = 0.0;
};

/// The colour of the ink around each cell, as sums and weights: mixed over the size of a letter,
/// so that it gets one ink.
struct Field {
    cv::Mat sums; ///< Channels of the page, 32-bit float.
    cv::Mat weights;

    [[nodiscard]] Colour at(int x, int y) const {
        const float weight = std::max(weights.at<float>(y, x), 1e-6F);
        if (sums.channels() == 1) {
            const float value = sums.at<float>(y, x) / weight;
            return {value, value, value};
        }
        return sums.at<cv::Vec3f>(y, x) / weight;
    }
};

Field colour_field(const cv::Mat& half, const cv::Mat& coverage) {
    const cv::Mat table(1, 256, CV_8U, cv::Scalar(0));
    cv::Mat filled_table = table.clone();
    for (int i = 0; i < 5; ++i) {
        filled_table.at<std::uint8_t>(0, i) = weight_of_coverage[static_cast<std::size_t>(i)];
    }
    cv::Mat weights;
    cv::LUT(coverage, filled_table, weights);
    cv::Mat weights_wide = weights;
    if (half.channels() == 3) {
        cv::merge(std::vector<cv::Mat>(3, weights), weights_wide);
    }
    constexpr double four = 4.0; // means of four are taken: so that nothing is rounded away
    cv::Mat products;
    cv::multiply(half, weights_wide, products, four, CV_16U);
    weights.convertTo(weights, CV_16U, four);
    const cv::Size size = half.size() / 2;
    Field field;
    cv::resize(products, products, size, 0, 0, cv::INTER_AREA);
    cv::resize(weights, weights, size, 0, 0, cv::INTER_AREA);
    products.convertTo(field.sums, CV_32F);
    weights.convertTo(field.weights, CV_32F);
    cv::blur(field.sums, field.sums, {field_cells, field_cells}, {-1, -1}, cv::BORDER_CONSTANT);
    cv::blur(field.weights, field.weights, {field_cells, field_cells}, {-1, -1}, cv::BORDER_CONSTANT);
    return field;
}

/// How unlike two colours look: a difference in tint counts more than one in brightness.
double distance(const Colour& a, const Colour& b) {
    constexpr double tint = 2.0; // chosen: a brick-red stamp must not be painted grey
    const cv::Vec3d apart = a - b;
    const double bright = 0.299 * apart[0] + 0.587 * apart[1] + 0.114 * apart[2];
    const double red = tint * (apart[0] - bright);
    const double blue = tint * (apart[2] - bright);
    return std::sqrt(bright * bright + red * red + blue * blue);
}

std::size_t nearest(const std::vector<Colour>& centres, const Colour& colour) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < centres.size(); ++i) {
        if (distance(colour, centres[i]) < distance(colour, centres[best])) {
            best = i;
        }
    }
    return best;
}

/// The colours of cells with ink, alike ones put together.
std::vector<Sample> samples_of(const Field& field, const cv::Mat& amounts) {
    constexpr int shades = 1 << colour_bits;
    std::vector<Sample> bins(static_cast<std::size_t>(shades) * shades * shades);
    for (int y = 0; y < amounts.rows; ++y) {
        for (int x = 0; x < amounts.cols; ++x) {
            const double amount = amounts.at<std::uint8_t>(y, x);
            if (amount == 0) {
                continue;
            }
            const Colour colour = field.at(x, y);
            std::size_t bin = 0;
            for (int channel = 0; channel < 3; ++channel) {
                const int shade = std::clamp(static_cast<int>(colour[channel]), 0, 255) >>
                                  (8 - colour_bits);
                bin = bin * shades + static_cast<std::size_t>(shade);
            }
            bins[bin].colour += colour * static_cast<float>(amount);
            bins[bin].weight += amount;
        }
    }
    std::erase_if(bins, [](const Sample& sample) { return sample.weight == 0.0; });
    for (Sample& sample : bins) {
        sample.colour /= static_cast<float>(sample.weight);
    }
    return bins;
}

/// k-means from centres that are added where ink is left far from all.
std::vector<Colour> centres_of(const std::vector<Sample>& samples) {
    double total = 0.0;
    for (const Sample& sample : samples) {
        total += sample.weight;
    }
    const auto heaviest = std::ranges::max_element(samples, {}, &Sample::weight);
    std::vector<Colour> centres = {heaviest->colour};
    while (true) {
        for (int round = 0; round < rounds; ++round) {
            std::vector<Sample> sums(centres.size());
            for (const Sample& sample : samples) {
                Sample& sum = sums[nearest(centres, sample.colour)];
                sum.colour += sample.colour * static_cast<float>(sample.weight);
                sum.weight += sample.weight;
            }
            for (std::size_t i = 0; i < centres.size(); ++i) {
                if (sums[i].weight > 0) {
                    centres[i] = sums[i].colour / static_cast<float>(sums[i].weight);
                }
            }
        }
        if (centres.size() == most_inks) {
            return centres;
        }
        const auto misfit = [&](const Sample& sample) {
            const double away = distance(sample.colour, centres[nearest(centres, sample.colour)]);
            return away > far_colour && sample.weight > least_share * total ? away : 0.0;
        };
        const auto worst = std::ranges::max_element(samples, {}, misfit);
        if (misfit(*worst) == 0.0) {
            return centres;
        }
        centres.push_back(worst->colour);
    }
}

std::uint8_t rounded(float value) {
    return cv::saturate_cast<std::uint8_t>(value);
}

} // namespace

InkMap inks_of(const cv::Mat& half, const cv::Mat& coverage) {
    const cv::Size size = half.size() / 2;
    cv::Mat amounts;
    cv::resize(coverage * 16, amounts, size, 0, 0, cv::INTER_AREA);
    InkMap map;
    map.index = cv::Mat(size, CV_8U, cv::Scalar(no_ink));
    if (cv::countNonZero(amounts) == 0) {
        return map;
    }
    const Field field = colour_field(half, coverage);
    const std::vector<Colour> centres = centres_of(samples_of(field, amounts));
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            if (amounts.at<std::uint8_t>(y, x) > 0) {
                map.index.at<std::uint8_t>(y, x) =
                    static_cast<std::uint8_t>(nearest(centres, field.at(x, y)));
            }
        }
    }
    for (const Colour& centre : centres) {
        map.inks.push_back({rounded(centre[0]), rounded(centre[1]), rounded(centre[2])});
    }
    return map;
}

} // namespace pleiade::image
