#include "classify/rules/paper.h"
#include "tests/unit/classify/papers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace pleiade::classify::test {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_days monday{2026y / 3 / 16};
constexpr const char* jeanne = "184050608800195";
constexpr const char* paul = "185052A00400181";
constexpr const char* known_iban = "FR7630006000011234567890189";
constexpr const char* other_iban = "FR1420041010050500013M02606";

Decision decide_knowing(std::vector<PageReading> pages, EarlierMail earlier) {
    return understand(
        ReadPli{.pages = std::move(pages), .lot_caisse = "061"},
        shipped(),
        Facts{.today = monday, .received_on = monday, .earlier = std::move(earlier)}
    );
}

bool says(const std::vector<std::string>& sentences, const std::string& part) {
    return std::ranges::any_of(sentences, [&](const std::string& sentence) {
        return sentence.find(part) != std::string::npos;
    });
}

std::vector<std::string> reasons_of(const Decision& decision) {
    return decision.verify_reasons;
}

PageReading with_picture(PageReading page) {
    page.picture_print = std::string(64, '5');
    return page;
}

EarlierPage earlier_page(const PageReading& page) {
    return {
        .page_index = 0,
        .pli = 7,
        .pli_name = "lot/0001.tif",
        .received_on = monday - std::chrono::days(3),
        .print = print_of(page)};
}

TEST(Guards, ADocumentThatCameBeforeWaitsForAPerson) {
    const PageReading page = with_picture(sick_note().page());
    const Decision fresh = decide_knowing({page}, {});
    EXPECT_FALSE(fresh.to_verify) << fresh.verify_reasons.front();
    const Decision again = decide_knowing({page}, {.pages = {earlier_page(page)}});
    EXPECT_TRUE(again.to_verify);
    EXPECT_TRUE(
        says(reasons_of(again), "document déjà reçu (AAT, page 1) : pli lot/0001.tif du 13/03/2026")
    ) << again.verify_reasons.front();
}

TEST(Guards, TheSameBytesAreTheSameDocumentWhateverTheySay) {
    EarlierPage earlier = earlier_page(sick_note().page());
    earlier.print = {};
    earlier.same_file = true;
    EXPECT_TRUE(decide_knowing({sick_note().page()}, {.pages = {earlier}}).to_verify);
}

TEST(Guards, AnAttachmentThatCameBeforeMayComeWithANewRequest) {
    EarlierPage earlier = earlier_page(bank_details().page());
    earlier.page_index = 1;
    earlier.same_file = true;
    const Decision decision =
        decide_knowing({sick_note().page(), bank_details().page()}, {.pages = {earlier}});
    EXPECT_FALSE(decision.to_verify) << decision.verify_reasons.front();
    earlier.page_index = 0;
    EXPECT_TRUE(says(
        decide_knowing({bank_details().page()}, {.pages = {earlier}}).verify_reasons,
        "document déjà reçu (RIB, page 1)"
    ));
}

TEST(Guards, TheSameFormWithOtherDatesIsAnotherDocument) {
    Painter first = sick_note();
    first.identifier(400, 2000, IdentifierKind::Date, "2026-03-02");
    Painter second = sick_note();
    second.identifier(400, 2000, IdentifierKind::Date, "2026-03-16");
    const Decision decision = decide_knowing(
        {with_picture(second.page())}, {.pages = {earlier_page(with_picture(first.page()))}}
    );
    EXPECT_FALSE(decision.to_verify) << decision.verify_reasons.front();
}

TEST(Guards, AFormWithNothingReadFromItsFieldsIsNoCopyOfAnother) {
    Painter empty;
    empty.line(150, 200, "N° 10170*07", 30)
        .line(900, 200, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(150, 650, "les renseignements médicaux")
        .line(150, 800, "Numéro d'immatriculation article L321-1 R323-12 D323-2 L162-4-1")
        .line(2200, 3400, "S 3116 g", 26);
    const PageReading page = with_picture(empty.page());
    const Decision decision = decide_knowing({page}, {.pages = {earlier_page(page)}});
    EXPECT_FALSE(says(decision.verify_reasons, "déjà reçu"));
}

TEST(Guards, ADocumentOfWhichOnlyOnePageCameBeforeIsNew) {
    const PageReading page = with_picture(sick_note().page());
    Painter further;
    further.line(150, 200, "volet 2", 30).line(150, 900, "suite des renseignements de la page un");
    const Decision decision =
        decide_knowing({page, further.page()}, {.pages = {earlier_page(page)}});
    ASSERT_EQ(decision.documents.size(), 1U);
    EXPECT_FALSE(says(decision.verify_reasons, "déjà reçu"));
}

TEST(Guards, AnotherOfTheSameTypeForThePersonIsSaidAndDelivered) {
    const auto decided = [](int days_before, const char* type, const char* person) {
        return decide_knowing(
            {sick_note().page()},
            {.documents = {{person, type, "lot/0001.tif", monday - std::chrono::days(days_before)}}}
        );
    };
    const Decision decision = decided(6, "AAT", jeanne);
    EXPECT_FALSE(decision.to_verify);
    EXPECT_EQ(
        decision.documents.front().notes,
        std::vector<std::string>{
            "réitération : AAT du même assuré reçu le 10/03/2026 (pli lot/0001.tif)"}
    );
    EXPECT_TRUE(decided(31, "AAT", jeanne).documents.front().notes.empty());
    EXPECT_TRUE(decided(6, "PSC", jeanne).documents.front().notes.empty());
    EXPECT_TRUE(decided(6, "AAT", paul).documents.front().notes.empty());
}

TEST(Guards, TheCaisseSaysWithinHowManyDaysItIsTheSameRequest) {
    ClassifySettings settings = shipped();
    for (Caisse& caisse : settings.caisses) {
        caisse.reiteration_days = 0;
    }
    const Decision decision = understand(
        ReadPli{.pages = {sick_note().page()}, .lot_caisse = "061"},
        settings,
        Facts{
            .today = monday,
            .received_on = monday,
            .earlier = {.documents = {{jeanne, "AAT", "lot/0001.tif", monday}}}}
    );
    EXPECT_TRUE(decision.documents.front().notes.empty());
}

TEST(Guards, TwoPeopleInOneDocumentWaitForAPerson) {
    Painter page = sick_note();
    page.identifier(150, 2400, IdentifierKind::Nir, paul);
    const Decision decision = decide({page.page()});
    EXPECT_TRUE(
        says(decision.verify_reasons, "plusieurs assurés dans un même document (AAT, page 1)")
    );
}

TEST(Guards, TheNirReadTwiceIsOnePerson) {
    Painter page = sick_note();
    page.identifier(150, 2400, IdentifierKind::Nir, jeanne);
    EXPECT_FALSE(decide({page.page()}).to_verify);
}

TEST(Guards, ARepairedNirThatIsNearlyThePlainOneIsThatOne) {
    PageReading page = sick_note().identifier(150, 2400, IdentifierKind::Nir, paul).page();
    page.identifiers.back().value = "184050608800292"; // two characters away
    EXPECT_TRUE(decide({page}).to_verify);
    page.identifiers.back().repaired = true;
    EXPECT_FALSE(decide({page}).to_verify);
}

TEST(Guards, AFamilyFormMayNameParentAndChild) {
    Painter page;
    page.line(150, 200, "N° 12541*02", 30)
        .line(900, 200, "FEUILLE DE SOINS", 60)
        .line(150, 500, "personne recevant les soins")
        .identifier(900, 800, IdentifierKind::Nir, jeanne)
        .identifier(900, 1200, IdentifierKind::Nir, paul)
        .line(150, 1800, "montant des honoraires facturés");
    const Decision decision = decide({page.page()});
    ASSERT_EQ(decision.documents.front().type.code, "FSP");
    EXPECT_FALSE(decision.to_verify) << decision.verify_reasons.front();
}

std::vector<PageReading> note_with_account() {
    return {sick_note().page(), bank_details().page()};
}

TEST(Guards, TwoAccountsOnOnePaperWaitForAPerson) {
    Painter two = bank_details();
    two.identifier(150, 2600, IdentifierKind::Iban, "FR1420041010050500013M02606");
    EXPECT_TRUE(says(
        decide({sick_note().page(), two.page()}).verify_reasons,
        "plusieurs comptes bancaires (RIB, page 2)"
    ));
    EXPECT_TRUE(
        says(decide({two.page()}).verify_reasons, "plusieurs comptes bancaires (RIB, page 1)")
    ) << "whose it is, nobody knows: which one to pay neither";
}

TEST(Guards, AnotherAccountThanTheKnownOneWaitsForAPerson) {
    const Decision changed =
        decide_knowing(note_with_account(), {.accounts = {{jeanne, other_iban}}});
    EXPECT_TRUE(says(changed.verify_reasons, "compte bancaire changé (RIB, page 2)"));
    for (const std::string& reason : changed.verify_reasons) {
        EXPECT_EQ(reason.find("7630006"), std::string::npos) << reason;
    }
    const Decision same = decide_knowing(note_with_account(), {.accounts = {{jeanne, known_iban}}});
    EXPECT_FALSE(same.to_verify) << same.verify_reasons.front();
    const Decision of_another =
        decide_knowing(note_with_account(), {.accounts = {{paul, other_iban}}});
    EXPECT_FALSE(of_another.to_verify);
}

TEST(Guards, AnAccountThatIsNobodysIsSaidToBeComparedWithNone) {
    const Decision alone = decide({bank_details().page()});
    EXPECT_TRUE(says(alone.documents.at(0).notes, "compte bancaire sans assuré connu (RIB, page 1)")
    );
    Painter named = bank_details();
    named.identifier(500, 1400, IdentifierKind::Nir, jeanne);
    EXPECT_FALSE(says(decide({named.page()}).documents.at(0).notes, "sans assuré connu"));
}

TEST(Guards, AnAttachmentWithoutANirIsAboutThePersonOfThePli) {
    const Decision decision = decide(note_with_account());
    ASSERT_EQ(decision.documents.size(), 2U);
    EXPECT_EQ(decision.documents[1].person, jeanne);
    EXPECT_EQ(decision.documents[1].account, known_iban);
}

Painter secured_note(const std::string& number) {
    Painter page;
    page.line(900, 200, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(150, 400, "formulaire sécurisé")
        .line(150, 500, "N° 10170*07", 30)
        .line(150, 600, "numéro unique : " + number)
        .line(150, 800, "Numéro d'immatriculation")
        .identifier(900, 800, IdentifierKind::Nir, jeanne);
    return page;
}

TEST(Guards, ASecuredFormWhoseNumberCameBeforeWaitsForAPerson) {
    const PageReading page = secured_note("AB1234567").page();
    const std::vector<Question> questions = ask({page}, shipped());
    const auto asked = std::ranges::find(questions, Question::Kind::AatNumber, &Question::kind);
    ASSERT_NE(asked, questions.end());
    const Decision fresh = decide({page});
    ASSERT_EQ(fresh.documents.front().type.code, "AAT-SEC");
    EXPECT_EQ(fresh.documents.front().form_number, asked->key);
    EXPECT_FALSE(fresh.to_verify) << fresh.verify_reasons.front();
    const Decision again =
        decide_knowing({page}, {.aat_numbers = {{asked->key, "lot/0001.tif", monday}}});
    EXPECT_TRUE(says(again.verify_reasons, "numéro de formulaire sécurisé déjà reçu"));
}

TEST(Guards, ASecuredFormWithoutColourOrNumberMayBeACopy) {
    PageReading page = secured_note("AB1234567").page();
    page.coloured = 0.0;
    EXPECT_TRUE(says(decide({page}).verify_reasons, "photocopie ?"));
    page.coloured = 0.05;
    EXPECT_FALSE(decide({page}).to_verify);
    EXPECT_TRUE(says(decide({secured_note("").page()}).verify_reasons, "sans numéro lisible"));
}

Painter letter_to(const std::string& addressee) {
    Painter page;
    page.block(150, 200, "Jeanne MARTIN\n12 rue des Lilas\n06000 NICE")
        .block(1400, 600, addressee + "\n06180 NICE CEDEX 2")
        .line(1400, 900, "Nice, le 3 mars 2026")
        .line(150, 1200, "Madame, Monsieur,")
        .block(
            150, 1400, "Je vous écris au sujet de mon dossier de ce mois.\nMerci de me répondre."
        )
        .line(150, 2800, "Je vous prie de recevoir mes salutations distinguées.")
        .line(1500, 3000, "J. Martin");
    return page;
}

TEST(Guards, MailForTheDoctorsOutsideTheirChannelWaitsForAPerson) {
    for (const char* addressee :
         {"CPAM des Alpes-Maritimes\nMonsieur le Médecin-conseil",
          "Échelon local du Service médical\nCPAM des Alpes-Maritimes"}) {
        EXPECT_TRUE(
            says(decide({letter_to(addressee).page()}).verify_reasons, "hors du circuit médical")
        ) << addressee;
    }
    EXPECT_FALSE(says(
        decide({letter_to("CPAM des Alpes-Maritimes\nService courrier").page()}).verify_reasons,
        "hors du circuit médical"
    ));
}

TEST(Guards, AMedicalTypeThatTheCaisseSendsElsewhereWaitsForAPerson) {
    Painter page;
    page.line(900, 200, "PROTOCOLE DE SOINS", 60)
        .line(150, 300, "N° 11626*05", 30)
        .line(150, 800, "Numéro d'immatriculation")
        .identifier(900, 800, IdentifierKind::Nir, jeanne);
    const Decision in_channel = decide({page.page()});
    ASSERT_EQ(in_channel.documents.front().type.code, "ALD");
    EXPECT_FALSE(says(in_channel.verify_reasons, "hors du circuit médical"));
    ClassifySettings settings = shipped();
    for (Caisse& caisse : settings.caisses) {
        caisse.plan.erase("ALD");
    }
    EXPECT_TRUE(says(
        understand(ReadPli{.pages = {page.page()}, .lot_caisse = "061"}, settings, Facts{})
            .verify_reasons,
        "hors du circuit médical"
    ));
}

TEST(Guards, AScanOnlyCaisseIsToldOfPeopleButNeverSentADocumentTwice) {
    Painter page = sick_note();
    page.identifier(150, 2400, IdentifierKind::Nir, paul);
    const auto decided = [&](EarlierMail earlier) {
        return understand(
            ReadPli{.pages = {page.page()}, .lot_caisse = "481"},
            shipped(),
            Facts{.today = monday, .received_on = monday, .earlier = std::move(earlier)}
        );
    };
    const Decision told = decided({});
    EXPECT_FALSE(told.to_verify);
    EXPECT_TRUE(says(told.documents.front().notes, "plusieurs assurés"));
    EarlierPage earlier = earlier_page(page.page());
    earlier.same_file = true;
    EXPECT_TRUE(decided({.pages = {earlier}}).to_verify);
}

const InsuredPerson jeanne_martin{
    .nir = jeanne,
    .family_name = "MARTIN",
    .birth_name = "DURAND",
    .first_names = "Jeanne",
    .birth_date = "1984-05-23",
    .caisse = "061",
    .iban = known_iban};

std::vector<std::string>
doubts_about(const PageReading& page, const std::vector<InsuredPerson>& people) {
    return understand(
               ReadPli{.pages = {page}, .lot_caisse = "061"},
               shipped(),
               Facts{.today = monday, .received_on = monday, .referential = true, .people = people}
    )
        .verify_reasons;
}

TEST(Referential, OnePersonWhoAgreesIsNoDoubt) {
    const PageReading page = sick_note().line(150, 1000, "Nom : Martin Jeanne").page();
    EXPECT_TRUE(doubts_about(page, {jeanne_martin}).empty());
    EXPECT_TRUE(doubts_about(page, {jeanne_martin, jeanne_martin}).empty());
}

TEST(Referential, NobodyOrSeveralPeopleAreADoubt) {
    const PageReading page = sick_note().page();
    EXPECT_TRUE(says(doubts_about(page, {}), "assuré inconnu du référentiel (AAT, page 1)"));
    InsuredPerson twin = jeanne_martin;
    twin.first_names = "Jeannine";
    EXPECT_TRUE(says(doubts_about(page, {jeanne_martin, twin}), "plusieurs assurés du référentiel")
    );
}

TEST(Referential, WithoutOneNothingIsAskedOfIt) {
    EXPECT_FALSE(decide({sick_note().page()}).to_verify);
}

TEST(Referential, APersonOfAnotherCaisseIsADoubt) {
    InsuredPerson moved = jeanne_martin;
    moved.caisse = "131";
    EXPECT_TRUE(says(
        doubts_about(sick_note().page(), {moved}),
        "assuré de la caisse 131 (AAT, page 1), courrier de la caisse 061"
    ));
}

TEST(Referential, AnotherBirthDateIsADoubt) {
    const auto note = [](const char* day) {
        return sick_note()
            .line(150, 1000, "Date de naissance")
            .identifier(650, 1000, IdentifierKind::Date, day)
            .page();
    };
    EXPECT_TRUE(
        says(doubts_about(note("1984-05-28"), {jeanne_martin}), "date de naissance autre que celle")
    );
    EXPECT_TRUE(doubts_about(note("1984-05-23"), {jeanne_martin}).empty());
}

TEST(Referential, APersonWithoutANameIsKnownByTheNumberAlone) {
    InsuredPerson nameless = jeanne_martin;
    nameless.family_name.clear();
    nameless.birth_name.clear();
    EXPECT_TRUE(
        doubts_about(sick_note().line(150, 1000, "Nom : Martin").read_with(0.95).page(), {nameless})
            .empty()
    );
}

TEST(Referential, ANameThatStandsNowhereOnAPrintedPageIsADoubt) {
    const auto note = [](const char* name, double confidence) {
        return sick_note()
            .line(150, 1000, std::string("Nom : ") + name)
            .read_with(confidence)
            .page();
    };
    EXPECT_TRUE(says(doubts_about(note("CAZALOTTE", 0.95), {jeanne_martin}), "nom de l'assuré"));
    EXPECT_TRUE(doubts_about(note("MARTlN Jeanne", 0.95), {jeanne_martin}).empty());
    EXPECT_TRUE(doubts_about(note("DURAND", 0.95), {jeanne_martin}).empty());
    EXPECT_TRUE(doubts_about(note("CAZALOTTE", 0.5), {jeanne_martin}).empty()) << "handwriting";
}

TEST(Referential, KnowsAnAccountUntilMailKnowsALaterOne) {
    Facts facts{
        .today = monday, .received_on = monday, .referential = true, .people = {jeanne_martin}};
    facts.people.front().iban = other_iban;
    const ReadPli pli{.pages = note_with_account(), .lot_caisse = "061"};
    EXPECT_TRUE(says(understand(pli, shipped(), facts).verify_reasons, "compte bancaire changé"));
    facts.earlier.accounts = {{jeanne, known_iban}};
    EXPECT_FALSE(says(understand(pli, shipped(), facts).verify_reasons, "compte bancaire changé"));
}

TEST(Ask, AsksForThePrintOfEveryPageThatSaysSomething) {
    const std::vector<Question> questions =
        ask({with_picture(sick_note().page()), blank_page()}, shipped());
    EXPECT_EQ(std::ranges::count(questions, Question::Kind::PageFingerprint, &Question::kind), 1);
    EXPECT_EQ(std::ranges::count(questions, Question::Kind::Nir, &Question::kind), 1);
}

} // namespace
} // namespace pleiade::classify::test
