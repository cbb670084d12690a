#include "capture/image/clean/blank.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace pleiade::image {
namespace {

// Lengths on paper, in millimetres.
constexpr double large_mm = 6.0;    // chosen: a bar, a signature, the frame of a stamp
constexpr double edge_mm = 4.0;     // chosen: where shadows of the sheet's edge lie
constexpr double thin_mm = 1.5;     // measured: such shadows, scanner streaks and folds
constexpr double line_gap_mm = 6.0; // chosen: two marks this near belong together
constexpr double hole_zone_mm = 20.0;

double distance_to_edge_px(const cv::Rect& box, const cv::Size& page) {
    return std::min({box.x, box.y, page.width - box.br().x, page.height - box.br().y});
}

/// A disc or ring near the edge, as punches leave it.
/// Source: ISO 838: holes of 6 mm, centres 12 mm from the edge; other punches 4.5 to 8 mm.
bool is_punch_hole(const Blob& blob, const WorkingCopy& copy, double disc_zone_mm) {
    constexpr double least_mm = 3.5;
    constexpr double most_mm = 9.0;
    constexpr double roundest = 1.3;
    constexpr double least_fill = 0.68; // a disc fills 0.785 of its square, a full square 1
    constexpr double most_fill = 0.90;
    constexpr double most_ring_fill = 0.45; // a hole seen as its rim only
    const double size_mm = copy.mm(blob.longer());
    const double fill = static_cast<double>(blob.area) / blob.box.area();
    const double from_edge_mm = copy.mm(distance_to_edge_px(blob.box, copy.grey.size()));
    return size_mm >= least_mm && size_mm <= most_mm &&
           blob.longer() <= roundest * blob.shorter() &&
           ((fill >= least_fill && fill <= most_fill && from_edge_mm <= disc_zone_mm) ||
            (fill <= most_ring_fill && from_edge_mm <= hole_zone_mm));
}

/// Dirt on the scanner's glass and folds run across the page; so does a lone ruled line.
bool is_streak(const Blob& blob, const WorkingCopy& copy) {
    constexpr double least_share = 0.3; // chosen: of the page's side
    const int side = blob.box.width > blob.box.height ? copy.grey.cols : copy.grey.rows;
    return copy.mm(blob.shorter()) <= thin_mm && blob.longer() >= least_share * side;
}

bool is_edge_shadow(const Blob& blob, const WorkingCopy& copy) {
    const cv::Rect& box = blob.box;
    const cv::Size page = copy.grey.size();
    const int zone = copy.px(edge_mm);
    return box.br().x <= zone || box.br().y <= zone || box.x >= page.width - zone ||
           box.y >= page.height - zone;
}

/// A staple left in a corner of the sheet: one short bar. A word as long has twice the ink.
bool is_staple(const Blob& blob, const WorkingCopy& copy) {
    constexpr double zone_mm = 30.0; // chosen: from both edges
    constexpr double least_mm = 7.0; // spec: staples are 8 to 13 mm wide
    constexpr double most_mm = 15.0;
    constexpr double thickest_mm = 1.0;
    const cv::Rect& box = blob.box;
    const cv::Size page = copy.grey.size();
    const int zone = copy.px(zone_mm);
    const double length_px = std::hypot(box.width, box.height);
    return std::min(box.br().x, page.width - box.x) <= zone &&
           std::min(box.br().y, page.height - box.y) <= zone && copy.mm(length_px) >= least_mm &&
           copy.mm(length_px) <= most_mm && copy.mm(blob.area / length_px) <= thickest_mm;
}

bool is_dirt(const Blob& blob, const WorkingCopy& copy, double disc_zone_mm = hole_zone_mm) {
    return is_edge_shadow(blob, copy) || is_streak(blob, copy) ||
           is_punch_hole(blob, copy, disc_zone_mm) || is_staple(blob, copy);
}

double gap_px(const cv::Rect& a, const cv::Rect& b) {
    const int across = std::max({0, a.x - b.br().x, b.x - a.br().x});
    const int down = std::max({0, a.y - b.br().y, b.y - a.br().y});
    return std::hypot(across, down);
}

} // namespace

bool is_blank(const WorkingCopy& copy, const Blobs& blobs, double speck_mm) {
    constexpr std::size_t many = 12; // chosen: marks that need not even be neighbours
    std::vector<cv::Rect> marks;
    for (const Blob& blob : blobs.all) {
        if (copy.mm(blob.longer()) < speck_mm || is_dirt(blob, copy)) {
            continue;
        }
        if (copy.mm(blob.longer()) >= large_mm) {
            return false;
        }
        const bool has_neighbour = std::ranges::any_of(marks, [&](const cv::Rect& other) {
            return copy.mm(gap_px(blob.box, other)) <= line_gap_mm;
        });
        marks.push_back(blob.box);
        if (has_neighbour || marks.size() >= many) {
            return false;
        }
    }
    return true;
}

cv::Mat dirt_of(const WorkingCopy& copy, const Blobs& blobs) {
    // Straightening lets the picture grow beyond the edges of the paper. Measured: by 17 mm at
    // 5 degrees.
    constexpr double straightened_zone_mm = 40.0;
    std::vector<bool> chosen;
    chosen.reserve(blobs.all.size());
    for (const Blob& blob : blobs.all) {
        chosen.push_back(is_dirt(blob, copy, straightened_zone_mm));
    }
    return blobs.drawn(chosen);
}

} // namespace pleiade::image
