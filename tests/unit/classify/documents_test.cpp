#include "tests/unit/classify/papers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

namespace pleiade::classify::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> codes_of(const Decision& decision) {
    std::vector<std::string> codes;
    for (const ProposedDocument& document : decision.documents) {
        codes.push_back(document.type.code);
    }
    return codes;
}

PageReading wordy_page() {
    return Painter().line(150, 900, "suite des renseignements de la page précédente").page();
}

TEST(Documents, OfAFormWithAttachmentsAreMasterAndFollowers) {
    const Decision decision =
        decide({sick_note().page(), blank_page(), bank_details().page(), blank_page()});
    EXPECT_THAT(codes_of(decision), ElementsAre("AAT", "RIB"));
    EXPECT_THAT(decision.documents[0].page_indexes, ElementsAre(0, 1));
    EXPECT_THAT(decision.documents[1].page_indexes, ElementsAre(2, 3));
    EXPECT_EQ(decision.documents[1].master_index, 0);
    EXPECT_EQ(decision.documents[1].route.corbeille, decision.documents[0].route.corbeille);
    EXPECT_FALSE(decision.documents[0].master_index.has_value());
    EXPECT_FALSE(decision.to_verify) << decision.verify_reasons.at(0);
}

TEST(Documents, PagesWithoutEvidenceOfTheirOwnContinue) {
    const Decision decision = decide({sick_note().page(), wordy_page()});
    EXPECT_THAT(codes_of(decision), ElementsAre("AAT"));
    EXPECT_EQ(decision.page_types[1].code, "AAT");
}

TEST(Documents, TheSameFormTwiceIsTwoDocuments) {
    const Decision decision = decide({sick_note().page(), sick_note().page()});
    EXPECT_THAT(codes_of(decision), ElementsAre("AAT", "AAT"));
}

TEST(Documents, AFormWithItsNumberAtTheFootOfTheLastPageIsOne) {
    Painter first;
    first.line(150, 200, "N° 10170*07", 30)
        .line(900, 200, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(150, 800, "Numéro d'immatriculation");
    Painter last;
    last.line(150, 300, "les renseignements médicaux")
        .line(150, 500, "L'examen de ce jour me conduit à prescrire un arrêt de travail.")
        .line(2200, 3400, "S 3116 g", 26);
    EXPECT_THAT(codes_of(decide({first.page(), last.page()})), ElementsAre("AAT"));
    EXPECT_THAT(codes_of(decide({sick_note().page(), last.page()})), ElementsAre("AAT", "AAT"))
        << "two numbers are two forms";
}

TEST(Documents, ASecondVoletIsNotAnotherDocument) {
    Painter second = sick_note();
    second.line(150, 3300, "volet n° 2 à adresser à votre organisme");
    const Decision decision = decide({sick_note().page(), second.page()});
    EXPECT_THAT(codes_of(decision), ElementsAre("AAT"));
}

TEST(Documents, TheEndOfALetterStaysWithIt) {
    const PageReading end = Painter()
                                .line(150, 300, "et je vous remercie de votre aide.")
                                .line(
                                    150,
                                    500,
                                    "Veuillez agréer, Madame, Monsieur, mes "
                                    "salutations distinguées."
                                )
                                .page();
    const Decision decision = decide(
        {letter("Je conteste votre décision du 12 janvier 2026 et je\n"
                "souhaite saisir la commission de recours amiable")
             .page(),
         end}
    );
    EXPECT_THAT(codes_of(decision), ElementsAre("CRA"));
}

TEST(Documents, AnEnvelopeIsItsOwnAndFollowsTheMaster) {
    const Decision decision = decide({envelope().page(), blank_page(), sick_note().page()});
    EXPECT_THAT(codes_of(decision), ElementsAre("ENVELOPPE", "AAT"));
    EXPECT_THAT(decision.documents[0].page_indexes, ElementsAre(0, 1));
    EXPECT_EQ(decision.documents[0].master_index, 1);
}

TEST(Documents, SeparatorsDecideWhereThereAreAny) {
    const Decision decision = understand(
        ReadPli{
            .pages = {sick_note().page(), bank_details().page(), wordy_page(), blank_page()},
            .document_starts = {2},
            .lot_caisse = "061"},
        shipped(),
        Facts{}
    );
    EXPECT_THAT(codes_of(decision), ElementsAre("AAT", "INCONNU"));
    EXPECT_THAT(decision.documents[0].page_indexes, ElementsAre(0, 1));
    EXPECT_THAT(decision.documents[1].page_indexes, ElementsAre(2, 3));
    EXPECT_THAT(decision.verify_reasons, ElementsAre("type de la page 3 inconnu"));
}

TEST(Documents, BlankSidesAloneBehindASeparatorStayWithTheDocumentBefore) {
    const Decision decision = understand(
        ReadPli{
            .pages =
                {blank_page(), sick_note().page(), blank_page(), blank_page(), sick_note().page()},
            .document_starts = {1, 2, 3, 4},
            .lot_caisse = "061"},
        shipped(),
        Facts{}
    );
    EXPECT_THAT(codes_of(decision), ElementsAre("AAT", "AAT"));
    EXPECT_THAT(decision.documents[0].page_indexes, ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(decision.documents[1].page_indexes, ElementsAre(4));
    EXPECT_FALSE(decision.to_verify);
}

TEST(Documents, AttachmentsFollowTheMedicalOneWhereverItLies) {
    ClassifySettings settings = shipped();
    const auto make_medical = [&](const std::string& code) {
        std::ranges::find(settings.types, code, &DocumentType::code)->medical = true;
        for (Caisse& caisse : settings.caisses) {
            caisse.plan[code].corbeille = "medical";
        }
    };
    const ReadPli pli{
        .pages =
            {letter("Je conteste votre décision du 12 janvier 2026 et je\n"
                    "souhaite saisir la commission de recours amiable")
                 .page(),
             sick_note().page(),
             bank_details().page()},
        .lot_caisse = "061"};
    make_medical("RIB");
    const Decision exposed = understand(pli, settings, Facts{});
    EXPECT_THAT(codes_of(exposed), ElementsAre("CRA", "AAT", "RIB"));
    EXPECT_THAT(
        exposed.verify_reasons, Contains("pièce médicale (RIB, page 3) sans document médical")
    );
    make_medical("AAT");
    const Decision followed = understand(pli, settings, Facts{});
    EXPECT_EQ(followed.documents[2].master_index, 1);
    EXPECT_EQ(followed.documents[2].route.corbeille, "medical");
    EXPECT_THAT(
        followed.verify_reasons, Not(Contains("pièce médicale (RIB, page 3) sans document médical"))
    );
}

TEST(Documents, ASeparatorSheetIsInNone) {
    const Decision decision = decide({sick_note().page(), document_separator()});
    EXPECT_EQ(decision.page_types[1].code, "SEPARATEUR");
    EXPECT_THAT(decision.documents[0].page_indexes, ElementsAre(0));
}

TEST(Documents, EveryPageButSeparatorsIsInExactlyOne) {
    std::vector<PageReading> pages;
    for (int i = 0; i < 60; ++i) {
        pages.push_back(sick_note().page());
        pages.push_back(blank_page());
        pages.push_back(Painter().page());
        pages.push_back(letter("Je vous informe").page());
        pages.push_back(envelope().page());
    }
    const auto start = std::chrono::steady_clock::now();
    const Decision decision = decide(pages);
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - start;
    RecordProperty("millis_per_page", std::to_string(spent.count() / 300.0));
    std::vector<int> seen(pages.size(), 0);
    for (const ProposedDocument& document : decision.documents) {
        for (const int page_index : document.page_indexes) {
            ++seen.at(static_cast<std::size_t>(page_index));
        }
    }
    EXPECT_EQ(std::vector<int>(pages.size(), 1), seen);
    EXPECT_EQ(decision.page_types.size(), pages.size());
}

TEST(Verify, APliOfBlankSidesGoesToAPerson) {
    const Decision decision = decide({blank_page(), blank_page()});
    EXPECT_THAT(codes_of(decision), ElementsAre("BLANC"));
    EXPECT_THAT(decision.verify_reasons, ElementsAre("le pli n'a que des faces blanches"));
}

TEST(Verify, AnEmptyEnvelopeGoesToAPerson) {
    EXPECT_THAT(
        decide({envelope().page()}).verify_reasons, Contains("le pli n'a qu'une enveloppe")
    );
}

TEST(Verify, APliWithoutPagesGoesToAPerson) {
    const Decision decision = decide({});
    EXPECT_TRUE(decision.to_verify);
    EXPECT_THAT(decision.verify_reasons, ElementsAre("le pli n'a aucune page"));
}

TEST(Verify, AMissingPageIsNamedAndItsPliNeverComplete) {
    const Decision decision = understand(
        ReadPli{
            .pages = {sick_note().page(), PageReading{}},
            .missing_page_indexes = {1},
            .missing_names = {"0007.tif"},
            .lot_caisse = "061"},
        shipped(),
        Facts{}
    );
    EXPECT_THAT(decision.verify_reasons, ElementsAre("page 2 non lue : 0007.tif"));
    EXPECT_THAT(decision.documents.at(0).page_indexes, ElementsAre(0, 1));
}

TEST(Verify, OfAMissingPageAloneNothingIsSaidButThat) {
    const Decision decision = understand(
        ReadPli{
            .pages = {PageReading{}},
            .missing_page_indexes = {0},
            .missing_names = {"0007.tif"},
            .lot_caisse = "061"},
        shipped(),
        Facts{}
    );
    EXPECT_THAT(decision.verify_reasons, ElementsAre("page 1 non lue : 0007.tif"));
}

TEST(Verify, AnUnsureTypeIsNamedWithPageAndShare) {
    Painter page;
    page.line(700, 1900, "FEUILLE DE SOINS");
    const Decision decision = decide({page.page()});
    ASSERT_EQ(decision.verify_reasons.size(), 1U);
    EXPECT_THAT(decision.verify_reasons[0], HasSubstr("type de la page 1 incertain (FSP, 0,"));
}

TEST(Verify, TheThresholdIsThatOfTheTypeAndCaisse) {
    ClassifySettings strict = shipped();
    for (Caisse& caisse : strict.caisses) {
        caisse.thresholds["AAT"] = 1.0;
    }
    const Decision decision =
        understand(ReadPli{.pages = {sick_note().page()}, .lot_caisse = "061"}, strict, Facts{});
    EXPECT_FALSE(decision.documents.at(0).type.automatic);
    EXPECT_TRUE(decision.to_verify);
}

TEST(Verify, AScanOnlyCaisseTypesItsOwnMail) {
    const Decision decision = decide({wordy_page()}, "481");
    EXPECT_FALSE(decision.to_verify);
    EXPECT_EQ(decision.documents.at(0).type.code, "INCONNU");
    EXPECT_EQ(decision.documents.at(0).route.corbeille, "a-typer");
}

TEST(Route, IsThatOfTheCaissePlan) {
    const Decision decision = decide({sick_note().page()});
    EXPECT_EQ(decision.documents.at(0).route.service, "Indemnités journalières");
    EXPECT_EQ(decision.documents.at(0).route.corbeille, "ij-arrets");
}

TEST(Documents, ThatAnUnknownPageWithANirJoinedGoToAPerson) {
    Painter lost;
    lost.identifier(900, 800, IdentifierKind::Nir, "184050608800195")
        .line(150, 900, "Jeanne MARTIN");
    const Decision decision = decide({sick_note().page(), lost.page()});
    EXPECT_EQ(decision.documents.size(), 1U);
    EXPECT_TRUE(decision.to_verify);
    ASSERT_FALSE(decision.verify_reasons.empty());
    EXPECT_EQ(decision.verify_reasons[0], "page 2 inconnue, jointe au document qui précède");
}

TEST(Documents, ThatAnUnknownPaperWithATitleOfItsOwnJoinedGoToAPerson) {
    Painter paper;
    paper.line(150, 300, "Relevé des palmarès", 90)
        .line(150, 900, "première ligne de ce papier que personne ne connaît")
        .line(150, 980, "seconde ligne de ce papier que personne ne connaît");
    const Decision decision = decide({sick_note().page(), paper.page()});
    EXPECT_THAT(
        decision.verify_reasons, Contains("page 2 inconnue, jointe au document qui précède")
    );
    Painter numbered = paper;
    numbered.line(1200, 3400, "-2-");
    EXPECT_THAT(
        decide({sick_note().page(), numbered.page()}).verify_reasons,
        Not(Contains("page 2 inconnue, jointe au document qui précède"))
    ) << "the page says that it is a further one";
}

TEST(Documents, ThatAFewWordsJoinedGoToAPersonUnlessTheyEndThem) {
    Painter note;
    note.line(600, 1500, "portail vert après le pont");
    EXPECT_THAT(
        decide({sick_note().page(), note.page()}).verify_reasons,
        Contains("page 2 inconnue, jointe au document qui précède")
    );
    Painter end;
    end.line(600, 1500, "Le 3 mars, signature :");
    EXPECT_THAT(
        decide({sick_note().page(), end.page()}).verify_reasons,
        Not(Contains("page 2 inconnue, jointe au document qui précède"))
    );
    const Decision own_people = decide({sick_note().page(), note.page()}, "481");
    EXPECT_FALSE(own_people.to_verify);
    EXPECT_FALSE(own_people.documents.at(0).type.automatic);
    EXPECT_THAT(
        own_people.documents.at(0).notes,
        Contains("page 2 inconnue, jointe au document qui précède")
    );
}

TEST(Documents, OfAFewLinesBehindAFormThatLacksItsDoctorGoToAPerson) {
    const auto behind = [](const Painter& form) {
        Painter stamp;
        stamp.block(150, 300, "Docteur Odile BOURQUELOT\n36 chemin de la Carraire\n05100 BRIANCON")
            .line(150, 700, "doliprane 500 mg, un comprimé matin midi et soir, non substituable")
            .line(150, 800, "faire pratiquer un bilan sanguin, à renouveler, rééducation")
            .line(150, 900, "prescriptions relatives au traitement, posologie : une gélule")
            .line(150, 1000, "gouttes, sachet, boîtes, comprimés, trois fois par jour, qsp");
        return decide({form.page(), stamp.page()});
    };
    const Decision doubted = behind(sick_note());
    ASSERT_EQ(doubted.documents.size(), 2U);
    EXPECT_THAT(doubted.verify_reasons, Contains(HasSubstr("quelques lignes sans titre")));
    Painter signed_form = sick_note();
    signed_form.identifier(900, 1500, IdentifierKind::Rpps, "10002909371");
    EXPECT_THAT(
        behind(signed_form).verify_reasons, Not(Contains(HasSubstr("quelques lignes sans titre")))
    );
}

TEST(Documents, OfAnotherPersonBehindAFormGoToAPerson) {
    const auto pay_slip = [](const std::string& nir) {
        Painter page;
        page.line(900, 200, "BULLETIN DE PAIE", 60)
            .line(150, 600, "Numéro de sécurité sociale")
            .identifier(900, 600, IdentifierKind::Nir, nir)
            .line(150, 900, "salaire de base")
            .line(150, 1000, "net à payer");
        return page.page();
    };
    const auto reasons = [&](const std::string& nir) {
        return decide({sick_note().page(), pay_slip(nir)}).verify_reasons;
    };
    const auto* const other = "le document joint parle d'une autre personne (PJ-PAIE, page 2)";
    EXPECT_THAT(reasons("269054958815780"), Contains(other));
    EXPECT_THAT(reasons("184050608800195"), Not(Contains(other)));
}

TEST(Documents, ThatNameAnotherBodyGoToAPerson) {
    Painter page = sick_note();
    page.line(150, 3000, "à adresser à votre institution de prévoyance");
    EXPECT_THAT(
        decide({page.page()}).verify_reasons, Contains("page 1 : un autre organisme est nommé")
    );
}

TEST(Documents, PagesPrintedInOneGoAreOneThoughTheirTitleIsRepeated) {
    const auto printed = [](const std::string& minute) {
        Painter page = sick_note();
        page.line(100, 60, "26/09/2025 " + minute + " Avis d'arrêt de travail", 30);
        return page.page();
    };
    EXPECT_EQ(decide({printed("09:39"), printed("09:39")}).documents.size(), 1U);
    EXPECT_EQ(decide({printed("09:39"), printed("09:41")}).documents.size(), 2U);
}

TEST(Documents, APageWithASeparatorMarkThatIsNoSheetIsKeptAndDoubted) {
    PageReading page = sick_note().page();
    const std::size_t reasons_without = decide({page}).verify_reasons.size();
    page.marks.push_back({.format = "PatchT", .text = "", .box_px = {}});
    const Decision decision = decide({page});
    EXPECT_EQ(decision.documents.size(), 1U);
    ASSERT_EQ(decision.verify_reasons.size(), reasons_without + 1);
    EXPECT_EQ(
        decision.verify_reasons.back(), "page 1 : une marque de séparateur sur une page écrite"
    );
}

} // namespace
} // namespace pleiade::classify::test
