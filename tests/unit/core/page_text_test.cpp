#include "core/page_text.h"

#include <gtest/gtest.h>

namespace pleiade {
namespace {

TEST(PageText, PlainSeparatesWordsLinesAndBlocks) {
    PageText text;
    text.lines = {
        TextLine{.block_index = 0}, TextLine{.block_index = 0}, TextLine{.block_index = 1}};
    for (const auto& [word, line] :
         {std::pair{"avis", 0}, {"d'arrêt", 0}, {"de", 1}, {"travail", 2}}) {
        text.words.push_back(Word{.text = word, .line_index = line});
    }
    EXPECT_EQ(text.plain(), "avis d'arrêt\nde\n\ntravail");
}

TEST(PageText, PlainOfNothingIsEmpty) {
    EXPECT_EQ(PageText{}.plain(), "");
}

} // namespace
} // namespace pleiade
