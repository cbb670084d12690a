#pragma once
// Reads a number found in the words a second time and judges both readings together.

#include "core/identifier.h"
#include "core/page_image.h"
#include "ocr/identifiers/candidate.h"
#include "ocr/text_reader.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::ocr {

/// What the second reading of a number gave.
struct ZoneReading {
    std::string text; ///< Letters and digits only.
    std::vector<Character> characters;
    double confidence = 0.0; ///< The least of its characters.
};

/// How a number is looked at again.
enum class Look {
    Plain,
    Softened, ///< Each pixel the mean of its neighbours.
    Wide,     ///< With more paper around, which sets it at another size.
};

struct ZoneQuestion {
    ZoneContent content = ZoneContent::Digits;
    Look look = Look::Plain;
};

[[nodiscard]] ZoneReading read_zones(
    const PageImage& grey, const Candidate& candidate, ZoneQuestion question, TextReader& zones
);

/// The identifier that the words and all further readings speak for; nothing when it is not worth
/// showing anybody.
[[nodiscard]] std::optional<Identifier>
judged(const Candidate& candidate, const std::vector<ZoneReading>& again);

/// Reads again, and where that leaves doubt twice more in other ways, and judges. With `zones` null
/// only the words speak.
[[nodiscard]] std::optional<Identifier>
verified(const Candidate& candidate, const PageImage& grey, TextReader* zones);

} // namespace pleiade::ocr
