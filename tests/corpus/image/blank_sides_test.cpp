// Blank sides none missed, none wrong: painted backs of every kind, against the budget. All 500 of
// them with PLEIADE_EVERY_SIDE=1 (tools/proof blank-sides), else two of each kind.

#include "tests/support/sheet_judge.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace pleiade::image {
namespace {

struct Budget {
    unsigned images = 0;
    unsigned must_read = 0;
    unsigned may_misread = 0;
};

Budget budget_of(const std::string& family) {
    std::ifstream lines(PLEIADE_SOURCE_DIR "/tests/corpus/budgets.csv");
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(family + ",")) {
            for (char& letter : line) {
                letter = letter == ',' ? ' ' : letter;
            }
            std::istringstream fields(line);
            std::string word;
            Budget budget;
            fields >> word >> word >> budget.images >> budget.must_read >> budget.may_misread;
            return budget;
        }
    }
    throw std::runtime_error("there is no budget for " + family);
}

TEST(BlankSides, AreToldFromWrittenOnes) {
    const bool all = std::getenv("PLEIADE_EVERY_SIDE") != nullptr;
    const Budget budget = budget_of(all ? "blank-sides-1" : "blank-sides-2");
    const auto kinds = static_cast<unsigned>(test::kinds_of_sheets());
    unsigned right = 0;
    unsigned lost = 0; // written, called blank: the fault that must not be
    for (unsigned i = 0; i < budget.images; ++i) {
        const test::PaintedSheet painted = test::painted_sheet(i % kinds, 100 + i / kinds);
        const bool blank = test::called_blank(painted);
        right += blank != painted.written ? 1 : 0;
        lost += blank && painted.written ? 1 : 0;
        if (blank == painted.written) {
            std::cout << painted.kind << ", seed " << 100 + i / kinds << ": called "
                      << (blank ? "blank" : "written") << '\n';
        }
    }
    std::cout << budget.images << " sides: " << right << " right, " << lost << " lost\n";
    EXPECT_GE(right, budget.must_read);
    EXPECT_LE(lost, budget.may_misread);
}

} // namespace
} // namespace pleiade::image
