#include "tests/unit/config/config_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::config::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(CaisseFile, GivesIdentityPlanAndThresholds) {
    const ConfigFolder folder;
    folder.write("caisses/061.toml", std::string(small_caisse) + R"(
[routes.AAT]
service = "IJ"
corbeille = "arrets"
priority = 1
deadline_days = 30
clear_days = true
[thresholds]
AAT = 0.98
)");
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    ASSERT_EQ(config.value().caisses.size(), 1U);
    const Caisse& caisse = config.value().caisses[0];
    EXPECT_EQ(caisse.code, "061");
    EXPECT_EQ(caisse.cedex_lines, std::vector<std::string>{"06180 NICE CEDEX 2"});
    EXPECT_EQ(caisse.plan.at("AAT").corbeille, "arrets");
    EXPECT_TRUE(caisse.plan.at("AAT").clear_days);
    EXPECT_EQ(caisse.thresholds.at("AAT"), 0.98);
    EXPECT_EQ(caisse.threshold, 0.95);
    EXPECT_EQ(caisse.other.corbeille, "courriers");
}

TEST(CaisseFile, TakesASharedPlanAndPutsItsOwnRoutesOverIt) {
    const ConfigFolder folder;
    folder.write("caisses/plan-a.toml", R"([other]
service = "Partagé"
corbeille = "partage"
priority = 5
deadline_days = 15
[routes.AAT]
service = "IJ"
corbeille = "du-plan"
priority = 2
deadline_days = 5
[routes.INCONNU]
service = "IJ"
corbeille = "du-plan"
priority = 2
deadline_days = 5
)");
    const std::string own = with(small_caisse, "cession", "plan = \"plan-a.toml\"\ncession");
    folder.write("caisses/061.toml", own + R"(
[routes.AAT]
service = "IJ"
corbeille = "a-soi"
priority = 1
deadline_days = 2
)");
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    const Caisse& caisse = config.value().caisses.at(0);
    EXPECT_EQ(caisse.plan.at("AAT").corbeille, "a-soi");
    EXPECT_EQ(caisse.plan.at("INCONNU").corbeille, "du-plan");
    EXPECT_EQ(caisse.other.corbeille, "courriers");
}

TEST(CaisseFile, AnUnknownKeyIsNamedWithFileLineAndColumn) {
    const ConfigFolder folder;
    folder.write("caisses/061.toml", with(small_caisse, "name =", "nmae = \"x\"\nname ="));
    EXPECT_EQ(
        folder.complaint(),
        (folder.path() / "caisses/061.toml").string() + ":3:1: key \"nmae\" is unknown"
    );
}

TEST(CaisseFile, AllMistakesOfAFileAreToldAtOnce) {
    const ConfigFolder folder;
    folder.write("caisses/061.toml", R"(code = "61"
organisme = "01061"
cedex_lines = "06180 NICE CEDEX 2"
cession = "half"
retention_days = "long"
plan = "../secret.toml"
[routes.NOPE]
service = "IJ"
priority = 12
deadline_days = 2
[thresholds]
AAT = 7
)");
    const std::string complaint = folder.complaint();
    for (const char* expected :
         {":1:",
          ":2:",
          ":3:",
          ":4:",
          ":5:",
          ":6:",
          ":7:",
          "\"name\" is missing",
          "must be a list",
          "full, scan-only or local",
          "code organisme has nine digits",
          "no document type \"NOPE\"",
          "\"corbeille\" is missing",
          "from 1 to 9",
          "[other] is missing",
          ":12:7:"}) {
        EXPECT_THAT(complaint, HasSubstr(expected));
    }
}

TEST(CaisseFile, ACodeOrganismeMustBeThatOfTheCaisse) {
    const ConfigFolder folder;
    for (const char* wrong : {"010610", "010620000", "770610000", "01061000A"}) {
        folder.write("caisses/061.toml", with(small_caisse, "010610000", wrong));
        EXPECT_THAT(folder.complaint(), HasSubstr(":2:13: a code organisme")) << wrong;
    }
}

TEST(CaisseFile, TwoCaissesMayShareNeitherCodeNorCedexLine) {
    const ConfigFolder folder;
    folder.write("caisses/062.toml", small_caisse);
    const std::string complaint = folder.complaint();
    EXPECT_THAT(complaint, HasSubstr("062.toml:1:8: caisse code 061 stands in"));
    EXPECT_THAT(complaint, HasSubstr("CEDEX line \"06180 NICE CEDEX 2\" stands in"));
}

TEST(CaisseFile, AMistakeInASharedPlanIsToldOnce) {
    const ConfigFolder folder;
    folder.write(
        "caisses/plan-a.toml",
        "[routes.NOPE]\nservice = \"x\"\ncorbeille = \"y\"\n"
        "priority = 1\ndeadline_days = 1\n"
    );
    const std::string own = with(small_caisse, "cession", "plan = \"plan-a.toml\"\ncession");
    folder.write("caisses/061.toml", own);
    EXPECT_EQ(
        folder.complaint(),
        (folder.path() / "caisses/plan-a.toml").string() +
            ":1:9: no document type \"NOPE\" in types.toml"
    );
}

TEST(CaisseFile, WhatIsNotTomlIsToldWithItsPlace) {
    const ConfigFolder folder;
    folder.write("caisses/061.toml", "code = \n");
    EXPECT_THAT(folder.complaint(), HasSubstr("061.toml:1:"));
}

TEST(CaisseFile, NamesASharedPlanThatIsNotThereAndSaysNothingElseOfIt) {
    const ConfigFolder folder;
    const std::string shared = with(small_caisse, "cession", "plan = \"plan-b.toml\"\ncession");
    folder.write("caisses/061.toml", shared.substr(0, shared.find("[other]")));
    EXPECT_THAT(folder.complaint(), HasSubstr("plan-b.toml"));
    EXPECT_THAT(folder.complaint(), Not(HasSubstr("[other]")));
    folder.write("caisses/plan-b.toml", "[other");
    EXPECT_THAT(folder.complaint(), HasSubstr("plan-b.toml:1:"));
    EXPECT_THAT(folder.complaint(), Not(HasSubstr("061.toml")));
}

} // namespace
} // namespace pleiade::config::test
