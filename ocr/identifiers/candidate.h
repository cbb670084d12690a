#pragma once
// Places in the words of a page where an identifier may stand, the likely ones chosen.

#include "ocr/identifiers/label.h"
#include "ocr/identifiers/rule.h"
#include "ocr/identifiers/token.h"

#include <string>
#include <vector>

namespace pleiade::ocr {

struct Candidate {
    Rule rule;
    std::string raw; ///< As read, separators dropped, case kept.
    Reading reading;
    std::size_t first_token = 0;
    std::size_t last_token = 0; ///< Inclusive.
    std::vector<Box> zones_px;  ///< One per line it stands on.
    double confidence = 0.0;    ///< The least of its words.
    bool labelled = false;
    bool grouped = false; ///< Set in the usual groups, three at least.
};

/// Candidates that share no token, best first.
[[nodiscard]] std::vector<Candidate>
candidates_of(const std::vector<Token>& tokens, const std::vector<Label>& labels);

} // namespace pleiade::ocr
