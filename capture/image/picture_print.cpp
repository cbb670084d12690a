#include "capture/image/picture_print.h"

#include "capture/image/pixel/mat.h"
#include "core/hex.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>

namespace pleiade::image {
namespace {

constexpr int side = 64;          // chosen: a line of text is half a pixel, its paragraph is seen
constexpr std::size_t bits = 256; // spec: core/facts.h, PagePrint::picture
constexpr std::size_t bits_per_byte = 8;

cv::Mat small_copy(const PageImage& page) {
    if (page.empty()) {
        throw std::logic_error("a page without pixels has no print");
    }
    cv::Mat small;
    cv::resize(as_mat(page), small, {side, side}, 0, 0, cv::INTER_AREA);
    return small;
}

} // namespace

std::string picture_print_of(const PageImage& page) {
    const PageImage grey = grey_of(page);
    cv::Mat values;
    small_copy(grey).convertTo(values, CV_32F);
    cv::Mat frequencies;
    cv::dct(values, frequencies);
    // Diagonal by diagonal from the lowest frequency, without the mean brightness.
    std::array<std::byte, bits / bits_per_byte> print{};
    std::size_t bit = 0;
    for (int diagonal = 1; bit < bits; ++diagonal) {
        for (int y = 0; y <= diagonal && bit < bits; ++y, ++bit) {
            if (frequencies.at<float>(y, diagonal - y) > 0.0F) {
                print[bit / bits_per_byte] |= std::byte{1} << (bit % bits_per_byte);
            }
        }
    }
    return hex_of(print);
}

double coloured_share_of(const PageImage& page) {
    constexpr int reduced_px = 400;  // chosen: a printed line of colour is wider than one of 400
    constexpr int least_chroma = 40; // chosen: yellowed paper and grey scans stay below
    if (page.channels != 3) {
        return 0.0;
    }
    cv::Mat small;
    cv::resize(as_mat(page), small, {reduced_px, reduced_px}, 0, 0, cv::INTER_AREA);
    int coloured = 0;
    for (int y = 0; y < small.rows; ++y) {
        for (int x = 0; x < small.cols; ++x) {
            const auto& pixel = small.at<cv::Vec3b>(y, x);
            const int most = std::max({pixel[0], pixel[1], pixel[2]});
            const int least = std::min({pixel[0], pixel[1], pixel[2]});
            coloured += most - least >= least_chroma ? 1 : 0;
        }
    }
    return static_cast<double>(coloured) / (reduced_px * reduced_px);
}

} // namespace pleiade::image
