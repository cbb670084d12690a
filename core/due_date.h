#pragma once
// By when a document must be dealt with: deadlines in calendar days and in clear days (jours
// francs), and the days on which French offices are closed.

#include "core/caisse.h"

#include <chrono>

namespace pleiade {

/// Easter Sunday of a Gregorian year.
///
/// Source: the anonymous computus, Nature 13 (1876) p. 487; Meeus, Astronomical Algorithms, ch. 8.
[[nodiscard]] std::chrono::sys_days easter_sunday(std::chrono::year year);

/// Whether the day is one of the eleven legal holidays. Source: Code du travail L3133-1. The local
/// ones of Alsace-Moselle and overseas are not among them.
[[nodiscard]] bool is_french_holiday(std::chrono::sys_days day);

/// The last day on which something received on `received` is in time.
///
/// Clear days count neither the day of receipt nor the day of the end, and an end on a Saturday,
/// Sunday or legal holiday moves to the next working day (Code de procédure civile 641, 642).
/// Calendar days are the caisse's own promise and are counted plainly.
[[nodiscard]] std::chrono::sys_days due_on(std::chrono::sys_days received, const Route& route);

} // namespace pleiade
