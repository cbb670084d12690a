#include "capture/separator_code.h"
#include "capture/separator_page.h"
#include "core/units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace pleiade::capture {
namespace {

// chosen: lower-case letters of 8 to 12 points; on our sheets such small things are accents and
// dots
constexpr double small_least_mm = 1.2;
constexpr double small_most_mm = 2.4;
// chosen: from type to large handwriting and the headings of our sheets
constexpr double letter_most_mm = 14.0;
constexpr int most_small = 80; // chosen: two lines of type; on our sheets only accents are so small
constexpr int most_letters_beside_our_code = 350; // chosen: all that our fullest sheet can say
constexpr int most_letters_beside_a_patch = 80;   // chosen: "PATCH T" and two lines of advice
constexpr double mark_margin_mm = 3.0;            // chosen: the quiet zone, and a skewed box

/// A stretch of dark pixels in one row, and the group it belongs to.
struct Run {
    int x0 = 0;
    int x1 = 0;
    std::size_t group = 0;
};

/// Groups of dark pixels that touch, also at a corner, found row by row.
class Groups {
public:
    void add_row(int y, std::vector<Run>& row) {
        std::size_t above = 0;
        for (Run& run : row) {
            run.group = boxes_.size();
            boxes_.push_back({run.x0, y, run.x1, y + 1});
            parents_.push_back(run.group);
            while (above < before_.size() && before_[above].x1 < run.x0) {
                ++above;
            }
            for (std::size_t i = above; i < before_.size() && before_[i].x0 <= run.x1; ++i) {
                join(before_[i].group, run.group);
            }
        }
        before_ = row;
    }

    [[nodiscard]] std::vector<Box> boxes() {
        std::vector<Box> found;
        for (std::size_t i = 0; i < boxes_.size(); ++i) {
            if (top(i) == i) {
                found.push_back(boxes_[i]);
            }
        }
        return found;
    }

private:
    std::size_t top(std::size_t group) {
        while (parents_[group] != group) {
            parents_[group] = parents_[parents_[group]];
            group = parents_[group];
        }
        return group;
    }

    void join(std::size_t a, std::size_t b) {
        const std::size_t kept = top(a);
        const std::size_t gone = top(b);
        if (kept != gone) {
            parents_[gone] = kept;
            boxes_[kept] = united(boxes_[kept], boxes_[gone]);
        }
    }

    std::vector<Box> boxes_;
    std::vector<std::size_t> parents_;
    std::vector<Run> before_;
};

/// Darker than this is ink: well below the brightness that most of the page has.
int ink_level(const PageImage& grey) {
    constexpr int brightest = 256;
    constexpr double share_of_paper = 0.6; // chosen: pale print stays, shadows of folds do not
    std::array<std::size_t, brightest> counts{};
    for (const std::uint8_t pixel : grey.pixels) {
        ++counts[pixel];
    }
    const auto paper = std::max_element(counts.begin() + brightest / 2, counts.end());
    return static_cast<int>(
        std::lround(share_of_paper * static_cast<double>(paper - counts.begin()))
    );
}

std::vector<Box> groups_of_ink(const PageImage& grey) {
    const int level = ink_level(grey);
    Groups groups;
    std::vector<Run> row;
    for (int y = 0; y < grey.height_px; ++y) {
        row.clear();
        const std::uint8_t* pixels = grey.row(y);
        for (int x = 0; x < grey.width_px; ++x) {
            if (pixels[x] >= level) {
                continue;
            }
            if (!row.empty() && row.back().x1 == x) {
                ++row.back().x1;
            } else {
                row.push_back({x, x + 1, 0});
            }
        }
        groups.add_row(y, row);
    }
    return groups.boxes();
}

bool lies_in(const Box& box, const std::vector<Mark>& marks, int margin_px) {
    return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
        const Box& place = mark.box_px;
        return box.x0 >= place.x0 - margin_px && box.y0 >= place.y0 - margin_px &&
               box.x1 <= place.x1 + margin_px && box.y1 <= place.y1 + margin_px;
    });
}

} // namespace

bool looks_written(const PageImage& grey, const std::vector<Mark>& marks) {
    const auto px = [&](double mm) {
        return static_cast<int>(std::lround(mm * grey.dpi / mm_per_inch));
    };
    const bool ours = std::any_of(marks.begin(), marks.end(), [](const Mark& mark) {
        return parse_separator(mark.text).has_value();
    });
    int small = 0;
    int letters = 0;
    for (const Box& box : groups_of_ink(grey)) {
        const int longest = std::max(box.width(), box.height());
        if (box.height() < px(small_least_mm) || longest > px(letter_most_mm) ||
            lies_in(box, marks, px(mark_margin_mm))) {
            continue;
        }
        ++letters;
        small += box.height() <= px(small_most_mm) ? 1 : 0;
    }
    return small > most_small ||
           letters > (ours ? most_letters_beside_our_code : most_letters_beside_a_patch);
}

bool reads_as_sheet(const PageText& text) {
    constexpr std::size_t most_words = 50; // chosen: our sheets say thirty, with a line by hand
    // Of the headings and the code line, the parts that recognition does not mistake.
    constexpr std::array<std::string_view, 3> ours = {"PARATEUR", "DE LOT", "PLEIADE1"};
    const std::string plain = text.plain();
    return text.words.size() <= most_words &&
           std::any_of(ours.begin(), ours.end(), [&](std::string_view part) {
               return plain.find(part) != std::string::npos;
           });
}

} // namespace pleiade::capture
