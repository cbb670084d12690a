#include "app/pipeline/referential.h"
#include "core/failure.h"

#include <gtest/gtest.h>

#include <string>

namespace pleiade::pipeline {
namespace {

constexpr const char* jeanne = "184050608800195";

TEST(Referential, ReadsFrenchHeadings) {
    const ReferentialFile people(
        "NIR;Nom d'usage;Nom de naissance;Prénoms;Date de naissance;Caisse\r\n"
        "1 84 05 06 088 001 95;MARTIN;DURAND;Jeanne;23/05/1984;061\r\n"
    );
    const auto found = people.people_with(jeanne);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(
        found[0],
        (InsuredPerson{
            .nir = jeanne,
            .family_name = "MARTIN",
            .birth_name = "DURAND",
            .first_names = "Jeanne",
            .birth_date = "1984-05-23",
            .caisse = "061"})
    );
}

TEST(Referential, ReadsEnglishHeadingsCommasAndQuotes) {
    const ReferentialFile people("family_name,first_names,nir,birth_date\n"
                                 "\"MARTIN, veuve DURAND\",Jeanne,1840506088001,1984-05-23\n");
    const auto found = people.people_with(jeanne);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].family_name, "MARTIN, veuve DURAND");
    EXPECT_EQ(found[0].birth_date, "1984-05-23");
    EXPECT_EQ(found[0].caisse, "");
}

TEST(Referential, ReadsLatin1AndUtf8) {
    const ReferentialFile latin("NIR;Nom;Pr\xE9noms\n184050608800195;LEF\xC8VRE;No\xEBl\n");
    EXPECT_EQ(latin.people_with(jeanne).at(0).family_name, "LEFÈVRE");
    EXPECT_EQ(latin.people_with(jeanne).at(0).first_names, "Noël");
    const ReferentialFile utf8("\xEF\xBB\xBFNIR;Nom\n184050608800195;LEFÈVRE\n");
    EXPECT_EQ(utf8.people_with(jeanne).at(0).family_name, "LEFÈVRE");
}

TEST(Referential, GivesNoneOneOrSeveral) {
    const ReferentialFile people("NIR;Nom\n184050608800195;A\n\nremarque;\n253072A07300443;B\n"
                                 "184050608800195;C\n");
    EXPECT_EQ(people.size(), 3U);
    EXPECT_EQ(people.people_with(jeanne).size(), 2U);
    EXPECT_EQ(people.people_with("253072A07300443").size(), 1U);
    EXPECT_TRUE(people.people_with("253071907300443").empty()) << "2A is not 19";
    EXPECT_TRUE(people.people_with("299100608800169").empty());
    EXPECT_TRUE(people.people_with("").empty());
}

TEST(Referential, AFileWithoutItsColumnsOrPeopleIsRefusedWithoutQuotingIt) {
    for (const char* text : {"", "184050608800195;MARTIN\n", "NIR;Nom\n", "NIR;Nom\nx;MARTIN\n"}) {
        try {
            const ReferentialFile people{std::string(text)};
            ADD_FAILURE() << text;
        } catch (const Error& error) {
            EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
            EXPECT_EQ(std::string(error.what()).find("184050"), std::string::npos);
        }
    }
}

std::string refusal_of(const std::string& text) {
    try {
        const ReferentialFile people{text};
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
        return error.what();
    }
    return {};
}

TEST(Referential, SaysWhichColumnIsMissingOrThereTwice) {
    EXPECT_NE(refusal_of("Matricule;Nom\n1;A\n").find("no column is named NIR"), std::string::npos);
    EXPECT_NE(
        refusal_of("NIR;Famille\n184050608800195;A\n").find("no column is named Nom"),
        std::string::npos
    );
    EXPECT_NE(
        refusal_of("NIR;Nom;Nom d'usage\n184050608800195;A;B\n").find("columns 2 and 3"),
        std::string::npos
    );
}

TEST(Referential, RefusesACaisseThatIsNoneAndPeopleWithoutANameAtAll) {
    EXPECT_NE(
        refusal_of("NIR;Nom;Caisse\n184050608800195;A;061\n184050608800195;B;61\n").find("line 3"),
        std::string::npos
    );
    EXPECT_NE(
        refusal_of("NIR;Nom\n184050608800195;\n").find("nobody has a name"), std::string::npos
    );
    EXPECT_EQ(refusal_of("NIR;Nom;Caisse\n184050608800195;A;\n184050608800195;;061\n"), "");
}

} // namespace
} // namespace pleiade::pipeline
