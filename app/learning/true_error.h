#pragma once
// How often the machine is wrong where it asked nobody: its decisions beside what people keyed
// who did not know them.

#include "app/learning/curve.h"
#include "store/truth.h"

#include <cstddef>
#include <map>
#include <string>

namespace pleiade::learning {

/// Of documents that went without a person.
struct ErrorCount {
    std::size_t automatic = 0; ///< All of them.
    std::size_t chosen = 0;    ///< As samples.
    std::size_t keyed = 0;     ///< Of the chosen; only these are judged.
    std::size_t wrong_type = 0;
    std::size_t wrong_pages = 0;  ///< Where the pages were keyed too.
    std::size_t wrong_fields = 0; ///< A value that was keyed is another one, or not there.
    std::size_t wrong = 0;        ///< In any of these ways.

    [[nodiscard]] double error() const;
    [[nodiscard]] ShareInterval interval() const; ///< Of the error.
};

struct ErrorReport {
    std::map<std::string, ErrorCount> types; ///< As the machine decided.
    ErrorCount all;
};

[[nodiscard]] ErrorReport true_error(const store::KeyedSamples& keyed);

/// Whether two people would call it the same: capitals, blanks, punctuation, the way a day or an
/// amount is written and the key of a NIR do not count. Accents do.
[[nodiscard]] bool same_value(const std::string& one, const std::string& other);

} // namespace pleiade::learning
