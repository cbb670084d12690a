#pragma once
// The control characters that stand between the parts of a 2D-Doc.

namespace pleiade::ocr {

inline constexpr char group_separator = '\x1D';  ///< GS: a value of variable length ends.
inline constexpr char record_separator = '\x1E'; ///< RS: so it does, and it was cut short.
inline constexpr char unit_separator = '\x1F';   ///< US: the signed part ends.

} // namespace pleiade::ocr
