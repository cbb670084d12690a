#pragma once
// Where examples come from: files, one JSON line for each pli, and what people have corrected.

#include "app/wire/example.h"
#include "store/truth.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace pleiade::learning {

struct ExamplesRead {
    std::size_t plis = 0;
    std::size_t bytes = 0; ///< Of the lines so far.
};

/// Calls `take` for each example of the files, in their order. A line at a time: the files may be
/// larger than memory.
/// @throws Error(FixInput) "file:line: what" for a line that is none, or without a single one.
void read_examples(
    const std::vector<std::filesystem::path>& files,
    const std::function<void(const wire::Example&, const ExamplesRead&)>& take
);

/// Calls what it is given for each example, in an order that is always the same, with the share
/// of all that is read by then, 0 to 1.
using Examples = std::function<void(const std::function<void(const wire::Example&, double)>&)>;

/// @throws Error(FixInput) when read, as read_examples().
[[nodiscard]] Examples examples_in(const std::vector<std::filesystem::path>& files);

/// What is in effect of what people said, pli by pli, with the readings that are stored.
/// @param truth Must outlive the examples.
/// @param caisse Empty = all.
/// @throws Error(FixInput) when read, when nobody has said anything.
[[nodiscard]] Examples examples_known(store::Truth& truth, const std::string& caisse);

/// One after the other.
[[nodiscard]] Examples all_of(const std::vector<Examples>& sources);

} // namespace pleiade::learning
