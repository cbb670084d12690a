#include "tests/unit/config/config_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::config::test {
namespace {

using testing::HasSubstr;

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
    const ConfigFolder named;
    named.remove("types.toml");
    named.remove("caisses");
    named.write("pleiade.toml", "[run]\nworkers = 2\n");
    const ConfigFolder system;
    system.write("pleiade.toml", "[run]\nworkers = 9\n");
    const Result<Config> config = load(Places{named.path(), system.path(), {}}, {});
    ASSERT_TRUE(config.ok()) << config.failure().what;
    EXPECT_EQ(config.value().settings.run.workers, 2);
    EXPECT_EQ(config.value().caisses.size(), 1U);
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
