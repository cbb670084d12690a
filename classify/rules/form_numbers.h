#pragma once
// Cerfa numbers ("N° 10170*07") and form numbers of the Assurance Maladie ("S 3704 b") on a page.
// Source: docs/domain.md 1 and 5: a form's own number has a star and stands in a corner, a notice's
// has "#", and texts quote the numbers of other forms.

#include "classify/rules/layout.h"

#include <set>
#include <string>
#include <vector>

namespace pleiade::classify {

struct FormNumber {
    std::string number;  ///< "10170" or "S3704".
    double share = 0.0;  ///< How much it speaks for the page being that form, 0 to 1.
    bool notice = false; ///< Printed with "#", or in the range of notices.
    bool corner = false; ///< Where a form prints its own number.
    Box box_px;
};

/// @param known Numbers to look for; an S-number begins with S. Notices are found beside them.
[[nodiscard]] std::vector<FormNumber>
find_form_numbers(const Layout& layout, const std::set<std::string>& known);

} // namespace pleiade::classify
