#pragma once
// Files of examples, one JSON line for each pli.

#include "app/wire/example.h"

#include <cstddef>
#include <filesystem>
#include <functional>
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

/// Of all the files together.
[[nodiscard]] std::size_t bytes_of_files(const std::vector<std::filesystem::path>& files);

} // namespace pleiade::learning
