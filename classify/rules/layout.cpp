#include "classify/rules/layout.h"

#include "classify/rules/folding.h"

#include <algorithm>

namespace pleiade::classify {
namespace {

// chosen: between words of one sentence lies about a third of their height, between columns more
// than twice their height
constexpr double gap_in_heights = 1.8;

bool continues(const LaidWord& before, const Word& word) {
    const int height = std::max({before.box_px.height(), word.box_px.height(), 1});
    const int gap = word.box_px.x0 - before.box_px.x1;
    return gap <= static_cast<int>(gap_in_heights * height) && word.box_px.x1 > before.box_px.x0;
}

double median_height(const std::vector<LaidWord>& words) {
    std::vector<int> heights;
    heights.reserve(words.size());
    for (const LaidWord& word : words) {
        if (!word.folded.empty()) {
            heights.push_back(word.box_px.height());
        }
    }
    if (heights.empty()) {
        return 0.0;
    }
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    return *middle;
}

double centre_share(int low, int high, int size) {
    return size <= 0 ? 0.0 : (low + high) / 2.0 / size;
}

} // namespace

double Layout::x_share(const Box& box) const {
    return centre_share(box.x0, box.x1, width_px);
}

double Layout::y_share(const Box& box) const {
    return centre_share(box.y0, box.y1, height_px);
}

Box Layout::box_of(const Match& match) const {
    Box box;
    for (std::size_t at = match.begin; at < match.end; ++at) {
        box = united(box, words[static_cast<std::size_t>(search.word_at(at))].box_px);
    }
    return box;
}

std::string Layout::text_of(const Run& run) const {
    std::string text;
    for (int i = run.first_word; i < run.end_word; ++i) {
        text += (text.empty() ? "" : " ") + words[static_cast<std::size_t>(i)].text;
    }
    return text;
}

std::string Layout::folded_of(const Run& run) const {
    std::string text;
    for (int i = run.first_word; i < run.end_word; ++i) {
        text += words[static_cast<std::size_t>(i)].folded;
    }
    return text;
}

Layout lay_out(const PageReading& page) {
    Layout layout;
    layout.width_px = page.geometry.width_px;
    layout.height_px = page.geometry.height_px;
    Box printed;
    int line_index = -1;
    for (const Word& word : page.text.words) {
        const bool same_run = !layout.words.empty() && word.line_index == line_index &&
                              continues(layout.words.back(), word);
        const int word_index = static_cast<int>(layout.words.size());
        if (!same_run) {
            layout.runs.push_back(Run{word_index, word_index, Box{}});
        }
        line_index = word.line_index;
        Run& run = layout.runs.back();
        run.end_word = word_index + 1;
        run.box_px = united(run.box_px, word.box_px);
        layout.words.push_back(
            {word.text, folded(word.text), word.box_px, static_cast<int>(layout.runs.size()) - 1}
        );
        layout.search.append(match_key(word.text), word_index);
        printed = united(printed, word.box_px);
    }
    layout.search.index();
    layout.word_height_px = median_height(layout.words);
    if (layout.width_px <= 0 || layout.height_px <= 0) {
        layout.width_px = printed.x1;
        layout.height_px = printed.y1;
    }
    return layout;
}

} // namespace pleiade::classify
