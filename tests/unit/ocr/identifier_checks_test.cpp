#include "ocr/identifier_checks.h"

#include <gtest/gtest.h>

namespace pleiade::ocr {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

TEST(Nir, OfEveryKindOfPersonIsValid) {
    for (const char* nir :
         {"295109912611193",
          "253072A07300443",
          "253072B07300470",
          "255081416802538",
          "269054958815780",
          "184050608800195",
          "299100608800169",
          "185052A00400181",
          "295112B03301244",
          "185039935000122",
          "185059741100124",
          "185200608800192",
          "285310608800124",
          "185500608800187",
          "185999935000106",
          "385019935000184",
          "485019935000134",
          "785019910000112",
          "885019910000159"}) {
        EXPECT_TRUE(nir_valid(nir)) << nir;
    }
}

TEST(Nir, KeyIsComputedFromThirteenCharacters) {
    EXPECT_EQ(nir_key_text("1631278477042"), "94");
    EXPECT_EQ(nir_key_text("2620875032039"), "77");
    EXPECT_EQ(nir_key_text("1840506088001"), "95");
    EXPECT_EQ(nir_key_text("1859999350001"), "06");
    EXPECT_EQ(nir_key("253072C073004"), 0);
}

TEST(Nir, KeyMayBe97AndNever00) {
    EXPECT_TRUE(nir_valid("184050608809697"));
    EXPECT_FALSE(nir_valid("184050608809600"));
}

TEST(Nir, FaultNamesWhatIsWrong) {
    EXPECT_EQ(nir_fault("295109912611199"), NirFault::Key);
    EXPECT_EQ(nir_fault("253072C07300443"), NirFault::Character);
    EXPECT_EQ(nir_fault("253072a07300443"), NirFault::Character);
    EXPECT_EQ(nir_fault("6546546546546703"), NirFault::Length);
    EXPECT_EQ(nir_fault("984050608800195"), NirFault::Sex);
    EXPECT_EQ(nir_fault("184130608800195"), NirFault::Month);
    EXPECT_EQ(nir_fault("184430608800195"), NirFault::Month);
    EXPECT_EQ(nir_fault("184000608800195"), NirFault::Month);
    EXPECT_EQ(nir_fault("184050008800195"), NirFault::Place);
    EXPECT_EQ(nir_fault("184050600000195"), NirFault::Place);
    EXPECT_EQ(nir_fault("184050608800095"), NirFault::Serial);
    EXPECT_EQ(nir_fault("1840506088001"), NirFault::None);
    EXPECT_EQ(nir_fault(""), NirFault::Length);
}

TEST(Nir, WithoutKeyIsNotValidBecauseNothingVerifiesIt) {
    EXPECT_FALSE(nir_valid("1840506088001"));
}

TEST(Nir, EveryWrongDigitIsSeenByTheKey) {
    const std::string nir = "184050608800195";
    for (std::size_t i = 0; i < nir.size(); ++i) {
        for (char c = '0'; c <= '9'; ++c) {
            std::string other = nir;
            other[i] = c;
            EXPECT_EQ(nir_valid(other), other == nir) << other;
        }
    }
}

TEST(ProvisionalNir, IsSevenOrEightDigitsAndALetter) {
    EXPECT_TRUE(provisional_nir_shape("1234567A"));
    EXPECT_TRUE(provisional_nir_shape("12345678Z"));
    EXPECT_FALSE(provisional_nir_shape("123456A"));
    EXPECT_FALSE(provisional_nir_shape("123456789"));
    EXPECT_FALSE(provisional_nir_shape("1234567a"));
}

TEST(Siren, FollowsLuhn) {
    EXPECT_TRUE(siren_valid("404833048"));
    EXPECT_TRUE(siren_valid("732829320"));
    EXPECT_TRUE(siren_valid("356000000"));
    EXPECT_FALSE(siren_valid("404833047"));
    EXPECT_FALSE(siren_valid("000000000"));
}

TEST(Siret, FollowsLuhnButForLaPoste) {
    EXPECT_TRUE(siret_valid("73282932000074"));
    EXPECT_FALSE(siret_valid("73282932000079"));
    EXPECT_TRUE(siret_valid("35600000000048"));
    EXPECT_TRUE(siret_valid("35600000049837"));
    EXPECT_FALSE(siret_valid("35600000049838"));
    EXPECT_FALSE(siret_valid("7328293200007"));
    EXPECT_FALSE(siret_valid("7328293200007A"));
}

TEST(Finess, FollowsLuhnAndCorsicaIsNeverCalledValid) {
    for (const char* finess : {"750712184", "690781810", "130786049", "060785011"}) {
        EXPECT_TRUE(finess_valid(finess)) << finess;
    }
    EXPECT_FALSE(finess_valid("750712185"));
    EXPECT_TRUE(finess_shape("2A0000014"));
    EXPECT_FALSE(finess_valid("2A0000014"));
}

TEST(Rpps, FollowsLuhnSoftly) {
    EXPECT_TRUE(rpps_valid("10002909371"));
    EXPECT_FALSE(rpps_valid("10001288385")); // in official documents all the same
    EXPECT_FALSE(rpps_valid("20002909371"));
}

TEST(Adeli, FollowsLuhn) {
    EXPECT_TRUE(adeli_valid("060785011"));
    EXPECT_FALSE(adeli_valid("060785012"));
}

TEST(Iban, HasLengthOfItsCountryAndRemainderOne) {
    EXPECT_TRUE(iban_valid("FR7630006000011234567890189"));
    EXPECT_TRUE(iban_valid("FR1420041010050500013M02606"));
    EXPECT_TRUE(iban_valid("FR7030002005500000157845Z02"));
    EXPECT_TRUE(iban_valid("DE89370400440532013000"));
    EXPECT_TRUE(iban_valid("BE68539007547034"));
    EXPECT_FALSE(iban_valid("FR7630006000011234567890188"));
    EXPECT_FALSE(iban_valid("FR763000600001123456789018"));
    EXPECT_FALSE(iban_valid("XX7630006000011234567890189"));
    EXPECT_FALSE(iban_valid(""));
}

TEST(Iban, RibKeyCountsLettersTheFrenchWay) {
    EXPECT_TRUE(rib_key_holds("30002005500000157845Z02"));
    EXPECT_FALSE(rib_key_holds("30002005500000157845Y02"));
    EXPECT_TRUE(rib_key_holds("20041010050500013M02606"));
}

TEST(S10, HasACheckDigitAndACountryThatExists) {
    EXPECT_TRUE(s10_valid("RB123456785GB"));
    EXPECT_TRUE(s10_valid("RB123456785US"));
    for (const char* code : {"AD", "ES", "PT", "QA", "RE", "RS", "ZW"}) {
        EXPECT_TRUE(country_exists(code)) << code;
    }
    EXPECT_FALSE(s10_valid("RB123456786US"));
    EXPECT_FALSE(s10_valid("RB123456785XX"));
    EXPECT_TRUE(s10_valid("RK123456785FR"));
}

TEST(LaPoste, KeyMatchesThePublicNumbers) {
    for (const char* number :
         {"1A04787720243", "6A15602676300", "6A15602683841", "6M17554710224"}) {
        EXPECT_TRUE(la_poste_valid(number)) << number;
    }
    EXPECT_FALSE(la_poste_valid("1A04787720242"));
    EXPECT_FALSE(la_poste_valid("AA04787720243"));
}

TEST(Dates, AreReadAsFranceWritesThem) {
    const auto expected = year{2026} / month{3} / day{14};
    for (const char* text :
         {"14/03/2026",
          "14.03.2026",
          "14-03-2026",
          "14 03 2026",
          "14032026",
          "14/03/26",
          "14 mars 2026",
          "14 MARS 2026",
          "14/3/2026"}) {
        EXPECT_EQ(parse_date(text), expected) << text;
    }
    EXPECT_EQ(parse_date("1er avril 2026"), year{2026} / month{4} / day{1});
    EXPECT_EQ(parse_date("3 févr. 2026"), year{2026} / month{2} / day{3});
    EXPECT_EQ(parse_date("15 août 2026"), year{2026} / month{8} / day{15});
}

TEST(Dates, OfTwoDigitYearsTurnAtThePivot) {
    EXPECT_EQ(parse_date("01/01/39"), year{2039} / month{1} / day{1});
    EXPECT_EQ(parse_date("01/01/40"), year{1940} / month{1} / day{1});
    EXPECT_EQ(parse_date("01/01/40", 50), year{2040} / month{1} / day{1});
}

TEST(Dates, ThatDoNotExistAreRefused) {
    for (const char* text :
         {"31/02/2026",
          "29/02/2025",
          "00/01/2026",
          "14/13/2026",
          "14/03/1700",
          "14/03/202",
          "14 jui 2026",
          "03/2026",
          "",
          "140320266"}) {
        EXPECT_FALSE(parse_date(text).has_value()) << text;
    }
    EXPECT_TRUE(parse_date("29/02/2024").has_value());
}

} // namespace
} // namespace pleiade::ocr
