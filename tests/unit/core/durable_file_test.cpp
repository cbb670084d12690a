#include "core/durable_file.h"
#include "core/failure.h"
#include "tests/support/plain_user.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

namespace pleiade {
namespace {

class DurableFile : public ::testing::Test {
protected:
    DurableFile() {
        std::string pattern = std::filesystem::temp_directory_path() / "pleiade-test-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
    }
    ~DurableFile() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(
            std::filesystem::directory_iterator(folder_), std::filesystem::directory_iterator()
        ));
    }

    static void touch(const std::filesystem::path& file) { std::ofstream(file) << "half"; }

    static void age(const std::filesystem::path& file, std::chrono::hours by) {
        std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - by);
    }

    static std::optional<Remedy> remedy_of(const std::function<void()>& what) {
        try {
            what();
        } catch (const Error& error) {
            return error.remedy();
        }
        return std::nullopt;
    }

    std::filesystem::path folder_;
};

TEST_F(DurableFile, IsReadBackAsWrittenAndLeavesNoTemporaryFile) {
    write_durably(folder_ / "a.txt", bytes_of("first"));
    write_durably(folder_ / "a.txt", bytes_of("second"));
    EXPECT_EQ(text_of(read_file(folder_ / "a.txt", 100)), "second");
    EXPECT_EQ(entries(), 1U);
}

TEST_F(DurableFile, WrittenOnceIsNeverReplaced) {
    EXPECT_TRUE(write_durably_once(folder_ / "a.txt", bytes_of("first")));
    EXPECT_FALSE(write_durably_once(folder_ / "a.txt", bytes_of("second")));
    EXPECT_EQ(text_of(read_file(folder_ / "a.txt", 100)), "first");
    EXPECT_EQ(entries(), 1U);
}

TEST_F(DurableFile, WhatCannotBeWrittenIsNamedAndMayBeRetried) {
    try {
        write_durably("/proc/self/nowhere/a.txt", bytes_of("x"));
        FAIL() << "writing into a folder that is not there went well";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::RetryLater);
        EXPECT_NE(std::string(error.what()).find("a.txt"), std::string::npos);
    }
}

TEST_F(DurableFile, ReadingRefusesFoldersAndFilesOverTheLimit) {
    write_durably(folder_ / "a.txt", bytes_of("12345"));
    EXPECT_EQ(remedy_of([&] { (void)read_file(folder_, 100); }), Remedy::FixInput);
    EXPECT_EQ(remedy_of([&] { (void)read_file(folder_ / "a.txt", 4); }), Remedy::FixInput);
    EXPECT_EQ(read_file(folder_ / "a.txt", 5).size(), 5U);
}

TEST_F(DurableFile, WhatIsOutOfReachMayBeReadLater) {
    EXPECT_EQ(remedy_of([&] { (void)read_file(folder_ / "gone.txt", 100); }), Remedy::RetryLater);
    touch(folder_ / "a.txt");
    EXPECT_EQ(
        remedy_of([&] { (void)read_file(folder_ / "a.txt" / "b", 100); }), Remedy::RetryLater
    );
}

TEST_F(DurableFile, WhatMayNotBeReadIsForAPersonToMend) {
    touch(folder_ / "a.txt");
    std::filesystem::permissions(folder_ / "a.txt", std::filesystem::perms::none);
    const test::PlainUser user(folder_);
    EXPECT_EQ(remedy_of([&] { (void)read_file(folder_ / "a.txt", 100); }), Remedy::FixInput);
}

TEST_F(DurableFile, PipeThatNobodyWritesToIsRefusedAndNotWaitedFor) {
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), S_IRUSR | S_IWUSR), 0);
    EXPECT_EQ(remedy_of([&] { (void)read_file(folder_ / "pipe", 100); }), Remedy::FixInput);
}

TEST_F(DurableFile, NamesLeftByAKilledRunOfTheSameNumberAreNoObstacle) {
    write_durably(folder_ / "a.txt", bytes_of("0"));
    constexpr int left_behind = 300; // chosen: more numbers than the tests before this one used
    for (int n = 0; n < left_behind; ++n) {
        touch(
            folder_ / (".a.txt." + std::to_string(::getpid()) + "." + std::to_string(n) + ".part")
        );
    }
    write_durably(folder_ / "a.txt", bytes_of("1"));
    EXPECT_EQ(text_of(read_file(folder_ / "a.txt", 100)), "1");
    EXPECT_EQ(entries(), left_behind + 1U);
}

TEST_F(DurableFile, TemporaryFileMayLieInAFolderOfItsOwn) {
    std::filesystem::create_directory(folder_ / "day");
    EXPECT_TRUE(write_durably_once(folder_ / "day" / "a.txt", bytes_of("x"), folder_));
    EXPECT_FALSE(write_durably_once(folder_ / "day" / "a.txt", bytes_of("y"), folder_));
    EXPECT_EQ(entries(), 1U);
    EXPECT_EQ(text_of(read_file(folder_ / "day" / "a.txt", 100)), "x");
}

TEST_F(DurableFile, SweepTakesOldPartsAndNothingElse) {
    using namespace std::chrono_literals;
    for (const char* name :
         {".a.pdf.41.7.part",
          ".b.pdf.41.8.part",
          "a.41.7.part",
          ".a.part",
          ".41.7.part",
          ".a.pdf.x.7.part",
          "a.pdf",
          ".hidden"}) {
        touch(folder_ / name);
        age(folder_ / name, 48h);
    }
    age(folder_ / ".b.pdf.41.8.part", 1h);
    std::filesystem::create_directory(folder_ / ".c.pdf.41.9.part");
    age(folder_ / ".c.pdf.41.9.part", 48h);
    const std::size_t before = entries();
    remove_stale_parts(folder_, 24h);
    EXPECT_FALSE(std::filesystem::exists(folder_ / ".a.pdf.41.7.part"));
    EXPECT_EQ(entries(), before - 1);
    remove_stale_parts(folder_ / "nowhere", 24h);
}

TEST_F(DurableFile, FolderIsMadeBelowARootButNeverTheRoot) {
    make_folder_below(folder_, "a/b");
    make_folder_below(folder_, "a/b");
    EXPECT_TRUE(std::filesystem::is_directory(folder_ / "a" / "b"));
    EXPECT_EQ(
        remedy_of([&] { make_folder_below(folder_ / "not-mounted", "a/b"); }), Remedy::RetryLater
    );
    EXPECT_FALSE(std::filesystem::exists(folder_ / "not-mounted"));
}

TEST_F(DurableFile, ConfiguredFolderThatIsMissingIsForAPersonToMend) {
    require_folder("GED folder", folder_);
    touch(folder_ / "file");
    EXPECT_EQ(
        remedy_of([&] { require_folder("GED folder", folder_ / "file"); }), Remedy::FixConfiguration
    );
    try {
        require_folder("GED folder", folder_ / "not-mounted");
        FAIL() << "a folder that is not there was found";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
        EXPECT_NE(std::string(error.what()).find("mkdir"), std::string::npos) << error.what();
    }
}

} // namespace
} // namespace pleiade
