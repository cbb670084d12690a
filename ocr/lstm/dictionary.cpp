#include "ocr/lstm/dictionary.h"

#include "core/failure.h"
#include "ocr/lstm/model_file.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <iterator>
#include <string_view>

namespace pleiade::ocr {
namespace {

constexpr unsigned flag_bits = 3;            // spec: NUM_FLAG_BITS
constexpr std::uint64_t last_of_node = 1;    // spec: MARKER_FLAG
constexpr std::uint64_t ends_a_word = 4;     // spec: WERD_END_FLAG
constexpr std::size_t most_edges = 16 << 20; // chosen: French has 0.1 million

bool is_digit(const std::string& character) {
    return character.size() == 1 && character[0] >= '0' && character[0] <= '9';
}

/// ASCII letters and those of Latin-1 and Latin Extended-A, which is all that Debian's Western
/// languages write with.
bool is_letter(const std::string& character) {
    if (character.size() == 1) {
        const char c = character[0];
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    const auto first = static_cast<unsigned char>(character.empty() ? '\0' : character[0]);
    return character.size() == 2 && first >= 0xC3 && first <= 0xC5;
}

/// The small form of a letter in UTF-8; the text itself when it has none.
std::string in_small(std::string character) {
    if (character.size() == 1 && character[0] >= 'A' && character[0] <= 'Z') {
        character[0] = static_cast<char>(character[0] - 'A' + 'a');
        return character;
    }
    constexpr unsigned char latin_1 = 0xC3;
    constexpr unsigned char extended_a = 0xC5;
    if (character.size() == 2) {
        const auto first = static_cast<unsigned char>(character[0]);
        const auto second = static_cast<unsigned char>(character[1]);
        if (first == latin_1 && second < 0x9F) { // spec: U+00C0 to U+00DE, small ones 32 higher
            character[1] = static_cast<char>(second + 0x20);
        } else if (first == extended_a && second == 0x92) { // spec: U+0152, OE
            character[1] = static_cast<char>(0x93);
        }
    }
    return character;
}

} // namespace

Dictionary::Kind Dictionary::kind_of(const std::string& text) {
    if (is_letter(text)) {
        return Kind::Letter;
    }
    if (is_digit(text)) {
        return Kind::Digit;
    }
    return text == "'" || text == "\u2019" ? Kind::Apostrophe : Kind::Other;
}

Dictionary::Dictionary(BytesView component, const Charset& charset) {
    constexpr std::int16_t magic = 42; // spec: kDawgMagicNumber
    ModelCursor at(component);
    if (at.next<std::int16_t>() != magic) {
        throw Error(
            Remedy::FixConfiguration,
            "the dictionary of the language data is broken. Install the Debian package of the "
            "language again"
        );
    }
    const auto characters = at.next<std::uint32_t>();
    const std::size_t count = at.next_count(most_edges);
    for (std::size_t i = 0; i < count; ++i) {
        edges_.push_back(at.next<std::uint64_t>());
    }
    next_shift_ = static_cast<unsigned>(std::bit_width(characters)) + flag_bits;
    letter_mask_ = (std::uint64_t{1} << (next_shift_ - flag_bits)) - 1;

    std::unordered_map<std::string_view, CharacterId> by_text;
    for (std::size_t code = 0; code < charset.of_code.size(); ++code) {
        by_text.emplace(charset.of_code[code], charset.id_of_code[code]);
    }
    for (std::size_t code = 0; code < charset.of_code.size(); ++code) {
        const std::string& text = charset.of_code[code];
        kinds_.push_back(kind_of(text));
        ids_.push_back(charset.id_of_code[code]);
        const auto small = by_text.find(in_small(text));
        small_.push_back(small == by_text.end() ? ids_.back() : small->second);
    }
}

bool Dictionary::holds(const std::vector<CharacterId>& word) const {
    std::uint64_t node = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        std::uint64_t edge = node;
        while (edge < edges_.size() && (edges_[edge] & letter_mask_) != word[i]) {
            const bool was_last = ((edges_[edge] >> (next_shift_ - flag_bits)) & last_of_node) != 0;
            edge = was_last ? edges_.size() : edge + 1;
        }
        if (edge >= edges_.size()) {
            return false;
        }
        const bool ends = ((edges_[edge] >> (next_shift_ - flag_bits)) & ends_a_word) != 0;
        if (i + 1 == word.size()) {
            return ends;
        }
        node = edges_[edge] >> next_shift_;
        if (node == 0) {
            return false; // nothing follows
        }
    }
    return false;
}

bool Dictionary::knows_part(std::span<const std::size_t> codes) const {
    if (std::ranges::all_of(codes, [&](std::size_t code) { return kinds_[code] == Kind::Digit; })) {
        return true;
    }
    if (!std::ranges::all_of(codes, [&](std::size_t code) {
            return kinds_[code] == Kind::Letter;
        })) {
        return false;
    }
    std::vector<CharacterId> as_written;
    std::vector<CharacterId> small;
    as_written.reserve(codes.size());
    small.reserve(codes.size());
    for (const std::size_t code : codes) {
        as_written.push_back(ids_[code]);
        small.push_back(small_[code]);
    }
    return holds(as_written) || holds(small);
}

bool Dictionary::knows(std::span<const std::size_t> codes) const {
    constexpr std::ptrdiff_t longest_elided = 2; // spec: l', d', qu' stand before an apostrophe
    const auto stands_between = [&](std::size_t code) {
        return kinds_[code] == Kind::Other || kinds_[code] == Kind::Apostrophe;
    };
    bool any = false;
    auto begin = codes.begin();
    while (begin != codes.end()) {
        const auto end = std::find_if(begin, codes.end(), stands_between);
        const bool elided =
            end != codes.end() && kinds_[*end] == Kind::Apostrophe && end - begin <= longest_elided;
        if (begin != end && !elided && !knows_part({begin, end})) {
            return false;
        }
        any = any || begin != end;
        begin = end == codes.end() ? end : std::next(end);
    }
    return any;
}

} // namespace pleiade::ocr
