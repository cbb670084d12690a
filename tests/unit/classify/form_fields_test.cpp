// Tick boxes, tables, plausible days, completeness, senders: what forms hold beside single values.

#include "classify/rules/field_values.h"
#include "classify/rules/labels.h"
#include "tests/unit/classify/papers.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pleiade::classify::test {
namespace {

constexpr auto today = std::chrono::sys_days(std::chrono::year(2026) / 3 / 16);

Decision decide_today(std::vector<PageReading> pages) {
    return understand(
        ReadPli{.pages = std::move(pages), .lot_caisse = "061"}, shipped(), Facts{.today = today}
    );
}

std::vector<std::string> values(const Decision& decision, const std::string& name) {
    std::vector<std::string> found;
    for (const Field& field : decision.documents.at(0).fields) {
        if (field.name == name) {
            found.push_back(field.value);
        }
    }
    return found;
}

std::string value(const Decision& decision, const std::string& name) {
    const std::vector<std::string> found = values(decision, name);
    return found.empty() ? "none" : found.front();
}

std::string why_missing(const Decision& decision, const std::string& name) {
    for (const MissingField& missing : decision.documents.at(0).missing) {
        if (missing.field == name) {
            return missing.why;
        }
    }
    return "not missing";
}

enum class Reason { Sickness, Accident, Both };

/// The reason boxes of a sick note, each left of its words.
PageReading note_with(Reason ticked) {
    PageReading page =
        sick_note().line(220, 1200, "maladie").line(720, 1200, "accident du travail").page();
    page.ink.measured = true;
    page.ink.tick_boxes = {
        {{160, 1200, 196, 1236}, ticked != Reason::Accident, 0.1},
        {{660, 1200, 696, 1236}, ticked != Reason::Sickness, 0.1}};
    return page;
}

TEST(TickedFields, AreTheWordsBesideTheTickedBox) {
    EXPECT_EQ(value(decide({note_with(Reason::Sickness)}), "motif"), "maladie");
    EXPECT_EQ(value(decide({note_with(Reason::Accident)}), "motif"), "AT");
    EXPECT_EQ(value(decide({note_with(Reason::Both)}), "motif"), "none");
}

TEST(TickedFields, AreReadFromALoneLetterWhereNoBoxWasSeen) {
    Painter page = sick_note();
    page.line(150, 1200, "maladie").line(700, 1200, "X accident du travail");
    EXPECT_EQ(value(decide({page.page()}), "motif"), "AT");
}

TEST(TickedFields, HaveABoxThatWasReadAsPartOfTheWord) {
    Painter page = sick_note();
    page.line(200, 1200, "[maladie").line(700, 1200, "accident du travail");
    PageReading reading = page.page();
    reading.ink.measured = true;
    reading.ink.tick_boxes = {
        {{195, 1200, 231, 1236}, true, 0.3}, {{655, 1200, 691, 1236}, false, 0.0}};
    EXPECT_EQ(value(decide({reading}), "motif"), "maladie");
}

TEST(TickedFields, HaveABoxThatLiesWithinTheirWords) {
    Painter page = sick_note();
    page.line(150, 1200, "maladie").line(700, 1200, "accident du travail");
    PageReading reading = page.page();
    reading.ink.measured = true;
    reading.ink.tick_boxes = {
        {{152, 1200, 188, 1236}, true, 0.4}, {{702, 1200, 738, 1236}, false, 0.0}};
    EXPECT_EQ(value(decide({reading}), "motif"), "maladie");
}

TEST(TickedFields, AreTheOneWhoseBoxIsTooFullToBeSeenWhereTheOthersAreEmpty) {
    Painter page = sick_note();
    page.line(150, 1200, "[M] maladie").line(700, 1200, "accident du travail");
    PageReading reading = page.page();
    reading.ink.measured = true;
    reading.ink.tick_boxes = {{{655, 1200, 691, 1236}, false, 0.0}};
    const Decision decision = decide({reading});
    EXPECT_EQ(value(decision, "motif"), "maladie");
    Painter unmarked = sick_note();
    unmarked.line(150, 1200, "maladie").line(700, 1200, "accident du travail");
    PageReading empty = unmarked.page();
    empty.ink = reading.ink;
    EXPECT_EQ(value(decide({empty}), "motif"), "none") << "no box was read there";
}

TEST(TickedFields, HaveTheirBoxesAllOnOneSide) {
    Painter page = sick_note();
    page.line(150, 1200, "maladie").line(500, 1200, "accident du travail");
    PageReading reading = page.page();
    reading.ink.measured = true;
    const int behind = reading.text.words.back().box_px.x1 + 20;
    reading.ink.tick_boxes = {
        {{400, 1200, 436, 1236}, true, 0.4}, {{behind, 1200, behind + 36, 1236}, false, 0.0}};
    EXPECT_EQ(value(decide({reading}), "motif"), "maladie") << "the first box is also beside AT";
}

TEST(TickedFields, HaveNoBoxThatWasReadAsALetterAmongTheirWords) {
    const auto ticked = [](const std::string& words, Box first, Box second) {
        Painter page = sick_note();
        page.line(203, 1200, words);
        PageReading reading = page.page();
        reading.ink.measured = true;
        reading.ink.tick_boxes = {{first, true, 0.4}, {second, false, 0.0}};
        return decide({reading});
    };
    Painter row;
    row.line(203, 1200, "maladieB] accident du travail []");
    const auto words = row.page().text.words;
    const Box glued{words[0].box_px.x1 - 36, 1200, words[0].box_px.x1, 1236};
    EXPECT_EQ(
        value(ticked("maladieB] accident du travail []", glued, words[4].box_px), "motif"),
        "maladie"
    );
    Painter other;
    other.line(203, 1200, "initial D prolongation []");
    const auto read = other.page().text.words;
    EXPECT_EQ(
        value(ticked("initial D prolongation []", read[1].box_px, read[3].box_px), "nature"),
        "initial"
    ) << "the D is the box behind initial, and no \"de\"";
}

TEST(TickedFields, AreWordsOfOneRow) {
    Painter page;
    page.line(900, 321, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(203, 1158, "initial")
        .line(703, 1158, "prolongation")
        .line(203, 1258, "Arrêt de travail du 2 mars au 15 mars inclus");
    PageReading reading = page.page();
    reading.ink.measured = true;
    reading.ink.tick_boxes = {
        {{400, 1154, 438, 1192}, true, 0.46}, {{990, 1154, 1028, 1192}, false, 0.0}};
    EXPECT_EQ(value(decide({reading}), "nature"), "initial") << "no \"prolongation d'arrêt\"";
}

TEST(TickedFields, AskedForWithYesAndNoAreNoAnswer) {
    Painter page = sick_note();
    page.line(150, 1200, "accident du travail : oui non");
    EXPECT_EQ(value(decide({page.page()}), "motif"), "none");
}

TEST(TickedFields, AreThoseThatALoneCrossStandsBelowOrNextTo) {
    const auto reason = [](int x, int y) {
        Painter page = sick_note();
        page.line(200, 1200, "maladie").line(600, 1200, "accident du travail").line(x, y, "x");
        return value(decide({page.page()}), "motif");
    };
    EXPECT_EQ(reason(270, 1260), "maladie") << "in a table";
    EXPECT_EQ(reason(780, 1260), "AT");
    EXPECT_EQ(reason(270, 1500), "none") << "too far below";
    EXPECT_EQ(reason(550, 1200), "AT") << "between both, before its words";
    EXPECT_EQ(reason(365, 1200), "maladie") << "close behind its words";
}

TEST(TickedFields, PrintedAloneAreTheAnswerButNotASureOne) {
    Painter page = sick_note();
    page.line(150, 1200, "Origine : maladie");
    const Decision decision = decide({page.page()});
    EXPECT_EQ(value(decision, "motif"), "maladie");
    const auto& fields = decision.documents.at(0).fields;
    const auto motif = std::ranges::find(fields, "motif", &Field::name);
    EXPECT_LT(motif->confidence, 0.9);
}

TEST(TickedFields, UnderARingAreTheOneThatCanHardlyBeRead) {
    Painter page;
    page.line(150, 200, "N° 10170*07", 30)
        .line(900, 200, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(150, 800, "Numéro d'immatriculation")
        .identifier(900, 800, IdentifierKind::Nir, "184050608800195")
        .line(150, 1200, "GnitiaD prolongation");
    EXPECT_EQ(value(decide({page.page()}), "nature"), "initial");
}

TEST(TickedFields, AnswerTheQuestionTheyStandBeside) {
    Painter page;
    page.line(150, 200, "N° 11135*04", 30)
        .line(900, 200, "ATTESTATION DE SALAIRE", 60)
        .line(900, 300, "pour le paiement des indemnités journalières", 60)
        .line(150, 900, "temps partiel")
        .line(900, 900, "oui")
        .line(1100, 900, "non")
        .line(150, 1200, "subrogation")
        .line(900, 1200, "oui")
        .line(1100, 1200, "non");
    PageReading reading = page.page();
    reading.ink.measured = true;
    reading.ink.tick_boxes = {
        {{850, 900, 886, 936}, true, 0.2},
        {{1050, 900, 1086, 936}, false, 0.0},
        {{850, 1200, 886, 1236}, false, 0.0},
        {{1050, 1200, 1086, 1236}, true, 0.2}};
    EXPECT_EQ(value(decide({reading}), "subrogation"), "non");
}

TEST(Routes, FollowTheReasonOfASickNote) {
    EXPECT_EQ(
        decide({note_with(Reason::Accident)}).documents[0].route.service, "Risques professionnels"
    );
    EXPECT_EQ(
        decide({note_with(Reason::Sickness)}).documents[0].route.service, "Indemnités journalières"
    );
}

TEST(Routes, ByAReasonThatIsNotSureAreAPersonsToChoose) {
    Painter page = sick_note();
    page.line(200, 1200, "maladie").line(660, 1200, "[M] accident du travail");
    PageReading reading = page.page();
    reading.ink.measured = true;
    reading.ink.tick_boxes = {{{155, 1200, 191, 1236}, false, 0.0}};
    const Decision decision = decide({reading});
    EXPECT_EQ(value(decision, "motif"), "AT");
    EXPECT_EQ(
        std::ranges::count(decision.verify_reasons, "champ motif incertain (AAT, page 1)"), 1
    );
}

TEST(Routes, TakeTheMedicalLeafOfASickNoteToTheDoctors) {
    Painter page = sick_note();
    page.line(1900, 100, "VOLET 1");
    const Decision decision = decide({page.page()});
    EXPECT_EQ(value(decision, "volet"), "1");
    EXPECT_EQ(decision.documents[0].route.service, "Service médical (ELSM)");
}

PageReading leaf(int number) {
    return sick_note().line(1900, 100, "VOLET " + std::to_string(number)).page();
}

/// Sick notes of which one field is required.
Decision decide_requiring(const char* field, const PageReading& page) {
    ClassifySettings settings = shipped();
    for (FieldRule& rule : std::ranges::find(settings.types, "AAT", &DocumentType::code)->fields) {
        rule.required = rule.name == field;
    }
    return understand(ReadPli{.pages = {page}, .lot_caisse = "061"}, settings, Facts{});
}

TEST(RequiredFields, ThatAreFoundButNotSureAreToBeChecked) {
    PageReading page = sick_note().page();
    EXPECT_FALSE(decide_requiring("nir", page).to_verify);
    for (Identifier& identifier : page.identifiers) {
        identifier.confidence = 0.6;
    }
    EXPECT_EQ(
        decide_requiring("nir", page).verify_reasons,
        std::vector<std::string>{"champ nir incertain (AAT, page 1)"}
    );
}

TEST(Days, AreJudgedByTheDayOfReceiptAndNotByToday) {
    Painter page = sick_note();
    page.line(150, 1000, "Fait le").identifier(600, 1000, IdentifierKind::Date, "2026-03-10");
    const auto sent_when_received_on = [&](std::chrono::sys_days received_on) {
        return value(
            understand(
                ReadPli{.pages = {page.page()}, .lot_caisse = "061"},
                shipped(),
                Facts{.today = today, .received_on = received_on}
            ),
            "sent_date"
        );
    };
    EXPECT_EQ(sent_when_received_on(today), "2026-03-10");
    EXPECT_EQ(sent_when_received_on(today - std::chrono::days(10)), "none")
        << "it came before that day";
}

TEST(Routes, OfPagesThatAreSeveralVoletsAreAPersonsToChoose) {
    const Decision both = decide({leaf(1), leaf(2)});
    ASSERT_EQ(both.documents.size(), 1U);
    EXPECT_EQ(
        std::ranges::count(
            both.verify_reasons,
            "champ volet différent d'une page à l'autre (AAT, page 1) : 1 en page 1, 2 en page 2"
        ),
        1
    );
    const Decision twice = decide({leaf(2), leaf(2)});
    EXPECT_FALSE(twice.to_verify) << twice.verify_reasons.front();
}

TEST(Routes, OfAPlanWithoutTheRowAreThoseOfTheType) {
    ClassifySettings settings = shipped();
    for (Caisse& caisse : settings.caisses) {
        caisse.plan.erase("AAT-AT");
    }
    const Decision decision = understand(
        ReadPli{.pages = {note_with(Reason::Accident)}, .lot_caisse = "061"}, settings, Facts{}
    );
    EXPECT_EQ(decision.documents[0].route.service, "Indemnités journalières");
}

TEST(Columns, GiveEachValueOrTheirSum) {
    Painter page;
    page.line(150, 200, "N° 11135*04", 30)
        .line(900, 200, "ATTESTATION DE SALAIRE", 60)
        .line(900, 300, "pour le paiement des indemnités journalières", 60)
        .line(150, 1000, "Période")
        .line(900, 1000, "Salaire brut")
        .line(150, 1060, "janvier 2026")
        .line(900, 1060, "2 100,50")
        .line(150, 1120, "février 2026")
        .line(900, 1120, "2 099,50 €")
        .line(150, 1180, "Total")
        .line(900, 1180, "4 200,00");
    EXPECT_EQ(value(decide({page.page()}), "wages_total"), "4200,00");

    Painter care;
    care.line(150, 200, "N° 12541*02", 30)
        .line(900, 200, "FEUILLE DE SOINS", 60)
        .line(150, 1000, "Dates des actes")
        .identifier(150, 1060, IdentifierKind::Date, "2026-03-02")
        .identifier(150, 1120, IdentifierKind::Date, "2026-03-09");
    EXPECT_EQ(
        values(decide({care.page()}), "act_dates"),
        (std::vector<std::string>{"2026-03-02", "2026-03-09"})
    );
}

TEST(Dates, AfterTheDayOfReceiptAreNobodysBirthDate) {
    Painter page = sick_note();
    page.line(150, 1400, "Date de naissance")
        .identifier(700, 1400, IdentifierKind::Date, "2084-05-02")
        .identifier(1200, 1400, IdentifierKind::Date, "1984-05-02");
    EXPECT_EQ(value(decide_today({page.page()}), "birth_date"), "1984-05-02");
}

TEST(Dates, OfBirthAgreeWithTheNirRatherThanStandNearest) {
    Painter page = sick_note(); // born in May 1984
    page.line(150, 1400, "Date de naissance")
        .identifier(600, 1400, IdentifierKind::Date, "2019-07-08")
        .identifier(900, 1400, IdentifierKind::Date, "1984-05-02");
    EXPECT_EQ(value(decide_today({page.page()}), "birth_date"), "1984-05-02");
    Painter unlabelled = sick_note();
    unlabelled.identifier(900, 1400, IdentifierKind::Date, "1984-05-02");
    EXPECT_EQ(value(decide_today({unlabelled.page()}), "birth_date"), "1984-05-02");
}

TEST(Dates, AreTakenFromALabelOfSeveralWordsRatherThanFromTheHeadOfAColumn) {
    Painter page = sick_note();
    page.line(300, 2000, "date")
        .identifier(300, 2060, IdentifierKind::Date, "2026-03-02")
        .line(150, 2600, "date de signature")
        .identifier(1300, 2600, IdentifierKind::Date, "2026-03-04");
    EXPECT_EQ(value(decide_today({page.page()}), "sent_date"), "2026-03-04");
}

TEST(Dates, AtNoLabelKnownAreToldApartByTheirOrder) {
    Painter page;
    page.line(150, 200, "N° 11135*04", 30)
        .line(900, 200, "ATTESTATION DE SALAIRE", 60)
        .line(150, 900, "là depuis")
        .identifier(900, 900, IdentifierKind::Date, "2019-05-02")
        .line(150, 1000, "plus venu après")
        .identifier(900, 1000, IdentifierKind::Date, "2026-03-04")
        .line(150, 1100, "vu et certifié")
        .identifier(900, 1100, IdentifierKind::Date, "2026-03-09");
    const Decision decision = decide_today({page.page()});
    EXPECT_EQ(value(decision, "hire_date"), "2019-05-02");
    EXPECT_EQ(value(decision, "last_worked_date"), "2026-03-04");
    EXPECT_EQ(value(decision, "sent_date"), "2026-03-09");
    page.line(150, 1200, "autre").identifier(900, 1200, IdentifierKind::Date, "2026-03-06");
    EXPECT_EQ(value(decide_today({page.page()}), "last_worked_date"), "none") << "one day too many";
}

TEST(Dates, AreFoundWithinANumberThatGoesOnOnTheNextLine) {
    EXPECT_EQ(written_day_of("(12.05.2002,"), "2002-05-12");
    EXPECT_EQ(written_day_of("12/05-2002"), std::nullopt);
    EXPECT_EQ(written_day_of("12.05.02"), std::nullopt);
    PageReading page = sick_note()
                           .line(150, 1200, "née le 12/05/1984, immatriculée 1 84 05 06")
                           .line(150, 1250, "088 001 95, en arrêt")
                           .page();
    page.identifiers[0].box_px = {150, 1200, 1500, 1290}; // of both lines
    EXPECT_EQ(value(decide_today({page}), "birth_date"), "1984-05-12");
}

TEST(Dates, LeftOverWhereAllOthersAreFoundAreOfTheSignature) {
    const auto signed_on = [](const std::string& left) {
        Painter note = sick_note();
        note.line(150, 1000, "à compter du")
            .identifier(1200, 1000, IdentifierKind::Date, "2026-03-10")
            .line(150, 1100, "Date de naissance")
            .identifier(1200, 1100, IdentifierKind::Date, "1984-05-12")
            .identifier(1700, 2600, IdentifierKind::Date, left);
        return value(decide_today({note.page()}), "sent_date");
    };
    EXPECT_EQ(signed_on("2026-03-12"), "2026-03-12");
    EXPECT_EQ(signed_on("2026-03-18"), "none") << "after the day of receipt";
}

TEST(Dates, InTheWrongOrderAreDoubtful) {
    Painter page = sick_note(); // to 20 March
    page.line(150, 1000, "à compter du").identifier(900, 1000, IdentifierKind::Date, "2026-04-20");
    const Decision decision = decide_today({page.page()});
    EXPECT_EQ(value(decision, "from_date"), "2026-04-20");
    EXPECT_EQ(why_missing(decision, "from_date"), "illisible");
}

TEST(Completeness, NamesWhatIsAbsentAndWhatCannotBeRead) {
    Painter page;
    page.line(150, 200, "N° 10170*07", 30)
        .line(900, 200, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(150, 800, "Numéro d'immatriculation")
        .invalid_identifier(900, 800, IdentifierKind::Nir, "295109912611199")
        .line(2200, 3400, "S 3116 g", 26);
    const Decision decision = decide({page.page()});
    EXPECT_EQ(why_missing(decision, "nir"), "illisible");
    EXPECT_EQ(why_missing(decision, "to_date"), "absent");
    EXPECT_TRUE(decision.to_verify) << "nothing at all that the form asks for";
    page.line(150, 1000, "jusqu'au").identifier(900, 1000, IdentifierKind::Date, "2026-03-20");
    EXPECT_FALSE(decide({page.page()}).to_verify) << "it goes its way, with the list";
}

PageReading signed_note(bool with_ink) {
    PageReading page = sick_note().line(1500, 2800, "Signature du praticien").page();
    page.ink.measured = true;
    if (with_ink) {
        page.ink.blocks_px = {{1600, 2880, 2000, 3050}};
    } else {
        page.ink.blocks_px = {{100, 100, 300, 200}};
    }
    return page;
}

TEST(Completeness, MissesASignatureOnlyWhereItsPlaceIsEmpty) {
    EXPECT_EQ(why_missing(decide({signed_note(true)}), "signature"), "not missing");
    EXPECT_EQ(why_missing(decide({signed_note(false)}), "signature"), "non signé");
    EXPECT_EQ(why_missing(decide({sick_note().page()}), "signature"), "not missing");
}

TEST(Senders, AreTheBlockAtTheTopLeft) {
    const Decision decision = decide({letter("Je vous informe de mon déménagement.").page()});
    EXPECT_EQ(value(decision, "sender_name"), "Jeanne MARTIN");
    EXPECT_EQ(value(decision, "sender_postcode"), "06000");
}

TEST(RegisteredMail, GivesItsNumberToTheDocumentItCameWith) {
    Painter front = envelope();
    front.identifier(300, 200, IdentifierKind::LaPoste, "1A04787720243");
    const Decision decision = decide({front.page(), letter("Je conteste votre décision.").page()});
    ASSERT_EQ(decision.documents.size(), 2U);
    const auto& fields = decision.documents[1].fields;
    EXPECT_TRUE(std::any_of(fields.begin(), fields.end(), [](const Field& field) {
        return field.name == "registered_number" && field.value == "1A04787720243";
    }));
}

TEST(RegisteredMail, IsNoParcelNorTrackedLetter) {
    Painter page = letter("Je vous écris.");
    page.identifier(300, 100, IdentifierKind::LaPoste, "6A15602676300");
    EXPECT_EQ(value(decide({page.page()}), "registered_number"), "none");
}

TEST(Amounts, AreReadAsTheFrenchWriteThem) {
    EXPECT_EQ(amount_of("1 234,56"), "1234,56");
    EXPECT_EQ(amount_of("1.234,56 €"), "1234,56");
    EXPECT_EQ(amount_of("12.50€"), "12,50");
    EXPECT_EQ(amount_of("40 €"), "40,00");
    EXPECT_EQ(amount_of("12 34,56"), std::nullopt);
    EXPECT_EQ(amount_of("668,95."), "668,95") << "at the end of a sentence";
    EXPECT_EQ(amount_of("#951,47 #"), "951,47") << "so that nobody adds a digit";
    EXPECT_EQ(amount_of("€839,77"), "839,77");
    EXPECT_EQ(amount_of("-31,63"), std::nullopt);
    EXPECT_EQ(amount_of("#"), std::nullopt);
    EXPECT_EQ(amount_of("14.03.2026"), std::nullopt);
    EXPECT_EQ(amount_of("2026"), std::nullopt);
}

TEST(Addresses, StandOnOneLineOrTwoAndAreNotTheWordsOfALabel) {
    const std::string whole = "12 rue des Lilas 06000 NICE";
    Painter one = sick_note();
    one.line(150, 1200, "Adresse mail")
        .line(150, 1400, "Adresse où le malade peut être visité :")
        .line(1200, 1400, whole);
    EXPECT_EQ(value(decide({one.page()}), "address"), whole);
    Painter two = sick_note();
    two.line(150, 1400, "Adresse où le malade peut être visité")
        .block(150, 1460, "12 rue des Lilas\n06000 NICE");
    EXPECT_EQ(value(decide({two.page()}), "address"), whole);
    Painter none = sick_note();
    none.line(150, 1200, "Adresse mail");
    EXPECT_EQ(value(decide({none.page()}), "address"), "none");
}

TEST(Amounts, OfNothingAreNone) {
    const auto paid = [](const std::string& sum) {
        Painter page;
        page.line(900, 200, "FACTURE ACQUITTÉE", 60)
            .line(150, 1200, "Net à payer")
            .line(600, 1200, sum);
        return value(decide({page.page()}), "amount");
    };
    EXPECT_EQ(paid("64,49"), "64,49");
    EXPECT_EQ(paid("0,00"), "none");
}

TEST(Labels, BehindTheirValueCountWhereAnotherFieldShowsTheHabit) {
    const auto amount = [](bool habit) {
        Painter page;
        page.line(900, 200, "FEUILLE DE SOINS", 60)
            .identifier(150, 800, IdentifierKind::Nir, "184050608800195")
            .line(150, habit ? 850 : 2400, "numéro de sécurité sociale")
            .line(150, 1200, "55,00 €")
            .line(150, 1250, "montant total")
            .line(1500, 2000, "20,00 €");
        return value(decide({page.page()}), "amount");
    };
    EXPECT_EQ(amount(true), "55,00");
    EXPECT_EQ(amount(false), "none");
}

TEST(Amounts, ThatAloneNameTheirCurrencyAreTheSum) {
    const auto amount_on = [](const std::string& second) {
        Painter invoice;
        invoice.line(800, 300, "FACTURE", 60)
            .line(150, 700, "Semelles thermoformées")
            .line(900, 700, "34,75")
            .line(900, 900, second)
            .line(150, 1300, "Reçu pour toutes fournitures");
        invoice.line(900, 1300, "72,01 EUR");
        return value(decide({invoice.page()}), "amount");
    };
    EXPECT_EQ(amount_on("37,26"), "72,01");
    EXPECT_EQ(amount_on("37,26 EUR"), "none") << "one of two";
}

TEST(Words, OfLargeTypeCloseBelowASmallLabelAreItsValue) {
    Painter page;
    page.line(800, 300, "RELEVÉ D'IDENTITÉ BANCAIRE", 55)
        .line(150, 550, "Intitulé du compte", 30)
        .line(150, 575, "MARTIN Jeanne", 60)
        .identifier(500, 1000, IdentifierKind::Iban, "FR7630006000011234567890189");
    EXPECT_EQ(value(decide({page.page()}), "holder"), "MARTIN Jeanne");
}

TEST(Names, EndBeforeTheAddressBehindThem) {
    Painter page;
    page.line(800, 300, "RELEVÉ D'IDENTITÉ BANCAIRE", 55)
        .line(150, 600, "Titulaire du compte : MARTIN Jeanne - 12 rue des Lilas 06000 NICE")
        .identifier(500, 1000, IdentifierKind::Iban, "FR7630006000011234567890189");
    EXPECT_EQ(value(decide({page.page()}), "holder"), "MARTIN Jeanne");
}

TEST(Names, WithATitleNeedNoLabelWhereOneNameIsAskedFor) {
    const auto holder_beside = [](const std::string& other) {
        Painter page;
        page.line(800, 300, "RELEVÉ D'IDENTITÉ BANCAIRE", 55)
            .line(150, 600, "MME MARTIN JEANNE")
            .line(150, 650, "12 RUE DES LILAS")
            .line(150, 700, "06000 NICE")
            .line(150, 900, other)
            .identifier(500, 1000, IdentifierKind::Iban, "FR7630006000011234567890189");
        return value(decide({page.page()}), "holder");
    };
    EXPECT_EQ(holder_beside("ouverture du mardi au samedi"), "MME MARTIN JEANNE");
    EXPECT_EQ(holder_beside("M. DURAND PAUL"), "none") << "one of two";
}

TEST(Labels, InSentencesAreNone) {
    const auto subject_of = [](const std::string& body) {
        Painter page = letter(body);
        page.line(150, 1050, "Objet : Toujours pas payé");
        return value(decide({page.page()}), "subject");
    };
    EXPECT_EQ(
        subject_of("Je me permets de vous relancer\nà ce sujet pour la troisième fois."),
        "Toujours pas payé"
    );
}

TEST(Labels, InSmallPrintMeetTheBoxOfLargeFiguresBelow) {
    const Box label{201, 1006, 490, 1040};
    EXPECT_TRUE(distance(label, {203, 1013, 383, 1090}, a4_width_px).has_value());
    EXPECT_FALSE(distance(label, {203, 940, 383, 1010}, a4_width_px).has_value()) << "above it";
}

TEST(Names, AreNoLabelsNumbersOrSentences) {
    const auto holder_of = [](const std::string& beside) {
        Painter page;
        page.line(800, 300, "RELEVÉ D'IDENTITÉ BANCAIRE", 55)
            .line(150, 600, "Compte de")
            .line(400, 600, beside)
            .line(150, 1000, "IBAN")
            .identifier(500, 1000, IdentifierKind::Iban, "FR7630006000011234567890189");
        return value(decide({page.page()}), "holder");
    };
    EXPECT_EQ(holder_of("MME MARTIN JEANNE"), "MME MARTIN JEANNE");
    EXPECT_EQ(holder_of("Banque"), "none");
    EXPECT_EQ(holder_of("11685589871"), "none");
    EXPECT_EQ(holder_of("AGRIFRPP061"), "none");
}

TEST(Words, OfTheSecondLanguageOfALabelAreNoValue) {
    Painter page;
    page.line(700, 200, "PASSEPORT PASSPORT", 60)
        .line(300, 900, "Nom / Surname")
        .line(300, 960, "RIGAUDET")
        .line(300, 1100, "Prénoms / Given names")
        .line(300, 1160, "Loïc")
        .line(300, 1400, "P<FRARIGAUDET<<LOIC<<<<<<<<<");
    const Decision decision = decide({page.page()});
    EXPECT_EQ(value(decision, "last_name"), "RIGAUDET");
    EXPECT_EQ(value(decision, "first_name"), "Loïc");
}

TEST(Bics, AreCodesOfBanksWithNumberedBranches) {
    EXPECT_EQ(bic_of("AGRIFRPP"), "AGRIFRPP");
    EXPECT_EQ(bic_of("LEVA FR PP O61"), "LEVAFRPP061");
    EXPECT_EQ(bic_of("LEVAFRPPXXX"), "LEVAFRPPXXX");
    EXPECT_FALSE(bic_of("TITULAIRE").has_value());
    EXPECT_FALSE(bic_of("AGENCEDUPORT").has_value());
    EXPECT_FALSE(bic_of("ADRESSES").has_value());
}

TEST(Times, AreReadAsTheFrenchWriteThem) {
    EXPECT_EQ(time_of("14h30"), "14:30");
    EXPECT_EQ(time_of("8 h"), "08:00");
    EXPECT_EQ(time_of("09:05"), "09:05");
    EXPECT_EQ(time_of("25h00"), std::nullopt);
    EXPECT_EQ(time_of("14/03"), std::nullopt);
}

} // namespace
} // namespace pleiade::classify::test
