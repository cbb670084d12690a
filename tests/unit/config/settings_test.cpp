#include "tests/unit/config/config_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

namespace pleiade::config::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string text_of_file(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(Settings, AreTheDefaultsWithoutAFile) {
    const ConfigFolder folder;
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    EXPECT_EQ(config.value().settings.database.url, "");
    EXPECT_EQ(config.value().settings.run.workers, 0);
    EXPECT_EQ(config.value().settings.reading.language, "fra");
}

TEST(Settings, ComeFromTheFileAndTheEnvironmentOverIt) {
    const ConfigFolder folder;
    folder.write("pleiade.toml", "[run]\nworkers = 4\n[images]\nfolder = \"/srv/images\"\n");
    const Result<Config> config = folder.load({{"PLEIADE_RUN_WORKERS", "6"}});
    ASSERT_TRUE(config.ok()) << config.failure().what;
    EXPECT_EQ(config.value().settings.run.workers, 6);
    EXPECT_EQ(config.value().settings.images.folder, "/srv/images");
}

TEST(Settings, RelativeFoldersAreThoseBesideTheFileThatNamesThem) {
    const ConfigFolder folder;
    folder.write("pleiade.toml", "[images]\nfolder = \"images\"\n[ged]\nfolder = \"../ged\"\n");
    folder.write("caisses/061.toml", std::string(small_caisse) + "[ged]\nfolder = \"ged-061\"\n");
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    const auto& settings = config.value().settings;
    EXPECT_EQ(settings.images.folder, (folder.path() / "images").string());
    EXPECT_EQ(settings.ged.folder, (folder.path().parent_path() / "ged").string());
    EXPECT_EQ(
        config.value().caisses.at(0).ged_folder, (folder.path() / "caisses" / "ged-061").string()
    );
}

TEST(Settings, RelativeFolderInAVariableIsRefusedForItHasNowhereToStartFrom) {
    const ConfigFolder folder;
    const Result<Config> config = folder.load({{"PLEIADE_GED_FOLDER", "ged"}});
    ASSERT_FALSE(config.ok());
    EXPECT_THAT(config.failure().what, HasSubstr("PLEIADE_GED_FOLDER: must be an absolute path"));
    EXPECT_TRUE(folder.load({{"PLEIADE_GED_FOLDER", "/srv/ged"}}).ok());
    EXPECT_TRUE(folder.load({{"PLEIADE_GED_FOLDER", ""}}).ok());
}

TEST(Settings, AShareMayHaveDecimalsAndACaisseOneOfItsOwn) {
    const ConfigFolder folder;
    EXPECT_EQ(folder.load().value().settings.sampling.percent, 1.0);
    folder.write("pleiade.toml", "[sampling]\npercent = 0.5\n");
    folder.write("caisses/061.toml", "sample_percent = 5\n" + std::string(small_caisse));
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    EXPECT_EQ(config.value().settings.sampling.percent, 0.5);
    EXPECT_EQ(config.value().caisses.at(0).sample_percent, 5.0);
    EXPECT_EQ(
        folder.load({{"PLEIADE_SAMPLING_PERCENT", "0.25"}}).value().settings.sampling.percent, 0.25
    );
    const Result<Config> wrong = folder.load({{"PLEIADE_SAMPLING_PERCENT", "101"}});
    ASSERT_FALSE(wrong.ok());
    EXPECT_THAT(wrong.failure().what, HasSubstr("must be a number from 0 to 100"));
}

TEST(Settings, AllowNoFileLargerThanTheReaderCanBeSent) {
    const ConfigFolder folder;
    EXPECT_TRUE(folder.load({{"PLEIADE_READING_FILE_MB", "512"}}).ok());
    EXPECT_FALSE(folder.load({{"PLEIADE_READING_FILE_MB", "513"}}).ok());
}

TEST(Settings, UnknownSectionsKeysAndWrongValuesAreAllTold) {
    const ConfigFolder folder;
    folder.write("pleiade.toml", "[run]\nworkers = \"many\"\nspeed = 3\n[databse]\nurl = \"x\"\n");
    const Result<Config> config = folder.load({{"PLEIADE_RUN_LEASE_SECONDS", "soon"}});
    ASSERT_FALSE(config.ok());
    EXPECT_EQ(config.failure().remedy, Remedy::FixConfiguration);
    for (const char* expected :
         {"pleiade.toml:2:11: \"workers\" must be a whole number from 0 to 256",
          "pleiade.toml:3:1: key \"speed\" is unknown",
          "key \"databse\" is unknown",
          "PLEIADE_RUN_LEASE_SECONDS: must be a whole number"}) {
        EXPECT_THAT(config.failure().what, HasSubstr(expected));
    }
}

TEST(Settings, AValueIsNeverRepeatedInAMessage) {
    const ConfigFolder folder;
    folder.write("pleiade.toml", "[database]\nurl = [\"password=hunter2\"]\n");
    const Result<Config> config = folder.load({{"PLEIADE_RUN_WORKERS", "hunter2"}});
    ASSERT_FALSE(config.ok());
    EXPECT_THAT(config.failure().what, Not(HasSubstr("hunter2")));
}

TEST(Settings, AreExactlyThoseOfTheDocumentation) {
    const std::string page = text_of_file(std::string(PLEIADE_SOURCE_DIR) + "/docs/settings.md");
    const std::regex row(R"(\| `([a-z_.]+)` \| `(PLEIADE_[A-Z_]+)` \|)");
    std::set<std::pair<std::string, std::string>> documented;
    for (std::sregex_iterator it(page.begin(), page.end(), row), end; it != end; ++it) {
        documented.emplace((*it)[1], (*it)[2]);
    }
    std::set<std::pair<std::string, std::string>> known;
    for (const SettingName& setting : known_settings()) {
        known.emplace(setting.key, setting.variable);
    }
    EXPECT_EQ(documented, known);
}

} // namespace
} // namespace pleiade::config::test
