#include "ocr/forms/row_reader.h"

#include "ocr/forms/cell_verdict.h"
#include "ocr/identifier_checks.h"

#include <algorithm>
#include <array>

namespace pleiade::ocr {
namespace {

constexpr double sure_character = 0.9; // chosen: asked of every digit where no key verifies

// measured: 165 typed rows of the sample lots, each read in ten ways: rows exact 156 and 156, 154,
// 146, 150 of 165; the errors are at different rows, so that later ones mend earlier ones. Wider
// gaps without groups read 131 to 139.
constexpr auto settings = std::to_array<CombSetting>({
    {.gap = 0.2, .group = 3, .blank = 0.6},
    {.gap = 0.3, .group = 4, .blank = 0.9},
    {.gap = 0.2, .group = 5, .blank = 0.7},
    {.gap = 0.25},
    {.gap = 0.2, .group = 2, .blank = 0.6},
});
constexpr std::size_t most_date_readings = 3; // chosen: a form has many dates, 15 ms a reading

/// The value that the rule and the readings accept so far.
std::optional<std::string> accepted(const Rule& rule, const RowReader& reader) {
    const CombVotes& votes = reader.votes();
    const std::string text = votes.text();
    const Proof proof = proof_of(rule);
    bool enough = votes.supports(text) && reader.done() >= (proof == Proof::Strong ? 1 : 2);
    if (proof == Proof::None) {
        enough =
            votes.knows(text) && votes.unanimous() && votes.least_confidence() >= sure_character;
    }
    return enough && rule.check(text) ? std::optional(text) : std::nullopt;
}

/// When the majority fails: the one reading that satisfies a strong check and that others confirm
/// character by character.
std::optional<std::string> outvoted(const Rule& rule, const RowReader& reader) {
    std::optional<std::string> found;
    if (proof_of(rule) != Proof::Strong) {
        return found;
    }
    for (const std::string& text : reader.texts()) {
        if (rule.check(text) && reader.votes().knows(text)) {
            if (found.has_value() && *found != text) {
                return std::nullopt;
            }
            found = text;
        }
    }
    return found;
}

} // namespace

bool RowReader::more() const {
    return texts_.size() < settings.size();
}

void RowReader::read_once_more() {
    CombCharacters read = cells_read_with(settings[done()], content_);
    if (letter_.has_value()) {
        read[letter_cell_] = *letter_;
    }
    votes_.add(read);
    std::string text;
    for (const Character& character : read) {
        text += character.text.size() == 1 ? character.text : "?";
    }
    texts_.push_back(text);
}

void RowReader::ask_for_letter(std::size_t cell) {
    std::vector<Character> letters;
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
        CombCharacters read = cells_read_with(settings[i], ZoneContent::DigitsAndCapitals);
        if (read[cell].text == "A" || read[cell].text == "B") {
            letters.push_back(read[cell]);
        }
        for (Character& character : read) {
            character.text = all_digits(character.text) ? character.text : "?";
        }
        votes_.add(read);
    }
    if (letters.size() != 2 || letters[0].text != letters[1].text) {
        return;
    }
    letter_ = letters[0];
    letter_cell_ = cell;
    votes_.forget(cell);
    votes_.add_to(cell, letters[0]);
    votes_.add_to(cell, letters[1]);
    for (std::string& text : texts_) {
        text[cell] = letters[0].text[0];
    }
}

CombCharacters RowReader::cells_read_with(CombSetting setting, ZoneContent content) {
    setting.content = content;
    const CombCharacters all = read_comb(ink_, setting, zones_);
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(span_.first);
    return {first, first + static_cast<std::ptrdiff_t>(span_.count)};
}

std::optional<std::string> settled(const Rule& rule, RowReader& reader) {
    constexpr std::size_t department_letter = 6; // spec: 2A and 2B are characters 6 and 7
    constexpr std::size_t least_before_asking = 2;
    bool asked = rule.kind != IdentifierKind::Nir;
    while (reader.more()) {
        reader.read_once_more();
        const bool strong = proof_of(rule) == Proof::Strong;
        if (strong || asked) {
            if (auto value = accepted(rule, reader)) {
                return value;
            }
        }
        if (!asked && reader.done() >= least_before_asking) {
            asked = true;
            if (reader.votes().text()[department_letter - 1] == '2') {
                reader.ask_for_letter(department_letter);
            }
            if (auto value = accepted(rule, reader)) {
                return value;
            }
        }
        if (rule.kind == IdentifierKind::Date && reader.done() >= most_date_readings) {
            break;
        }
    }
    return outvoted(rule, reader);
}

} // namespace pleiade::ocr
