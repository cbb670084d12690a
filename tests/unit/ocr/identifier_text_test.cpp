#include "ocr/identifier_text.h"

#include <gtest/gtest.h>

namespace pleiade::ocr {
namespace {

PageText line_of_words(const std::vector<std::pair<std::string, Box>>& words) {
    PageText text;
    text.lines = {TextLine{.box_px = {0, 0, 1000, 50}}};
    for (const auto& [word, box] : words) {
        text.words.push_back(Word{.text = word, .box_px = box, .confidence = 0.9});
    }
    return text;
}

Identifier nir_in(const Box& box) {
    Identifier nir{
        .kind = IdentifierKind::Nir, .value = "184050608800195", .valid = true, .box_px = box};
    for (const char digit : nir.value) {
        nir.characters.push_back({.text = std::string(1, digit)});
    }
    return nir;
}

TEST(IdentifierText, TakesTheCellsOfAFormOutAndTheNumberIn) {
    const PageText text = line_of_words(
        {{"immatriculation", {0, 0, 300, 50}},
         {"[1l8,4", {310, 0, 500, 50}},
         {"|95]", {510, 0, 600, 50}},
         {"né", {700, 0, 760, 50}}}
    );
    EXPECT_EQ(
        with_identifiers(text, {nir_in({305, 0, 610, 50})}).plain(),
        "immatriculation 184050608800195 né"
    );
}

TEST(IdentifierText, LeavesWordsThatSayTheSameAsTheyArePrinted) {
    const PageText text =
        line_of_words({{"1 84 05 06 088 001", {310, 0, 500, 50}}, {"95", {510, 0, 600, 50}}});
    EXPECT_EQ(with_identifiers(text, {nir_in({305, 0, 610, 50})}).plain(), "1 84 05 06 088 001 95");
}

TEST(IdentifierText, AddsANumberThatNoWordStoodFor) {
    const PageText text = line_of_words({{"assuré", {0, 0, 300, 50}}});
    EXPECT_EQ(
        with_identifiers(text, {nir_in({305, 400, 610, 450})}).plain(), "assuré\n\n184050608800195"
    );
}

TEST(IdentifierText, NeverPutsInANumberThatIsNotValid) {
    Identifier doubtful = nir_in({0, 0, 300, 50});
    doubtful.valid = false;
    const PageText text = line_of_words({{"[1l8,4", {10, 0, 200, 50}}});
    EXPECT_EQ(with_identifiers(text, {doubtful}).plain(), "[1l8,4");
}

} // namespace
} // namespace pleiade::ocr
