#include "tests/unit/classify/papers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::classify::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

Painter letter_to(const std::string& address) {
    Painter page;
    page.block(1400, 600, address)
        .line(150, 1200, "Madame, Monsieur,")
        .line(150, 1400, "Je vous adresse ci-joint les papiers demandés")
        .line(150, 2800, "Je vous prie de recevoir mes salutations distinguées.");
    return page;
}

std::string caisse_of(const Painter& page, const std::string& lot_caisse = "000") {
    return decide({page.page()}, lot_caisse).caisse.code;
}

TEST(Caisse, OfALotIsTheLots) {
    const Decision decision = decide({sick_note().page()}, "131");
    EXPECT_EQ(decision.caisse.code, "131");
    EXPECT_EQ(decision.caisse.why.at(0).what, "caisse du lot");
    EXPECT_FALSE(decision.to_verify);
}

TEST(Caisse, OfAMixedLotIsThatOfTheAddressBlock) {
    const Decision decision = decide(
        {letter_to("CPAM des Alpes-Maritimes\n48 avenue des Fleurs\n06180 NICE CEDEX 2").page()},
        "000"
    );
    EXPECT_EQ(decision.caisse.code, "061");
    EXPECT_GE(decision.caisse.confidence, 0.95);
    EXPECT_THAT(decision.caisse.why.at(0).what, HasSubstr("adresse du destinataire"));
    EXPECT_EQ(decision.caisse.why.at(0).page_index, 0);
}

TEST(Caisse, IsFoundInEachOfTheFourteenAddresses) {
    for (const Caisse& caisse : shipped().caisses) {
        EXPECT_EQ(caisse_of(letter_to(caisse.name + "\n" + caisse.cedex_lines[0])), caisse.code);
    }
}

TEST(Caisse, IsFoundDespiteReadingErrorsInItsLine) {
    EXPECT_EQ(caisse_of(letter_to("CPAM\nO618O NICE CEDEX 2")), "061");
    EXPECT_EQ(caisse_of(letter_to("CPAM\n06180 NlCE CEOEX 2")), "061");
    EXPECT_EQ(caisse_of(letter_to("CPAM\n13421 MARSEILLE")), "131");
}

TEST(Caisse, OfAnotherOfficeInTheSameTownIsUnknown) {
    EXPECT_EQ(caisse_of(letter_to("CAF des Alpes-Maritimes\n06175 NICE CEDEX 2")), "000");
    EXPECT_EQ(caisse_of(letter_to("Préfecture\n06286 NICE CEDEX 3")), "000");
    EXPECT_EQ(caisse_of(letter_to("Tribunal judiciaire\n06181 NICE CEDEX 2")), "000");
}

TEST(Caisse, IsNeverDecidedByWherePeopleLive) {
    Painter page = sick_note();
    page.block(150, 1500, "Jeanne MARTIN\n12 rue des Lilas\n06000 NICE");
    const Decision decision = decide({page.page()}, "000");
    EXPECT_EQ(decision.caisse.code, "000");
    EXPECT_THAT(
        decision.verify_reasons, Contains("caisse inconnue : aucune adresse de caisse lue")
    );
}

TEST(Caisse, PrintedAsSenderOfALetterDoesNotDecide) {
    Painter page;
    page.block(150, 150, "CPAM du Var\n83082 TOULON CEDEX")
        .block(1400, 600, "Jeanne MARTIN\n12 rue des Lilas\n06000 NICE")
        .line(150, 1200, "Madame, Monsieur,");
    EXPECT_EQ(caisse_of(page), "000");
    EXPECT_EQ(caisse_of(page, "061"), "061");
    EXPECT_THAT(decide({page.page()}, "061").caisse.confidence, testing::Gt(0.9));
}

TEST(Caisse, NamedTwiceWithEqualForceIsLeftToAPerson) {
    const Decision decision = decide(
        {letter_to("CPAM du Var\n83082 TOULON CEDEX").page(),
         letter_to("CPAM du Gard\n30921 NIMES CEDEX 9").page()},
        "000"
    );
    EXPECT_EQ(decision.caisse.code, "000");
    EXPECT_THAT(decision.verify_reasons, Contains("caisse incertaine : 301 ou 831"));
}

TEST(Caisse, OfTheLotThatTheAddressDeniesIsLeftToAPerson) {
    const Decision decision = decide({letter_to("CPAM du Var\n83082 TOULON CEDEX").page()}, "061");
    EXPECT_TRUE(decision.to_verify);
    EXPECT_THAT(
        decision.verify_reasons,
        Contains("le lot est de la caisse 061, l'adresse de la page 1 dit 831")
    );
}

TEST(Caisse, OfTheLotThatAFormDeniesAtItsLeftIsLeftToAPerson) {
    const std::string other = "CPAM des Hautes-Alpes\n05018 GAP CEDEX";
    Painter form = sick_note();
    for (int row = 0; row < 12; ++row) { // a sheet, and no envelope with few words
        form.line(
            150, 2300 + 60 * row, "Le médecin indique les éléments d'ordre médical sur ce volet"
        );
    }
    form.block(150, 1300, other);
    const Decision decision = decide({form.page()}, "061");
    EXPECT_TRUE(decision.to_verify);
    EXPECT_THAT(decision.verify_reasons, Contains(HasSubstr("dit 051")));
    form.block(150, 1900, "CPAM des Alpes-Maritimes\n06180 NICE CEDEX 2");
    EXPECT_THAT(
        decide({form.page()}, "061").verify_reasons, testing::Not(Contains(HasSubstr("051")))
    ) << "the form names the lot's caisse too";
}

TEST(Caisse, ThatNobodyConfiguredIsLeftToAPerson) {
    EXPECT_TRUE(decide({sick_note().page()}, "999").to_verify);
}

TEST(Caisse, IsReadOnAnEnvelopeToo) {
    EXPECT_EQ(decide({envelope().page(), sick_note().page()}, "000").caisse.code, "061");
}

} // namespace
} // namespace pleiade::classify::test
