#include "ocr/identifiers/verification.h"

#include "ocr/identifier_checks.h"
#include "ocr/identifiers/token.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

// The confidence scale. chosen: an order of trust, to be replaced by measured probabilities when
// enough verified mail exists.
constexpr double both_agree = 0.99;
constexpr double agree_after_repair = 0.95;
constexpr double one_holds = 0.85;
constexpr double repaired_alone = 0.7;
constexpr double no_check_but_sure = 0.75; ///< No key, both readings alike and sure.
constexpr double no_check = 0.4;
constexpr double check_fails = 0.3;
constexpr double readings_differ = 0.2;
constexpr double soft_check_factor = 0.9;
constexpr double unlabelled_factor = 0.95;

constexpr double sure_character = 0.9; // chosen: asked of every character where no key verifies
constexpr std::size_t most_differences = 4; // chosen: beyond, the two read different things

bool has_letters(IdentifierKind kind) {
    return kind == IdentifierKind::Iban || kind == IdentifierKind::S10 ||
           kind == IdentifierKind::LaPoste || kind == IdentifierKind::ProvisionalNir;
}

/// No check digit at all: thirteen characters of a NIR, a matricule.
bool unchecked(const Rule& rule) {
    return rule.kind == IdentifierKind::ProvisionalNir ||
           (rule.kind == IdentifierKind::Nir && rule.shape.size() == nir_body_length);
}

/// The stretch of `text` as long as the shape that is most like `like`; all when it is not longer.
std::size_t best_offset(const std::string& text, const std::string& like) {
    std::size_t best = 0;
    std::size_t fewest = text.size() + 1;
    for (std::size_t at = 0; at + like.size() <= text.size(); ++at) {
        const std::size_t differences = edit_distance(text.substr(at, like.size()), like);
        if (differences < fewest) {
            fewest = differences;
            best = at;
        }
    }
    return best;
}

void append_characters(const PageText& text, ZoneReading& reading) {
    for (const Token& token : tokens_of(text)) {
        reading.text += token.text;
    }
    for (const Word& word : text.words) {
        for (const Character& character : word.characters) {
            if (character.text.size() == 1 &&
                (is_digit(character.text[0]) ||
                 std::isalpha(static_cast<unsigned char>(character.text[0])) != 0)) {
                reading.characters.push_back(character);
            }
        }
        reading.confidence = std::min(reading.confidence, word.confidence);
    }
}

Box with_margin(const Box& box, const PageImage& grey) {
    const int margin_px = std::max(box.height() / 4, 2); // chosen: never as far as the next letter
    return intersection(
        {box.x0 - margin_px, box.y0 - margin_px, box.x1 + margin_px, box.y1 + margin_px},
        {0, 0, grey.width_px, grey.height_px}
    );
}

Identifier described(const Candidate& candidate, const Reading& reading, const ZoneReading& again) {
    Identifier identifier;
    identifier.kind = candidate.rule.kind;
    identifier.value = reading.value;
    identifier.repaired = reading.repaired;
    identifier.repair = reading.repair;
    for (const Box& zone : candidate.zones_px) {
        identifier.box_px = united(identifier.box_px, zone);
    }
    if (again.characters.size() == reading.value.size()) {
        identifier.characters = again.characters;
    }
    return identifier;
}

/// Numbers that nothing verifies: sure only when read twice alike, every character sure.
void settle_unchecked(
    const Candidate& candidate,
    const Reading& second,
    const ZoneReading& again,
    Identifier& identifier
) {
    const bool sure = !candidate.reading.repaired && !second.repaired && second.holds &&
                      second.value == candidate.reading.value &&
                      candidate.confidence >= sure_character &&
                      again.confidence >= sure_character &&
                      std::ranges::all_of(again.characters, [](const Character& c) {
                          return c.confidence >= sure_character;
                      });
    identifier.valid = sure;
    identifier.confidence = sure ? no_check_but_sure : no_check;
    if (identifier.kind == IdentifierKind::Nir) {
        identifier.value += nir_key_text(identifier.value);
        identifier.key_computed = true;
    }
}

/// Without label and grouping a number that passes one key in 97 by chance must be read twice.
bool needs_both(const Candidate& candidate) {
    return candidate.rule.kind == IdentifierKind::Nir && !candidate.labelled && !candidate.grouped;
}

void settle_checked(
    const Candidate& candidate,
    const Reading& second,
    const ZoneReading& again,
    Identifier& identifier
) {
    const Reading& first = candidate.reading;
    if (first.holds && second.holds) {
        identifier.valid = first.value == second.value;
        identifier.confidence = first.repaired || second.repaired ? agree_after_repair : both_agree;
        if (!identifier.valid) {
            identifier.confidence = readings_differ;
        }
    } else if (first.holds || second.holds) {
        const std::size_t differences = edit_distance(candidate.raw, again.text);
        const bool repaired = first.holds ? first.repaired : second.repaired;
        const bool alone_is_enough =
            !needs_both(candidate) &&
            (again.text.empty() ? !repaired : differences <= most_differences);
        identifier.valid =
            alone_is_enough && (!repaired || differences <= 1 + most_differences / 2);
        identifier.confidence =
            identifier.valid ? (repaired ? repaired_alone : one_holds) : readings_differ;
    } else {
        identifier.confidence = check_fails;
    }
    if (identifier.kind == IdentifierKind::Rpps || identifier.kind == IdentifierKind::LaPoste ||
        identifier.kind == IdentifierKind::Siren || identifier.kind == IdentifierKind::Finess) {
        identifier.confidence *= soft_check_factor;
    }
    if (!candidate.labelled) {
        identifier.confidence *= unlabelled_factor;
    }
}

} // namespace

ZoneReading read_zones(
    const PageImage& grey, const Candidate& candidate, ZoneContent content, TextReader& zones
) {
    ZoneReading reading;
    reading.confidence = 1.0;
    for (const Box& zone : candidate.zones_px) {
        append_characters(zones.read_zone(grey, with_margin(zone, grey), content), reading);
    }
    const std::size_t wanted = candidate.rule.shape.size();
    if (reading.text.size() > wanted && candidate.raw.size() == wanted) {
        const std::size_t at = best_offset(reading.text, candidate.raw);
        if (reading.characters.size() == reading.text.size()) {
            reading.characters = {
                reading.characters.begin() + static_cast<std::ptrdiff_t>(at),
                reading.characters.begin() + static_cast<std::ptrdiff_t>(at + wanted)};
        }
        reading.text = reading.text.substr(at, wanted);
    }
    return reading;
}

std::optional<Identifier> judged(const Candidate& candidate, const ZoneReading& again) {
    const Reading second = read_as(candidate.rule, again.text);
    Identifier identifier = described(
        candidate, candidate.reading.holds || !second.holds ? candidate.reading : second, again
    );
    if (unchecked(candidate.rule)) {
        if (!candidate.reading.holds) {
            return std::nullopt;
        }
        settle_unchecked(candidate, second, again, identifier);
    } else {
        settle_checked(candidate, second, again, identifier);
    }
    const bool complete =
        identifier.value.size() == candidate.rule.shape.size() || identifier.key_computed;
    return complete ? std::optional(identifier) : std::nullopt;
}

std::optional<Identifier>
verified(const Candidate& candidate, const PageImage& grey, TextReader* zones) {
    if (zones == nullptr) {
        return judged(candidate, ZoneReading{});
    }
    const bool nir = candidate.rule.kind == IdentifierKind::Nir;
    const bool corsican = nir && candidate.raw.size() > 6 &&
                          std::isalpha(static_cast<unsigned char>(candidate.raw[6])) != 0;
    const ZoneContent content = has_letters(candidate.rule.kind) || corsican
                                    ? ZoneContent::DigitsAndCapitals
                                    : ZoneContent::Digits;
    std::optional<Identifier> identifier =
        judged(candidate, read_zones(grey, candidate, content, *zones));
    const bool maybe_corsican = nir && content == ZoneContent::Digits && candidate.raw.size() > 5 &&
                                candidate.raw[5] == '2';
    if (maybe_corsican && (!identifier.has_value() || !identifier->valid)) {
        // Digits only reads 2A as 24 and 2B as 28.
        return judged(
            candidate, read_zones(grey, candidate, ZoneContent::DigitsAndCapitals, *zones)
        );
    }
    return identifier;
}

} // namespace pleiade::ocr
