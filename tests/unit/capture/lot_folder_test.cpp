#include "capture/lot_folder.h"
#include "core/durable_file.h"
#include "core/failure.h"
#include "tests/support/plain_user.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

namespace pleiade::capture {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LotFolder : public ::testing::Test {
protected:
    LotFolder() {
        std::string pattern = fs::temp_directory_path() / "pleiade-test-XXXXXX";
        root_ = fs::canonical(::mkdtemp(pattern.data()));
    }
    ~LotFolder() override { fs::remove_all(root_); }

    void file(const std::string& name, const std::string& content = "x") const {
        fs::create_directories((root_ / name).parent_path());
        write_durably(root_ / name, bytes_of(content));
    }

    static std::vector<std::string> names(const LotSource& lot) {
        std::vector<std::string> all;
        for (const fs::path& path : lot.files) {
            all.push_back(path.filename().string());
        }
        return all;
    }

    static std::vector<std::string> lot_names(const std::vector<LotSource>& lots) {
        std::vector<std::string> all;
        for (const LotSource& lot : lots) {
            all.push_back(lot.name);
        }
        return all;
    }

    fs::path root_;
};

TEST_F(LotFolder, FolderWithFilesIsOneLotInNaturalOrder) {
    for (const char* name : {"page10.tif", "page2.tif", "page1.tif", "Page3.TIF"}) {
        file(std::string("lot/") + name);
    }
    const std::vector<LotSource> lots = find_lots({root_ / "lot/"});
    ASSERT_EQ(lots.size(), 1U);
    EXPECT_EQ(lots[0].name, "lot");
    EXPECT_EQ(lots[0].folder, root_ / "lot");
    EXPECT_THAT(names(lots[0]), ElementsAre("Page3.TIF", "page1.tif", "page2.tif", "page10.tif"));
}

TEST_F(LotFolder, FolderOfFoldersIsOneLotEach) {
    file("lots/061-nice/a.tif");
    file("lots/131/jour2/b.tif");
    file("lots/131/jour10/c.tif");
    fs::create_directories(root_ / "lots/vide");
    const std::vector<LotSource> lots = find_lots({root_ / "lots"});
    EXPECT_THAT(lot_names(lots), ElementsAre("061-nice", "131/jour2", "131/jour10"));
    EXPECT_THAT(lots[0].left_out, ElementsAre(HasSubstr("vide: no page in it")));
}

TEST_F(LotFolder, WhatIsNoPageIsLeftOutAndSaid) {
    for (const char* name :
         {"a.tif",
          "a.truth.json",
          "notes.TXT",
          ".hidden.tif",
          "b.tif.part",
          "list.csv",
          "README.md"}) {
        file(name);
    }
    ASSERT_EQ(::mkfifo((root_ / "pipe.tif").c_str(), 0600), 0);
    fs::create_symlink("nowhere", root_ / "gone.tif");
    const std::vector<LotSource> lots = find_lots({root_});
    ASSERT_EQ(lots.size(), 1U);
    EXPECT_THAT(names(lots[0]), ElementsAre("a.tif"));
    EXPECT_THAT(
        lots[0].left_out,
        ElementsAre(
            ".hidden.tif: hidden",
            "README.md: side file",
            "a.truth.json: side file",
            "b.tif.part: not finished",
            "gone.tif: link to nothing",
            "list.csv: side file",
            "notes.TXT: side file",
            "pipe.tif: not a file"
        )
    );
    EXPECT_THAT(
        lots[0].maybe_mail,
        ElementsAre("b.tif.part: not finished", "gone.tif: link to nothing", "pipe.tif: not a file")
    );
}

TEST_F(LotFolder, WrongSuffixAndEmptyFileAreTheReadersBusiness) {
    file("a.xyz");
    file("b.tif", "");
    file("c");
    const std::vector<LotSource> lots = find_lots({root_});
    ASSERT_EQ(lots.size(), 1U);
    EXPECT_THAT(names(lots[0]), ElementsAre("a.xyz", "b.tif", "c"));
}

TEST_F(LotFolder, SingleFilesAreOneLotPerFolderWithItsManifest) {
    file("a/2.tif");
    file("a/10.tif");
    file("b/1.tif");
    std::vector<LotSource> lots = find_lots({root_ / "a/10.tif", root_ / "a/2.tif"});
    ASSERT_EQ(lots.size(), 1U);
    EXPECT_EQ(lots[0].folder, root_ / "a");
    EXPECT_FALSE(lots[0].whole_folder);
    EXPECT_EQ(lots[0].name, "2.tif + 1");
    EXPECT_THAT(names(lots[0]), ElementsAre("2.tif", "10.tif"));
    file("b/lot.json", R"({"caisse":"061"})");
    lots = find_lots({root_ / "b/1.tif", root_ / "a/2.tif"});
    EXPECT_THAT(lot_names(lots), ElementsAre("2.tif", "1.tif"));
    EXPECT_EQ(lots[1].manifest.caisse, "061");
}

TEST_F(LotFolder, SymbolicLinkLoopsEndAndNothingIsTakenTwice) {
    file("lots/a/1.tif");
    fs::create_directory_symlink(root_ / "lots", root_ / "lots/a/again");
    fs::create_directory_symlink(root_ / "lots/a", root_ / "lots/z-other-name");
    const std::vector<LotSource> lots = find_lots({root_ / "lots", root_ / "lots/a"});
    ASSERT_EQ(lots.size(), 1U);
    EXPECT_EQ(lots[0].left_out.size(), 2U);
}

TEST_F(LotFolder, EmptyFolderGivesNoLot) {
    EXPECT_THAT(find_lots({root_}), IsEmpty());
    EXPECT_THAT(find_lots({}), IsEmpty());
}

TEST_F(LotFolder, ManifestBesideThePagesIsRead) {
    file("a.tif");
    file("lot.json", R"({"caisse":"061","expected_files":1})");
    const std::vector<LotSource> lots = find_lots({root_});
    ASSERT_EQ(lots.size(), 1U);
    EXPECT_EQ(lots[0].manifest.caisse, "061");
    EXPECT_THAT(lots[0].left_out, IsEmpty());
}

TEST_F(LotFolder, AWrongManifestIsTheTroubleOfItsLotAlone) {
    file("bad/a.tif");
    file("bad/lot.json", "{");
    file("good/a.tif");
    const std::vector<LotSource> lots = find_lots({root_});
    EXPECT_THAT(lot_names(lots), ElementsAre("bad", "good"));
    EXPECT_THAT(lots[0].trouble, HasSubstr("lot.json"));
    EXPECT_THAT(lots[1].trouble, IsEmpty());
}

TEST(NameText, IsUtf8AndNeverTheSameForTwoNames) {
    EXPECT_EQ(name_text("reçu 1.tif"), "reçu 1.tif");
    EXPECT_EQ(name_text("re\xE7u.tif"), "re\\xE7u.tif");
    EXPECT_EQ(name_text("re\\xE7u.tif"), "re\\x5CxE7u.tif");
    EXPECT_EQ(name_text("back\\slash.tif"), "back\\slash.tif");
    EXPECT_EQ(
        name_text("\xC0\xAF \xED\xA0\x80 \xF4\x90\x80\x80"),
        "\\xC0\\xAF \\xED\\xA0\\x80 \\xF4\\x90\\x80\\x80"
    );
    EXPECT_EQ(name_text("cut \xE2\x82"), "cut \\xE2\\x82");
    EXPECT_EQ(name_text("\xF0\x9F\x93\xA8"), "\xF0\x9F\x93\xA8");
}

TEST_F(LotFolder, MissingPathIsNamed) {
    try {
        (void)find_lots({root_ / "nowhere"});
        FAIL() << "a path that is not there was taken";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("nowhere"));
    }
}

TEST_F(LotFolder, AFolderBelowThatCannotBeReadIsTheTroubleOfItsLotAlone) {
    file("lots/a/1.tif");
    for (const auto& [name, rights] :
         {std::pair("closed", fs::perms::none), std::pair("listed", fs::perms::owner_read)}) {
        file(std::string("lots/") + name + "/1.tif");
        fs::permissions(root_ / "lots" / name, rights);
    }
    std::vector<LotSource> lots;
    {
        const test::PlainUser user(root_);
        lots = find_lots({root_ / "lots"});
    }
    for (const char* name : {"closed", "listed"}) {
        fs::permissions(root_ / "lots" / name, fs::perms::owner_all);
    }
    ASSERT_THAT(lot_names(lots), ElementsAre("a", "closed", "listed"));
    EXPECT_THAT(lots[0].trouble, IsEmpty());
    for (const std::size_t i : {1U, 2U}) {
        EXPECT_THAT(lots[i].trouble, HasSubstr((root_ / "lots" / lots[i].name).string()));
        EXPECT_THAT(lots[i].trouble, HasSubstr("chmod"));
        EXPECT_THAT(lots[i].files, IsEmpty());
    }
}

TEST_F(LotFolder, AGivenFolderThatCannotBeReadIsNamedWithWhatToDo) {
    file("closed/1.tif");
    fs::permissions(root_ / "closed", fs::perms::none);
    for (const char* given : {"closed", "closed/1.tif"}) {
        std::string said;
        try {
            const test::PlainUser user(root_);
            (void)find_lots({root_ / given});
        } catch (const Error& error) {
            said = error.what();
        }
        EXPECT_THAT(said, HasSubstr((root_ / "closed").string() + ":")) << given;
        EXPECT_THAT(said, HasSubstr("chmod")) << given;
    }
    fs::permissions(root_ / "closed", fs::perms::owner_all);
}

TEST_F(LotFolder, AFileThatMayNotBeReadIsOneOfItsLot) {
    file("lot/1.tif");
    file("lot/2.tif");
    fs::permissions(root_ / "lot/1.tif", fs::perms::none);
    const test::PlainUser user(root_);
    const std::vector<LotSource> lots = find_lots({root_ / "lot"});
    ASSERT_EQ(lots.size(), 1U);
    EXPECT_THAT(names(lots[0]), ElementsAre("1.tif", "2.tif"));
}

TEST(NaturalLess, ComparesNumbersByValueOfAnyLength) {
    EXPECT_TRUE(natural_less("page2", "page10"));
    EXPECT_FALSE(natural_less("page10", "page2"));
    EXPECT_TRUE(natural_less("a9b2", "a9b11"));
    EXPECT_TRUE(natural_less("a007", "a8"));
    EXPECT_TRUE(natural_less("x99999999999999999999", "x100000000000000000000"));
    EXPECT_TRUE(natural_less("a", "a1"));
    EXPECT_FALSE(natural_less("a1", "a1"));
}

TEST(NaturalLess, NamesThatDifferOnlyInZerosHaveAnOrder) {
    EXPECT_NE(natural_less("a01", "a1"), natural_less("a1", "a01"));
    EXPECT_NE(natural_less("a01b", "a1"), natural_less("a1", "a01b"));
}

} // namespace
} // namespace pleiade::capture
