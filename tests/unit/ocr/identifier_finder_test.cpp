#include "ocr/identifier_finder.h"
#include "ocr/identifiers/label.h"
#include "ocr/identifiers/rule.h"

#include <gtest/gtest.h>

#include <sstream>

namespace pleiade::ocr {
namespace {

/// Answers every zone with the text it was given, or with what the words said there.
class ScriptedZones final : public TextReader {
public:
    explicit ScriptedZones(std::string answer) : answer_(std::move(answer)) {}

    PageText read_page(const PageImage&) override { return {}; }

    PageText read_zone(const PageImage&, Box zone_px, ZoneContent content) override {
        ++asked;
        last_content = content;
        PageText text;
        Word word{.text = answer_, .box_px = zone_px, .confidence = 0.97};
        for (const char c : answer_) {
            word.characters.push_back(Character{
                .text = std::string(1, c), .box_px = zone_px, .confidence = 0.97});
        }
        text.lines.push_back({});
        text.words.push_back(word);
        return text;
    }

    int asked = 0;
    ZoneContent last_content = ZoneContent::Text;

private:
    std::string answer_;
};

/// Lines of words set like a typed letter: 20 px a character, lines 60 px apart.
PageText page_of(const std::vector<std::string>& lines) {
    PageText text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        text.lines.push_back({});
        std::istringstream words(lines[i]);
        int x = 100;
        std::string word;
        while (words >> word) {
            const int width = 20 * static_cast<int>(word.size());
            const int y = 100 + 60 * static_cast<int>(i);
            text.words.push_back(Word{
                .text = word,
                .box_px = {x, y, x + width, y + 30},
                .confidence = 0.95,
                .line_index = static_cast<int>(i)});
            x += width + 20;
        }
    }
    return text;
}

PageImage white_page() {
    PageImage page{.width_px = 1240, .height_px = 300, .dpi = 150};
    page.pixels.assign(1240U * 300U, 255);
    return page;
}

std::vector<Identifier> found(const std::vector<std::string>& lines, const std::string& zone) {
    ScriptedZones zones(zone);
    CellReader cells;
    return find_identifiers(white_page(), page_of(lines), {}, zones, cells);
}

std::vector<Identifier> found_nirs(const std::vector<std::string>& lines, const std::string& zone) {
    std::vector<Identifier> all = found(lines, zone);
    std::erase_if(all, [](const Identifier& i) { return i.kind != IdentifierKind::Nir; });
    return all;
}

const char* const nir = "184050608800195";

TEST(Finder, FindsANirInEveryGrouping) {
    for (const char* line :
         {"1 84 05 06 088 001 95",
          "184050608800195",
          "1.84.05.06.088.001.95",
          "1840506088001 95",
          "184 0506 088 001 95",
          "NIR: 184050608800195",
          "N°184050608800195",
          "NIR184050608800195",
          "1840506088001 clé 95",
          "N° d'immatriculation : 1 8 4 0 5 0 6 0 8 8 0 0 1 9 5"}) {
        const auto nirs = found_nirs({line}, nir);
        ASSERT_EQ(nirs.size(), 1U) << line;
        EXPECT_EQ(nirs[0].value, nir) << line;
        EXPECT_TRUE(nirs[0].valid) << line;
        EXPECT_FALSE(nirs[0].repaired) << line;
        EXPECT_EQ(nirs[0].characters.size(), 15U) << line;
    }
}

TEST(Finder, TakesNineDigitsForWhatTheirLabelSays) {
    struct Case {
        const char* line;
        const char* digits;
        IdentifierKind kind;
        bool valid;
    };
    for (const Case& c :
         {Case{"N° ADELI : 06 1 23456 3", "061234563", IdentifierKind::Adeli, true},
          Case{"Identifiant Adeli 061234563", "061234563", IdentifierKind::Adeli, true},
          Case{"N° ADELI : 06 1 23456 2", "061234562", IdentifierKind::Adeli, false},
          Case{"FINESS 061234563", "061234563", IdentifierKind::Finess, true},
          Case{"Code organisme : 01 061 0000", "010610000", IdentifierKind::OrganismCode, true}}) {
        const std::vector<Identifier> all = found({c.line}, c.digits);
        ASSERT_EQ(all.size(), 1U) << c.line;
        EXPECT_EQ(all[0].kind, c.kind) << c.line;
        EXPECT_EQ(all[0].value, c.digits) << c.line;
        EXPECT_EQ(all[0].valid, c.valid) << c.line;
    }
    EXPECT_TRUE(found({"Dossier 061234563 du 14 mai"}, "061234563").empty()) << "no label, no kind";
    EXPECT_TRUE(found({"Code organisme : 77 061 0000"}, "770610000").empty()) << "no such regime";
}

TEST(Finder, FindsAMatriculeInsAsTheNirThatItIs) {
    const auto nirs = found_nirs({"INS : 184050608800195 (NIR)"}, nir);
    ASSERT_EQ(nirs.size(), 1U);
    EXPECT_EQ(nirs[0].value, nir);
}

TEST(Finder, FindsANirSplitOverTwoLines) {
    ScriptedZones zones("");
    CellReader cells;
    const auto all = find_identifiers(
        white_page(), page_of({"N° de sécurité sociale 1 84 05 06", "088 001 95"}), {}, zones, cells
    );
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].value, nir);
    EXPECT_TRUE(all[0].valid);
}

TEST(Finder, UndoesAConfusionThatOneRepairExplains) {
    const auto nirs = found_nirs({"Sécurité sociale l84O50608800195"}, nir);
    ASSERT_EQ(nirs.size(), 1U);
    EXPECT_EQ(nirs[0].value, nir);
    EXPECT_TRUE(nirs[0].valid);
    EXPECT_TRUE(nirs[0].repaired);
    EXPECT_EQ(nirs[0].repair, "l read at 1, is 1; O read at 4, is 0");
}

TEST(Finder, TakesTheReadingThatSatisfiesTheKey) {
    const auto first = found_nirs({"NIR 184050608800196"}, nir);
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].value, nir);
    EXPECT_TRUE(first[0].valid);
    const auto second = found_nirs({"NIR 184050608800195"}, "184050608300195");
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].value, nir);
    EXPECT_TRUE(second[0].valid);
}

TEST(Finder, CallsNothingValidWhenTwoReadingsSatisfyTheKeyAndDiffer) {
    const auto nirs = found_nirs({"NIR 184050608800195"}, "299100608800169");
    ASSERT_EQ(nirs.size(), 1U);
    EXPECT_FALSE(nirs[0].valid);
    EXPECT_LT(nirs[0].confidence, 0.5);
}

TEST(Finder, CallsNothingValidWhenNoReadingSatisfiesTheKey) {
    const auto nirs = found_nirs({"NIR 184050608800196"}, "184050608800196");
    ASSERT_EQ(nirs.size(), 1U);
    EXPECT_FALSE(nirs[0].valid);
}

TEST(Finder, MakesNoProvisionalNumberOfTheEndOfANirWhoseKeyIsWrong) {
    const auto all = found({"Immatriculation 285 03 99 350 001 84"}, "285039935000184");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].kind, IdentifierKind::Nir);
    EXPECT_EQ(all[0].value, "285039935000184");
    EXPECT_FALSE(all[0].valid);
}

TEST(Finder, ComputesTheKeyOfThirteenDigitsReadTwiceAlike) {
    const auto nirs = found_nirs({"N° de sécurité sociale : 1 84 05 06 088 001"}, "1840506088001");
    ASSERT_EQ(nirs.size(), 1U);
    EXPECT_EQ(nirs[0].value, nir);
    EXPECT_TRUE(nirs[0].key_computed);
    EXPECT_TRUE(nirs[0].valid);
    EXPECT_LT(nirs[0].confidence, 0.9);
}

TEST(Finder, NeverCallsRepairedOrDisputedThirteenDigitsValid) {
    for (const auto& [line, zone] :
         {std::pair{"NIR 1 84 O5 06 088 001", "1840506088001"},
          {"NIR 1 84 05 06 088 001", "1840506088007"}}) {
        const auto nirs = found_nirs({line}, zone);
        ASSERT_EQ(nirs.size(), 1U) << line;
        EXPECT_FALSE(nirs[0].valid) << line;
        EXPECT_TRUE(nirs[0].key_computed) << line;
    }
}

TEST(Finder, KeepsTheLetterOfCorsica) {
    const auto nirs = found_nirs({"NIR 1 85 05 2A 004 001 81"}, "185052A00400181");
    ASSERT_EQ(nirs.size(), 1U);
    EXPECT_EQ(nirs[0].value, "185052A00400181");
    EXPECT_TRUE(nirs[0].valid);
}

TEST(Finder, ReadsOtherNumbersNotAsNirs) {
    for (const char* line :
         {"Tél 04 93 12 34 56 ou 06 12 34 56 78",
          "SIRET 732 829 320 00074",
          "IBAN FR76 3000 6000 0112 3456 7890 189",
          "le 14/03/2026 à 10 h 30",
          "3254789632145",
          "Contrat 99 12 345 678 90 123"}) {
        EXPECT_TRUE(found_nirs({line}, "").empty()) << line;
    }
}

TEST(Finder, DistrustsFifteenDigitsThatOnlyHappenToPassTheKey) {
    // Sex 3 and month 50 are possible, but without label or grouping it is any number.
    std::string number = "3845006088001";
    number += "00";
    for (int key = 1; key <= 97; ++key) {
        number[13] = static_cast<char>('0' + key / 10);
        number[14] = static_cast<char>('0' + key % 10);
        EXPECT_TRUE(found_nirs({number}, number).empty()) << number;
    }
}

TEST(Finder, FindsTheOtherNumbersWithTheirLabels) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"SIRET : 732 829 320 00074", "73282932000074"},
        {"RCS Nice 404 833 048", "404833048"},
        {"FINESS 060785011", "060785011"},
        {"RPPS 10002909371", "10002909371"},
        {"IBAN FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"},
        {"FR70 3000 2005 5000 0015 7845 Z02", "FR7030002005500000157845Z02"},
        {"Recommandé RB 123 456 785 GB", "RB123456785GB"},
        {"Lettre 1A 047 877 2024 3", "1A04787720243"},
    };
    for (const auto& [line, value] : cases) {
        const auto all = found({line}, value);
        ASSERT_EQ(all.size(), 1U) << line;
        EXPECT_EQ(all[0].value, value);
        EXPECT_TRUE(all[0].valid) << line;
    }
}

TEST(Finder, FindsProvisionalNumbersOnlyWithALabel) {
    const auto all = found({"Matricule provisoire 1234567A"}, "1234567A");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].kind, IdentifierKind::ProvisionalNir);
    EXPECT_LT(all[0].confidence, 0.9);
    EXPECT_TRUE(found({"Bureau 1234567A"}, "1234567A").empty());
}

TEST(Finder, FindsDatesAndDoesNotTakeThemOutOfLongerNumbers) {
    for (const char* line :
         {"le 14/03/2026", "14.03.2026", "Nice, le 14 mars 2026", "14 03 2026", "né le 14032026"}) {
        const auto all = found({line}, "");
        ASSERT_EQ(all.size(), 1U) << line;
        EXPECT_EQ(all[0].value, "2026-03-14") << line;
        EXPECT_TRUE(all[0].valid);
    }
    for (const char* line :
         {"04.93.12.34.56", "31/02/2026", "14032026", "10-02-17-3", "page 1 / 2"}) {
        EXPECT_TRUE(found({line}, "").empty()) << line;
    }
}

TEST(Finder, GivesEachValueOnce) {
    EXPECT_EQ(found_nirs({"NIR 184050608800195", "soit 1 84 05 06 088 001 95"}, nir).size(), 1U);
}

TEST(Finder, GivesADateAtEveryPlace) {
    EXPECT_EQ(found({"Date des actes 14/03/2026", "Date 14/03/2026"}, "").size(), 2U);
}

TEST(Finder, TakesTheWallsOfEmptyCellsForNoNir) {
    const std::string walls = "711111111111111"; // its key holds
    for (const Identifier& found : found_nirs({"NIR " + walls}, walls)) {
        EXPECT_FALSE(found.valid);
    }
}

TEST(Finder, WantsEveryReadingToGiveARareFirstDigit) {
    const std::string rare = "784050608800186";
    ASSERT_EQ(found_nirs({"NIR " + rare}, rare).size(), 1U);
    EXPECT_TRUE(found_nirs({"NIR " + rare}, rare)[0].valid);
    for (const Identifier& found : found_nirs({"NIR " + rare}, "784050608800")) {
        EXPECT_FALSE(found.valid);
    }
}

TEST(Finder, BelievesNoNirWithoutKeyOfADepartmentThatCorsicaIsReadAs) {
    EXPECT_TRUE(found_nirs({"NIR 1840506088001"}, "1840506088001").at(0).valid);
    for (const std::string body : {"1840524088001", "1840528088001"}) {
        for (const Identifier& found : found_nirs({"NIR " + body}, body)) {
            EXPECT_FALSE(found.valid) << body;
        }
    }
}

TEST(Finder, JoinsNoDayOverTwoLinesThatNothingAnnounces) {
    EXPECT_TRUE(found({"Total 31", "mars 2024"}, "").empty());
}

TEST(Finder, GivesADayThatIsSplitOverTwoLinesByItsMonth) {
    const auto dates = found({"Jeanne MARTIN, née le 12", "mars 1968, demeurant à Gap"}, "");
    ASSERT_EQ(dates.size(), 1U);
    EXPECT_EQ(dates[0].value, "1968-03-12");
    EXPECT_TRUE(found({"chambre 12", "03 1968"}, "").empty());
    EXPECT_EQ(found({"le Ler octobre 1960"}, "").at(0).value, "1960-10-01");
}

TEST(Finder, ReadsAKeyBehindItsWordApartFromTheNumber) {
    const auto nirs = found_nirs({"NIR 1840506088001 Clé : 95"}, nir);
    ASSERT_EQ(nirs.size(), 1U);
    EXPECT_EQ(nirs[0].value, nir);
    EXPECT_TRUE(nirs[0].valid);
    EXPECT_FALSE(nirs[0].key_computed);
}

TEST(Finder, BelievesNoRepairThatNoOtherReadingNearlySays) {
    const auto nirs = found_nirs({"Sécurité sociale l84O50608800195"}, "184750603800199");
    ASSERT_EQ(nirs.size(), 1U);
    EXPECT_FALSE(nirs[0].valid);
}

TEST(Finder, ReadsBarcodesAndTwoDimensionalCodes) {
    ScriptedZones zones("");
    const std::vector<Mark> marks = {
        {"Code128", "RK123456785FR", {0, 0, 10, 10}, Check::Good},
        {"DataMatrix", "ARLAPOSTE;01;1A0478772024;3", {20, 0, 30, 10}, Check::Good},
        {"Code128", nir, {40, 0, 50, 10}, Check::None},
        {"DataMatrix",
         "DC03FR000001FFFF1636030130M EXEMPLE HENRY\x1D"
         "31FR7030002005500000157845Z02\x1D",
         {60, 0, 70, 10},
         Check::Good},
        {"Code128", "73282932000074", {80, 0, 90, 10}, Check::Bad},
        {"EAN13", "3254789632145", {100, 0, 110, 10}, Check::Good},
    };
    CellReader cells;
    const auto all = find_identifiers(white_page(), {}, marks, zones, cells);
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[0].value, "RK123456785FR");
    EXPECT_EQ(all[1].value, "1A04787720243");
    EXPECT_EQ(all[2].value, nir);
    EXPECT_EQ(all[3].value, "FR7030002005500000157845Z02");
    EXPECT_EQ(zones.asked, 0);
}

TEST(Repair, IsDoneOnlyWhenOneWaySatisfiesTheCheck) {
    const Rule any_of_two{IdentifierKind::Siren, "ddd", [](std::string_view t) {
                              return t[0] == '8' || t[0] == '3';
                          }};
    EXPECT_FALSE(read_as(any_of_two, "B12").holds); // 8 and 3 are both possible
    const Rule one{IdentifierKind::Siren, "ddd", [](std::string_view t) { return t[0] == '8'; }};
    EXPECT_TRUE(read_as(one, "B12").repaired);
    EXPECT_EQ(read_as(one, "B12").value, "812");
}

TEST(Repair, NeverTurnsOneDigitIntoAnother) {
    EXPECT_FALSE(read_as(nir_rule(), "184050608800196").holds);
    EXPECT_FALSE(read_as(nir_rule(), "784050608800195").holds);
}

TEST(Labels, ForgiveOneLetterInLongWords) {
    EXPECT_EQ(labels_of(tokens_of(page_of({"sécurlté immatriculatian"}))).size(), 2U);
    EXPECT_TRUE(labels_of(tokens_of(page_of({"avenir fournir"}))).empty());
}

} // namespace
} // namespace pleiade::ocr
