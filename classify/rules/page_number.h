#pragma once
// Which page of how many a page says it is, in its margins: "2/3", "page 2 sur 3", "P.02/02", "2".

#include "classify/rules/layout.h"

namespace pleiade::classify {

struct PageNumber {
    int number = 0;    ///< 0: it says nothing.
    int of = 0;        ///< 0: it does not say of how many.
    bool bare = false; ///< A number alone on its line: it may stand for something else.

    [[nodiscard]] bool opens() const { return number == 1 && of > 0; }
    [[nodiscard]] bool last() const { return of > 0 && number == of; }
    [[nodiscard]] bool more_follow() const { return of > number; }
};

/// A heuristic. It fails where a fraction of something else stands in the margin.
[[nodiscard]] PageNumber find_page_number(const Layout& layout);

} // namespace pleiade::classify
