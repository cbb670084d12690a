#include "ocr/lines/leaders.h"

#include "core/units.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace pleiade::ocr {
namespace {

constexpr Millimetres widest_dash{1.6};     // chosen: of a dash, dots are 0.3 to 0.6
constexpr Millimetres widest_pitch{3.2};    // chosen: from one dot to the next
constexpr Millimetres longest_hidden{14.0}; // chosen: a word that hides the dots below it
constexpr double same_height_px = 1.5;      // chosen: pages were straightened
constexpr double uneven_px = 1.1;           // chosen: pixels of the reduced page and their rounding
constexpr double uneven_share = 0.12;       // chosen: of the pitch
constexpr double most_uneven = 0.3;         // chosen: of the pitch; else anything is even
constexpr double least_pitch_px = 3.5;      // chosen: dots of 6 points; finer ones are a ground
constexpr int other_size_px = 1;            // chosen: rounding, again
constexpr std::size_t least_dots = 8;       // chosen: an ellipsis has three
constexpr std::size_t least_in_a_row = 4;   // chosen: behind a gap; the point of a number is alone
constexpr std::size_t most_small = 8000;    // chosen: more is a dithered ground, and takes long

double middle_x(const Piece& piece) {
    return (piece.x0 + piece.x1) / 2.0;
}

double middle_y(const Piece& piece) {
    return (piece.y0 + piece.y1) / 2.0;
}

/// Dots that follow each other at one distance.
struct Chain {
    std::vector<std::size_t> members;
    std::vector<std::size_t> gaps; ///< Members before which places of the chain are empty.
    Piece first;
    double x = 0.0; ///< Of the last one.
    double y = 0.0;
    double pitch = 0.0; ///< 0 with one dot.

    /// How far from its place in the chain a dot stands, in pixels; negative: it is none of it.
    [[nodiscard]] double miss(const Piece& dot, double most_pitch, double most_hidden) const {
        const double step = middle_x(dot) - x;
        if (std::abs(middle_y(dot) - y) > same_height_px || step < least_pitch_px ||
            std::abs(dot.height() - first.height()) > other_size_px ||
            std::abs(dot.width() - first.width()) > std::max(other_size_px, first.width() / 3)) {
            return -1.0;
        }
        if (pitch <= 0.0) {
            return step <= most_pitch ? uneven_px : -1.0;
        }
        const double places = std::round(step / pitch);
        const double off = std::abs(step - places * pitch);
        const bool near = step <= most_hidden && places >= 1.0 &&
                          (places < 2.0 || members.size() >= least_dots / 2);
        const double allowed = std::min(uneven_px + uneven_share * pitch, most_uneven * pitch);
        return near && off <= allowed ? off : -1.0;
    }

    void add(std::size_t index, const Piece& dot) {
        const double step = middle_x(dot) - x;
        if (members.size() == 1) {
            pitch = step;
        } else if (members.empty()) {
            first = dot;
        } else {
            // The rounding of single dots evens out over the row.
            constexpr double trust = 0.2;
            const double places = std::max(1.0, std::round(step / pitch));
            pitch += trust * (step / places - pitch);
            if (places > 1.0) {
                gaps.push_back(members.size());
            }
        }
        members.push_back(index);
        x = middle_x(dot);
        y = middle_y(dot);
    }
};

/// The members that follow each other without a gap, several at least.
std::vector<std::size_t> even_members(const Chain& chain) {
    std::vector<std::size_t> even;
    std::size_t from = 0;
    std::vector<std::size_t> ends = chain.gaps;
    ends.push_back(chain.members.size());
    for (const std::size_t end : ends) {
        if (end - from >= least_in_a_row) {
            const auto begin = chain.members.begin();
            even.insert(
                even.end(),
                begin + static_cast<std::ptrdiff_t>(from),
                begin + static_cast<std::ptrdiff_t>(end)
            );
        }
        from = end;
    }
    return even.size() >= least_dots ? even : std::vector<std::size_t>();
}

/// All chains of dots, however short.
std::vector<Chain> chains_of(const std::vector<Piece>& small, double dpi) {
    const Dpi resolution{dpi};
    const double most_pitch = to_pixels(widest_pitch, resolution);
    const double most_hidden = to_pixels(longest_hidden, resolution);
    const int most_width = to_pixels(widest_dash, resolution);
    std::vector<Chain> open;
    std::vector<Chain> ended;
    for (std::size_t i = 0; i < small.size(); ++i) {
        const Piece& dot = small[i];
        if (dot.width() > most_width) {
            continue;
        }
        const auto over = std::partition(open.begin(), open.end(), [&](const Chain& chain) {
            return middle_x(dot) - chain.x <=
                   (chain.members.size() == 1 ? most_pitch : most_hidden);
        });
        std::move(over, open.end(), std::back_inserter(ended));
        open.erase(over, open.end());
        Chain* best = nullptr;
        double least = 0.0;
        for (Chain& chain : open) {
            const double miss = chain.miss(dot, most_pitch, most_hidden);
            if (miss >= 0.0 && (best == nullptr || miss < least)) {
                best = &chain;
                least = miss;
            }
        }
        if (best == nullptr) {
            best = &open.emplace_back();
        }
        best->add(i, dot);
    }
    std::ranges::move(open, std::back_inserter(ended));
    return ended;
}

/// Rows of dots close above each other are no leaders but a ground.
bool is_ground(const std::vector<const Chain*>& chains, const Chain& chain) {
    constexpr double near = 2.5;       // chosen: in pitches; lines of text are farther apart
    constexpr std::ptrdiff_t rows = 2; // chosen: besides its own
    return std::ranges::count_if(chains, [&](const Chain* other) {
               const double apart = std::abs(other->y - chain.y);
               return other != &chain && apart > same_height_px && apart < near * chain.pitch &&
                      other->first.x0 < chain.x && other->x > chain.first.x0;
           }) >= rows;
}

} // namespace

std::vector<Piece> take_leaders(std::vector<Piece>& small, double dpi) {
    if (small.size() > most_small) {
        return {};
    }
    const std::vector<Chain> chains = chains_of(small, dpi);
    std::vector<const Chain*> rows;
    for (const Chain& chain : chains) {
        if (!even_members(chain).empty()) {
            rows.push_back(&chain);
        }
    }
    std::vector<bool> taken(small.size(), false);
    for (const Chain* row : rows) {
        if (!is_ground(rows, *row)) {
            for (const std::size_t member : even_members(*row)) {
                taken[member] = true;
            }
        }
    }
    std::vector<Piece> leaders;
    std::vector<Piece> left;
    for (std::size_t i = 0; i < small.size(); ++i) {
        (taken[i] ? leaders : left).push_back(small[i]);
    }
    small = std::move(left);
    return leaders;
}

PageImage without(const std::vector<Box>& leaders_px, PageImage grey) {
    constexpr int around_px = 2; // chosen: the soft edge of a dot
    for (const Box& dot : leaders_px) {
        const Box box = intersection(
            {dot.x0 - around_px, dot.y0 - around_px, dot.x1 + around_px, dot.y1 + around_px},
            {0, 0, grey.width_px, grey.height_px}
        );
        if (box.empty()) {
            continue;
        }
        std::uint8_t paper = 0;
        for (const int y : {box.y0, box.y1 - 1}) {
            const std::uint8_t* row = grey.row(y);
            paper = std::max(paper, *std::max_element(row + box.x0, row + box.x1));
        }
        for (int y = box.y0; y < box.y1; ++y) {
            const auto start =
                grey.pixels.begin() + y * static_cast<std::ptrdiff_t>(grey.row_bytes());
            std::fill(start + box.x0, start + box.x1, paper);
        }
    }
    return grey;
}

} // namespace pleiade::ocr
