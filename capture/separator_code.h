#pragma once
// What a separator sheet's barcode says: "PLEIADE1;LOT;061;label;4F". Why so: docs/adr/0022.

#include "core/mark.h"
#include "core/separator.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::capture {

/// Longest label, in characters of the code (everything but A-Z a-z 0-9 - . _ and blank takes
/// three for each of its UTF-8 bytes).
inline constexpr std::size_t longest_label = 30; // chosen: Code 128 fits A4 with bars of 0.3 mm

/// Version, kind, for a lot header caisse and label, and two check characters.
/// @throws Error(FixInput) when the label is too long or the caisse is not three digits or empty.
[[nodiscard]] std::string to_code(const Separator& separator);

/// Nothing for anything that to_code() does not write: a foreign barcode never splits a lot.
[[nodiscard]] std::optional<Separator> parse_separator(const std::string& text);

/// The separator that the marks of one page make it, if any.
///
/// Only QR codes, Code 128 and Patch T count; Patch T is a pli separator. When several are on the
/// page, ours come before Patch T, and the stronger cut wins (lot, pli, document): two people's
/// mail in one pli is worse than one pli cut in two.
[[nodiscard]] std::optional<Separator> separator_on(const std::vector<Mark>& marks);

} // namespace pleiade::capture
