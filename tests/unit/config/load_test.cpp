#include "tests/unit/config/config_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::config::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Load, ANamedFileBringsItsFolder) {
    const ConfigFolder folder;
    folder.write("other.toml", "[run]\nworkers = 3\n");
    const Result<Config> config = load(Places{folder.path() / "other.toml", "/nowhere", {}}, {});
    ASSERT_TRUE(config.ok()) << config.failure().what;
    EXPECT_EQ(config.value().settings.run.workers, 3);
    EXPECT_EQ(config.value().types.size(), 2U);
    EXPECT_EQ(config.value().files.size(), 3U);
}

TEST(Load, ANamedPlaceThatHoldsNothingIsAMistake) {
    const ConfigFolder folder;
    const Result<Config> config = load(Places{"/nowhere/at-all", folder.path(), {}}, {});
    ASSERT_FALSE(config.ok());
    EXPECT_THAT(config.failure().what, HasSubstr("/nowhere/at-all"));
}

TEST(Load, EachPartComesFromTheFirstPlaceThatHasIt) {
    const ConfigFolder system;
    system.remove("types.toml");
    system.remove("caisses");
    system.write("pleiade.toml", "[run]\nworkers = 2\n");
    const ConfigFolder program;
    program.write("pleiade.toml", "[run]\nworkers = 9\n");
    const Result<Config> config = load(Places{std::nullopt, system.path(), program.path()}, {});
    ASSERT_TRUE(config.ok()) << config.failure().what;
    EXPECT_EQ(config.value().settings.run.workers, 2);
    EXPECT_EQ(config.value().caisses.size(), 1U);
    EXPECT_EQ(config.value().sources.settings, system.path() / "pleiade.toml");
    EXPECT_EQ(config.value().sources.types, program.path() / "types.toml");
    EXPECT_EQ(config.value().sources.caisses, program.path() / "caisses");
}

TEST(Load, WhatANamedFolderLacksIsAMistakeAndNotTakenFromElsewhere) {
    const ConfigFolder system;
    system.write("pleiade.toml", "[run]\nworkers = 9\n");
    const ConfigFolder whole;
    const Result<Config> own = load(Places{whole.path(), system.path(), {}}, {});
    ASSERT_TRUE(own.ok()) << own.failure().what;
    EXPECT_EQ(own.value().settings.run.workers, 0);
    for (const char* part : {"types.toml", "caisses"}) {
        const ConfigFolder named;
        named.remove(part);
        const Result<Config> config = load(Places{named.path(), system.path(), {}}, {});
        ASSERT_FALSE(config.ok()) << part;
        EXPECT_EQ(config.failure().remedy, Remedy::FixConfiguration);
        EXPECT_THAT(config.failure().what, HasSubstr((named.path() / part).string()));
    }
}

TEST(Load, AMistakeInTheTypesIsNotSaidAgainOfEachCaisse) {
    const ConfigFolder folder;
    folder.write("caisses/061.toml", std::string(small_caisse) + "[thresholds]\nAAT = 0.98\n");
    for (const std::string& wrong :
         {std::string("[[type"), with(small_types, "code = \"AAT\"", "cod = \"AAT\"")}) {
        folder.write("types.toml", wrong);
        const std::string complaint = folder.complaint();
        EXPECT_THAT(complaint, HasSubstr("types.toml:"));
        EXPECT_THAT(complaint, Not(HasSubstr("061.toml")));
    }
    folder.write("types.toml", "[[type");
    folder.write("caisses/061.toml", with(small_caisse, "\"full\"", "\"half\""));
    EXPECT_THAT(folder.complaint(), HasSubstr("061.toml")) << "a mistake of its own";
}

TEST(Draft, HoldsWhatIsRightBesideTheMistakes) {
    const ConfigFolder folder;
    folder.write("pleiade.toml", "[run]\nworkers = 3\n");
    folder.write("types.toml", "[[type");
    const Draft read = draft(Places{folder.path(), "/nowhere", {}}, {});
    EXPECT_EQ(read.mistakes.size(), 1U);
    EXPECT_TRUE(read.settings_are_right);
    EXPECT_EQ(read.config.settings.run.workers, 3);
    folder.write("pleiade.toml", "[run]\nworkers = 0.5\n");
    EXPECT_FALSE(draft(Places{folder.path(), "/nowhere", {}}, {}).settings_are_right);
}

TEST(Load, WalksUpFromTheExecutableToASourceTree) {
    const ConfigFolder tree;
    tree.remove("types.toml");
    tree.remove("caisses");
    tree.write("samples/types.toml", small_types);
    tree.write("samples/caisses/061.toml", small_caisse);
    tree.write("build/release/pleiade", "");
    const Result<Config> config =
        load(Places{std::nullopt, "/nowhere", tree.path() / "build" / "release"}, {});
    ASSERT_TRUE(config.ok()) << config.failure().what;
    EXPECT_EQ(config.value().caisses.size(), 1U);
}

TEST(Load, SaysSoWhenThereIsNothingAnywhere) {
    const Result<Config> config = load(Places{std::nullopt, "/nowhere", "/nowhere"}, {});
    ASSERT_FALSE(config.ok());
    EXPECT_EQ(config.failure().remedy, Remedy::FixConfiguration);
    EXPECT_THAT(config.failure().what, HasSubstr("types.toml: not found"));
    EXPECT_THAT(config.failure().what, HasSubstr("no caisse file found"));
}

TEST(Load, RefusesACaisseWhosePlanHasNoLineForAMedicalType) {
    const ConfigFolder folder;
    folder.write(
        "types.toml", with(small_types, "service = \"IJ\"", "service = \"IJ\"\nmedical = true")
    );
    EXPECT_THAT(folder.complaint(), HasSubstr("caisse 061: type AAT is medical"));
    folder.write(
        "caisses/061.toml",
        std::string(small_caisse) +
            "\n[routes.AAT]\nservice = \"Médical\"\ncorbeille = \"medical\"\n"
            "priority = 2\ndeadline_days = 5\n"
    );
    EXPECT_EQ(folder.complaint(), "");
}

TEST(UsualPlaces, AreNeverTheWorkingDirectory) {
    const Places places = usual_places(std::nullopt);
    EXPECT_FALSE(places.named.has_value());
    EXPECT_EQ(places.system, "/etc/pleiade");
    EXPECT_TRUE(places.program_folder.is_absolute());
    EXPECT_TRUE(usual_places("here").named->is_absolute());
}

} // namespace
} // namespace pleiade::config::test
