#pragma once
// The document type codes that the rules themselves speak of: those known by the shape of a page
// and not by its words. All others are data.

namespace pleiade::classify::codes {

inline constexpr const char* unknown = "INCONNU";
inline constexpr const char* blank = "BLANC";
inline constexpr const char* separator = "SEPARATEUR";
inline constexpr const char* envelope = "ENVELOPPE";
inline constexpr const char* letter = "LIBRE";
inline constexpr const char* misdirected = "HORS";

} // namespace pleiade::classify::codes
