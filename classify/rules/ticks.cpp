#include "classify/rules/ticks.h"

#include "classify/rules/folding.h"
#include "classify/rules/labels.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

namespace pleiade::classify {
namespace {

constexpr double box_confidence = 0.93;      // chosen: the ink of a box is measured, not read
constexpr double letter_confidence = 0.8;    // chosen: a lone x is nearly always a tick
constexpr double left_over_confidence = 0.8; // chosen: all other boxes were found, and empty

/// Words beside which a box may stand.
struct Printed {
    std::size_t choice = 0;
    Box box_px;
    int first_word = 0;
    int last_word = 0;
    bool glued = false; ///< The box was read as the first letters of the word.
};

/// The words of the page without their first letters, as which a box was read ("Minitial").
SearchText without_first_letters(const Layout& layout, std::size_t letters) {
    constexpr std::size_t least_left = 4; // chosen: shorter words are cut into other words
    SearchText text;
    for (std::size_t i = 0; i < layout.words.size(); ++i) {
        const std::string key = match_key(layout.words[i].text);
        text.append(
            key.size() >= letters + least_left ? key.substr(letters) : key, static_cast<int>(i)
        );
    }
    text.index();
    return text;
}

/// The words' box without the square one that stands before them and was read as their first
/// letter.
Box without_glued_box(Box words_px) {
    words_px.x0 = std::min(words_px.x0 + words_px.height(), words_px.x1);
    return words_px;
}

Box words_box(const Layout& layout, int first, int last) {
    Box box;
    for (int i = first; i <= last; ++i) {
        box = united(box, layout.words[static_cast<std::size_t>(i)].box_px);
    }
    return box;
}

/// Does the word begin with what is no letter: "[initial"?
bool begins_with_a_box(const LaidWord& word) {
    constexpr std::string_view sides = "[](){}|";
    return word.text.size() > 1 && sides.find(word.text.front()) != std::string_view::npos;
}

/// Choices whose words were read with a box glued to their first one.
std::vector<Printed>
glued_choices(const FieldRule& rule, std::size_t choice, const Layout& layout) {
    constexpr std::size_t most_letters = 2; // chosen: "M", "DX"
    for (std::size_t letters = 1; letters <= most_letters; ++letters) {
        const SearchText text = without_first_letters(layout, letters);
        std::vector<Printed> printed;
        for (const std::string& label : rule.choices[choice].labels) {
            for (const Match& match : find_label(label, text)) {
                const int first = text.word_at(match.begin);
                const int last = text.word_at(match.end - 1);
                const Box box = without_glued_box(words_box(layout, first, last));
                printed.push_back({choice, box, first, last, true});
            }
        }
        if (!printed.empty()) {
            return printed;
        }
    }
    return {};
}

std::vector<Printed> printed_choices(const FieldRule& rule, const Layout& layout) {
    std::vector<NamedMatch> matches;
    for (std::size_t i = 0; i < rule.choices.size(); ++i) {
        for (const std::string& label : rule.choices[i].labels) {
            for (const Match& match : find_label(label, layout.search)) {
                matches.push_back({i, match});
            }
        }
    }
    std::vector<Printed> printed;
    for (const NamedMatch& found : without_inner(std::move(matches))) {
        const int first = layout.search.word_at(found.match.begin);
        const int last = layout.search.word_at(found.match.end - 1);
        const bool glued = begins_with_a_box(layout.words[static_cast<std::size_t>(first)]);
        const Box box = words_box(layout, first, last);
        printed.push_back({found.name, glued ? without_glued_box(box) : box, first, last, glued});
    }
    return printed;
}

/// As printed_choices, those too whose box was read as part of the word.
std::vector<Printed> boxed_choices(const FieldRule& rule, const Layout& layout) {
    std::vector<Printed> printed = printed_choices(rule, layout);
    for (std::size_t i = 0; i < rule.choices.size(); ++i) {
        const bool seen = std::any_of(printed.begin(), printed.end(), [&](const Printed& choice) {
            return choice.choice == i;
        });
        if (!seen && !printed.empty()) {
            const std::vector<Printed> glued = glued_choices(rule, i, layout);
            printed.insert(printed.end(), glued.begin(), glued.end());
        }
    }
    return printed;
}

/// Of "oui" and "non", which stand all over a form, those nearest to the question.
std::vector<Printed>
near_question(const FieldRule& rule, std::vector<Printed> printed, const Layout& layout) {
    if (rule.labels.empty()) {
        return printed;
    }
    constexpr double farthest = std::numeric_limits<double>::max();
    std::vector<double> least(rule.choices.size(), farthest);
    std::vector<std::optional<Printed>> nearest(rule.choices.size());
    for (const std::string& label : rule.labels) {
        for (const Match& match : find_label(label, layout.search)) {
            const Box question = layout.box_of(match);
            for (const Printed& choice : printed) {
                const auto cost = distance(question, choice.box_px, layout.width_px);
                if (cost.has_value() && *cost < least[choice.choice]) {
                    least[choice.choice] = *cost;
                    nearest[choice.choice] = choice;
                }
            }
        }
    }
    std::vector<Printed> kept;
    for (const std::optional<Printed>& choice : nearest) {
        if (choice.has_value()) {
            kept.push_back(*choice);
        }
    }
    return kept;
}

/// How far a box is from its words; nothing when it is not beside them.
std::optional<int> gap_to(const TickBox& tick, const Box& words) {
    const int height = std::max({words.height(), tick.box_px.height(), 1});
    const int shared = std::min(words.y1, tick.box_px.y1) - std::max(words.y0, tick.box_px.y0);
    if (2 * shared < std::min(std::max(words.height(), 1), tick.box_px.height())) {
        return std::nullopt;
    }
    constexpr int farthest = 4; // chosen: in heights
    const int middle = (tick.box_px.x0 + tick.box_px.x1) / 2;
    if (middle >= words.x0 && middle <= words.x1) {
        return 0; // read as part of the words, or between them: "arrêt [] initial"
    }
    const int left = words.x0 - tick.box_px.x1;
    if (left >= -height / 2 && left <= farthest * height) {
        return std::max(left, 0);
    }
    const int right = tick.box_px.x0 - words.x1;
    if (right >= -height / 2 && right <= farthest * height) {
        return std::max(right, 0) + 3 * height; // chosen: forms print the box before its words
    }
    return std::nullopt;
}

/// The box of each printed choice, nearest pairs first; null where none was found.
std::vector<const TickBox*>
boxes_of(const std::vector<Printed>& printed, const std::vector<TickBox>& ticks) {
    std::vector<std::tuple<int, std::size_t, std::size_t>> pairs;
    for (std::size_t p = 0; p < printed.size(); ++p) {
        for (std::size_t t = 0; t < ticks.size(); ++t) {
            if (const auto gap = gap_to(ticks[t], printed[p].box_px)) {
                pairs.emplace_back(*gap, p, t);
            }
        }
    }
    std::sort(pairs.begin(), pairs.end());
    std::vector<const TickBox*> boxes(printed.size(), nullptr);
    std::set<std::size_t> taken;
    for (const auto& [gap, p, t] : pairs) {
        if (boxes[p] == nullptr && taken.insert(t).second) {
            boxes[p] = &ticks[t];
        }
    }
    return boxes;
}

/// A cross alone, or with what its frame is read as: "[X]", "DX", "PX]".
bool is_tick(const LaidWord& word) {
    static constexpr std::array<std::string_view, 6> crosses = {"x", "dx", "px", "ix", "lx", "xi"};
    return std::find(crosses.begin(), crosses.end(), word.folded) != crosses.end() ||
           word.text.find("☒") != std::string::npos || word.text.find("☑") != std::string::npos ||
           word.text.find("✓") != std::string::npos || word.text.find("✗") != std::string::npos;
}

/// A lone x of the same line beside the words, before them or else behind.
bool read_as_ticked(const Printed& choice, const Layout& layout) {
    const auto beside = [&](int index) {
        if (index < 0 || index >= static_cast<int>(layout.words.size())) {
            return false;
        }
        const LaidWord& word = layout.words[static_cast<std::size_t>(index)];
        const int height = std::max(choice.box_px.height(), 1);
        const int shared =
            std::min(word.box_px.y1, choice.box_px.y1) - std::max(word.box_px.y0, choice.box_px.y0);
        const int gap =
            std::max(word.box_px.x0 - choice.box_px.x1, choice.box_px.x0 - word.box_px.x1);
        return is_tick(word) && shared > 0 && gap <= 4 * height;
    };
    return beside(choice.first_word - 1) || beside(choice.last_word + 1);
}

/// Does something that is no word stand directly before the words: a box that was not found?
bool follows_a_box(const Printed& choice, const Layout& layout) {
    if (choice.glued) {
        return true;
    }
    if (choice.first_word == 0) {
        return false;
    }
    constexpr std::size_t longest = 3; // "[M]", "Fs]"
    const LaidWord& before = layout.words[static_cast<std::size_t>(choice.first_word - 1)];
    const int height = std::max(choice.box_px.height(), 1);
    const int gap = choice.box_px.x0 - before.box_px.x1;
    return before.text.size() <= longest && gap > -height && gap <= height &&
           std::min(before.box_px.y1, choice.box_px.y1) >
               std::max(before.box_px.y0, choice.box_px.y0);
}

/// Where the boxes of all other choices were found and are empty: the one whose box is so full of
/// ink that it is no square any more.
std::optional<Field> left_over_choice(
    const FieldRule& rule,
    const std::vector<Printed>& printed,
    const std::vector<const TickBox*>& boxes,
    const Layout& layout,
    int page_index
) {
    std::set<std::size_t> boxed;
    for (std::size_t i = 0; i < printed.size(); ++i) {
        if (boxes[i] != nullptr) {
            boxed.insert(printed[i].choice);
        }
    }
    const Printed* left = nullptr;
    for (const Printed& choice : printed) {
        if (boxed.contains(choice.choice) || !follows_a_box(choice, layout)) {
            continue;
        }
        if (left != nullptr && left->choice != choice.choice) {
            return std::nullopt;
        }
        left = &choice;
    }
    const auto without_box = std::count_if(printed.begin(), printed.end(), [&](const auto& choice) {
        return !boxed.contains(choice.choice) && (left == nullptr || choice.choice != left->choice);
    });
    if (left == nullptr || without_box > 0) {
        return std::nullopt;
    }
    const std::string& value = rule.choices[left->choice].value;
    return Field{rule.name, value, left_over_confidence, page_index, left->box_px};
}

} // namespace

std::optional<Field> ticked_choice(
    const FieldRule& rule, const PageReading& page, const Layout& layout, int page_index
) {
    const std::vector<Printed> printed = near_question(rule, boxed_choices(rule, layout), layout);
    const std::vector<const TickBox*> boxes = boxes_of(printed, page.ink.tick_boxes);
    const bool drawn =
        std::any_of(boxes.begin(), boxes.end(), [](const TickBox* box) { return box != nullptr; });
    std::optional<Field> found;
    for (std::size_t i = 0; i < printed.size(); ++i) {
        const bool ticked =
            drawn ? boxes[i] != nullptr && boxes[i]->ticked : read_as_ticked(printed[i], layout);
        if (!ticked) {
            continue;
        }
        const std::string& value = rule.choices[printed[i].choice].value;
        if (found.has_value() && found->value != value) {
            return std::nullopt; // two ticks contradict each other
        }
        found = Field{
            rule.name,
            value,
            drawn ? box_confidence : letter_confidence,
            page_index,
            drawn ? united(boxes[i]->box_px, printed[i].box_px) : printed[i].box_px};
    }
    return found.has_value() || !drawn ? found
                                       : left_over_choice(rule, printed, boxes, layout, page_index);
}

std::optional<Field> printed_choice(const FieldRule& rule, const Layout& layout, int page_index) {
    constexpr double read_confidence = 0.9; // chosen: words found as they should stand
    std::optional<Field> found;
    for (const Printed& printed : printed_choices(rule, layout)) {
        const std::string& value = rule.choices[printed.choice].value;
        if (found.has_value() && found->value != value) {
            return std::nullopt;
        }
        found = Field{rule.name, value, read_confidence, page_index, printed.box_px};
    }
    return found;
}

} // namespace pleiade::classify
