#pragma once
// Finds words in recognised text although some characters are wrong, missing or too many.
// Source: G. Myers, A fast bit-vector algorithm for approximate string matching, JACM 46 (1999).

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::classify {

inline constexpr std::size_t alphabet_size = 36; ///< a-z and 0-9.
inline constexpr std::size_t gram_count = alphabet_size * alphabet_size * alphabet_size;

/// A text to search in, given as match keys, with the three-letter groups it holds.
class SearchText {
public:
    void append(std::string_view key, int word_index);
    void index(); ///< After the last append, before the first search.

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] int word_at(std::size_t position) const { return word_at_[position]; }
    [[nodiscard]] bool starts_word(std::size_t position) const;
    [[nodiscard]] bool holds_gram(std::size_t gram) const { return grams_[gram]; }

private:
    std::string text_;
    std::vector<int> word_at_;
    std::bitset<gram_count> grams_;
};

struct Match {
    std::size_t begin = 0; ///< Into SearchText::text(), half open.
    std::size_t end = 0;
    int edits = 0;
};

/// Words to search for. Only the first 64 characters of their key count.
class Pattern {
public:
    explicit Pattern(std::string_view utf8);

    /// Places in order, best alignment of each. Short patterns must stand on whole words.
    [[nodiscard]] std::vector<Match> find(const SearchText& text) const;

    [[nodiscard]] std::size_t size() const { return key_.size(); }
    [[nodiscard]] int most_edits() const { return most_edits_; }

private:
    [[nodiscard]] bool may_be_in(const SearchText& text) const;
    [[nodiscard]] Match align(const SearchText& text, std::size_t end, int edits) const;
    [[nodiscard]] bool on_words(const SearchText& text, const Match& match) const;
    [[nodiscard]] bool keeps_words(const SearchText& text, const Match& match) const;

    std::string key_;
    std::vector<std::size_t> word_ends_; ///< In the key.
    int most_edits_ = 0;
    std::vector<std::size_t> grams_;
    std::array<std::uint64_t, alphabet_size> places_{}; ///< Bit i: the character stands at i.
};

} // namespace pleiade::classify
