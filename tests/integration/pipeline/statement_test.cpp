#include "app/pipeline/statement.h"
#include "tests/integration/ged-export/pdf_judges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace pleiade::pipeline {
namespace {

using std::chrono::year;
using ::testing::HasSubstr;
using ::testing::Not;

DayStatement of_a_day(int waiting) {
    DayStatement statement{
        .caisse = "061",
        .caisse_name = "CPAM des Alpes-Maritimes",
        .day = year(2026) / 3 / 16,
        .made_at = std::chrono::sys_days(year(2026) / 3 / 17) + std::chrono::minutes(485),
        .key_id = "0123456789abcdef",
        .ledger = {}};
    statement.ledger.caisses = {
        {.caisse = "061",
         .name = "CPAM des Alpes-Maritimes",
         .received = 31 + waiting,
         .delivered = 31,
         .waiting = waiting}};
    for (int i = 1; i <= waiting; ++i) {
        statement.ledger.balance.exceptions.push_back(
            {.caisse = "061",
             .pli = i,
             .pli_name = "061-nice/DUPONT.tif",
             .state = "to_verify",
             .reasons = {"champ insured_name différent d'une page à l'autre (AAT, page 1) : DUPONT "
                         "en page "
                         "1, DURAND en page 2"}}
        );
    }
    return statement;
}

TEST(StatementPdf, IsAnArchiveCopyInFrenchWithEveryCount) {
    DayStatement statement = of_a_day(2);
    statement.ledger.late = {
        {.caisse = "061",
         .pli = 3,
         .position = 1,
         .type = "AAT",
         .due_on = std::chrono::sys_days(year(2026) / 3 / 10),
         .pli_state = "to_verify"},
        {.caisse = "061",
         .pli = 9,
         .position = 1,
         .type = "DAT",
         .due_on = std::chrono::sys_days(year(2026) / 3 / 9),
         .pli_state = "delivered",
         .corbeille = "AT"}};
    const Bytes pdf = statement_pdf(statement, statement_font());
    const test::Verdict archive = test::preflight(pdf);
    EXPECT_TRUE(archive.good) << archive.said;
    EXPECT_TRUE(test::qpdf_check(pdf).good);
    const std::string text = test::pdf_text(pdf);
    EXPECT_THAT(text, HasSubstr("État journalier du courrier"));
    EXPECT_THAT(text, HasSubstr("Caisse 061 – CPAM des Alpes-Maritimes"));
    EXPECT_THAT(text, HasSubstr("établi le 17/03/2026 à 08:05 UTC"));
    EXPECT_THAT(text, HasSubstr("33 plis reçus = 31 remis + 2 en attente"));
    EXPECT_THAT(text, HasSubstr("pli 3, document 1 (AAT) : échéance 10/03/2026, pli à vérifier"));
    EXPECT_THAT(text, HasSubstr("corbeille AT, 1 document, première échéance 09/03/2026 : pli 9"));
    EXPECT_THAT(text, HasSubstr("non traités à leur échéance, tous jours jusqu'à celui-ci (1)"));
    EXPECT_THAT(text, HasSubstr("champ insured_name différent"));
    EXPECT_THAT(text, Not(HasSubstr("DUPONT")));
    EXPECT_EQ(pdf, statement_pdf(statement, statement_font()));
}

TEST(StatementPdf, GoesOnOnFurtherSheetsAndStaysOnThem) {
    const Bytes pdf = statement_pdf(of_a_day(150), statement_font());
    const std::string text = test::pdf_text(pdf);
    EXPECT_THAT(text, HasSubstr("page 1 / "));
    EXPECT_THAT(text, HasSubstr("pli 150,"));
    constexpr double right_edge_points = 191.0 * 72.0 / 25.4;
    constexpr double lower_edge_points = 290.0 * 72.0 / 25.4;
    for (const test::PdfWord& word : test::pdf_words(pdf)) {
        EXPECT_LT(word.x1, right_edge_points) << word.text;
        EXPECT_LT(word.y1, lower_edge_points) << word.text;
    }
}

TEST(FiledReason, KeepsWhatIsDoubtedAndLeavesOutWhatWasRead) {
    EXPECT_EQ(
        filed_reason(
            "champ nir différent d'une page à l'autre (AAT, page 1) : x en page 2", "a.tif"
        ),
        "champ nir différent d'une page à l'autre (AAT, page 1)"
    );
    EXPECT_EQ(
        filed_reason("page 3 : une marque de séparateur sur une page écrite", "lot/par.tif"),
        "page 3 : une marque de séparateur sur une page écrite"
    );
    EXPECT_EQ(filed_reason("page 3 non lue : lot/DUPONT.tif", "lot/DUPONT.tif"), "page 3 non lue");
    EXPECT_EQ(filed_reason("DUPONT.tif is no TIFF: tag 3", "lot/DUPONT.tif"), "... is no TIFF");
    EXPECT_EQ(filed_reason("page 3 inconnue", "a"), "page 3 inconnue");
    EXPECT_EQ(filed_reason("type de la page 1 inconnu", ""), "type de la page 1 inconnu");
}

} // namespace
} // namespace pleiade::pipeline
