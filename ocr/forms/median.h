#pragma once
// The value in the middle. Private to ocr/forms.

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace pleiade::ocr {

/// The upper one of two middle values. There must be one value at least.
[[nodiscard]] inline double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// The usual distance from one place to the next; there must be two places at least.
///
/// `place_of` says where one of them is.
template <typename Range, typename Place>
[[nodiscard]] double usual_step(const Range& range, Place place_of) {
    std::vector<double> steps;
    for (std::size_t i = 1; i < range.size(); ++i) {
        steps.push_back(place_of(range[i]) - place_of(range[i - 1]));
    }
    return median(std::move(steps));
}

} // namespace pleiade::ocr
