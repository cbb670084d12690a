#pragma once
// Several readings of one comb row, and what they say together, cell by cell.

#include "ocr/forms/comb_reading.h"

#include <string>
#include <vector>

namespace pleiade::ocr {

class CombVotes {
public:
    explicit CombVotes(std::size_t cells) : cells_(cells) {}

    /// One entry per cell; "?" abstains.
    void add(const CombCharacters& reading);

    /// Sets aside what was said of one cell so far.
    void forget(std::size_t cell) { cells_[cell].clear(); }
    void add_to(std::size_t cell, const Character& character);

    /// The character most readings give in each cell, the surest when they are even; "?" where none
    /// could be read.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] CombCharacters characters() const;

    /// Every character of `text` was read twice and more often than any other, or was the only
    /// reading and sure.
    [[nodiscard]] bool supports(const std::string& text) const;

    /// Every character of `text` was read twice at least, whatever else was read.
    [[nodiscard]] bool knows(const std::string& text) const;

    /// Nothing else was ever read in any cell.
    [[nodiscard]] bool unanimous() const;

    [[nodiscard]] double least_confidence() const;

private:
    struct Vote {
        Character character; ///< The surest of those that said so.
        int count = 0;
    };

    [[nodiscard]] const Vote* winner(std::size_t cell) const;
    [[nodiscard]] int count_of(std::size_t cell, char character) const;

    std::vector<std::vector<Vote>> cells_;
};

} // namespace pleiade::ocr
