#pragma once
// How much the anchors and the learned weights count, so that the shares come out as probabilities.

#include "classify/learning/weighing.h"

#include <optional>
#include <vector>

namespace pleiade::classify {

/// What was found about a page that the weights were not learned from, and what it is.
struct JudgedPage {
    std::vector<TypeOdds> types; ///< Those that were weighed.
    UnknownOdds unknown;
    std::optional<std::size_t> truth; ///< Into `types`; nothing when it is none of them.
    double weight = 1.0;              ///< How often it counts.
};

/// The shares under which the truth was likeliest. Source: conditional logit (McFadden 1974), its
/// logarithm is concave; Newton's method.
[[nodiscard]] Mixing fit_mixing(const std::vector<JudgedPage>& pages);

} // namespace pleiade::classify
