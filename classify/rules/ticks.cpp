#include "classify/rules/ticks.h"

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

constexpr double box_confidence = 0.93;   // chosen: the ink of a box is measured, not read
constexpr double letter_confidence = 0.8; // chosen: a lone x is nearly always a tick

/// Words beside which a box may stand.
struct Printed {
    std::size_t choice = 0;
    Box box_px;
    int first_word = 0;
    int last_word = 0;
};

std::vector<Printed> printed_choices(const FieldRule& rule, const Layout& layout) {
    std::vector<NamedMatch> matches;
    for (std::size_t i = 0; i < rule.choices.size(); ++i) {
        for (const std::string& label : rule.choices[i].labels) {
            for (const Match& match : find_label(label, layout)) {
                matches.push_back({i, match});
            }
        }
    }
    std::vector<Printed> printed;
    for (const NamedMatch& found : without_inner(std::move(matches))) {
        printed.push_back(
            {found.name,
             layout.box_of(found.match),
             layout.search.word_at(found.match.begin),
             layout.search.word_at(found.match.end - 1)}
        );
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
        for (const Match& match : find_label(label, layout)) {
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

} // namespace

std::optional<Field> ticked_choice(
    const FieldRule& rule, const PageReading& page, const Layout& layout, int page_index
) {
    const std::vector<Printed> printed = near_question(rule, printed_choices(rule, layout), layout);
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
    return found;
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
