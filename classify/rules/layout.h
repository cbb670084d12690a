#pragma once
// A page's words arranged for searching: runs of neighbouring words, sizes, and the searchable
// text.

#include "classify/rules/fuzzy.h"
#include "core/box.h"
#include "core/page_reading.h"

#include <string>
#include <vector>

namespace pleiade::classify {

struct LaidWord {
    std::string text;   ///< As read.
    std::string folded; ///< May be empty: "*".
    Box box_px;
    int run_index = 0;
};

/// Words of one line without a wide gap between them: one column, one cell, one title.
struct Run {
    int first_word = 0;
    int end_word = 0;
    Box box_px;
};

struct Layout {
    int width_px = 0; ///< Of the page, or of what is printed when the page does not say.
    int height_px = 0;
    double word_height_px = 0.0; ///< Median; 0 without words.
    std::vector<LaidWord> words;
    std::vector<Run> runs;
    SearchText search;

    [[nodiscard]] double x_share(const Box& box) const; ///< Centre, 0 left to 1 right.
    [[nodiscard]] double y_share(const Box& box) const;
    [[nodiscard]] Box box_of(const Match& match) const;
    [[nodiscard]] std::string text_of(const Run& run) const;   ///< Words and blanks, as read.
    [[nodiscard]] std::string folded_of(const Run& run) const; ///< Without blanks.
};

[[nodiscard]] Layout lay_out(const PageReading& page);

} // namespace pleiade::classify
