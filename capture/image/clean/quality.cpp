#include "capture/image/clean/quality.h"

#include "capture/image/clean/sheet_outline.h"
#include "capture/image/pixel/mat.h"

#include <opencv2/imgproc.hpp>

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

using Notes = std::vector<std::string>;

void note_cut_edges(const WorkingCopy& copy, const Blobs& blobs, int turned_deg, Notes& notes) {
    constexpr int rim_px = 3;        // the working copy's own rim, see scanner_background
    constexpr int least_letters = 4; // chosen: several lines end there
    constexpr std::size_t edges = 4; // clockwise from the top
    const cv::Size page = copy.grey.size();
    std::array<int, edges> touching{};
    for (const Blob& blob : blobs.all) {
        if (!is_letter(blob, copy)) {
            continue;
        }
        touching[0] += blob.box.y <= rim_px ? 1 : 0;
        touching[1] += blob.box.br().x >= page.width - rim_px ? 1 : 0;
        touching[2] += blob.box.br().y >= page.height - rim_px ? 1 : 0;
        touching[3] += blob.box.x <= rim_px ? 1 : 0;
    }
    constexpr std::array names{"en haut", "à droite", "en bas", "à gauche"};
    const auto quarters = static_cast<std::size_t>(turned_deg / 90);
    for (std::size_t edge = 0; edge < edges; ++edge) {
        if (touching[(edge + quarters) % edges] >= least_letters) {
            notes.push_back(std::string("du texte est coupé ") + names[edge]);
        }
    }
}

/// Dirt on the glass of a feeder: one column, dark from the first to the last row of the picture.
bool has_streak(const WorkingCopy& copy) {
    constexpr double some_dark = 32.0;  // chosen: of 255; paler ones harm no reader
    constexpr double whole = 0.97;      // chosen: frames of forms end 5 mm before the edge
    constexpr double around = 0.5;      // chosen: pictures and frames are dark beside it too
    constexpr double most_beyond = 0.3; // chosen: of the height, scanner background
    constexpr double margin_mm = 4.0;   // chosen: shadows of the sheet's edge lie there
    constexpr double beside_mm = 1.5;
    cv::Mat dark;
    cv::threshold(copy.contrast, dark, some_dark, 1, cv::THRESH_BINARY);
    cv::Mat sums;
    cv::reduce(dark, sums, 0, cv::REDUCE_SUM, CV_32S);
    cv::Mat beyond;
    cv::reduce(copy.background / 255, beyond, 0, cv::REDUCE_SUM, CV_32S);
    const int margin = copy.px(margin_mm);
    const int beside = std::max(3, copy.px(beside_mm));
    for (int x = std::max(margin, beside); x < sums.cols - std::max(margin, beside); ++x) {
        const double rows = dark.rows - beyond.at<int>(x);
        const double next = std::max(sums.at<int>(x - beside), sums.at<int>(x + beside));
        if (rows >= (1.0 - most_beyond) * dark.rows && sums.at<int>(x) >= whole * rows &&
            next <= around * rows) {
            return true;
        }
    }
    return false;
}

void note_exposure(const PageImage& raw, const WorkingCopy& copy, const Side& side, Notes& notes) {
    constexpr int dark_paper = 120; // chosen: half of what white paper gives
    constexpr int glaring_paper = 250;
    constexpr int washed_out = 140;      // chosen: of 255; black print on white paper gives 200
    constexpr int low_contrast = 90;     // measured: the palest carbon copy of the scans is at 93
    constexpr double mostly_black = 0.4; // chosen: in black and white there is no paper level
    const int contrast = typical_contrast(copy);
    const bool bitonal = raw.depth == ColourDepth::Bitonal;
    if (copy.paper < dark_paper) {
        notes.emplace_back("l'image est trop sombre");
    } else if (bitonal) {
        const int sheet = static_cast<int>(copy.grey.total()) - cv::countNonZero(copy.background);
        const int black = cv::countNonZero((copy.grey < 128) & ~copy.background);
        if (sheet > 0 && black > mostly_black * sheet) {
            notes.emplace_back("l'image est trop sombre");
        }
    } else if (side.blank) {
        return; // what shines through is pale, as it should be
    } else if (contrast > 0 && contrast < washed_out && copy.paper >= glaring_paper) {
        notes.emplace_back("l'image est trop claire");
    } else if (contrast > 0 && contrast < low_contrast) {
        notes.emplace_back("le contraste est faible");
    }
}

void note_outline(const SheetOutline& sheet, Notes& notes) {
    // chosen: paper of the mail runs from cards of 54 mm to A3; receipts are narrow and may be long
    constexpr double least_side_mm = 40.0;
    constexpr double most_length_mm = 440.0;
    constexpr double receipt_mm = 115.0;
    constexpr double most_receipt_mm = 1000.0;
    constexpr double a4_least_mm = 190.0;
    constexpr double a4_most_mm = 230.0;
    constexpr double a4_length_mm = 370.0; // chosen: legal paper of 356 mm passes
    const double shorter = std::min(sheet.width_mm, sheet.height_mm);
    const double longer = std::max(sheet.width_mm, sheet.height_mm);
    if (shorter < least_side_mm) {
        notes.emplace_back("la page est trop courte");
    }
    const bool like_a4 = shorter >= a4_least_mm && shorter <= a4_most_mm;
    const double most =
        like_a4 ? a4_length_mm : (shorter <= receipt_mm ? most_receipt_mm : most_length_mm);
    if (longer > most) {
        notes.emplace_back("la page est trop longue, peut-être deux feuilles à la suite");
    }
    if (sheet.corners_missing > 0) {
        notes.emplace_back("un coin de la feuille est plié ou manque");
    }
    if (sheet.of_two_sheets) {
        notes.emplace_back("deux feuilles sont peut-être passées ensemble");
    }
}

} // namespace

PageQuality
quality_of(const PageImage& raw, const WorkingCopy& copy, const Blobs& blobs, const Side& side) {
    constexpr int low_resolution_dpi = 150; // measured: below, small print is not read
    PageQuality quality;
    quality.sharp = is_sharp(raw, copy, blobs);
    if (!quality.sharp) {
        quality.notes.emplace_back("le texte est flou");
    }
    note_exposure(raw, copy, side, quality.notes);
    if (raw.dpi < low_resolution_dpi) {
        quality.notes.emplace_back("la résolution est trop faible");
    }
    note_cut_edges(copy, blobs, side.turned_deg, quality.notes);
    if (has_streak(copy)) {
        quality.notes.emplace_back("une rayure du scanner traverse la page");
    }
    note_outline(outline_of(copy), quality.notes);
    return quality;
}

} // namespace pleiade::image
