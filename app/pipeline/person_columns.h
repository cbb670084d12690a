#pragma once
// Which column of a list or table of insured people is what, by the names people give them.

#include "core/facts.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::pipeline {

struct PersonColumns {
    static constexpr std::size_t missing = static_cast<std::size_t>(-1);

    std::size_t nir = missing;
    std::size_t family_name = missing;
    std::size_t birth_name = missing;
    std::size_t first_names = missing;
    std::size_t birth_date = missing;
    std::size_t caisse = missing;
    std::size_t iban = missing;
};

/// By their names, in French or English; capitals, accents and punctuation do not matter.
/// @throws Error(FixConfiguration) when none is the NIR or a name, or two are the same.
[[nodiscard]] PersonColumns person_columns(const std::vector<std::string>& headings);

/// Without a NIR. Columns that are missing, and cells behind the last one, are empty.
[[nodiscard]] InsuredPerson
person_of(const std::vector<std::string>& cells, const PersonColumns& columns);

/// A person of another caisse stops mail: a code that is none would stop all of it.
/// @param where Put before the complaint: "line 12: ". @throws Error(FixConfiguration)
void check_caisse(std::string_view code, std::string_view where);

/// @throws Error(FixConfiguration), saying that it is about the referential.
[[noreturn]] void refuse_referential(const std::string& what);

} // namespace pleiade::pipeline
