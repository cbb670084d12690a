#include "comb_page_painter.h"
#include "ocr/forms/digit_rows.h"

#include <gtest/gtest.h>

namespace pleiade::ocr {
namespace {

constexpr Box place{300, 500, 2000, 750};

/// Digits under a top line from which ticks hang.
PageImage hanging_ticks(const std::string& digits) {
    test::PagePainter page;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const double x = 40.0 + 5.0 * static_cast<double>(i);
        page.line(x, 48, x + 5, 48, 0.2);
        page.line(x, 48, x, 50, 0.2);
        page.text(x + 1.4, 54.5, "Helvetica", 12, std::string(1, digits[i]));
    }
    return page.scanned({});
}

TEST(DigitRows, TicksThatHangFromALineAreNoDigits) {
    const auto rows = digit_rows(hanging_ticks("184057512345621"), place, {15});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].ink.filled(), 15U);
}

TEST(DigitRows, ThirteenDigitsBesideMoreInkAreNoRow) {
    EXPECT_TRUE(digit_rows(hanging_ticks("18405751234562"), place, {13}).empty());
}

} // namespace
} // namespace pleiade::ocr
