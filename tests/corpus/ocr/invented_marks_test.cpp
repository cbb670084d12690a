// The barcode reader against invented pages, with a budget for each kind. The long form of this is
// tools/proof marks.

#include "ocr/mark_reader.h"
#include "tests/corpus/ocr/budgets.h"
#include "tests/corpus/ocr/mark_counts.h"

#include <gtest/gtest.h>

#include <iostream>
#include <set>

namespace pleiade::ocr {
namespace {

constexpr int first_page = 0;
constexpr int pages_of_a_kind = 13; // every symbology comes twice

TEST(MarkReader, KeepsTheBudgetOfEveryKindOfInventedPage) {
    const auto reader = make_mark_reader();
    for (const test::Budget& budget : test::budgets_of("invented-marks")) {
        const test::MarkCounts counts =
            test::counts_of(budget.family, first_page, pages_of_a_kind, *reader);
        std::cout << budget.family << ": " << counts.read << " of " << counts.symbols << " read, "
                  << counts.misread << " misread\n";
        for (const std::string& line : counts.lines) {
            std::cout << "  " << line << '\n';
        }
        EXPECT_EQ(counts.symbols, budget.images) << budget.family;
        EXPECT_GE(counts.read, budget.must_read) << budget.family;
        EXPECT_LE(counts.misread, budget.may_misread) << budget.family;
    }
}

TEST(MarkReader, HasABudgetForEveryKindOfInventedPage) {
    std::set<std::string> budgeted;
    for (const test::Budget& budget : test::budgets_of("invented-marks")) {
        budgeted.insert(budget.family);
    }
    const auto& kinds = test::invented_kinds();
    EXPECT_EQ(budgeted, std::set<std::string>(kinds.begin(), kinds.end()));
}

} // namespace
} // namespace pleiade::ocr
