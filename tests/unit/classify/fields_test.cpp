#include "tests/unit/classify/papers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pleiade::classify::test {
namespace {

const Field* field(const Decision& decision, const std::string& name) {
    for (const Field& found : decision.documents.at(0).fields) {
        if (found.name == name) {
            return &found;
        }
    }
    return nullptr;
}

std::string value(const Decision& decision, const std::string& name) {
    const Field* found = field(decision, name);
    return found == nullptr ? "none" : found->value;
}

TEST(Fields, TheBirthDateIsTheDayThatFitsTheNirWhereTheOneBesideTheLabelDoesNot) {
    Painter page = sick_note();
    page.identifier(900, 800, IdentifierKind::Nir, "184050608800195")
        .line(150, 2300, "Date de naissance")
        .identifier(700, 2300, IdentifierKind::Date, "2019-11-24")
        .identifier(1700, 2500, IdentifierKind::Date, "1984-05-02");
    EXPECT_EQ(value(decide({page.page()}), "birth_date"), "1984-05-02");
}

TEST(Fields, ADayInBoxesThatWereNotSeenIsOneBesideItsLabelOnly) {
    Painter labelled = sick_note();
    labelled.line(150, 2300, "Date de naissance").line(700, 2300, "0205 1984");
    EXPECT_EQ(value(decide({labelled.page()}), "birth_date"), "1984-05-02");
    Painter alone = sick_note();
    alone.line(150, 2300, "Référence").line(700, 2300, "0205 1984");
    EXPECT_EQ(value(decide({alone.page()}), "birth_date"), "none");
}

TEST(Fields, StandBeforeTheirLabelsWhereSeveralDo) {
    Painter page;
    page.line(150, 200, "N° 11135*04", 30)
        .line(900, 200, "ATTESTATION DE SALAIRE", 60)
        .line(900, 300, "pour le paiement des indemnités journalières", 60)
        .identifier(150, 900, IdentifierKind::Date, "2019-05-02")
        .line(400, 900, "(date d'embauche)");
    EXPECT_EQ(value(decide({page.page()}), "hire_date"), "none") << "one alone may be chance";
    page.identifier(150, 1100, IdentifierKind::Date, "2026-03-04")
        .line(400, 1100, "(dernier jour travaillé)");
    const Decision decision = decide({page.page()});
    EXPECT_EQ(value(decision, "hire_date"), "2019-05-02");
    EXPECT_EQ(value(decision, "last_worked_date"), "2026-03-04");
    EXPECT_LT(field(decision, "hire_date")->confidence, 0.8) << "never sure";
}

TEST(Fields, StandRightOfTheirLabels) {
    const Decision decision = decide({sick_note().page()});
    EXPECT_EQ(value(decision, "nir"), "184050608800195");
    EXPECT_EQ(value(decision, "to_date"), "2026-03-20");
    EXPECT_EQ(field(decision, "nir")->page_index, 0);
    EXPECT_FALSE(field(decision, "nir")->box_px.empty());
}

TEST(Fields, StandBelowTheirLabels) {
    Painter page = sick_note();
    page.line(150, 1400, "Date de naissance")
        .identifier(150, 1450, IdentifierKind::Date, "1984-05-02");
    EXPECT_EQ(value(decide({page.page()}), "birth_date"), "1984-05-02");
}

TEST(Fields, OfTwoNumbersTakeTheOneAtTheLabel) {
    Painter page = sick_note();
    page.line(150, 2500, "conjoint").identifier(900, 2500, IdentifierKind::Nir, "269054958815780");
    EXPECT_EQ(value(decide({page.page()}), "nir"), "184050608800195");
}

TEST(Fields, WithoutLabelTakeTheOnlyValidNumber) {
    Painter page = letter("Je vous informe de mon déménagement.");
    page.identifier(150, 2000, IdentifierKind::Nir, "184050608800195");
    const Decision decision = decide({page.page()});
    EXPECT_EQ(value(decision, "nir"), "184050608800195");
    EXPECT_LT(field(decision, "nir")->confidence, 0.9);
}

TEST(Fields, WithoutLabelAndTwoNumbersTakeNone) {
    Painter page = letter("Je vous informe de notre déménagement.");
    page.identifier(150, 2000, IdentifierKind::Nir, "184050608800195")
        .identifier(150, 2100, IdentifierKind::Nir, "269054958815780");
    EXPECT_EQ(value(decide({page.page()}), "nir"), "none");
}

TEST(Fields, NeverDeliverANirWhoseKeyIsWrong) {
    Painter page;
    page.line(150, 200, "N° 10170*07", 30)
        .line(900, 200, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(150, 800, "Numéro d'immatriculation")
        .invalid_identifier(900, 800, IdentifierKind::Nir, "295109912611199");
    EXPECT_EQ(value(decide({page.page()}), "nir"), "none");
}

TEST(Fields, OfMoneyAreTakenAsPrinted) {
    Painter page;
    page.line(900, 200, "FACTURE", 60)
        .line(150, 400, "Facture n° 2026-114")
        .line(1200, 1800, "Total TTC")
        .line(1800, 1800, "1 312,50 €")
        .line(1500, 1900, "Acquittée le 4 mars 2026");
    EXPECT_EQ(value(decide({page.page()}), "amount"), "1312,50");
}

TEST(Fields, OfWordsStandBehindTheirLabel) {
    EXPECT_EQ(value(decide({bank_details().page()}), "holder"), "Jeanne MARTIN");
}

TEST(Fields, ThatARuleRequiresSendThePliToAPerson) {
    ClassifySettings settings = shipped();
    for (DocumentType& type : settings.types) {
        for (FieldRule& rule : type.fields) {
            rule.required = type.code == "AAT" && rule.name == "birth_date";
        }
    }
    const Decision decision =
        understand(ReadPli{.pages = {sick_note().page()}, .lot_caisse = "061"}, settings, Facts{});
    ASSERT_EQ(decision.verify_reasons.size(), 1U);
    EXPECT_EQ(decision.verify_reasons[0], "champ birth_date absent (AAT, page 1)");
}

TEST(Ask, AsksForEachValidNumberOnce) {
    Painter page = sick_note();
    page.identifier(150, 2000, IdentifierKind::Siret, "73282932000074")
        .invalid_identifier(150, 2100, IdentifierKind::Nir, "295109912611199");
    const auto questions = ask({page.page(), page.page()}, shipped());
    const auto keys = [&](Question::Kind kind) {
        std::vector<std::string> asked;
        for (const Question& question : questions) {
            if (question.kind == kind) {
                asked.push_back(question.key);
            }
        }
        return asked;
    };
    EXPECT_EQ(keys(Question::Kind::Nir), std::vector<std::string>{"184050608800195"});
    EXPECT_EQ(keys(Question::Kind::Siret), std::vector<std::string>{"73282932000074"});
}

} // namespace
} // namespace pleiade::classify::test
