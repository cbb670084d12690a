#pragma once
// Which signs are worth a weight: those that go with a type. It keeps the model small and what one
// page happens to say out of it.

#include "classify/learning/page_signs.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pleiade::classify {

/// The `most` signs that say most about one type or another, rising; always_there among them.
/// Source: correlation of two yes-or-no values (phi), the largest over all types.
/// @param types By page: below `type_count`, or larger for none.
[[nodiscard]] std::vector<std::uint32_t> choose_features(
    const std::vector<const SignValues*>& pages,
    const std::vector<std::size_t>& types,
    std::size_t type_count,
    std::size_t most
);

} // namespace pleiade::classify
