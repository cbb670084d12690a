// What happens when the disk of the database is full: a small file system of its own, really full.

#include "core/failure.h"
#include "store/embedded_cluster.h"
#include "store/health.h"
#include "store/intake.h"
#include "store/migrate.h"
#include "tests/support/temp_database.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace pleiade::store {
namespace {

/// A file system in memory, as large as asked for.
class SmallDisk {
public:
    explicit SmallDisk(const std::string& megabytes)
        : mounted_(
              ::mount(
                  "tmpfs",
                  folder_.path().c_str(),
                  "tmpfs",
                  0,
                  ("mode=755,size=" + megabytes + "m").c_str()
              ) == 0
          ) {}
    ~SmallDisk() {
        if (mounted_) {
            ::umount2(folder_.path().c_str(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    [[nodiscard]] bool mounted() const { return mounted_; }
    [[nodiscard]] std::filesystem::path home() const { return folder_.path() / "home"; }

    void fill() const {
        const int file = ::open(filler().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        const auto left = std::filesystem::space(folder_.path()).free;
        EXPECT_EQ(::posix_fallocate(file, 0, static_cast<off_t>(left)), 0);
        ::close(file);
    }
    void make_room() const { std::filesystem::remove(filler()); }

private:
    [[nodiscard]] std::filesystem::path filler() const { return folder_.path() / "filler"; }

    test::TempFolder folder_;
    bool mounted_;
};

/// The first failure of doing something again and again.
std::optional<Error> failure_of(const std::function<void(int)>& work) {
    constexpr int enough =
        2000; // chosen: 400 000 pages, far more than fills the WAL segments there are
    for (int n = 0; n < enough; ++n) {
        try {
            work(n);
        } catch (const Error& error) {
            return error;
        }
    }
    return std::nullopt;
}

TEST(FullDisk, StopsTheStartWithAClearSentence) {
    const SmallDisk disk("40");
    if (!disk.mounted()) {
        GTEST_SKIP() << "no right to mount a small file system";
    }
    try {
        const EmbeddedCluster cluster(disk.home());
        FAIL() << "a cluster in " << cluster.data_folder();
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::RetryLater);
        EXPECT_NE(std::string(error.what()).find("no space left"), std::string::npos);
    }
}

TEST(FullDisk, UnderARunningDatabaseLosesNothingThatWasAnswered) {
    const SmallDisk disk("160");
    if (!disk.mounted()) {
        GTEST_SKIP() << "no right to mount a small file system";
    }
    std::optional<EmbeddedCluster> cluster(disk.home());
    migrate(cluster->url());
    std::optional<Intake> intake(cluster->url());
    const RowId lot = intake->open_lot({.source = "here", .received_at = Instant{}}).id;
    disk.fill();
    const std::string blob(64, 'a');
    std::size_t answered = 0;
    const auto error = failure_of([&](int n) {
        intake->add_file(
            lot, {.name = std::to_string(n), .blob = BlobId{blob}, .bytes = 1, .pages = 200}
        );
        ++answered;
    });
    ASSERT_TRUE(error);
    EXPECT_NE(error->remedy(), Remedy::FixInput);
    if (error->remedy() == Remedy::RetryLater) {
        EXPECT_NE(std::string(error->what()).find("no space left"), std::string::npos)
            << error->what();
    }
    disk.make_room();
    intake.reset();
    cluster.reset();
    cluster.emplace(disk.home());
    intake.emplace(cluster->url());
    const std::size_t kept = intake->known_files("here").size();
    EXPECT_GE(kept, answered);
    EXPECT_LE(kept, answered + 1); // the one whose answer was lost may be in
    EXPECT_EQ(intake->open_lot({.source = "here", .received_at = Instant{}}).id, lot);
}

} // namespace
} // namespace pleiade::store
