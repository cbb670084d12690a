#include "classify/rules/folding.h"
#include "classify/rules/fuzzy.h"

#include <gtest/gtest.h>

#include <sstream>

namespace pleiade::classify {
namespace {

SearchText search_text(const std::string& words) {
    SearchText text;
    std::istringstream stream(words);
    int index = 0;
    for (std::string word; stream >> word;) {
        text.append(match_key(word), index++);
    }
    text.index();
    return text;
}

std::size_t count(const std::string& pattern, const std::string& words) {
    return Pattern(pattern).find(search_text(words)).size();
}

TEST(Folded, DropsCaseAccentsBlanksAndSigns) {
    EXPECT_EQ(folded("Avis d’ARRÊT — œuvre ﬁn"), "avisdarretoeuvrefin");
    EXPECT_EQ(folded("N° 10170*07"), "n1017007");
    EXPECT_EQ(folded("\xC3"), ""); // cut in the middle of a character
}

TEST(Pattern, IsFoundDespiteLookAlikesSplitsAndAFewWrongLetters) {
    EXPECT_EQ(count("avis d'arrêt de travail", "AVIS D'ARRET DE TRAVAIL"), 1U);
    EXPECT_EQ(count("avis d'arrêt de travail", "Av1s d'arrêt de travai|"), 1U);
    EXPECT_EQ(count("avis d'arrêt de travail", "A V I S d 'arrêt detravail"), 1U);
    EXPECT_EQ(count("avis d'arrêt de travail", "avjs d'arrct de travail"), 1U);
    EXPECT_EQ(count("avis d'arrêt de travail", "avis de passage du facteur"), 0U);
}

TEST(Pattern, OfFewLettersMustBeWholeWords) {
    EXPECT_EQ(count("devis", "un devis du 3 mars"), 1U);
    EXPECT_EQ(count("devis", "redevise"), 0U);
    EXPECT_EQ(count("RIB", "tribunal"), 0U);
    EXPECT_EQ(count("BIC", "B1C AGRIFRPP"), 1U);
}

TEST(Pattern, OfSeveralWordsIsNoOtherWords) {
    EXPECT_EQ(count("acte de naissance", "Date de naissance"), 0U);
    EXPECT_EQ(count("acte de naissance", "ACTE DE NA1SSANCE"), 1U);
    EXPECT_EQ(count("acte de naissance", "acte naissance"), 1U);
    EXPECT_EQ(count("acte de naissance", "acle de nalssance"), 1U);
}

TEST(Pattern, SaysWhereItStands) {
    const SearchText text = search_text("le présent avis de réception du pli");
    const auto found = Pattern("avis de réception").find(text);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(text.word_at(found[0].begin), 2);
    EXPECT_EQ(text.word_at(found[0].end - 1), 4);
    EXPECT_EQ(found[0].edits, 0);
}

TEST(Pattern, IsFoundEachTimeItStands) {
    EXPECT_EQ(count("feuille de soins", "feuille de soins et feuille de soins"), 2U);
}

TEST(Pattern, OfNothingOrInNothingIsNotFound) {
    EXPECT_EQ(count("", "avis"), 0U);
    EXPECT_EQ(count("avis", ""), 0U);
    EXPECT_EQ(count("€", "euros"), 0U);
}

} // namespace
} // namespace pleiade::classify
