#include "ocr/lines/text_lines.h"

#include "core/units.h"
#include "ocr/lines/ink.h"
#include "ocr/lines/reading_order.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

namespace pleiade::ocr {
namespace {

constexpr double widest_gap = 5.0;     // chosen: heights; more is a gap of columns and forms
constexpr double least_overlap = 0.45; // chosen: of the lower of two neighbours
constexpr double most_taller = 2.6;    // chosen: times; letters of one line differ less
constexpr double steepest = 0.06;      // chosen: pages were straightened, but some are bent

/// Sets of pieces that grow together.
class Groups {
public:
    explicit Groups(std::size_t count) : parent_(count) {
        std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    }
    std::size_t of(std::size_t i) {
        while (parent_[i] != i) {
            parent_[i] = parent_[parent_[i]];
            i = parent_[i];
        }
        return i;
    }
    void join(std::size_t a, std::size_t b) { parent_[of(a)] = of(b); }

private:
    std::vector<std::size_t> parent_;
};

double overlap_of(const Piece& a, const Piece& b) {
    const int shared = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
    return static_cast<double>(shared) / std::min(a.height(), b.height());
}

/// How much taller a neighbour may be: within a word capitals stand by small letters, and the next
/// word of the line is of the same kind.
double most_taller_over(int gap, int height) {
    constexpr double within_word = 0.6;      // chosen: of the lower height
    constexpr double most_taller_word = 1.9; // chosen: words without ascenders beside capitals
    return gap < within_word * height ? most_taller : most_taller_word;
}

/// The nearest piece to the right that may belong to the same line.
std::optional<std::size_t> next_of(const std::vector<Piece>& letters, std::size_t i) {
    const Piece& piece = letters[i];
    std::optional<std::size_t> nearest;
    int least = 0;
    for (std::size_t k = i + 1; k < letters.size(); ++k) {
        const Piece& other = letters[k];
        const int gap = other.x0 - piece.x1;
        if (other.x0 - piece.x0 > piece.width() + widest_gap * piece.height() * most_taller ||
            (nearest && gap > least)) {
            break;
        }
        const double taller = static_cast<double>(std::max(piece.height(), other.height())) /
                              std::min(piece.height(), other.height());
        const int lower = std::min(piece.height(), other.height());
        const bool beside = gap <= widest_gap * std::max(piece.height(), other.height()) &&
                            other.x1 > piece.x1 && overlap_of(piece, other) >= least_overlap &&
                            taller <= most_taller_over(gap, lower);
        if (beside && (!nearest || gap < least)) {
            nearest = k;
            least = gap;
        }
    }
    return nearest;
}

double share_of(std::vector<double> values, double share) {
    const auto at =
        static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(at);
    std::ranges::nth_element(values, middle);
    return *middle;
}

double height_of(std::span<const Piece> pieces, double share) {
    std::vector<double> heights;
    heights.reserve(pieces.size());
    for (const Piece& piece : pieces) {
        heights.push_back(piece.height());
    }
    return share_of(std::move(heights), share);
}

/// Whether a small label and the large figures in the cells beside it meet here: the line picture
/// is as high as most of its letters, so neither would be read well with the other.
bool is_end_of_label(std::span<const Piece> left, std::span<const Piece> right) {
    constexpr double least_gap = 2.0;       // chosen: of the lower height
    constexpr double much_larger = 1.3;     // chosen: times
    constexpr double least_alike = 0.8;     // chosen: figures are of one height
    constexpr std::size_t least_pieces = 4; // chosen: a date without its century has six
    const int gap = right.front().x0 - left.back().x1;
    if (gap <= 0) {
        return false;
    }
    const double left_height = height_of(left, 0.8);
    const double right_height = height_of(right, 0.8);
    const bool label_first = left_height < right_height;
    const std::span<const Piece> large = label_first ? right : left;
    const double larger = std::max(left_height, right_height);
    const double lower = std::min(left_height, right_height);
    return gap > least_gap * lower && larger > much_larger * lower &&
           large.size() >= least_pieces && height_of(large, 0.1) > least_alike * larger;
}

/// A label before or behind large figures becomes a line of its own.
std::vector<std::vector<Piece>> without_labels(const std::vector<std::vector<Piece>>& groups) {
    std::vector<std::vector<Piece>> result;
    for (const std::vector<Piece>& group : groups) {
        std::span<const Piece> rest(group);
        for (std::size_t i = 1; i < rest.size(); ++i) {
            if (is_end_of_label(rest.first(i), rest.subspan(i))) {
                result.emplace_back(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(i));
                rest = rest.subspan(i);
                i = 0;
            }
        }
        result.emplace_back(rest.begin(), rest.end());
    }
    return result;
}

std::vector<std::vector<Piece>> groups_of(const std::vector<Piece>& letters) {
    Groups groups(letters.size());
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (const auto next = next_of(letters, i)) {
            groups.join(i, *next);
        }
    }
    std::vector<std::vector<Piece>> result(letters.size());
    for (std::size_t i = 0; i < letters.size(); ++i) {
        result[groups.of(i)].push_back(letters[i]);
    }
    std::erase_if(result, [](const std::vector<Piece>& group) { return group.empty(); });
    return result;
}

/// A parabola: pages of books and folded sheets do not lie flat.
struct Baseline {
    double x0 = 0.0;
    double y0 = 0.0; ///< At x0.
    double slope = 0.0;
    double bend = 0.0;

    [[nodiscard]] double at(double x) const { return y0 + (slope + bend * (x - x0)) * (x - x0); }
    [[nodiscard]] double slope_at(double x) const { return slope + 2 * bend * (x - x0); }
};

struct Point {
    double x = 0.0;
    double y = 0.0;
};

/// Least squares. A bend is looked for only where there are points enough to tell it.
Baseline through(const std::vector<Point>& points, double x0) {
    constexpr std::size_t enough_to_bend = 14; // chosen: letters; three words
    const auto terms = points.size() >= enough_to_bend ? 3 : 2;
    cv::Mat powers(static_cast<int>(points.size()), terms, CV_64F);
    cv::Mat heights(static_cast<int>(points.size()), 1, CV_64F);
    constexpr double unit = 1000.0; // so that squares of pixels do not outweigh the rest
    for (int i = 0; i < powers.rows; ++i) {
        const Point& point = points[static_cast<std::size_t>(i)];
        const double x = (point.x - x0) / unit;
        heights.at<double>(i) = point.y;
        for (int term = 0; term < terms; ++term) {
            powers.at<double>(i, term) = std::pow(x, term);
        }
    }
    cv::Mat solved;
    cv::solve(powers, heights, solved, cv::DECOMP_NORMAL | cv::DECOMP_CHOLESKY);
    Baseline line{.x0 = x0, .y0 = solved.at<double>(0), .slope = solved.at<double>(1) / unit};
    if (terms == 3) {
        line.bend = solved.at<double>(2) / unit / unit;
    }
    return line;
}

/// Through the bottoms, then again without descenders and what hangs above.
Baseline baseline_of(const std::vector<Piece>& group, double height) {
    constexpr std::size_t enough = 5; // chosen: fewer say nothing of a slope
    constexpr double near = 0.15;     // chosen: of the height; descenders go deeper
    constexpr int rounds = 4;
    std::vector<Point> bottoms;
    std::vector<double> depths;
    bottoms.reserve(group.size());
    depths.reserve(group.size());
    for (const Piece& piece : group) {
        bottoms.push_back({(piece.x0 + piece.x1) / 2.0, static_cast<double>(piece.y1)});
        depths.push_back(piece.y1);
    }
    const double x0 = group.front().x0;
    Baseline line{.x0 = x0, .y0 = share_of(std::move(depths), 0.5)};
    double allowed = height;
    for (int round = 0; round < rounds; ++round) {
        std::vector<Point> points = bottoms;
        std::erase_if(points, [&](const Point& bottom) {
            return std::abs(bottom.y - line.at(bottom.x)) > allowed;
        });
        if (points.size() < enough || points.front().x >= points.back().x) {
            break;
        }
        const Baseline next = through(points, x0);
        const double end = group.back().x1;
        if (std::abs(next.slope) > steepest || std::abs(next.slope_at(end)) > steepest) {
            break;
        }
        line = next;
        allowed = std::max({1.5, near * height, allowed / 2});
    }
    return line;
}

Piece span_of(const std::vector<Piece>& group) {
    Piece all = group.front();
    for (const Piece& piece : group) {
        all.x0 = std::min(all.x0, piece.x0);
        all.y0 = std::min(all.y0, piece.y0);
        all.x1 = std::max(all.x1, piece.x1);
        all.y1 = std::max(all.y1, piece.y1);
    }
    return all;
}

Box box_of(const Piece& span, double scale) {
    return {
        static_cast<int>(span.x0 * scale),
        static_cast<int>(span.y0 * scale),
        static_cast<int>(std::ceil(span.x1 * scale)),
        static_cast<int>(std::ceil(span.y1 * scale))};
}

/// Full stops, hyphens and commas at the ends of a line are too small to be taken for letters.
Piece with_small_ends(Piece span, const Baseline& baseline, double ascent, const PageInk& ink) {
    constexpr double nearest = 0.9; // chosen: of the ascent; a blank and a hyphen
    constexpr double highest = 0.8; // chosen: of the ascent; quotes
    constexpr double lowest = 0.35; // chosen: of the ascent; commas
    const auto beside = [&](const Piece& dot) {
        const double above = baseline.at(dot.x0) - (dot.y0 + dot.y1) / 2.0;
        return above < highest * ascent && above > -lowest * ascent;
    };
    for (const Piece& dot : ink.dots) { // sorted: one may follow the other
        if (dot.x1 > span.x1 && dot.x0 - span.x1 < nearest * ascent && beside(dot)) {
            span.x1 = dot.x1;
        }
    }
    for (auto dot = ink.dots.rbegin(); dot != ink.dots.rend(); ++dot) {
        if (dot->x0 < span.x0 && span.x0 - dot->x1 < nearest * ascent && beside(*dot)) {
            span.x0 = dot->x0;
        }
    }
    return span;
}

TextSegment segment_of(const std::vector<Piece>& group, double usual, const PageInk& ink) {
    constexpr double descent = 0.32; // chosen: of the ascent; what a p hangs below
    constexpr double least_ascent =
        1.55; // chosen: times the usual height; a line without ascenders
    constexpr double least_ascent_of_large = 1.15; // chosen
    constexpr double much_larger = 1.3;            // chosen: than the usual letter of the page
    constexpr double room = 0.2;                   // chosen: of the ascent, above and below
    constexpr double at_side = 0.2;                // chosen: of the ascent
    const double height = height_of(group, 0.5);
    const Baseline baseline = baseline_of(group, height);
    std::vector<double> rises;
    std::vector<double> falls;
    rises.reserve(group.size());
    falls.reserve(group.size());
    for (const Piece& piece : group) {
        const double base = baseline.at((piece.x0 + piece.x1) / 2.0);
        rises.push_back(base - piece.y0);
        falls.push_back(piece.y1 - base);
    }
    const bool larger = height > much_larger * usual; // capitals or figures, without ascenders
    const double ascent =
        std::max(share_of(rises, 0.97), (larger ? least_ascent_of_large : least_ascent) * height);
    const double descend = std::clamp(share_of(falls, 0.95), descent * ascent, 0.5 * ascent);
    TextSegment segment;
    segment.pieces = group.size();
    const Piece span = with_small_ends(span_of(group), baseline, ascent, ink);
    const double scale = ink.scale;
    segment.box_px = box_of(span, scale);
    LinePlace& place = segment.place;
    place.x0_px = span.x0 * scale - at_side * ascent * scale;
    place.x1_px = span.x1 * scale + at_side * ascent * scale;
    place.slope = baseline.slope_at(place.x0_px / scale);
    place.bend = baseline.bend / scale;
    segment.baseline_y0_px = baseline.at(place.x0_px / scale) * scale;
    place.top_px = segment.baseline_y0_px - (1.0 + room) * ascent * scale;
    place.bottom_px = segment.baseline_y0_px + (descend + room * ascent) * scale;
    return segment;
}

/// Too little ink for a letter.
bool is_dirt(const std::vector<Piece>& group, double dpi) {
    constexpr double least_area_mm2 = 0.25; // chosen: a single thin digit has 0.6
    double area = 0.0;
    for (const Piece& piece : group) {
        area += piece.area;
    }
    const double px_per_mm = dpi / mm_per_inch;
    return area < least_area_mm2 * px_per_mm * px_per_mm;
}

/// The height of most letters of running text; 0 on a page of lone letters.
double usual_height(const std::vector<std::vector<Piece>>& groups) {
    constexpr std::size_t running = 4; // chosen: pieces; a short word
    std::vector<double> heights;
    for (const std::vector<Piece>& group : groups) {
        if (group.size() >= running) {
            std::ranges::transform(group, std::back_inserter(heights), &Piece::height);
        }
    }
    return heights.empty() ? 0.0 : share_of(heights, 0.5);
}

/// What stands alone and is much lower or higher than letters is dirt or drawing.
bool is_stray(const std::vector<Piece>& group, double usual) {
    constexpr std::size_t most_pieces = 2; // chosen: a lone figure is as high as the others
    constexpr double lowest = 0.8;         // chosen: of the usual height
    constexpr double highest = 3.0;
    if (usual <= 0.0 || group.size() > most_pieces) {
        return false;
    }
    return std::ranges::all_of(group, [&](const Piece& piece) {
        return piece.height() < lowest * usual || piece.height() > highest * usual;
    });
}

/// Tops of letters and accents that were not joined to their line stand where it is read anyway.
void drop_parts_of_others(std::vector<TextSegment>& segments) {
    constexpr double mostly = 0.6;         // chosen: of its area
    constexpr double wider = 2.0;          // chosen: times; a line is longer than its parts
    constexpr std::size_t most_pieces = 6; // chosen: more are a word
    constexpr std::size_t least_whole = 6; // chosen: fewer are no line
    const auto is_part = [](const TextSegment& part, const TextSegment& whole) {
        const Box& box = part.box_px;
        if (whole.box_px.width() < wider * box.width() || part.pieces > most_pieces ||
            whole.pieces < least_whole) {
            return false;
        }
        const double middle =
            std::clamp((box.x0 + box.x1) / 2.0, whole.place.x0_px, whole.place.x1_px);
        const double drop = whole.place.drop_at(middle);
        const double top = std::max<double>(box.y0, whole.place.top_px + drop);
        const double bottom = std::min<double>(box.y1, whole.place.bottom_px + drop);
        const double left = std::max<double>(box.x0, whole.place.x0_px);
        const double right = std::min<double>(box.x1, whole.place.x1_px);
        return right > left && bottom > top &&
               (right - left) * (bottom - top) >= mostly * box.width() * box.height();
    };
    std::vector<TextSegment> kept;
    for (const TextSegment& segment : segments) {
        if (std::ranges::none_of(segments, [&](const TextSegment& other) {
                return is_part(segment, other);
            })) {
            kept.push_back(segment);
        }
    }
    segments = std::move(kept);
}

} // namespace

FoundText find_text(const PageImage& grey) {
    if (grey.empty() || grey.channels != 1) {
        return {};
    }
    const PageInk ink = ink_on(grey);
    std::vector<TextSegment> segments;
    const std::vector<std::vector<Piece>> groups = without_labels(groups_of(ink.letters));
    const double usual = usual_height(groups);
    for (const std::vector<Piece>& group : groups) {
        if (!is_dirt(group, ink.dpi) && !is_stray(group, usual)) {
            segments.push_back(segment_of(group, usual, ink));
        }
    }
    drop_parts_of_others(segments);
    const Box all{0, 0, grey.width_px, grey.height_px};
    FoundText found{.lines = in_reading_order(std::move(segments), all, grey.dpi)};
    for (const Piece& dot : ink.leaders) {
        found.leaders_px.push_back(intersection(box_of(dot, ink.scale), all));
    }
    return found;
}

} // namespace pleiade::ocr
