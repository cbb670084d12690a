#include "core/facts.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <iterator>

namespace pleiade {
namespace {

constexpr std::size_t few_numbers = 4; // chosen: with fewer, the words decide
constexpr std::size_t few_words = 12;  // chosen: with fewer, the picture decides

/// Share of what stands on either page that stands on both.
double likeness(const std::vector<int>& a, const std::vector<int>& b) {
    std::vector<int> either;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(either));
    if (either.empty()) {
        return 1.0;
    }
    either.resize(std::min(either.size(), PagePrint::most_hashes));
    std::size_t both = 0;
    for (const int hash : either) {
        both += std::binary_search(a.begin(), a.end(), hash) &&
                        std::binary_search(b.begin(), b.end(), hash)
                    ? 1U
                    : 0U;
    }
    return static_cast<double>(both) / static_cast<double>(either.size());
}

int digit_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c - 'a' + 10;
}

/// Bits in which two pictures differ; as for strangers when there is none.
int difference(const std::string& a, const std::string& b) {
    constexpr int half_of_all = 128;
    if (a.empty() || a.size() != b.size()) {
        return half_of_all;
    }
    int different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        different += std::popcount(static_cast<unsigned>(digit_of(a[i]) ^ digit_of(b[i])));
    }
    return different;
}

bool lacks_one(const std::vector<int>& wanted, const std::vector<int>& among) {
    return !std::includes(among.begin(), among.end(), wanted.begin(), wanted.end());
}

} // namespace

bool is_same_paper(const PagePrint& a, const PagePrint& b) {
    constexpr int most_bits = 64;           // chosen: two layouts differ in 128, give or take 8
    constexpr int most_bits_by_itself = 20; // chosen: nothing but the picture speaks
    constexpr double least_numbers = 0.6;   // chosen
    constexpr double least_words = 0.5;     // chosen
    const int bits = difference(a.picture, b.picture);
    if (bits > most_bits || (lacks_one(a.firm, b.numbers) && lacks_one(b.firm, a.numbers))) {
        return false;
    }
    const bool numbers_speak = std::max(a.numbers.size(), b.numbers.size()) >= few_numbers;
    const bool words_speak = std::max(a.words.size(), b.words.size()) >= few_words;
    if (numbers_speak && likeness(a.numbers, b.numbers) < least_numbers) {
        return false;
    }
    if (words_speak && likeness(a.words, b.words) < least_words) {
        return false;
    }
    return numbers_speak || words_speak || bits <= most_bits_by_itself;
}

} // namespace pleiade
