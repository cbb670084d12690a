// Separates what is written in comb cells from the printed lines.

#include "ocr/forms/comb_reading.h"
#include "ocr/forms/line_removal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace pleiade::ocr {
namespace {

constexpr int least_contrast = 50;       // chosen: grey levels between paper and ink
constexpr double margin_pitches = 0.25;  // chosen: descending ink and lines at the edge
constexpr double least_ink_height = 0.2; // chosen: of the pitch; lower is a speck

/// The row cut out of the page, and where it was.
struct Strip {
    cv::Mat grey;
    cv::Point origin;
    int paper = 255;
};

Strip strip_of(const PageImage& page, const CombRow& row) {
    const int margin = static_cast<int>(std::lround(margin_pitches * row.pitch_px));
    const Box box = intersection(
        {row.box_px.x0 - margin,
         row.box_px.y0 - margin,
         row.box_px.x1 + margin,
         row.box_px.y1 + margin},
        {0, 0, page.width_px, page.height_px}
    );
    const cv::Mat whole = view_of(page);
    Strip strip;
    strip.origin = {box.x0, box.y0};
    strip.grey =
        whole(cv::Rect(box.x0, box.y0, std::max(0, box.width()), std::max(0, box.height())));
    return strip;
}

/// Vertical stretches near the walls. A stroke inside a cell is never one, unless it is as high as
/// the cell: boxes that stand apart have two walls at each gap.
cv::Mat walls_in(const cv::Mat& ink, const Strip& strip, const CombRow& row) {
    cv::Mat near = cv::Mat::zeros(ink.size(), CV_8UC1);
    const int reach = std::max(3, static_cast<int>(row.pitch_px / 12));
    for (const Box& cell : row.cells_px) {
        for (const int x : {cell.x0, cell.x1}) {
            const int from = std::max(0, x - strip.origin.x - reach);
            const int to = std::min(ink.cols, x - strip.origin.x + reach + 1);
            if (from < to) {
                near(cv::Rect(from, 0, to - from, ink.rows)).setTo(255);
            }
        }
    }
    cv::Mat walls = opened(ink, 1, std::max(5, static_cast<int>(row.pitch_px / 5)));
    walls &= near;
    constexpr double whole_height = 0.9; // chosen: of the cell; characters leave more room
    const int cell_height = row.cells_px.front().height();
    walls |= opened(ink, 1, std::max(9, static_cast<int>(whole_height * cell_height)));
    cv::dilate(walls, walls, cv::getStructuringElement(cv::MORPH_RECT, {3, 1}));
    return walls;
}

/// Dark pixels that are not lines.
cv::Mat written_ink(const Strip& strip, const CombRow& row) {
    const int darkest = level_at(strip.grey, 0.01);
    if (strip.paper - darkest < least_contrast) {
        return cv::Mat::zeros(strip.grey.size(), CV_8UC1);
    }
    // Half way between paper and ink: lines of a light colour drop out here already.
    cv::Mat ink = strip.grey < (strip.paper + darkest) / 2;
    // Higher than any character: a streak of the scanner.
    cv::Mat streaks = opened(ink, 1, std::max(9, static_cast<int>(1.2 * row.pitch_px)));
    cv::dilate(streaks, streaks, cv::getStructuringElement(cv::MORPH_RECT, {3, 1}));
    ink.setTo(0, streaks);
    const cv::Mat walls = walls_in(ink, strip, row);
    ink.setTo(0, walls);
    cv::Mat lines = opened(ink, std::max(9, static_cast<int>(0.7 * row.pitch_px)), 1);
    cv::dilate(lines, lines, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    lines &= ink;
    clear_lines(ink, lines);
    return ink;
}

struct Blob {
    cv::Rect place;
    int label = 0;
};

/// The cell whose middle third or more holds the centre; -1 outside the row.
int cell_at(const CombRow& row, int x, int y) {
    for (std::size_t i = 0; i < row.cells_px.size(); ++i) {
        const Box& cell = row.cells_px[i];
        if (x >= cell.x0 && x < cell.x1) {
            return y >= cell.y0 && y < cell.y1 ? static_cast<int>(i) : -1;
        }
    }
    return -1;
}

/// The pixels of each cell as a mask of the whole strip would be wasteful: boxes and labels do.
struct CellInk {
    std::vector<Blob> blobs;
    cv::Rect place; ///< In the strip.
};

std::vector<CellInk>
inks_by_cell(const cv::Mat& stats, int count, const Strip& strip, const CombRow& row) {
    std::vector<CellInk> cells(row.cells_px.size());
    const int least_area = std::max(4, static_cast<int>(row.pitch_px * row.pitch_px / 250));
    for (int label = 1; label < count; ++label) {
        const cv::Rect place(
            stats.at<int>(label, cv::CC_STAT_LEFT),
            stats.at<int>(label, cv::CC_STAT_TOP),
            stats.at<int>(label, cv::CC_STAT_WIDTH),
            stats.at<int>(label, cv::CC_STAT_HEIGHT)
        );
        const cv::Point centre = strip.origin + (place.tl() + place.br()) / 2;
        const int cell = cell_at(row, centre.x, centre.y);
        if (cell < 0 || stats.at<int>(label, cv::CC_STAT_AREA) < least_area) {
            continue;
        }
        CellInk& ink = cells[static_cast<std::size_t>(cell)];
        ink.blobs.push_back({place, label});
        ink.place = ink.place.empty() ? place : ink.place | place;
    }
    for (CellInk& ink : cells) {
        if (ink.place.height < least_ink_height * row.pitch_px) {
            ink = {};
        }
    }
    return cells;
}

/// Grey levels of the ink of one cell on white, at the full height of the strip.
PageImage picture_of(const CellInk& ink, const cv::Mat& labels, const Strip& strip, int dpi) {
    PageImage picture;
    picture.width_px = ink.place.width + 2;
    picture.height_px = strip.grey.rows;
    picture.dpi = dpi;
    cv::Mat own = cv::Mat::zeros(picture.height_px, picture.width_px, CV_8UC1);
    const int x0 = ink.place.x - 1;
    for (const Blob& blob : ink.blobs) {
        for (int y = blob.place.y; y < blob.place.br().y; ++y) {
            for (int x = blob.place.x; x < blob.place.br().x; ++x) {
                if (labels.at<int>(y, x) == blob.label) {
                    own.at<std::uint8_t>(y, x - x0) = 255;
                }
            }
        }
    }
    cv::dilate(
        own, own, cv::getStructuringElement(cv::MORPH_RECT, {3, 3})
    ); // soft edges of the print
    picture.pixels.assign(
        static_cast<std::size_t>(picture.width_px) * static_cast<std::size_t>(picture.height_px),
        255
    );
    for (int y = 0; y < own.rows; ++y) {
        for (int x = 0; x < own.cols; ++x) {
            const int source = std::clamp(x + x0, 0, strip.grey.cols - 1);
            if (own.at<std::uint8_t>(y, x) != 0) {
                picture.pixels
                    [static_cast<std::size_t>(y) * picture.row_bytes() +
                     static_cast<std::size_t>(x)] = strip.grey.at<std::uint8_t>(y, source);
            }
        }
    }
    return picture;
}

} // namespace

std::size_t CombInk::filled() const {
    return static_cast<std::size_t>(std::ranges::count_if(cells, [](const PageImage& cell) {
        return !cell.empty();
    }));
}

CombInk ink_of(const PageImage& grey, const CombRow& row) {
    CombInk result;
    result.dpi = grey.dpi;
    result.cells.resize(row.cells_px.size());
    result.inks_px.resize(row.cells_px.size());
    Strip strip = strip_of(grey, row);
    if (strip.grey.empty()) {
        return result;
    }
    strip.paper = level_at(strip.grey, 0.7); // chosen: most of a row is paper
    const cv::Mat ink = written_ink(strip, row);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
    const std::vector<CellInk> cells = inks_by_cell(stats, count, strip, row);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!cells[i].blobs.empty()) {
            const cv::Rect& place = cells[i].place;
            result.cells[i] = picture_of(cells[i], labels, strip, grey.dpi);
            result.inks_px[i] = {
                place.x + strip.origin.x,
                place.y + strip.origin.y,
                place.br().x + strip.origin.x,
                place.br().y + strip.origin.y};
        }
    }
    return result;
}

} // namespace pleiade::ocr
