#pragma once
// A rectangle of pixels on a page.

#include <algorithm>

namespace pleiade {

/// Half-open rectangle in pixels of the cleaned (upright, deskewed) page: x0 <= x < x1, y0 <= y <
/// y1, origin top left, y downwards.
struct Box {
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;

    [[nodiscard]] constexpr int width() const { return x1 - x0; }
    [[nodiscard]] constexpr int height() const { return y1 - y0; }
    [[nodiscard]] constexpr bool empty() const { return x1 <= x0 || y1 <= y0; }

    constexpr bool operator==(const Box&) const = default;
};

/// The part that both boxes cover; empty() when they do not meet.
[[nodiscard]] constexpr Box intersection(const Box& a, const Box& b) {
    return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

/// The smallest box that holds both; an empty box adds nothing.
[[nodiscard]] constexpr Box united(const Box& a, const Box& b) {
    if (a.empty()) {
        return b;
    }
    if (b.empty()) {
        return a;
    }
    return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

} // namespace pleiade
