#pragma once
// Separator sheets to be printed and put between papers at preparation.

#include "core/drawing.h"
#include "core/separator.h"

#include <string>

namespace pleiade::capture {

enum class PatchBars {
    None,
    PatchT, ///< For scanners that detect patch codes; only on pli separators.
};

/// An A4 sheet with the separator's code as Code 128 and as QR code, and French words for hands.
/// @param caisse_name printed on a lot header: "CPAM des Alpes-Maritimes"; may be empty.
/// @throws Error(FixInput) as to_code().
[[nodiscard]] Drawing separator_sheet(
    const Separator& separator,
    const std::string& caisse_name,
    PatchBars patch_bars = PatchBars::None
);

} // namespace pleiade::capture
