#pragma once
// Whose mail a pli is: the lot's caisse when it has one, else the addressee's block, else a person.
// None to a wrong caisse is the rule: whatever speaks for two caisses speaks for a person.

#include "classify/rules/layout.h"
#include "classify/rules/type_rules.h"
#include "core/caisse.h"
#include "core/decision.h"

#include <string>
#include <vector>

namespace pleiade::classify {

struct CaisseAnswer {
    CaisseGuess guess;               ///< "000" when no caisse is sure.
    std::vector<std::string> doubts; ///< In French; empty when nobody need look.
};

/// @param layouts One per page, in order.
/// @param guesses One per page: envelopes are read differently from sheets.
[[nodiscard]] CaisseAnswer decide_caisse(
    const std::string& lot_caisse,
    const std::vector<Layout>& layouts,
    const std::vector<PageGuess>& guesses,
    const std::vector<Caisse>& caisses
);

} // namespace pleiade::classify
