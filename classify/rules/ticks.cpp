#include "classify/rules/ticks.h"

#include "classify/rules/folding.h"
#include "classify/rules/labels.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <sstream>
#include <string_view>
#include <tuple>
#include <vector>

namespace pleiade::classify {
namespace {

constexpr double box_confidence = 0.93;      // chosen: the ink of a box is measured, not read
constexpr double letter_confidence = 0.8;    // measured: 73 of 76 of taught and tuned_a to tuned_d
constexpr double left_over_confidence = 0.8; // chosen: all other boxes were found, and empty
// measured: of 151 lone answers of tuned_a and tuned_b 87 % are right; no desk may hang on one
constexpr double lone_confidence = 0.75;

/// Words beside which a box may stand.
struct Printed {
    std::size_t choice = 0;
    Box box_px;
    int first_word = 0;
    int last_word = 0;
    bool glued = false; ///< The box was read as the first letters of the word.
};

/// Which end of a word a box was read as a letter of: "Minitial", "maladieB]".
enum class End { First, Last };

/// The words of the page without the letters as which a box was read.
SearchText without_letters(const Layout& layout, std::size_t letters, End end) {
    constexpr std::size_t least_left = 4; // chosen: shorter words are cut into other words
    SearchText text;
    for (std::size_t i = 0; i < layout.words.size(); ++i) {
        const std::string key = match_key(layout.words[i].text);
        const bool cut = key.size() >= letters + least_left;
        const std::size_t first = cut && end == End::First ? letters : 0;
        text.append(
            key.substr(first, cut ? key.size() - letters : key.size()), static_cast<int>(i)
        );
    }
    text.index();
    return text;
}

/// The words' box without the square one that was read as a letter of theirs.
Box without_glued_box(Box words_px, End end) {
    if (end == End::First) {
        words_px.x0 = std::min(words_px.x0 + words_px.height(), words_px.x1);
    } else {
        words_px.x1 = std::max(words_px.x1 - words_px.height(), words_px.x0);
    }
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

std::vector<Printed> glued_at(
    const FieldRule& rule, std::size_t choice, const Layout& layout, std::size_t letters, End end
) {
    const SearchText text = without_letters(layout, letters, end);
    std::vector<Printed> printed;
    for (const std::string& label : rule.choices[choice].labels) {
        for (const Match& match : find_label(label, text)) {
            const int first = text.word_at(match.begin);
            const int last = text.word_at(match.end - 1);
            const Box box = without_glued_box(words_box(layout, first, last), end);
            printed.push_back({choice, box, first, last, end == End::First});
        }
    }
    return printed;
}

/// Choices whose words were read with a box glued to their first or last one.
std::vector<Printed>
glued_choices(const FieldRule& rule, std::size_t choice, const Layout& layout) {
    constexpr std::size_t most_letters = 2; // chosen: "M", "DX"
    for (const End end : {End::First, End::Last}) {
        for (std::size_t letters = 1; letters <= most_letters; ++letters) {
            std::vector<Printed> printed = glued_at(rule, choice, layout, letters, end);
            if (!printed.empty()) {
                return printed;
            }
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
        printed.push_back(
            {found.name, glued ? without_glued_box(box, End::First) : box, first, last, glued}
        );
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

/// A box that was read as a word of its own is no part of the words: of "initial D prolongation"
/// the D is the box behind "initial", and no "de". Nor is what stands on the next row:
/// "prolongation" and "Arrêt de travail du" below it.
void keep_to_own_words(
    std::vector<Printed>& printed, const std::vector<TickBox>& ticks, const Layout& layout
) {
    const auto is_box = [&](int word) {
        const Box& box = layout.words[static_cast<std::size_t>(word)].box_px;
        return std::ranges::any_of(ticks, [&](const TickBox& tick) {
            const Box shared = intersection(box, tick.box_px);
            return 2 * shared.width() > std::max(box.width(), tick.box_px.width());
        });
    };
    const auto is_below = [&](int word, int first) {
        return layout.words[static_cast<std::size_t>(word)].box_px.y0 >=
               layout.words[static_cast<std::size_t>(first)].box_px.y1;
    };
    for (Printed& choice : printed) {
        const int first = choice.first_word;
        const int last = choice.last_word;
        while (choice.first_word < choice.last_word && is_box(choice.first_word)) {
            ++choice.first_word;
        }
        while (choice.last_word > choice.first_word &&
               (is_box(choice.last_word) || is_below(choice.last_word, choice.first_word))) {
            --choice.last_word;
        }
        if (choice.first_word != first || choice.last_word != last) {
            choice.box_px = words_box(layout, choice.first_word, choice.last_word);
        }
    }
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

/// Where a paper prints its boxes.
enum class Side { Before, After };

/// How far a box is from its words; nothing when it is not beside them on that side.
std::optional<int> gap_to(const TickBox& tick, const Box& words, Side side) {
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
    const int gap = side == Side::Before ? words.x0 - tick.box_px.x1 : tick.box_px.x0 - words.x1;
    return gap >= -height / 2 && gap <= farthest * height ? std::optional(std::max(gap, 0))
                                                          : std::nullopt;
}

/// The boxes of printed choices, all on one side of their words.
struct Boxes {
    std::vector<const TickBox*> of_choice; ///< Null where none was found.
    std::size_t found = 0;
    int gaps_px = 0; ///< Of all together.
};

/// Nearest pairs first.
Boxes boxes_beside(
    const std::vector<Printed>& printed, const std::vector<TickBox>& ticks, Side side
) {
    std::vector<std::tuple<int, std::size_t, std::size_t>> pairs;
    for (std::size_t p = 0; p < printed.size(); ++p) {
        for (std::size_t t = 0; t < ticks.size(); ++t) {
            if (const auto gap = gap_to(ticks[t], printed[p].box_px, side)) {
                pairs.emplace_back(*gap, p, t);
            }
        }
    }
    std::sort(pairs.begin(), pairs.end());
    Boxes boxes;
    boxes.of_choice.assign(printed.size(), nullptr);
    std::set<std::size_t> taken;
    for (const auto& [gap, p, t] : pairs) {
        if (boxes.of_choice[p] == nullptr && taken.insert(t).second) {
            boxes.of_choice[p] = &ticks[t];
            boxes.gaps_px += gap;
            ++boxes.found;
        }
    }
    return boxes;
}

/// On the side where more choices have one; else before them, as most forms print it, unless those
/// behind are much nearer: of "maladie [ ] AT [ ]" the second choice has one on either side.
std::vector<const TickBox*>
boxes_of(const std::vector<Printed>& printed, const std::vector<TickBox>& ticks) {
    Boxes before = boxes_beside(printed, ticks, Side::Before);
    Boxes after = boxes_beside(printed, ticks, Side::After);
    const int clearly =
        printed.empty()
            ? 0
            : 3 * printed.front().box_px.height(); // chosen: forms print boxes before words
    const bool behind = after.found != before.found ? after.found > before.found
                                                    : after.gaps_px + clearly < before.gaps_px;
    return behind ? std::move(after.of_choice) : std::move(before.of_choice);
}

/// A cross alone, or with what its frame is read as: "[X]", "DX", "PX]".
bool is_tick(const LaidWord& word) {
    static constexpr std::array<std::string_view, 6> crosses = {"x", "dx", "px", "ix", "lx", "xi"};
    return std::find(crosses.begin(), crosses.end(), word.folded) != crosses.end() ||
           word.text.find("☒") != std::string::npos || word.text.find("☑") != std::string::npos ||
           word.text.find("✓") != std::string::npos || word.text.find("✗") != std::string::npos;
}

/// How far a lone x is from words on its row, or from those that head its column; nothing when it
/// is at neither. Behind them it must be nearer by a height: most forms print it before.
std::optional<int> way_to(const Box& cross, const Box& words) {
    constexpr int farthest = 4;       // chosen: in heights, on the row
    constexpr int farthest_below = 3; // chosen: in heights, a row of a table and its rule
    const int height = std::max(words.height(), 1);
    if (std::min(cross.y1, words.y1) > std::max(cross.y0, words.y0)) {
        const int before = words.x0 - cross.x1;
        const int behind = cross.x0 - words.x1;
        const int gap = std::max({before, behind, 0});
        const int way = behind > before ? gap + height : gap;
        return gap <= farthest * height ? std::optional(way) : std::nullopt;
    }
    const int middle = (cross.x0 + cross.x1) / 2;
    const int down = cross.y0 - words.y1;
    const bool under = middle >= words.x0 - height && middle <= words.x1 + height;
    constexpr int beside_first = 1000; // chosen: pixels; what stands on the row comes before
    return under && down >= 0 && down <= farthest_below * height
               ? std::optional(beside_first + down + std::abs(words.x0 + words.x1 - 2 * middle))
               : std::nullopt;
}

/// Which of the choices have a lone x beside them or below them. Each x is that of the nearest.
std::vector<bool> read_as_ticked(const std::vector<Printed>& printed, const Layout& layout) {
    std::vector<bool> ticked(printed.size());
    for (const LaidWord& word : layout.words) {
        if (!is_tick(word)) {
            continue;
        }
        std::optional<std::pair<int, std::size_t>> nearest;
        for (std::size_t i = 0; i < printed.size(); ++i) {
            const auto way = way_to(word.box_px, printed[i].box_px);
            if (way && (!nearest || *way < nearest->first)) {
                nearest = {*way, i};
            }
        }
        if (nearest) {
            ticked[nearest->second] = true;
        }
    }
    return ticked;
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

/// The most letters in a row that both have.
std::size_t longest_common(std::string_view a, std::string_view b) {
    std::size_t longest = 0;
    std::vector<std::size_t> row(b.size() + 1);
    for (const char c : a) {
        for (std::size_t j = b.size(); j > 0; --j) {
            row[j] = c == b[j - 1] ? row[j - 1] + 1 : 0;
            longest = std::max(longest, row[j]);
        }
    }
    return longest;
}

/// The longer words that a choice's labels have and no other choice's, or that are one.
std::set<std::string> words_of_its_own(const FieldRule& rule, std::size_t choice) {
    constexpr std::size_t least_letters = 7; // chosen: "d'arrêt" stands all over a sick note
    std::set<std::string> own;
    std::set<std::string> others;
    std::set<std::string> whole; // a label by itself: "maladie", beside "maladie professionnelle"
    for (std::size_t i = 0; i < rule.choices.size(); ++i) {
        for (const std::string& label : rule.choices[i].labels) {
            if (i == choice) {
                whole.insert(match_key(label));
            }
            std::istringstream words(label);
            for (std::string word; words >> word;) {
                (i == choice ? own : others).insert(match_key(word));
            }
        }
    }
    std::erase_if(own, [&](const std::string& word) {
        return word.size() < least_letters || (others.contains(word) && !whole.contains(word));
    });
    return own;
}

/// Whether it was read as the word would be with a ring around it: "GnitiaD".
bool is_ringed(const std::string& read, const std::string& word) {
    constexpr std::size_t least = 4; // chosen: letters in a row that are left of it
    constexpr std::size_t lost = 3;  // chosen: at both ends together
    const std::size_t common = longest_common(read, word);
    return read != word && common >= least && common + lost >= word.size() &&
           read.size() <= word.size() + 2;
}

/// A choice of which nothing is printed legibly, but a word with a ring around it in the row of
/// another one.
std::optional<Printed>
ringed_choice(const FieldRule& rule, const Printed& other, const Layout& layout) {
    std::vector<std::set<std::string>> own;
    for (std::size_t choice = 0; choice < rule.choices.size(); ++choice) {
        own.push_back(
            choice == other.choice ? std::set<std::string>() : words_of_its_own(rule, choice)
        );
    }
    for (std::size_t i = 0; i < layout.words.size(); ++i) {
        const LaidWord& word = layout.words[i];
        const int shared =
            std::min(word.box_px.y1, other.box_px.y1) - std::max(word.box_px.y0, other.box_px.y0);
        const int index = static_cast<int>(i);
        if (2 * shared < other.box_px.height() ||
            (index >= other.first_word && index <= other.last_word)) {
            continue;
        }
        const std::string key = match_key(word.text);
        for (std::size_t choice = 0; choice < own.size(); ++choice) {
            if (std::ranges::any_of(own[choice], [&](const std::string& known) {
                    return is_ringed(key, known);
                })) {
                return Printed{choice, word.box_px, index, index};
            }
        }
    }
    return std::nullopt;
}

/// Programs print the answer alone: "Arrêt : prolongation". Where people ring it, it is what can
/// hardly be read any more, and the others stand there alone: neither is sure.
std::optional<Field> lone_choice(
    const FieldRule& rule, const std::vector<Printed>& printed, const Layout& layout, int page_index
) {
    const auto differs = [&](const Printed& choice) {
        return choice.choice != printed.front().choice;
    };
    if (!rule.labels.empty() || printed.empty() || std::ranges::any_of(printed, differs)) {
        return std::nullopt;
    }
    const auto asked = [&](const Printed& choice) {
        return std::ranges::any_of(layout.words, [&](const LaidWord& word) {
            const int shared = std::min(word.box_px.y1, choice.box_px.y1) -
                               std::max(word.box_px.y0, choice.box_px.y0);
            return 2 * shared > choice.box_px.height() && word.box_px.x0 > choice.box_px.x1 &&
                   (word.folded == "oui" || word.folded == "non");
        });
    };
    if (std::ranges::any_of(printed, asked)) {
        return std::nullopt; // "accident du travail : oui, non" asks, and answers nothing
    }
    const auto answer = ringed_choice(rule, printed.front(), layout).value_or(printed.front());
    const std::string& value = rule.choices[answer.choice].value;
    return Field{rule.name, value, lone_confidence, page_index, answer.box_px};
}

} // namespace

std::optional<Field> ticked_choice(
    const FieldRule& rule, const PageReading& page, const Layout& layout, int page_index
) {
    std::vector<Printed> printed = near_question(rule, boxed_choices(rule, layout), layout);
    keep_to_own_words(printed, page.ink.tick_boxes, layout);
    const std::vector<const TickBox*> boxes = boxes_of(printed, page.ink.tick_boxes);
    const bool drawn =
        std::any_of(boxes.begin(), boxes.end(), [](const TickBox* box) { return box != nullptr; });
    const std::vector<bool> read = read_as_ticked(printed, layout);
    std::optional<Field> found;
    for (std::size_t i = 0; i < printed.size(); ++i) {
        const bool ticked = drawn ? boxes[i] != nullptr && boxes[i]->ticked : read[i];
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
    if (found.has_value()) {
        return found;
    }
    return drawn ? left_over_choice(rule, printed, boxes, layout, page_index)
                 : lone_choice(rule, printed, layout, page_index);
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
