#pragma once
// Which character each code of the network stands for.

#include "core/bytes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::ocr {

/// One character as the language numbers it.
using CharacterId = std::uint32_t;

struct Charset {
    std::vector<std::string> of_code;    ///< UTF-8; empty for codes that are no character.
    std::vector<CharacterId> id_of_code; ///< As the dictionary knows the character.
    std::size_t size = 0;                ///< How many characters the language has.
};

inline constexpr std::size_t space_code = 0; ///< spec: UNICHAR_SPACE, Tesseract 5.3

/// @return Nothing when a character of the language is written with more than one code.
/// @throws Error(FixConfiguration) when the bytes are cut short.
[[nodiscard]] std::optional<Charset>
parse_charset(BytesView characters, BytesView codes, std::size_t code_count);

} // namespace pleiade::ocr
