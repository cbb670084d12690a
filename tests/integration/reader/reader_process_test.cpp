// The dialogue with a real pleiade-reader, and with readers that crash, hang, spin or talk
// nonsense.

#include "app/config/config.h"
#include "app/pipeline/reader_process.h"
#include "app/wire/values.h"
#include "core/drawing.h"
#include "core/durable_file.h"
#include "ged-export/drawing_pdf.h"

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

/// The test program that is locked down like the reader, and fails on what stands in the file.
ReaderSettings failing_reader() {
    ReaderSettings settings{
        .executable = fs::path(PLEIADE_BINARY_DIR) / "tests/failing-reader",
        .configuration = {},
        .most_cpu = 1s};
    settings.configuration.memory_mb = 512;
    return settings;
}

/// Why the page of this file was not read; "" when it was.
std::string reason_of(ReaderProcess& reader, const std::string& file) {
    EXPECT_TRUE(reader.open(bytes_of(file)).ok());
    try {
        return reader.read(0).ok() ? "" : "not lost";
    } catch (const ReaderLost& lost) {
        return lost.what();
    }
}

/// By its number.
double process_that_reads(ReaderProcess& reader) {
    return reader.read(0).value().reading.times.at(0).millis;
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

TEST(ReaderProcess, SaysWhyAPageWasGivenUpAndReadsTheNext) {
    ReaderProcess reader(failing_reader());
    const std::string who = "le processus de lecture ";
    EXPECT_EQ(reason_of(reader, "loop"), who + "a pris plus de 1 s de processeur");
    EXPECT_EQ(
        reason_of(reader, "eat memory"), who + "a manqué de mémoire : il n'a droit qu'à 512 Mo"
    );
    EXPECT_EQ(reason_of(reader, "crash"), who + "est tombé : arrêté par le signal SIGABRT");
    if (reader.open_doors().empty()) {
        EXPECT_EQ(
            reason_of(reader, "call home"), who + "a tenté un appel système qui lui est interdit"
        );
    }
    EXPECT_EQ(reason_of(reader, "a page"), "");
    ReaderSettings impatient = failing_reader();
    impatient.most_wall = 2s;
    ReaderProcess sleeper(impatient);
    EXPECT_EQ(reason_of(sleeper, "sleep"), who + "n'a pas répondu pendant 2 s");
}

TEST(ReaderProcess, ShowsTheTextOfAPdfThatNamesItsFontsOnly) {
    Drawing drawing;
    drawing.texts.push_back(
        {"Avis d'arrêt de travail", {30.0}, {60.0}, {10.0}, DrawnWeight::Regular}
    );
    const Bytes pdf = ged::drawing_pdf({drawing});
    ReaderProcess reader(real_reader());
    for (int turn = 0; turn < 2; ++turn) { // a font is opened anew for every file
        ASSERT_TRUE(reader.open(pdf).ok());
        const Result<PageRead> page = reader.read(0);
        ASSERT_TRUE(page.ok());
        EXPECT_NE(page.value().reading.text.plain().find("travail"), std::string::npos);
    }
}

TEST(ReaderProcess, MakesRoomForAFreshOneAfterSoManyPagesButNotWithinAFile) {
    ReaderSettings settings = failing_reader();
    settings.pages_per_process = 4;
    ReaderProcess reader(settings);
    ASSERT_TRUE(reader.open(bytes_of("a page")).ok());
    const double first = process_that_reads(reader);
    ASSERT_TRUE(reader.open(bytes_of("a page")).ok());
    for (int page = 0; page < 3; ++page) { // the fourth to sixth that it handles
        EXPECT_EQ(process_that_reads(reader), first);
    }
    ASSERT_TRUE(reader.open(bytes_of("a page")).ok());
    EXPECT_NE(process_that_reads(reader), first);
}

TEST(ReaderProcess, IsShutInOnThisMachineOrSaysWhereNot) {
    ReaderProcess reader(real_reader());
    ASSERT_TRUE(reader.open(read_file(cheque, most_bytes)).ok());
    for (const wire::OpenDoor& door : reader.open_doors()) {
        EXPECT_FALSE(door.what.empty());
        EXPECT_FALSE(door.cure.empty());
    }
}

TEST(ReaderProcess, IsGivenUpWhenThePageWantsMoreMemoryThanThereIs) {
    ReaderSettings settings = real_reader();
    settings.configuration.memory_mb = 256;
    settings.configuration.megapixels = 2000;
    ReaderProcess reader(settings);
    std::string huge =
        text_of(read_file(fs::path(PLEIADE_SOURCE_DIR) / "samples/lots-bad/huge.tif", most_bytes));
    const std::string too_many = "\x60\xEA"; // 60000 pixels a side: refused before memory is
    const std::string enough = "\x20\x4E";   // 20000
    for (auto at = huge.find(too_many); at != std::string::npos; at = huge.find(too_many, at)) {
        huge.replace(at, enough.size(), enough);
    }
    const Result<int> opened = reader.open(bytes_of(huge));
    ASSERT_TRUE(opened.ok()) << opened.failure().what;
    EXPECT_THROW((void)reader.read(0), ReaderLost);
    ASSERT_TRUE(reader.open(read_file(cheque, most_bytes)).ok());
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
