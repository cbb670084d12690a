// The real pleiade-reader, and programs in its place that fail in ways a real one cannot be made
// to.

#include "app/pipeline/reader_process.h"
#include "core/drawing.h"
#include "core/durable_file.h"
#include "ged-export/drawing_pdf.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;

ReaderSettings real_reader() {
    return {
        .executable = std::filesystem::path(PLEIADE_BINARY_DIR) / "pleiade-reader",
        .configuration = {}};
}

/// A shell script that is started in the reader's place, in a folder of its own.
class ReaderInItsPlace {
public:
    explicit ReaderInItsPlace(const std::string& commands) {
        std::string pattern = std::filesystem::temp_directory_path() / "pleiade-test-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        write_durably(folder_ / "reader", bytes_of("#!/bin/sh\n" + commands + "\n"));
        std::filesystem::permissions(folder_ / "reader", std::filesystem::perms::owner_all);
    }
    ReaderInItsPlace(const ReaderInItsPlace&) = delete;
    ReaderInItsPlace& operator=(const ReaderInItsPlace&) = delete;
    ~ReaderInItsPlace() { std::filesystem::remove_all(folder_); }

    [[nodiscard]] ReaderSettings settings() const {
        return {
            .executable = folder_ / "reader", .configuration = {}, .most_cpu = 1s, .most_wall = 1s};
    }

private:
    std::filesystem::path folder_;
};

Bytes page_saying(const std::string& words) {
    Drawing drawing;
    drawing.texts.push_back({words, {30.0}, {60.0}, {8.0}, DrawnWeight::Regular});
    return ged::drawing_pdf({drawing});
}

TEST(ReaderProcess, ReadsAPageOfAPdf) {
    ReaderProcess reader(real_reader());
    const Bytes pdf = page_saying("certificat médical");
    ASSERT_EQ(reader.open(pdf).value(), 1);
    const Result<PageRead> page = reader.read(0);
    ASSERT_TRUE(page.ok());
    EXPECT_NE(page.value().reading.text.plain().find("certificat médical"), std::string::npos);
    EXPECT_FALSE(page.value().page_image.bytes.empty());
    EXPECT_FALSE(page.value().preview.bytes.empty());
}

TEST(ReaderProcess, SaysWhyAFileCannotBeOpenedAndGoesOn) {
    ReaderProcess reader(real_reader());
    const Result<int> opened = reader.open(bytes_of("this is no picture"));
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.failure().remedy, Remedy::FixInput);
    EXPECT_FALSE(opened.failure().what.empty());
    EXPECT_EQ(reader.open(page_saying("ensuite")).value(), 1);
}

TEST(ReaderProcess, HasNoPageThatTheFileDoesNotHave) {
    ReaderProcess reader(real_reader());
    ASSERT_TRUE(reader.open(page_saying("seul")).ok());
    EXPECT_FALSE(reader.read(1).ok());
    EXPECT_FALSE(reader.read(-1).ok());
}

TEST(ReaderProcess, ThatDiesIsLost) {
    const ReaderInItsPlace program("kill -SEGV $$");
    ReaderProcess reader(program.settings());
    EXPECT_THROW((void)reader.open(bytes_of("x")), ReaderLost);
    EXPECT_THROW(
        (void)reader.open(bytes_of("x")), ReaderLost
    ); // and is started again for the next question
}

TEST(ReaderProcess, ThatHangsIsEndedAndLost) {
    const ReaderInItsPlace program("exec sleep 1000");
    ReaderProcess reader(program.settings());
    EXPECT_THROW((void)reader.open(bytes_of("x")), ReaderLost);
}

TEST(ReaderProcess, ThatTalksNonsenseIsLost) {
    const ReaderInItsPlace program("head -c 4096 /dev/zero | tr '\\0' 'x' >&3; exec sleep 1000");
    ReaderProcess reader(program.settings());
    EXPECT_THROW((void)reader.open(bytes_of("x")), ReaderLost);
}

TEST(ReaderProcess, ThatIsNotInstalledIsAMatterOfConfiguration) {
    ReaderProcess reader(ReaderSettings{
        .executable = "/nowhere/pleiade-reader", .configuration = {}});
    try {
        (void)reader.open(bytes_of("x"));
        FAIL() << "a program that is not there was started";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
    }
}

} // namespace
} // namespace pleiade::pipeline
