#include "capture/image/clean/quality.h"

#include "capture/image/pixel/mat.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace pleiade::image {
namespace {

/// The steepest step between neighbouring pixels over the whole difference of light, in one letter:
/// 1 for ideal edges. Nothing when the piece is too pale to tell.
double steepness(const cv::Mat& piece) {
    int darkest = 255;
    int lightest = 0;
    int steepest = 0;
    for (int y = 0; y < piece.rows; ++y) {
        const std::uint8_t* row = piece.ptr(y);
        for (int x = 0; x < piece.cols; ++x) {
            darkest = std::min<int>(darkest, row[x]);
            lightest = std::max<int>(lightest, row[x]);
            if (x > 0) {
                steepest = std::max(steepest, std::abs(row[x] - row[x - 1]));
            }
        }
    }
    constexpr int too_pale = 40; // chosen: noise would count as edges
    return lightest - darkest < too_pale ? -1.0
                                         : static_cast<double>(steepest) / (lightest - darkest);
}

bool is_letter(const Blob& blob, const WorkingCopy& copy) {
    return copy.mm(blob.longer()) < 8.0 && copy.mm(blob.shorter()) > 0.8;
}

/// Judged on letters spread over the page, in raw pixels.
bool is_sharp(const PageImage& raw, const WorkingCopy& copy, const Blobs& blobs) {
    if (raw.depth == ColourDepth::Bitonal) {
        return true; // black and white: what blur there was cannot be seen any more
    }
    constexpr std::size_t sampled = 200;
    constexpr std::size_t least_sampled = 15; // chosen: fewer letters say nothing
    // measured: 26 French scans and 8 skew pictures are at 0.34 and above, the same blurred by a
    // deviation of 3 pixels at 0.17 and below.
    constexpr double least_steepness = 0.20;
    const cv::Mat pixels = as_mat(raw);
    std::vector<double> found;
    const std::size_t step = std::max<std::size_t>(1, blobs.all.size() / sampled);
    for (std::size_t i = 0; i < blobs.all.size(); i += step) {
        if (!is_letter(blobs.all[i], copy)) {
            continue;
        }
        const cv::Rect& box = blobs.all[i].box;
        const cv::Rect here = cv::Rect(
                                  cvFloor((box.x - 1) / copy.scale),
                                  cvFloor((box.y - 1) / copy.scale),
                                  cvCeil((box.width + 2) / copy.scale),
                                  cvCeil((box.height + 2) / copy.scale)
                              ) &
                              cv::Rect(0, 0, pixels.cols, pixels.rows);
        const double value = here.empty() ? -1.0 : steepness(pixels(here));
        if (value >= 0.0) {
            found.push_back(value);
        }
    }
    if (found.size() < least_sampled) {
        return true;
    }
    const auto middle = found.begin() + static_cast<std::ptrdiff_t>(found.size() / 2);
    std::ranges::nth_element(found, middle);
    return *middle >= least_steepness;
}

/// How dark ink is on this page, 0 to 255.
int typical_contrast(const WorkingCopy& copy) {
    std::array<int, 256> counts{};
    int all = 0;
    for (int y = 0; y < copy.contrast.rows; ++y) {
        const std::uint8_t* row = copy.contrast.ptr(y);
        for (int x = 0; x < copy.contrast.cols; ++x) {
            constexpr int some_ink = 32;
            if (row[x] > some_ink) {
                ++counts[row[x]];
                ++all;
            }
        }
    }
    constexpr double darkest_share = 0.1; // chosen: the hearts of strokes, not their edges
    int above = 0;
    for (int level = 255; level > 0; --level) {
        above += counts[static_cast<std::size_t>(level)];
        if (above > darkest_share * all) {
            return level;
        }
    }
    return 0;
}

void note_cut_edges(const WorkingCopy& copy, const Blobs& blobs, std::vector<std::string>& notes) {
    constexpr int rim_px = 3;        // the working copy's own rim, see scanner_background
    constexpr int least_letters = 4; // chosen: several lines end there
    const cv::Size page = copy.grey.size();
    std::array<int, 4> touching{};
    for (const Blob& blob : blobs.all) {
        if (!is_letter(blob, copy)) {
            continue;
        }
        touching[0] += blob.box.x <= rim_px ? 1 : 0;
        touching[1] += blob.box.br().x >= page.width - rim_px ? 1 : 0;
        touching[2] += blob.box.y <= rim_px ? 1 : 0;
        touching[3] += blob.box.br().y >= page.height - rim_px ? 1 : 0;
    }
    constexpr std::array names{"left", "right", "top", "bottom"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (touching[i] >= least_letters) {
            notes.push_back(std::string("cut at the ") + names[i] + " edge");
        }
    }
}

} // namespace

PageQuality quality_of(const PageImage& raw, const WorkingCopy& copy, const Blobs& blobs) {
    constexpr int dark_paper = 120;  // chosen: half of what white paper gives
    constexpr int low_contrast = 90; // measured: the palest carbon copy of the scans is at 93
    constexpr int low_resolution_dpi = 150; // measured: below, small print is not read
    PageQuality quality;
    quality.sharp = is_sharp(raw, copy, blobs);
    if (copy.paper < dark_paper) {
        quality.notes.emplace_back("dark");
    }
    const int contrast = typical_contrast(copy);
    if (contrast > 0 && contrast < low_contrast) {
        quality.notes.emplace_back("low contrast");
    }
    if (raw.dpi < low_resolution_dpi) {
        quality.notes.emplace_back("low resolution");
    }
    note_cut_edges(copy, blobs, quality.notes);
    return quality;
}

} // namespace pleiade::image
