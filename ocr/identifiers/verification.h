#pragma once
// Reads a number found in the words a second time and judges both readings together.

#include "core/identifier.h"
#include "core/page_image.h"
#include "ocr/identifiers/candidate.h"
#include "ocr/text_reader.h"

#include <optional>

namespace pleiade::ocr {

/// What the second reading of a number gave.
struct ZoneReading {
    std::string text; ///< Letters and digits only.
    std::vector<Character> characters;
    double confidence = 0.0; ///< The least of its characters.
};

[[nodiscard]] ZoneReading read_zones(
    const PageImage& grey, const Candidate& candidate, ZoneContent content, TextReader& zones
);

/// The identifier both readings speak for; nothing when it is not worth showing anybody.
[[nodiscard]] std::optional<Identifier>
judged(const Candidate& candidate, const ZoneReading& again);

/// Reads again and judges. With `zones` null only the words speak.
[[nodiscard]] std::optional<Identifier>
verified(const Candidate& candidate, const PageImage& grey, TextReader* zones);

} // namespace pleiade::ocr
