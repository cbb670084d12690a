#include "core/durable_file.h"
#include "core/failure.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
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
    EXPECT_THROW((void)read_file(folder_, 100), Error);
    EXPECT_THROW((void)read_file(folder_ / "a.txt", 4), Error);
    EXPECT_EQ(read_file(folder_ / "a.txt", 5).size(), 5U);
}

} // namespace
} // namespace pleiade
