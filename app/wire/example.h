#pragma once
// A pli whose documents people know, with what was read of its pages: one line of a file of
// examples, which `pleiade learn` teaches with and judges by.

#include "core/caisse.h"
#include "core/page_reading.h"

#include <string>
#include <string_view>
#include <vector>

namespace pleiade::wire {

struct ExampleDocument {
    std::string type;
    std::vector<int> page_indexes; ///< 0-based within the pli, in order; never empty.
};

struct Example {
    std::string pli;   ///< Its name.
    std::string group; ///< What was made alike ("layout" in the line), or else the name of the pli.
    std::string caisse = unknown_caisse;
    std::vector<PageReading> pages;
    std::vector<ExampleDocument> documents;
};

/// @throws Error(FixInput) when the line is no example, or speaks of pages that are not there.
[[nodiscard]] Example example_from(std::string_view line);

} // namespace pleiade::wire
