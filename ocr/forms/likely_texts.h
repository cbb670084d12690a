#pragma once
// What a row of cells most probably says, when the single characters are only more or less likely.

#include "ocr/cell_reader.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::ocr {

struct LikelyText {
    std::string text;
    double likelihood = 0.0; ///< Product of the odds of its characters, 0 to 1.
};

/// The texts that fit the shape (letters as in Rule::shape; d and c only), the likeliest first.
/// @param cells as many as the shape has letters.
/// @param most at most so many.
[[nodiscard]] std::vector<LikelyText>
likely_texts(const std::vector<CellOdds>& cells, std::string_view shape, std::size_t most);

} // namespace pleiade::ocr
