#pragma once
// The words of a language, as Tesseract stores them: a graph in which common beginnings and ends
// are shared.
//
// Source: src/dict/dawg.h of Tesseract 5.3.

#include "core/bytes.h"
#include "ocr/lstm/charset.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace pleiade::ocr {

class Dictionary {
public:
    /// @throws Error(FixConfiguration) when the bytes are no dictionary.
    Dictionary(BytesView component, const Charset& charset);

    /// Is it a word, or would it be one in small letters? Punctuation around and hyphens and
    /// apostrophes inside do not matter; numbers are words.
    ///
    /// `codes` are those of the network.
    [[nodiscard]] bool knows(std::span<const std::size_t> codes) const;

private:
    enum class Kind : std::uint8_t { Letter, Digit, Other, Apostrophe };

    [[nodiscard]] static Kind kind_of(const std::string& text);
    [[nodiscard]] bool holds(const std::vector<CharacterId>& word) const;
    [[nodiscard]] bool knows_part(std::span<const std::size_t> codes) const;

    std::vector<std::uint64_t> edges_;
    std::uint64_t letter_mask_ = 0;
    unsigned next_shift_ = 0;
    std::vector<Kind> kinds_;        ///< Of each code.
    std::vector<CharacterId> ids_;   ///< Of each code.
    std::vector<CharacterId> small_; ///< Of each code: the small letter, where there is one.
};

} // namespace pleiade::ocr
