#pragma once
// What must not go out by itself although its type is sure: mail that came before, of two people,
// with another account, for the doctors of the fund. Each guard gives its reason in French.

#include "classify/rules/layout.h"
#include "classify/rules/type_rules.h"
#include "classify/understand.h"

#include <vector>

namespace pleiade::classify {

/// All that the guards look at; values of the caller, that outlive the call.
struct GuardedPli {
    const ReadPli& pli;
    const std::vector<Layout>& layouts;
    const std::vector<PageGuess>& guesses;
    const ClassifySettings& settings;
    const Facts& facts;
};

/// Adds reasons to verify, and notes for the back office. A scan-only caisse judges people,
/// accounts and forms by itself: for it those reasons are notes. That a document came before, or
/// that it is for the doctors of the fund, stops it there too.
/// @param decision Complete but for this, its documents with their keys (rules/keys.h).
void guard(Decision& decision, const GuardedPli& pli);

} // namespace pleiade::classify
