#pragma once
// What a learned model says of a page, and that put together with what the anchors said.

#include "classify/learning/page_signs.h"
#include "classify/rules/type_rules.h"
#include "classify/type_model.h"

#include <cstddef>
#include <vector>

namespace pleiade::classify {

/// Of one type: what is added up by the shares of Mixing.
struct TypeOdds {
    double rules = 0.0;
    double words = 0.0;
};

/// Of "nothing known".
struct UnknownOdds {
    double unfamiliar = 0.0;
    double wordless = 0.0;
};

/// What the anchors said, as it goes into the mixing: bounded, because more than a title and a
/// number prove no more.
[[nodiscard]] double bounded_rules(double log_odds);

/// By type of the model: the sum of its weights over the signs of the page.
[[nodiscard]] std::vector<double> weighed_words(const TypeModel& model, const SignValues& values);

/// The guess of the rules, weighed again with the model: type, confidence and why. A page known by
/// what is no text (blank, separator) stays what it is.
void weigh_with_model(
    PageGuess& guess,
    const PageReading& page,
    const Layout& layout,
    const TypeModel& model,
    int page_index
);

} // namespace pleiade::classify
