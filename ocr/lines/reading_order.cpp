#include "ocr/lines/reading_order.h"

#include "core/units.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

namespace pleiade::ocr {
namespace {

using Segments = std::vector<TextSegment>;

constexpr Millimetres least_gutter{4.0};      // chosen: between columns of text
constexpr Millimetres least_column{45.0};     // chosen: mean width of its lines
constexpr std::size_t least_column_lines = 5; // chosen: fewer are an address beside another
constexpr double most_beside = 0.6;           // chosen: share of lines beside another
constexpr double new_block = 1.0;             // chosen: line heights of white between two lines

double ascent_of(const TextSegment& segment) {
    return segment.baseline_y0_px - segment.place.top_px;
}

/// How many of the lines on one side stand beside a line of the other: labels and values do, two
/// columns of running text only now and then.
double share_beside(const Segments& left, const Segments& right) {
    constexpr double same = 0.25; // chosen: of the ascent
    const auto stands_beside = [&](const TextSegment& segment) {
        return std::ranges::any_of(left, [&](const TextSegment& other) {
            const double apart = other.baseline_y0_px + other.place.drop_at(other.place.x1_px) -
                                 segment.baseline_y0_px;
            return std::abs(apart) <= same * ascent_of(segment);
        });
    };
    return static_cast<double>(std::ranges::count_if(right, stands_beside)) /
           static_cast<double>(right.size());
}

bool is_running_text(const Segments& segments, Dpi resolution) {
    double width = 0.0;
    for (const TextSegment& segment : segments) {
        width += segment.box_px.width();
    }
    return segments.size() >= least_column_lines &&
           width / static_cast<double>(segments.size()) >= to_pixels(least_column, resolution);
}

bool are_columns(const Segments& segments, int middle, Dpi resolution) {
    Segments left;
    Segments right;
    for (const TextSegment& segment : segments) {
        (segment.box_px.x1 <= middle ? left : right).push_back(segment);
    }
    return is_running_text(left, resolution) && is_running_text(right, resolution) &&
           share_beside(left, right) < most_beside && share_beside(right, left) < most_beside;
}

/// Where a column ends: no segment crosses it, running text stands on both sides.
std::optional<int> gutter_of(const Segments& segments, int dpi) {
    std::vector<std::pair<int, int>> spans;
    for (const TextSegment& segment : segments) {
        spans.emplace_back(segment.box_px.x0, segment.box_px.x1);
    }
    std::ranges::sort(spans);
    const Dpi resolution{static_cast<double>(dpi)};
    int reached = spans.empty() ? 0 : spans.front().second;
    for (const auto& [x0, x1] : spans) {
        const int middle = (x0 + reached) / 2;
        if (x0 - reached >= to_pixels(least_gutter, resolution) &&
            are_columns(segments, middle, resolution)) {
            return middle;
        }
        reached = std::max(reached, x1);
    }
    return std::nullopt;
}

/// The widest white band across all segments.
std::optional<int> band_of(const Segments& segments) {
    std::vector<std::pair<int, int>> spans;
    for (const TextSegment& segment : segments) {
        spans.emplace_back(segment.box_px.y0, segment.box_px.y1);
    }
    std::ranges::sort(spans);
    int reached = spans.empty() ? 0 : spans.front().second;
    int widest = 0;
    std::optional<int> middle;
    for (const auto& [y0, y1] : spans) {
        if (y0 - reached > widest) {
            widest = y0 - reached;
            middle = (y0 + reached) / 2;
        }
        reached = std::max(reached, y1);
    }
    return middle;
}

/// Does the segment stand on the line that ends with `last`? Seen where they come next to each
/// other, since a long line may rise or fall by its height.
bool on_one_line(const TextSegment& last, const TextSegment& segment) {
    constexpr double most_apart = 0.4;  // chosen: of the lower ascent; scripts and stamps jump
    constexpr double most_taller = 2.5; // chosen: times; a title is no part of a line of text
    const double between = (last.box_px.x1 + segment.box_px.x0) / 2.0;
    const auto baseline = [&](const TextSegment& of) {
        const double end = std::clamp(between, of.place.x0_px, of.place.x1_px);
        return of.baseline_y0_px + of.place.drop_at(end);
    };
    const double gap = segment.box_px.x0 - last.box_px.x1;
    const bool last_is_longer = last.box_px.width() > segment.box_px.width();
    const double slope = last_is_longer ? last.place.slope : segment.place.slope;
    const double falls = slope * std::max(0.0, gap);
    const double low = std::min(ascent_of(last), ascent_of(segment));
    const double high = std::max(ascent_of(last), ascent_of(segment));
    return std::abs(baseline(last) + falls - baseline(segment)) <= most_apart * low &&
           high <= most_taller * low && segment.box_px.x0 >= last.box_px.x1 - low / 2;
}

/// The line that ends nearest before the segment; nullptr when it stands on none.
FoundLine* line_before(std::vector<FoundLine>& lines, const TextSegment& segment) {
    FoundLine* best = nullptr;
    const auto end_of = [](const FoundLine& line) { return line.segments.back().box_px.x1; };
    for (FoundLine& line : lines) {
        const bool nearer = best == nullptr || end_of(*best) < end_of(line);
        best = nearer && on_one_line(line.segments.back(), segment) ? &line : best;
    }
    return best;
}

/// Segments beside each other become one line; lines from top to bottom.
std::vector<FoundLine> lines_of(Segments segments) {
    std::ranges::sort(segments, {}, [](const TextSegment& s) { return s.box_px.x0; });
    std::vector<FoundLine> lines;
    for (const TextSegment& segment : segments) {
        FoundLine* before = line_before(lines, segment);
        (before == nullptr ? lines.emplace_back() : *before).segments.push_back(segment);
    }
    std::ranges::stable_sort(lines, {}, [](const FoundLine& line) {
        return line.segments.front().box_px.y0 + line.segments.front().box_px.y1;
    });
    return lines;
}

/// Blocks end where the white above a line is as high as the line.
bool is_new_block(const FoundLine& line, const FoundLine& line_above) {
    const Box& above = line_above.segments.front().box_px;
    const Box& here = line.segments.front().box_px;
    return here.y0 - above.y1 > new_block * std::max(here.height(), above.height());
}

void append(std::vector<FoundLine> lines, std::vector<FoundLine>& all) {
    int block = all.empty() ? 0 : all.back().block_index + 1;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        block += i > 0 && is_new_block(lines[i], lines[i - 1]) ? 1 : 0;
        lines[i].block_index = block;
    }
    std::ranges::move(lines, std::back_inserter(all));
}

/// Cuts the page between columns, else across at the widest white band: below a title there may be
/// columns.
void order(Segments segments, int dpi, int depth, std::vector<FoundLine>& all) {
    constexpr int deepest = 6; // chosen: title, columns, footer, each once more
    const auto cut = [&](int at, bool down) {
        const auto second =
            std::stable_partition(segments.begin(), segments.end(), [&](const TextSegment& s) {
                return (down ? s.box_px.x1 : s.box_px.y1) <= at;
            });
        Segments rest(second, segments.end());
        segments.erase(second, segments.end());
        order(std::move(segments), dpi, depth + 1, all);
        order(std::move(rest), dpi, depth + 1, all);
    };
    if (depth < deepest && segments.size() > 2 * least_column_lines) {
        if (const auto gutter = gutter_of(segments, dpi)) {
            cut(*gutter, true);
            return;
        }
        if (const auto band = band_of(segments)) {
            cut(*band, false);
            return;
        }
    }
    append(lines_of(std::move(segments)), all);
}

} // namespace

std::vector<FoundLine> in_reading_order(Segments segments, const Box& page_px, int dpi) {
    std::erase_if(segments, [&](const TextSegment& segment) {
        return intersection(segment.box_px, page_px).empty();
    });
    std::vector<FoundLine> all;
    order(std::move(segments), dpi, 0, all);
    return all;
}

} // namespace pleiade::ocr
