#include "classify/rules/labels.h"

#include <algorithm>
#include <cstdlib>

namespace pleiade::classify {

std::vector<Match> find_label(const std::string& label, const SearchText& text) {
    const Pattern pattern(label);
    std::vector<Match> matches = pattern.find(text);
    std::erase_if(matches, [&](const Match& match) {
        return match.edits > pattern.most_edits() / 2 || !text.starts_word(match.begin) ||
               !text.starts_word(match.end);
    });
    return matches;
}

std::vector<NamedMatch> without_inner(std::vector<NamedMatch> matches) {
    std::vector<NamedMatch> outer;
    for (const NamedMatch& inner : matches) {
        const bool within =
            std::any_of(matches.begin(), matches.end(), [&](const NamedMatch& other) {
                const Match& m = other.match;
                return m.begin <= inner.match.begin && m.end >= inner.match.end &&
                       m.end - m.begin > inner.match.end - inner.match.begin;
            });
        if (!within) {
            outer.push_back(inner);
        }
    }
    return outer;
}

bool stands_right_of(const Box& label, const Box& value, int page_width_px) {
    const int height = std::max(label.height(), 1);
    const int shared = std::min(label.y1, value.y1) - std::max(label.y0, value.y0);
    const bool same_row = 2 * shared >= std::min(height, std::max(value.height(), 1));
    const int gap = value.x0 - label.x1;
    constexpr double farthest_share = 0.55; // chosen: a value across the page has its own label
    return same_row && gap >= -height && gap <= farthest_share * page_width_px;
}

std::optional<double> distance(const Box& label, const Box& value, int page_width_px) {
    if (stands_right_of(label, value, page_width_px)) {
        return std::max(value.x0 - label.x1, 0);
    }
    const int height = std::max(label.height(), 1);
    const int down_gap = value.y0 - label.y1;
    constexpr int farthest_rows = 4;
    const bool under = value.x0 <= label.x1 + 2 * height && value.x1 >= label.x0 - 2 * height;
    // Large figures, and small print above them: their boxes meet.
    const bool below = down_gap >= -height / 2 || (value.y0 + value.y1) / 2 > label.y1;
    if (under && below && down_gap <= farthest_rows * height) {
        // chosen: a value below is as near as one three times as far to the right
        return 3.0 * std::max(down_gap, 0) + std::abs(value.x0 - label.x0) / 3.0 + height;
    }
    return std::nullopt;
}

std::optional<double> distance_before(const Box& label, const Box& value) {
    const int height = std::max(label.height(), 1);
    const int shared = std::min(label.y1, value.y1) - std::max(label.y0, value.y0);
    const int gap = label.x0 - value.x1;
    constexpr int nearest = 2; // chosen: in heights; farther away it is the next column's
    if (2 * shared >= std::min(height, std::max(value.height(), 1)) && gap >= -height / 2 &&
        gap <= nearest * height) {
        return std::max(gap, 0);
    }
    const int up_gap = label.y0 - value.y1;
    const int aligned = std::abs(label.x0 - value.x0);
    if (up_gap >= -height / 2 && up_gap <= nearest * height && aligned <= nearest * height) {
        return std::max(up_gap, 0) + aligned / 2.0;
    }
    return std::nullopt;
}

} // namespace pleiade::classify
