#pragma once
// Whether a page that nothing names goes on with the document before it, by what a person looks at:
// numbers of pages, what both speak of, what first pages begin with and last ones end with.
//
// For pages whose type is known see boundaries.h.

#include "classify/rules/layout.h"
#include "classify/rules/type_rules.h"
#include "core/decision.h"
#include "core/page_reading.h"

#include <array>
#include <string>
#include <vector>

namespace pleiade::classify {

/// A page, and the document that it was joined to.
struct JoinedPage {
    const std::vector<PageReading>& pages; ///< Of the pli; so are the next two.
    const std::vector<Layout>& layouts;
    const std::vector<PageGuess>& guesses;
    const std::string& code;        ///< Type of the document.
    const std::vector<int>& before; ///< Its pages before this one, rising, at least one.
    int page_index = 0;
};

/// One look at the page; how much it counts was learned (docs/adr/0025).
struct ContinuationSign {
    const char* name = ""; ///< As learned.
    const char* what = ""; ///< For people, where it speaks for going on; empty where it cannot.
    double value = 0.0;
    double weight = 0.0; ///< Log-odds for a value of 1.
};

inline constexpr std::size_t continuation_sign_count = 14;
using ContinuationSigns = std::array<ContinuationSign, continuation_sign_count>;

[[nodiscard]] ContinuationSigns continuation_signs(const JoinedPage& joined);

/// Of going on: 0 to 1.
[[nodiscard]] double continuation_chance(const ContinuationSigns& signs);

/// What nothing outweighs: it says that it is the first page, or is of another size.
[[nodiscard]] bool opens_something(const JoinedPage& joined);

/// What no chance outweighs: it belongs to somebody or to something else, or hardly says anything.
[[nodiscard]] bool stands_for_itself(const JoinedPage& joined);

/// What spoke for going on most, strongest first.
[[nodiscard]] std::vector<Evidence>
continuation_why(const ContinuationSigns& signs, int page_index);

} // namespace pleiade::classify
