#include "capture/image/encode/layers/inks.h"

#include "capture/image/encode/layers/scales.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

namespace pleiade::image {
namespace {

constexpr std::size_t most_inks = 6;  // chosen: print, pen, stamp, and paler kinds of them
constexpr double far_colour = 32.0;   // chosen: closer inks look alike in strokes
constexpr double least_share = 0.002; // chosen: of all ink; what is rarer has no ink of its own
constexpr int field_cells = 3;        // chosen: twice over it is 1.7 mm, a letter has one ink
constexpr int rounds = 4;             // chosen: k-means has settled by then
constexpr int colour_bits = 4;        // chosen: 16 shades a channel are less than far_colour apart

using Colour = cv::Vec3f;

struct Sample {
    Colour colour;
    double weight = 0.0;
};

/// The colour of the ink around each cell, as sums and weights, over the size of a letter, so that
/// it gets one ink. A pair of pixels is ink where it is covered and ground elsewhere; the ink is
/// the one that explains all pairs best (least squares), so that thin strokes come out as dark as
/// thick ones.
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

template <int Channels>
Field colour_sums(const cv::Mat& half, const cv::Mat& coverage, const cv::Mat& ground) {
    using Values = cv::Vec<float, Channels>;
    const cv::Size size = half.size() / 2;
    Field field{cv::Mat(size, CV_32FC(Channels), cv::Scalar::all(0)), cv::Mat(size, CV_32F, 0.0)};
    for (int y = 0; y < half.rows; ++y) {
        const std::uint8_t* covered = coverage.ptr(y);
        const auto* pixels = half.ptr<cv::Vec<std::uint8_t, Channels>>(y);
        const auto* paper = ground.ptr<cv::Vec<std::uint8_t, Channels>>(y / 2);
        auto* sums = field.sums.ptr<Values>(y / 2);
        auto* weights = field.weights.ptr<float>(y / 2);
        for (int x = 0; x < half.cols; ++x) {
            if (covered[x] > 0) {
                const float share = static_cast<float>(covered[x]) / 4.0F;
                const Values above = Values(pixels[x]) - Values(paper[x / 2]) * (1.0F - share);
                sums[x / 2] += above * share;
                weights[x / 2] += share * share;
            }
        }
    }
    return field;
}

Field colour_field(const cv::Mat& half, const cv::Mat& coverage, const cv::Mat& ground) {
    Field field = half.channels() == 3 ? colour_sums<3>(half, coverage, ground)
                                       : colour_sums<1>(half, coverage, ground);
    const cv::Size letter(field_cells, field_cells);
    for (int twice = 0; twice < 2; ++twice) {
        cv::blur(field.sums, field.sums, letter, {-1, -1}, cv::BORDER_CONSTANT);
        cv::blur(field.weights, field.weights, letter, {-1, -1}, cv::BORDER_CONSTANT);
    }
    return field;
}

double brightness(const Colour& colour) {
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
}

/// How unlike two colours look: a difference in tint counts more than one in brightness.
double distance(const Colour& a, const Colour& b) {
    constexpr double tint = 2.5; // chosen: a brick-red stamp must not be painted grey
    const Colour apart = a - b;
    const double bright = brightness(apart);
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
                const int shade =
                    std::clamp(static_cast<int>(colour[channel]), 0, 255) >> (8 - colour_bits);
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
            break;
        }
        const auto misfit = [&](const Sample& sample) {
            const double away = distance(sample.colour, centres[nearest(centres, sample.colour)]);
            return away > far_colour && sample.weight > least_share * total ? away : 0.0;
        };
        const auto worst = std::ranges::max_element(samples, {}, misfit);
        if (misfit(*worst) == 0.0) {
            break;
        }
        centres.push_back(worst->colour);
    }
    std::ranges::sort(centres, std::greater(), brightness);
    return centres;
}

std::uint8_t rounded(float value) {
    return cv::saturate_cast<std::uint8_t>(value);
}

} // namespace

InkMap inks_of(const cv::Mat& half, const cv::Mat& coverage, const cv::Mat& ground) {
    const cv::Size size = half.size() / 2;
    cv::Mat amounts;
    cv::resize(coverage * 16, amounts, size, 0, 0, cv::INTER_AREA);
    InkMap map;
    map.index = cv::Mat(size, CV_8U, cv::Scalar(no_ink));
    if (cv::countNonZero(amounts) == 0) {
        return map;
    }
    const Field field = colour_field(half, coverage, ground);
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
