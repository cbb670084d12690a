#include "app/cli/commands/words.h"

#include <gtest/gtest.h>

namespace pleiade::cli {
namespace {

TEST(Shown, LeavesLettersOfAnyLanguageAsTheyAre) {
    EXPECT_EQ(shown("Arrivée du matin, été.pdf"), "Arrivée du matin, été.pdf");
}

TEST(Shown, LetsNoNameBeginALineOrMoveTheCursor) {
    EXPECT_EQ(shown("a\nnothing is unexplained"), "a\\nnothing is unexplained");
    EXPECT_EQ(shown("\x1b[2Jb\r"), "\\x1B[2Jb\\x0D");
    EXPECT_EQ(
        shown("c\xC2\x9B"
              "d"),
        "c\\x9Bd"
    );
}

TEST(Counted, KnowsOneFromMany) {
    EXPECT_EQ(counted(0, "file"), "0 files");
    EXPECT_EQ(counted(1, "file"), "1 file");
    EXPECT_EQ(counted(2, "file"), "2 files");
}

} // namespace
} // namespace pleiade::cli
