#include "ocr/forms/comb_votes.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

constexpr double sure = 0.9; // chosen: a single reading less sure than this wants a second one

} // namespace

void CombVotes::add(const CombCharacters& reading) {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        add_to(i, reading[i]);
    }
}

void CombVotes::add_to(std::size_t cell, const Character& character) {
    if (character.text.size() != 1 || character.text == "?") {
        return;
    }
    const auto same = std::ranges::find_if(cells_[cell], [&](const Vote& vote) {
        return vote.character.text == character.text;
    });
    if (same == cells_[cell].end()) {
        cells_[cell].push_back(Vote{character, 1});
        return;
    }
    ++same->count;
    if (character.confidence > same->character.confidence) {
        same->character = character;
    }
}

const CombVotes::Vote* CombVotes::winner(std::size_t cell) const {
    const auto best = std::ranges::max_element(cells_[cell], [](const Vote& a, const Vote& b) {
        return a.count != b.count ? a.count < b.count
                                  : a.character.confidence < b.character.confidence;
    });
    return best == cells_[cell].end() ? nullptr : &*best;
}

int CombVotes::count_of(std::size_t cell, char character) const {
    for (const Vote& vote : cells_[cell]) {
        if (vote.character.text[0] == character) {
            return vote.count;
        }
    }
    return 0;
}

std::string CombVotes::text() const {
    std::string text;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const Vote* vote = winner(i);
        text += vote != nullptr ? vote->character.text : "?";
    }
    return text;
}

CombCharacters CombVotes::characters() const {
    CombCharacters characters(cells_.size());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (const Vote* vote = winner(i)) {
            characters[i] = vote->character;
        }
    }
    return characters;
}

bool CombVotes::supports(const std::string& text) const {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const int own = count_of(i, text[i]);
        const bool alone = cells_[i].size() == 1 && own == 1;
        const bool most = std::ranges::all_of(cells_[i], [&](const Vote& vote) {
            return vote.character.text[0] == text[i] || vote.count < own;
        });
        if (!(own >= 2 && most) && !(alone && cells_[i][0].character.confidence >= sure)) {
            return false;
        }
    }
    return true;
}

bool CombVotes::knows(const std::string& text) const {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (count_of(i, text[i]) < 2) {
            return false;
        }
    }
    return true;
}

bool CombVotes::unanimous() const {
    return std::ranges::all_of(cells_, [](const auto& votes) { return votes.size() == 1; });
}

double CombVotes::least_confidence() const {
    double least = 1.0;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const Vote* vote = winner(i);
        least = std::min(least, vote != nullptr ? vote->character.confidence : 0.0);
    }
    return least;
}

} // namespace pleiade::ocr
