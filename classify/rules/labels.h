#pragma once
// Printed labels on a page, and how near a value stands to one.

#include "classify/rules/layout.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::classify {

/// Where a label stands. Labels differ in little words ("... du", "... jusqu'au"): they are read
/// with half the patience of titles, and as whole words.
[[nodiscard]] std::vector<Match> find_label(const std::string& label, const SearchText& text);

/// The matches of which no longer one of the list holds all: "date" inside "date de naissance" is
/// no label of its own, whosever it is.
struct NamedMatch {
    std::size_t name = 0; ///< The caller's.
    Match match;
};
[[nodiscard]] std::vector<NamedMatch> without_inner(std::vector<NamedMatch> matches);

/// How far a value is from its label in pixels, right of it or below; nothing when it cannot
/// belong to it.
[[nodiscard]] std::optional<double> distance(const Box& label, const Box& value, int page_width_px);

/// The same on papers that put a label behind its value, in brackets or as small print below it.
[[nodiscard]] std::optional<double> distance_before(const Box& label, const Box& value);

/// Does the value stand on the label's row, right of it and within reach?
[[nodiscard]] bool stands_right_of(const Box& label, const Box& value, int page_width_px);

} // namespace pleiade::classify
