#pragma once
// What each kind of identifier looks like, character by character, and its check.

#include "core/identifier.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace pleiade::ocr {

/// Shape letters: d digit, a capital, x digit or capital, c digit or (after a 2) A or B.
struct Rule {
    IdentifierKind kind = IdentifierKind::Nir;
    std::string shape;
    bool (*check)(std::string_view) = nullptr;
};

/// The rules of fixed length, the one worth most first.
[[nodiscard]] const std::vector<Rule>& fixed_rules();

[[nodiscard]] const Rule& nir_rule();      ///< Fifteen characters.
[[nodiscard]] const Rule& nir_body_rule(); ///< Thirteen: structure only, nothing verifies it.

/// The rule of an IBAN that begins with this country; nothing when there is no such IBAN.
[[nodiscard]] std::optional<Rule> iban_rule(std::string_view country);

/// What came out of reading `raw` as the shape says.
struct Reading {
    std::string value; ///< Upper case; as read where no repair was found.
    bool holds = false;
    bool repaired = false;
    std::string repair; ///< "O read at 4, is 0"; positions from 1.
};

/// Takes `raw` as it stands when it fits and satisfies the check; else undoes reading confusions
/// (O/0, I/1, S/5 ...) where a letter stands for a digit or the other way round, and only when
/// exactly one way of doing so satisfies the check. One digit is never changed into another.
[[nodiscard]] Reading read_as(const Rule& rule, std::string_view raw);

/// Sex 1 or 2 and a month from 01 to 12, as with 99 people of 100. @param value Of at least five
/// digits.
[[nodiscard]] bool is_usual_nir(std::string_view value);

} // namespace pleiade::ocr
