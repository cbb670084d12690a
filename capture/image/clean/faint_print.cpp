#include "capture/image/clean/faint_print.h"

#include "capture/image/clean/blobs.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace pleiade::image {
namespace {

/// 255 where the contrast falls or rises to most of what it is nearby within a pixel.
/// measured: a third of the surroundings of pale print, a hundredth of those of painted
/// bleed-through, which was softened by 0.15 mm and more.
cv::Mat sharp_edges(const cv::Mat& contrast) {
    constexpr double sharpest = 0.7;      // chosen: between the two
    constexpr double per_pixel = 1.0 / 4; // spec: a step of 1 gives 4 in Sobel's 3 x 3 window
    cv::Mat across;
    cv::Mat down;
    cv::Sobel(contrast, across, CV_32F, 1, 0, 3, per_pixel);
    cv::Sobel(contrast, down, CV_32F, 0, 1, 3, per_pixel);
    cv::Mat steepness;
    cv::magnitude(across, down, steepness);
    cv::Mat nearby;
    cv::dilate(contrast, nearby, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
    nearby.convertTo(nearby, CV_32F, sharpest);
    return steepness > nearby;
}

} // namespace

cv::Mat faint_print_of(const WorkingCopy& copy) {
    constexpr double faintest = 16.0;       // measured: grain of paper and scanner ends at 10
    constexpr double least_letter_mm = 0.8; // chosen: the x of 5 pt print
    constexpr double most_letter_mm = 8.0;  // chosen: watermarks and logos are larger
    constexpr double least_sharp = 0.15;    // chosen: of its box
    constexpr std::ptrdiff_t least_letters =
        200;                                // measured: backs of three sample files have up to 141
    constexpr std::ptrdiff_t mostly_of = 2; // chosen: at least every second pale piece is sharp
    constexpr double most_ink = 0.3;        // chosen: of its area; dust is dark
    const Blobs blobs = blobs_of(copy.contrast > faintest);
    std::vector<bool> chosen;
    chosen.reserve(blobs.all.size());
    for (const Blob& blob : blobs.all) {
        const double size_mm = copy.mm(blob.longer());
        chosen.push_back(size_mm >= least_letter_mm && size_mm <= most_letter_mm);
    }
    const auto pale = std::ranges::count(chosen, true);
    if (pale < least_letters) {
        return {};
    }
    const cv::Mat sharp = sharp_edges(copy.contrast);
    const cv::Mat ink = ink_of(copy);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const cv::Rect& box = blobs.all[i].box;
        chosen[i] = chosen[i] && cv::countNonZero(ink(box)) <= most_ink * blobs.all[i].area &&
                    cv::countNonZero(sharp(box)) >= least_sharp * box.area();
    }
    const auto letters = std::ranges::count(chosen, true);
    return letters < least_letters || letters * mostly_of < pale ? cv::Mat() : blobs.drawn(chosen);
}

} // namespace pleiade::image
