#include "classify/learning/strange_words.h"

#include "classify/rules/folding.h"

#include <cstdint>
#include <string>

namespace pleiade::classify {
namespace {

/// Source: FNV-1a with a last mixing (murmur3), so that near seeds are not near.
std::uint32_t mixed(const std::string& text, unsigned seed) {
    std::uint32_t hash = 2166136261U ^ seed;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    hash = (hash ^ (hash >> 16U)) * 0x85EBCA6BU;
    hash = (hash ^ (hash >> 13U)) * 0xC2B2AE35U;
    return hash ^ (hash >> 16U);
}

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

std::string strange(const std::string& folded_word, std::uint32_t hash) {
    constexpr std::uint32_t letters = 26;
    std::string word = folded_word;
    for (char& c : word) {
        hash = hash * 1664525U + 1013904223U; // Source: Numerical Recipes
        c = is_letter(c) ? static_cast<char>('a' + static_cast<char>((hash >> 16U) % letters)) : c;
    }
    return word;
}

} // namespace

PageReading with_strange_words(PageReading page, double share, unsigned seed) {
    constexpr double whole = 4294967296.0;
    for (Word& word : page.text.words) {
        const std::string spelling = folded(word.text);
        const std::uint32_t hash = mixed(spelling, seed);
        if (hash < share * whole) {
            word.text = strange(spelling, hash);
        }
    }
    return page;
}

} // namespace pleiade::classify
