// The short form of blank_sides_test.cpp: one painted sheet of every kind.

#include "tests/support/sheet_judge.h"

#include <gtest/gtest.h>

namespace pleiade::image {
namespace {

TEST(BlankSides, OneOfEveryKindIsJudgedRight) {
    for (std::size_t kind = 0; kind < test::kinds_of_sheets(); ++kind) {
        const test::PaintedSheet painted = test::painted_sheet(kind, 1);
        EXPECT_EQ(test::called_blank(painted), !painted.written) << painted.kind;
    }
}

} // namespace
} // namespace pleiade::image
