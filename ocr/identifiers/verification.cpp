#include "ocr/identifiers/verification.h"

#include "ocr/identifier_checks.h"
#include "ocr/identifiers/preparation.h"
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

// measured: tools/proof nirs. Asked of every character where no key verifies, of four readings
// alike
constexpr double sure_character = 0.6;
// chosen: what one reading alone gives must be what the others give but for one character. Two
// wrong characters pass a key once in 97, and who reads two of them wrong reads neither next time
constexpr std::size_t most_differences = 1;

bool has_letters(IdentifierKind kind) {
    return kind == IdentifierKind::Iban || kind == IdentifierKind::S10 ||
           kind == IdentifierKind::LaPoste || kind == IdentifierKind::ProvisionalNir;
}

/// No check digit at all: thirteen characters of a NIR, a matricule, who insures somebody.
bool unchecked(const Rule& rule) {
    return rule.kind == IdentifierKind::ProvisionalNir ||
           rule.kind == IdentifierKind::OrganismCode ||
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

Box with_margin(const Box& box, Look look, const PageImage& grey, bool alone) {
    if (!alone) {
        constexpr int sliver_px = 2; // the other line of the number stands just above or below
        return intersection(
            {box.x0 - box.height() / 4,
             box.y0 - sliver_px,
             box.x1 + box.height() / 4,
             box.y1 + sliver_px},
            {0, 0, grey.width_px, grey.height_px}
        );
    }
    // chosen: never as far as the next letter; wide: half as much again above and below
    const int margin_px = std::max(box.height() / 4, 2);
    if (look == Look::Wide) {
        const int more_px = std::max(box.height() * 2 / 5, 3);
        return intersection(
            {box.x0 - margin_px, box.y0 - more_px, box.x1 + margin_px, box.y1 + more_px},
            {0, 0, grey.width_px, grey.height_px}
        );
    }
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

/// Corsican departments are read as these with every confidence: 2A as 24, 2B as 28. And of a
/// number that is split over lines without its key a piece may be lost, and nobody knows.
bool is_doubtful_unchecked(const Candidate& candidate) {
    constexpr std::size_t department = 5;
    const std::string there = candidate.reading.value.substr(department, 2);
    return candidate.rule.kind == IdentifierKind::Nir &&
           (there == "24" || there == "28" || candidate.zones_px.size() > 1);
}

/// Numbers that nothing verifies: sure only when read alike every time, every character sure.
void settle_unchecked(
    const Candidate& candidate, const std::vector<ZoneReading>& again, Identifier& identifier
) {
    bool sure = !candidate.reading.repaired && candidate.confidence >= sure_character &&
                !again.empty() && !is_doubtful_unchecked(candidate);
    for (const ZoneReading& reading : again) {
        const Reading other = read_as(candidate.rule, reading.text);
        sure = sure && other.holds && !other.repaired && other.value == candidate.reading.value &&
               reading.confidence >= sure_character &&
               std::ranges::all_of(reading.characters, [](const Character& c) {
                   return c.confidence >= sure_character;
               });
    }
    identifier.valid = sure;
    identifier.confidence = sure ? no_check_but_sure : no_check;
    if (identifier.kind == IdentifierKind::Nir) {
        identifier.value += nir_key_text(identifier.value);
        identifier.key_computed = true;
    }
}

/// What all readings of a number that has a check say together.
struct Tally {
    std::optional<Reading> reading; ///< The value that holds; nothing when none does.
    int as_read = 0;                ///< How many gave it as it stands ...
    int repaired = 0;               ///< ... and after a repair.
    bool disputed = false;          ///< Another value holds too.
    int others = 0;                 ///< Readings that hold no value,
    std::size_t differences = 0;    ///< and how far they are from the one that holds, at most.

    [[nodiscard]] int supporters() const { return as_read + repaired; }
};

Tally tally_of(const Candidate& candidate, const std::vector<ZoneReading>& again) {
    Tally tally;
    std::vector<std::string> others;
    const auto count = [&](const Reading& reading, const std::string& raw) {
        if (!reading.holds) {
            others.push_back(raw);
            return;
        }
        if (!tally.reading.has_value()) {
            tally.reading = reading;
        }
        tally.disputed = tally.disputed || tally.reading->value != reading.value;
        (reading.repaired ? tally.repaired : tally.as_read) += 1;
    };
    count(candidate.reading, candidate.raw);
    for (const ZoneReading& reading : again) {
        if (!reading.text.empty()) {
            count(read_as(candidate.rule, reading.text), reading.text);
        }
    }
    tally.others = static_cast<int>(others.size());
    for (const std::string& raw : others) {
        if (tally.reading.has_value()) {
            tally.differences =
                std::max(tally.differences, edit_distance(raw, tally.reading->value));
        }
    }
    return tally;
}

/// Without label and grouping a number that passes one key in 97 by chance must be read twice.
bool needs_both(const Candidate& candidate) {
    return candidate.rule.kind == IdentifierKind::Nir && !candidate.labelled && !candidate.grouped;
}

/// What only one reading gives is believed when the others nearly say it; a repair never without
/// another reading.
bool alone_is_enough(const Candidate& candidate, const Tally& tally) {
    return !needs_both(candidate) && tally.differences <= most_differences &&
           (tally.others > 0 || tally.repaired == 0);
}

/// Numbers that begin otherwise than with 1 or 2 are rare, those that lost their first digit are
/// not: every reading must give one as it stands.
bool is_rare(const Candidate& candidate, const Tally& tally) {
    return candidate.rule.kind == IdentifierKind::Nir && tally.reading->value[0] != '1' &&
           tally.reading->value[0] != '2' &&
           (tally.repaired > 0 || tally.others > 0 || tally.as_read < 2);
}

void settle_checked(const Candidate& candidate, const Tally& tally, Identifier& identifier) {
    if (!tally.reading.has_value()) {
        identifier.confidence = check_fails;
    } else if (tally.disputed || is_rare(candidate, tally)) {
        identifier.confidence = readings_differ;
    } else if (tally.supporters() > 1 && (tally.as_read > 0 || tally.differences <= most_differences)) {
        identifier.valid = true;
        identifier.confidence = tally.repaired > 0 ? agree_after_repair : both_agree;
    } else {
        identifier.valid = alone_is_enough(candidate, tally);
        identifier.confidence =
            identifier.valid ? (tally.repaired > 0 ? repaired_alone : one_holds) : readings_differ;
    }
    if (identifier.kind == IdentifierKind::Rpps || identifier.kind == IdentifierKind::LaPoste ||
        identifier.kind == IdentifierKind::Siren || identifier.kind == IdentifierKind::Finess ||
        identifier.kind == IdentifierKind::Adeli) {
        identifier.confidence *= soft_check_factor;
    }
    if (!candidate.labelled) {
        identifier.confidence *= unlabelled_factor;
    }
}

/// Do the words and the first further reading leave nothing to ask?
bool is_settled(const Candidate& candidate, const ZoneReading& again) {
    const Reading second = read_as(candidate.rule, again.text);
    return candidate.reading.holds && second.holds && candidate.reading.value == second.value &&
           !candidate.reading.repaired && !second.repaired && !unchecked(candidate.rule);
}

/// Is there a number at all, so that another look may help?
bool is_worth_looking(const Candidate& candidate, const ZoneReading& again) {
    return candidate.reading.holds || read_as(candidate.rule, again.text).holds ||
           candidate.labelled || candidate.grouped;
}

/// All further readings of a number with one content.
std::vector<ZoneReading> readings_of(
    const PageImage& grey, const Candidate& candidate, ZoneContent content, TextReader& zones
) {
    std::vector<ZoneReading> readings{read_zones(grey, candidate, {content, Look::Plain}, zones)};
    if (!is_settled(candidate, readings.front()) && is_worth_looking(candidate, readings.front())) {
        for (const Look look : {Look::Softened, Look::Wide}) {
            readings.push_back(read_zones(grey, candidate, {content, look}, zones));
        }
    }
    return readings;
}

} // namespace

ZoneReading read_zones(
    const PageImage& grey, const Candidate& candidate, ZoneQuestion question, TextReader& zones
) {
    ZoneReading reading;
    reading.confidence = 1.0;
    for (const Box& zone : candidate.zones_px) {
        const Box part = with_margin(zone, question.look, grey, candidate.zones_px.size() == 1);
        if (question.look == Look::Softened) {
            const PageImage soft = softened(grey, part);
            const Box whole{0, 0, soft.width_px, soft.height_px};
            append_characters(zones.read_zone(soft, whole, question.content), reading);
        } else {
            append_characters(zones.read_zone(grey, part, question.content), reading);
        }
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

std::optional<Identifier>
judged(const Candidate& candidate, const std::vector<ZoneReading>& again) {
    const Tally tally = tally_of(candidate, again);
    const ZoneReading first = again.empty() ? ZoneReading{} : again.front();
    Identifier identifier = described(candidate, tally.reading.value_or(candidate.reading), first);
    if (unchecked(candidate.rule)) {
        if (!candidate.reading.holds) {
            return std::nullopt;
        }
        identifier = described(candidate, candidate.reading, first);
        settle_unchecked(candidate, again, identifier);
    } else {
        settle_checked(candidate, tally, identifier);
    }
    const bool complete =
        identifier.value.size() == candidate.rule.shape.size() || identifier.key_computed;
    return complete ? std::optional(identifier) : std::nullopt;
}

std::optional<Identifier>
verified(const Candidate& candidate, const PageImage& grey, TextReader* zones) {
    if (zones == nullptr) {
        return judged(candidate, {});
    }
    const bool nir = candidate.rule.kind == IdentifierKind::Nir;
    const bool corsican = nir && candidate.raw.size() > 6 &&
                          std::isalpha(static_cast<unsigned char>(candidate.raw[6])) != 0;
    const ZoneContent content = has_letters(candidate.rule.kind) || corsican
                                    ? ZoneContent::DigitsAndCapitals
                                    : ZoneContent::Digits;
    std::vector<ZoneReading> readings = readings_of(grey, candidate, content, *zones);
    std::optional<Identifier> identifier = judged(candidate, readings);
    const bool maybe_corsican = nir && content == ZoneContent::Digits && candidate.raw.size() > 5 &&
                                candidate.raw[5] == '2';
    if (maybe_corsican && (!identifier.has_value() || !identifier->valid)) {
        // Digits only reads 2A as 24 and 2B as 28.
        return judged(
            candidate, readings_of(grey, candidate, ZoneContent::DigitsAndCapitals, *zones)
        );
    }
    if (maybe_corsican && unchecked(candidate.rule)) {
        // Without a key only a reading that may say 2B tells it from 28.
        readings.push_back(
            read_zones(grey, candidate, {ZoneContent::DigitsAndCapitals, Look::Plain}, *zones)
        );
        return judged(candidate, readings);
    }
    return identifier;
}

} // namespace pleiade::ocr
