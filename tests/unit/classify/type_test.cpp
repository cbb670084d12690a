#include "tests/unit/classify/papers.h"

#include <gtest/gtest.h>

namespace pleiade::classify::test {
namespace {

TypeGuess type_of(const Painter& page) {
    return decide({page.page()}).page_types.at(0);
}

TEST(Type, OfAFormIsSureByItsNumberTitleAndWords) {
    const TypeGuess guess = type_of(sick_note());
    EXPECT_EQ(guess.code, "AAT");
    EXPECT_TRUE(guess.automatic);
    ASSERT_FALSE(guess.why.empty());
    EXPECT_EQ(guess.why[0].what, "numéro 10170 à sa place");
    EXPECT_EQ(guess.why[0].page_index, 0);
    EXPECT_FALSE(guess.why[0].box_px.empty());
}

TEST(Type, IsFoundByACerfaNumberAsPoorlyReadAsItComes) {
    for (const char* number :
         {"N° 10170*07",
          "N° 10170 * 07",
          "n°l0170*07",
          "No 1O170*07",
          "N°10170°07",
          "cerfa 10170",
          "N° 10170\" 07"}) {
        Painter page;
        page.line(150, 200, number, 30).line(150, 900, "nom prénom adresse");
        EXPECT_EQ(type_of(page).code, "AAT") << number;
    }
}

TEST(Type, IsNotDecidedByFiveDigitsThatSayNothingOfAForm) {
    Painter page;
    page.line(150, 200, "10170 ECHEMINES").line(150, 900, "montant 10170 euros");
    EXPECT_EQ(type_of(page).code, "INCONNU");
}

TEST(Type, IsFoundByAnSNumberInItsCorner) {
    for (const char* number : {"S 3704 b", "S3704", "$ 3704", "S37O4"}) {
        Painter page;
        page.line(2200, 3400, number, 26).line(150, 900, "nom prénom adresse");
        EXPECT_EQ(type_of(page).code, "DMT") << number;
    }
}

TEST(Type, OfANoticeIsNotThatOfItsForm) {
    Painter page;
    page.line(150, 200, "N° 50261#04", 30)
        .line(700, 200, "DÉCLARATION D'ACCIDENT DU TRAVAIL", 60)
        .line(1000, 350, "NOTICE D'UTILISATION", 40)
        .line(150, 800, "Remplissez le formulaire en vous aidant des précisions ci-dessous");
    EXPECT_FALSE(type_of(page).automatic);
}

TEST(Type, OfAFormThatPointsToItsNoticeIsItsOwn) {
    Painter page;
    page.line(700, 200, "FEUILLE DE SOINS", 60)
        .line(150, 350, "honoraires : voir la notice")
        .line(150, 800, "L'assuré(e) n'a pas payé la part obligatoire")
        .line(150, 900, "actes effectués");
    EXPECT_EQ(type_of(page).code, "FSP");
}

TEST(Type, OfAnAccidentReportIsNotThatOfTheFormItsFootQuotes) {
    Painter page;
    page.line(150, 200, "N° 14463*03", 30)
        .line(150, 250, "DAT-PRE", 30)
        .line(900, 150, "DÉCLARATION", 60)
        .line(900, 230, "D'ACCIDENT DU TRAVAIL", 60)
        .line(1000, 900, "LA VICTIME")
        .line(
            150,
            3300,
            "si l'accident a entraîné un arrêt, remplissez immédiatement l'attestation de "
            "salaire S 6202."
        );
    const TypeGuess guess = type_of(page);
    EXPECT_EQ(guess.code, "DAT");
    EXPECT_TRUE(guess.automatic);
}

TEST(Type, OfASickNoteIsNotTakenForAnAccidentReport) {
    Painter page = sick_note();
    page.line(150, 1500, "accident du travail, maladie professionnelle : oui non");
    EXPECT_EQ(type_of(page).code, "AAT");
    EXPECT_TRUE(type_of(page).automatic);
}

TEST(Type, OfADamagedTitleAloneIsUnsure) {
    Painter page;
    page.line(700, 1900, "feville de soims nom prénom du bénéficiaire");
    EXPECT_FALSE(type_of(page).automatic);
}

TEST(Type, OfAPageThatOnlyMentionsAFormIsNotThatForm) {
    Painter page = letter("Je vous adresse mon avis d'arrêt de travail du 2 mars.\n"
                          "Pourriez-vous me dire si ma feuille de soins vous est parvenue ?\n"
                          "Dans l'attente de votre réponse");
    page.read_with(0.93);
    const TypeGuess guess = type_of(page);
    EXPECT_EQ(guess.code, "LIBRE");
    EXPECT_TRUE(guess.automatic);
}

TEST(Type, OfABadlyReadLetterIsProposedByItsShapeButLeftToAPerson) {
    Painter page;
    page.block(150, 200, "Jcame MARTlM\n12 rve dcs Lilos\n06000 NlCE")
        .line(1400, 900, "Nlcc, le 3 mors 2026")
        .line(150, 1200, "Nodame, Honsiewr,")
        .block(
            150,
            1400,
            "Je vous inferme que j'ai dangé de demicie depuis le dcbut du mols\n"
            "Ma netvele adressc est celle indéquée en haut de ce courricr Je vous\n"
            "ramercie de bien veuieir melre à jour man dosster et de m'adresser"
        );
    const TypeGuess guess = type_of(page);
    EXPECT_EQ(guess.code, "LIBRE");
    EXPECT_GT(guess.confidence, 0.7);
    EXPECT_FALSE(guess.automatic);
}

/// A letter as a typewriter and a good scanner give it.
Painter typed_letter(const std::string& body, double text_confidence = 0.93) {
    Painter page = letter(body);
    page.line(150, 2900, "Veuillez agréer, Madame, Monsieur, mes salutations distinguées.");
    page.read_with(text_confidence);
    return page;
}

const std::string plain_body =
    "Je vous informe que j'ai changé d'adresse depuis le début du mois.\n"
    "Ma nouvelle adresse est celle indiquée en haut de ce courrier et je\n"
    "vous remercie de bien vouloir mettre à jour mon dossier à cette date.";

TEST(Type, OfATypedPlainLetterIsSureWhenNothingOfALetterIsMissing) {
    const TypeGuess guess = type_of(typed_letter(plain_body));
    EXPECT_EQ(guess.code, "LIBRE");
    EXPECT_TRUE(guess.automatic) << guess.confidence;
}

TEST(Type, OfALetterThatMayHideSomethingIsLeftToAPerson) {
    const TypeGuess badly_read = type_of(typed_letter(plain_body, 0.5));
    EXPECT_FALSE(badly_read.automatic) << badly_read.code << badly_read.confidence;
    Painter numbered = typed_letter(plain_body);
    numbered.line(150, 100, "N° 10170*07", 30);
    EXPECT_FALSE(type_of(numbered).automatic && type_of(numbered).code == "LIBRE");
    for (const char* words :
         {"Je conteste votre décision du 12 janvier.",
          "Je dépose une réclamation car je suis sans réponse.",
          "Je déclare la perte de ma carte vitale."}) {
        const TypeGuess guess = type_of(typed_letter(plain_body + "\n" + words));
        EXPECT_FALSE(guess.automatic && guess.code == "LIBRE") << words;
    }
    Painter homeless;
    homeless.line(150, 1200, "Madame, Monsieur,")
        .block(150, 1400, plain_body)
        .line(150, 2800, "Veuillez agréer mes salutations distinguées.")
        .read_with(0.93);
    EXPECT_FALSE(type_of(homeless).automatic) << "no address of an office";
}

TEST(Type, OfALetterFollowsWhatThePersonAsksFor) {
    EXPECT_EQ(
        type_of(letter("Je conteste votre décision du 12 janvier 2026.\n"
                       "Je souhaite saisir la commission de recours amiable."))
            .code,
        "CRA"
    );
    EXPECT_EQ(
        type_of(letter("Malgré mes relances je n'ai toujours pas reçu mon remboursement.\n"
                       "Je dépose donc une réclamation."))
            .code,
        "RECL"
    );
    EXPECT_EQ(
        type_of(letter("Je déclare sur l'honneur la perte de ma carte vitale.\n"
                       "Merci de m'en adresser une autre."))
            .code,
        "CV"
    );
}

TEST(Type, OfADecisionThatExplainsAppealsIsNotAnAppeal) {
    EXPECT_NE(
        type_of(letter("Votre demande est refusée. Si vous contestez cette décision,\n"
                       "vous pouvez saisir la commission de recours amiable.\n"
                       "Vous disposez d'un délai de deux mois."))
            .code,
        "CRA"
    );
}

TEST(Type, OfPapersForAnotherBodyIsHors) {
    Painter page;
    page.line(150, 200, "Certificat médical", 60)
        .line(150, 320, "A joindre à une demande à la Maison Départementale des")
        .line(150, 380, "Personnes Handicapées (MDPH)")
        .line(150, 700, "Il est destiné à l'équipe pluridisciplinaire d'évaluation de la MDPH")
        .line(150, 900, "Accident du travail Maladie professionnelle");
    EXPECT_EQ(type_of(page).code, "HORS");
    EXPECT_FALSE(type_of(page).automatic);
    EXPECT_EQ(
        decide({page.page()}).verify_reasons.at(0),
        "courrier d'un autre organisme (page 1) : une personne décide où il va"
    );
}

TEST(Type, OfAnIdentityPaperIsKnownByTheLinesThatMachinesRead) {
    Painter card;
    card.line(300, 900, "Nom / Surname : VERDANEL")
        .line(300, 1400, "IDFRAVERDANEL<<<<<<<<<<<<<<")
        .line(300, 1460, "600806656084ANNE<<990420<<<");
    EXPECT_EQ(type_of(card).code, "PJ-ID");
}

TEST(Type, OfAShortLetterIsALetter) {
    Painter page;
    page.block(150, 200, "Jeanne MARTIN\n12 rue des Lilas\n06000 NICE")
        .block(1400, 400, "CPAM des Alpes-Maritimes\n06180 NICE CEDEX 2")
        .line(150, 900, "J'ai reçu de vous deux fois la même lettre au mois de mars")
        .line(150, 970, "pour mon fils, il suffit d'en garder une seule.");
    EXPECT_EQ(type_of(page).code, "LIBRE");
    EXPECT_FALSE(type_of(page).automatic);
}

TEST(Type, OfAShortSheetWithAnAddressIsNoEnvelope) {
    Painter page;
    page.block(150, 200, "Docteur Paul VERDIER\n3 place du Marché\n06000 NICE")
        .block(1400, 700, "Madame Anne VERDANEL\n12 rue des Lilas\n06000 NICE")
        .line(150, 1200, "Paracétamol 1000 mg")
        .line(150, 1300, "un comprimé trois fois par jour pendant cinq jours")
        .line(150, 1500, "Sérum physiologique")
        .line(150, 1600, "une dosette dans chaque narine le soir");
    EXPECT_EQ(type_of(page).code, "PJ-ORDO");
}

TEST(Type, OfAttachmentsIsTheirOwn) {
    EXPECT_EQ(type_of(bank_details()).code, "RIB");
    Painter identity;
    identity.line(700, 200, "RÉPUBLIQUE FRANÇAISE", 40)
        .line(600, 300, "CARTE NATIONALE D'IDENTITÉ", 50)
        .line(100, 900, "IDFRAMARTIN<<<<<<<<<<<<<<<<<<<<<");
    EXPECT_EQ(type_of(identity).code, "PJ-ID");
    Painter invoice;
    invoice.line(900, 200, "FACTURE", 60)
        .line(150, 400, "Facture n° 2026-114")
        .line(1500, 1800, "Total TTC 312,50")
        .line(1500, 1900, "Acquittée le 4 mars 2026");
    EXPECT_EQ(type_of(invoice).code, "PJ-FACTURE");
    Painter quote;
    quote.line(900, 200, "DEVIS", 60)
        .line(150, 400, "Devis n° 88")
        .line(150, 1800, "Bon pour accord")
        .line(150, 1900, "Reste à charge 120,00");
    EXPECT_EQ(type_of(quote).code, "PJ-DEVIS");
}

TEST(Type, OfAnEnvelopeIsSeenByItsShape) {
    EXPECT_EQ(type_of(envelope()).code, "ENVELOPPE");
}

TEST(Type, OfAReturnedReceiptIsKnownByItsMarkAlone) {
    Painter page;
    page.mark("DataMatrix", "ARLAPOSTE;01;1A0478772024;3").line(150, 300, "3 mars");
    EXPECT_EQ(type_of(page).code, "AR");
}

TEST(Type, OfNothingReadableIsUnknownAndNeverAutomatic) {
    const Decision decision = decide({Painter().page()});
    EXPECT_EQ(decision.page_types.at(0).code, "INCONNU");
    EXPECT_TRUE(decision.to_verify);
    EXPECT_EQ(decision.verify_reasons.at(0), "type de la page 1 inconnu");
}

TEST(Type, WithoutAnyConfiguredTypeIsUnknown) {
    const Decision decision = understand(ReadPli{.pages = {sick_note().page()}}, {}, Facts{});
    EXPECT_EQ(decision.page_types.at(0).code, "INCONNU");
    EXPECT_TRUE(decision.to_verify);
}

} // namespace
} // namespace pleiade::classify::test
