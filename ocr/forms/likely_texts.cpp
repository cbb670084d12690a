#include "ocr/forms/likely_texts.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <queue>
#include <set>

namespace pleiade::ocr {
namespace {

constexpr double least_odds = 1e-6; // chosen: keeps logarithms finite

struct Choice {
    char character = '?';
    double cost = 0.0; ///< Minus the logarithm of its odds.
};

/// The characters of one cell, the likeliest first.
std::vector<Choice> choices_of(const CellOdds& cell, char shape) {
    std::vector<Choice> choices;
    for (const char character :
         shape == 'c' ? std::string_view("0123456789AB") : std::string_view("0123456789")) {
        choices.push_back({character, -std::log(std::max(least_odds, cell.of_character(character)))}
        );
    }
    std::ranges::stable_sort(choices, {}, &Choice::cost);
    return choices;
}

/// Which choice was taken in each cell, and what they cost together.
struct Path {
    std::vector<std::uint8_t> taken;
    double cost = 0.0;

    bool operator>(const Path& other) const { return cost > other.cost; }
};

} // namespace

std::vector<LikelyText>
likely_texts(const std::vector<CellOdds>& cells, std::string_view shape, std::size_t most) {
    std::vector<std::vector<Choice>> choices;
    Path first{std::vector<std::uint8_t>(cells.size(), 0), 0.0};
    for (std::size_t i = 0; i < cells.size(); ++i) {
        choices.push_back(choices_of(cells[i], shape[i]));
        first.cost += choices[i][0].cost;
    }
    std::priority_queue<Path, std::vector<Path>, std::greater<>> open;
    std::set<std::vector<std::uint8_t>> seen{first.taken};
    open.push(std::move(first));
    std::vector<LikelyText> texts;
    while (!open.empty() && texts.size() < most) {
        const Path path = open.top();
        open.pop();
        LikelyText text{.likelihood = std::exp(-path.cost)};
        for (std::size_t i = 0; i < cells.size(); ++i) {
            text.text += choices[i][path.taken[i]].character;
        }
        texts.push_back(std::move(text));
        for (std::size_t i = 0; i < cells.size(); ++i) {
            Path next = path;
            if (++next.taken[i] < choices[i].size() && seen.insert(next.taken).second) {
                next.cost += choices[i][next.taken[i]].cost - choices[i][path.taken[i]].cost;
                open.push(std::move(next));
            }
        }
    }
    return texts;
}

} // namespace pleiade::ocr
