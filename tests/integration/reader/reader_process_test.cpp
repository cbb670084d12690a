// The dialogue with a real pleiade-reader, and with readers that crash, hang, spin or talk
// nonsense.

#include "app/config/config.h"
#include "app/pipeline/reader_process.h"
#include "app/wire/values.h"
#include "core/durable_file.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 64U << 20U; // chosen: more than any sample

const fs::path lots = fs::path(PLEIADE_SOURCE_DIR) / "samples/lots";
const fs::path cheque = lots / "041-digne/pli-0008.jpg";
const fs::path letter_and_account = lots / "041-digne/pli-0004.tif";

ReaderSettings real_reader() {
    const Result<config::Config> config =
        config::load({.named = fs::path(PLEIADE_SOURCE_DIR) / "samples"}, {});
    EXPECT_TRUE(config.ok());
    return {
        .executable = fs::path(PLEIADE_BINARY_DIR) / "pleiade-reader",
        .configuration = {.types = config.value().types, .caisses = config.value().caisses}};
}

/// The JSON of a reading without the times, which differ from one reading to the next.
std::string timeless(PageReading reading) {
    reading.times.clear();
    return wire::to_json(reading);
}

bool has_children() {
    return ::waitpid(-1, nullptr, WNOHANG) >= 0;
}

/// spec: proc(5): in stat, the parent is the second field after the name in brackets.
bool is_child_of_ours(const std::string& pid) {
    std::ifstream file("/proc/" + pid + "/stat");
    std::string line;
    std::getline(file, line);
    const std::size_t name_end = line.rfind(')');
    if (name_end == std::string::npos) {
        return false; // ended while we looked
    }
    std::istringstream rest(line.substr(name_end + 1));
    char state = 0;
    pid_t parent = 0;
    rest >> state >> parent;
    return parent == ::getpid();
}

pid_t only_child() {
    for (const fs::directory_entry& entry : fs::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") == std::string::npos && is_child_of_ours(name)) {
            return std::stoi(name);
        }
    }
    throw std::logic_error("there is no child");
}

/// A program in place of the reader that goes wrong in one way.
class FakeReader {
public:
    explicit FakeReader(const std::string& shell_commands) {
        std::array<char, 40> name{"/tmp/pleiade-fake-reader-XXXXXX"};
        folder_ = ::mkdtemp(name.data());
        std::ofstream(folder_ / "reader") << "#!/bin/sh\n" << shell_commands << "\n";
        fs::permissions(folder_ / "reader", fs::perms::owner_all);
    }
    FakeReader(const FakeReader&) = delete;
    FakeReader& operator=(const FakeReader&) = delete;
    FakeReader(FakeReader&&) = delete;
    FakeReader& operator=(FakeReader&&) = delete;
    ~FakeReader() { fs::remove_all(folder_); }

    [[nodiscard]] std::string text_of(const std::string& name) const {
        std::stringstream text;
        text << std::ifstream(folder_ / name).rdbuf();
        return text.str();
    }

    [[nodiscard]] ReaderSettings settings() const {
        return {
            .executable = folder_ / "reader", .configuration = {}, .most_cpu = 1s, .most_wall = 2s};
    }

private:
    fs::path folder_;
};

FakeReader reader_that_crashes() {
    return FakeReader("kill -SEGV $$");
}
FakeReader reader_that_ends_at_once() {
    return FakeReader("exit 7");
}
FakeReader reader_that_never_answers() {
    return FakeReader("exec sleep 1000");
}
FakeReader reader_that_spins() {
    return FakeReader("while :; do :; done");
}
FakeReader reader_that_talks_nonsense() {
    return FakeReader("echo 'HTTP/1.1 200 OK, and much more that is no message of ours' >&3");
}

FakeReader reader_that_writes_down_its_environment() {
    return FakeReader("tr '\\0' '\\n' < /proc/$$/environ > \"${0%/*}/environment\"");
}

void expect_lost(const FakeReader& fake) {
    const auto started = std::chrono::steady_clock::now();
    {
        ReaderProcess reader(fake.settings());
        EXPECT_THROW((void)reader.open(bytes_of("anything")), ReaderLost);
    }
    EXPECT_LT(
        std::chrono::steady_clock::now() - started, 45s
    ); // chosen: a busy machine, not a hang
    EXPECT_FALSE(has_children());
}

} // namespace

TEST(ReaderProcess, ReadsThePagesOfAFileAndUnderstandsThem) {
    ReaderProcess reader(real_reader());
    const Result<int> pages = reader.open(read_file(letter_and_account, most_bytes));
    ASSERT_TRUE(pages.ok());
    ASSERT_EQ(pages.value(), 2);
    wire::Understand pli{.lot_caisse = "041", .facts = {std::chrono::sys_days(2026y / 3 / 16)}};
    for (int page = 0; page < pages.value(); ++page) {
        const Result<PageRead> read = reader.read(page);
        ASSERT_TRUE(read.ok()) << read.failure().what;
        EXPECT_FALSE(read.value().reading.text.words.empty());
        EXPECT_FALSE(read.value().page_image.bytes.empty());
        EXPECT_FALSE(read.value().preview.bytes.empty());
        pli.readings.push_back(wire::to_json(read.value().reading));
    }
    const Result<Decision> decision = reader.understand(pli);
    ASSERT_TRUE(decision.ok());
    EXPECT_EQ(decision.value().page_types.size(), 2U);
    EXPECT_FALSE(decision.value().documents.empty());
}

TEST(ReaderProcess, GivesTheSameReadingOfTheSameBytesEveryTime) {
    const Bytes bytes = read_file(cheque, most_bytes);
    ReaderProcess first(real_reader());
    ASSERT_TRUE(first.open(bytes).ok());
    const std::string once = timeless(first.read(0).value().reading);
    EXPECT_EQ(timeless(first.read(0).value().reading), once);

    ReaderProcess second(real_reader());
    ASSERT_TRUE(second.open(read_file(letter_and_account, most_bytes)).ok());
    ASSERT_TRUE(second.read(0).ok());
    ASSERT_TRUE(second.open(bytes).ok());
    EXPECT_EQ(timeless(second.read(0).value().reading), once);
}

TEST(ReaderProcess, SaysWhatIsWrongWithAFileAndReadsTheNext) {
    ReaderProcess reader(real_reader());
    EXPECT_FALSE(reader.open(bytes_of("not a picture")).ok());
    EXPECT_FALSE(reader.open({}).ok());
    EXPECT_FALSE(reader.read(0).ok());
    ASSERT_TRUE(reader.open(read_file(cheque, most_bytes)).ok());
    EXPECT_FALSE(reader.read(1).ok());
    EXPECT_FALSE(reader.read(-1).ok());
    EXPECT_TRUE(reader.read(0).ok());
}

TEST(ReaderProcess, RefusesPagesLargerThanTheLimit) {
    ReaderSettings settings = real_reader();
    settings.configuration.megapixels = 1;
    ReaderProcess reader(settings);
    const Result<int> pages = reader.open(read_file(cheque, most_bytes));
    EXPECT_TRUE(!pages.ok() || !reader.read(0).ok());
}

TEST(ReaderProcess, LeavesNoProcessBehind) {
    {
        ReaderProcess reader(real_reader());
        ASSERT_TRUE(reader.open(read_file(cheque, most_bytes)).ok());
    }
    EXPECT_FALSE(has_children());
}

TEST(ReaderProcess, IsLostWhenItCrashes) {
    expect_lost(reader_that_crashes());
}

TEST(ReaderProcess, IsLostWhenItEndsAtOnce) {
    expect_lost(reader_that_ends_at_once());
}

TEST(ReaderProcess, IsLostWhenItNeverAnswers) {
    expect_lost(reader_that_never_answers());
}

TEST(ReaderProcess, IsLostWhenItSpins) {
    expect_lost(reader_that_spins());
}

TEST(ReaderProcess, IsLostWhenItTalksNonsense) {
    expect_lost(reader_that_talks_nonsense());
}

TEST(ReaderProcess, StartsAgainAfterItWasKilled) {
    const Bytes bytes = read_file(cheque, most_bytes);
    ReaderProcess reader(real_reader());
    ASSERT_TRUE(reader.open(bytes).ok());
    ::kill(only_child(), SIGKILL);
    EXPECT_THROW((void)reader.read(0), ReaderLost);
    ASSERT_TRUE(reader.open(bytes).ok());
    EXPECT_TRUE(reader.read(0).ok());
}

TEST(ReaderProcess, FileIsOpenNoLongerWhenTheChildGoesWhateverItWasDoing) {
    const Bytes bytes = read_file(cheque, most_bytes);
    const BlobId name{std::string(64, 'a')};
    ReaderProcess reader(real_reader());
    EXPECT_FALSE(reader.is_open(name));
    ASSERT_TRUE(reader.open(bytes, name).ok());
    EXPECT_TRUE(reader.is_open(name));
    ASSERT_TRUE(reader.understand({}).ok());
    EXPECT_TRUE(reader.is_open(name)) << "understanding a pli does not close the file";
    ::kill(only_child(), SIGKILL);
    EXPECT_THROW((void)reader.understand({}), ReaderLost);
    EXPECT_FALSE(reader.is_open(name));
    ASSERT_TRUE(reader.understand({}).ok());
    EXPECT_FALSE(reader.is_open(name)) << "a fresh child has no file open";
    EXPECT_FALSE(reader.open(bytes_of("not a picture"), name).ok());
    EXPECT_FALSE(reader.is_open(name));
}

TEST(ReaderProcess, IsNotToldThePasswordOfTheDatabase) {
    const FakeReader fake = reader_that_writes_down_its_environment();
    ::setenv("PLEIADE_DATABASE_URL", "password=hunter2", 1);
    ::setenv("LC_CTYPE", "C.UTF-8", 1);
    ReaderProcess reader(fake.settings());
    EXPECT_THROW((void)reader.open(bytes_of("anything")), ReaderLost);
    ::unsetenv("PLEIADE_DATABASE_URL");
    const std::string told = fake.text_of("environment");
    EXPECT_NE(told.find("LC_CTYPE=C.UTF-8"), std::string::npos) << told;
    EXPECT_EQ(told.find("hunter2"), std::string::npos);
    EXPECT_EQ(told.find("PLEIADE_"), std::string::npos);
}

TEST(ReaderProcess, SaysThatAPersonMustActWhenTheProgramIsMissing) {
    ReaderSettings settings;
    settings.executable = "/nowhere/pleiade-reader";
    ReaderProcess reader(settings);
    try {
        (void)reader.open(bytes_of("anything"));
        FAIL() << "a program that is not there was started";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
    }
}

} // namespace pleiade::pipeline
