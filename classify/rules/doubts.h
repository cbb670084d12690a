#pragma once
// Why a person must see a pli before it goes on, by what its own pages say: what is not sure, does
// not fit together, or may be somebody else's. What earlier mail says is in guards.h.

#include "classify/rules/layout.h"
#include "classify/rules/type_rules.h"
#include "classify/understand.h"

#include <string>
#include <vector>

namespace pleiade::classify {

/// Does this value of the field send its document to the desk of the route?
[[nodiscard]] bool decides(const Field& field, const FieldRoute& route);

/// Does little speak for this page where it lies in a document of type `code`?
[[nodiscard]] bool is_doubtful(const PageGuess& guess, const std::string& code);

struct Doubted {
    const ReadPli& pli;
    const std::vector<Layout>& layouts;
    const std::vector<PageGuess>& guesses; ///< Of each page.
    const ClassifySettings& settings;
    const Caisse* caisse; ///< Null while nobody knows it.
};

/// Adds the reasons to a decision whose documents are typed and routed.
void doubt(const Doubted& doubted, Decision& decision);

} // namespace pleiade::classify
