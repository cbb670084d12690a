#include "core/failure.h"
#include "store/blob_check.h"
#include "store/blob_sweep.h"
#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace pleiade::store {
namespace {

namespace fs = std::filesystem;

/// A store of images with a database, and a clock that is turned.
struct SweptRoom : MailRoom {
    test::TempFolder folder;
    FolderBlobStore images{folder.path()};
    BlobSweep sweeper{database.url(), folder.path()};
    Instant now = SystemClock().now();

    /// Makes it as old as if it had been put a while ago.
    void age(const BlobId& blob, std::chrono::hours by) const {
        const auto when = std::chrono::floor<std::chrono::seconds>(now - by).time_since_epoch();
        const timeval time{.tv_sec = when.count(), .tv_usec = 0};
        const std::array<timeval, 2> both{time, time};
        ASSERT_EQ(::utimes(images.path_of(blob).c_str(), both.data()), 0);
    }
    BlobId put_long_ago(const std::string& content) {
        const BlobId blob = images.put(bytes_of(content));
        age(blob, std::chrono::hours(24 * 20));
        return blob;
    }
    void refer_to(const BlobId& blob) {
        intake.add_file(
            open_lot("samples/" + blob.sha256),
            {.name = "0001.tif", .blob = blob, .bytes = 7, .pages = 1}
        );
    }
    Sweep sweep(SweepMode mode = SweepMode::Move) {
        return sweeper.sweep({.now = now, .mode = mode});
    }
    [[nodiscard]] bool is_there(const BlobId& blob) const {
        return fs::exists(images.path_of(blob));
    }
};

std::vector<std::string> names_of(const std::vector<TrashedBlob>& blobs) {
    std::vector<std::string> names;
    for (const TrashedBlob& one : blobs) {
        names.push_back(one.blob.sha256);
    }
    return names;
}

TEST(BlobSweep, MovesWhatNoRowRefersToAndNothingElse) {
    SweptRoom room;
    const BlobId orphan = room.put_long_ago("left behind");
    const BlobId used = room.put_long_ago("a page");
    room.refer_to(used);
    const BlobId fresh = room.images.put(bytes_of("just put, its row is on the way"));
    const Sweep looked = room.sweep(SweepMode::LookOnly);
    EXPECT_EQ(names_of(looked.orphans), std::vector{orphan.sha256});
    EXPECT_EQ(looked.blobs, 2);
    EXPECT_TRUE(room.is_there(orphan));
    const Sweep moved = room.sweep();
    EXPECT_EQ(names_of(moved.orphans), std::vector{orphan.sha256});
    EXPECT_EQ(moved.orphans[0].bytes, std::string("left behind").size());
    EXPECT_FALSE(room.is_there(orphan));
    EXPECT_TRUE(room.is_there(used));
    EXPECT_TRUE(room.is_there(fresh));
    EXPECT_TRUE(room.sweep().orphans.empty());
}

TEST(BlobSweep, LeavesEveryKindOfBlobThatARowNames) {
    SweptRoom room;
    std::vector<BlobId> named;
    for (const char* what : {"page", "picture", "preview", "pdf", "index", "sealed"}) {
        named.push_back(room.put_long_ago(what));
    }
    const RowId lot = room.open_lot();
    room.intake.add_file(lot, {.name = "0001.tif", .blob = named[0], .bytes = 7, .pages = 1});
    room.close(lot, {"0001.tif"});
    FinishedReading reading = room.reading();
    reading.image.blob = named[1];
    reading.preview = named[2];
    ASSERT_EQ(room.journey.finish_read(room.claim(JobKind::Read), reading), Finish::Committed);
    room.split(lot);
    room.understood(lot);
    ASSERT_EQ(
        room.deliveries.record_pdf(room.claim(JobKind::Deliver), named[3], named[4]),
        Finish::Committed
    );
    room.database.exec(
        "insert into sealed_event select '061', 1, min(event_id), array['" + named[5].sha256 +
        "'], repeat('a', 64), now() from event"
    );
    EXPECT_TRUE(room.sweep().orphans.empty());
}

TEST(BlobSweep, BringsBackWhatItIsAsked) {
    SweptRoom room;
    const BlobId one = room.put_long_ago("one");
    const BlobId two = room.put_long_ago("two");
    ASSERT_EQ(room.sweep().orphans.size(), 2U);
    EXPECT_EQ(room.sweeper.in_trash().size(), 2U);
    EXPECT_THROW((void)room.sweeper.restore({{"../../etc/passwd"}}), Error);
    EXPECT_EQ(room.sweeper.restore({one}).size(), 1U);
    EXPECT_EQ(text_of(room.images.get(one)), "one");
    EXPECT_FALSE(room.is_there(two));
    EXPECT_EQ(room.sweeper.restore({}).size(), 1U);
    EXPECT_EQ(text_of(room.images.get(two)), "two");
    EXPECT_TRUE(room.sweeper.in_trash().empty());
}

TEST(BlobSweep, PutAgainIsAsFreshAsNew) {
    SweptRoom room;
    const BlobId again = room.put_long_ago("the same page in another lot");
    EXPECT_EQ(room.images.put(bytes_of("the same page in another lot")), again);
    EXPECT_TRUE(room.sweep().orphans.empty());
    const BlobId trashed = room.put_long_ago("comes back after the sweep");
    ASSERT_EQ(room.sweep().orphans.size(), 1U);
    EXPECT_EQ(room.images.put(bytes_of("comes back after the sweep")), trashed);
    EXPECT_EQ(text_of(room.images.get(trashed)), "comes back after the sweep");
}

TEST(BlobSweep, ASweepThatWasKilledIsMendedByTheNext) {
    SweptRoom room;
    const BlobId needed = room.put_long_ago("its row came while the sweep was killed");
    ASSERT_EQ(room.sweep().orphans.size(), 1U);
    room.refer_to(needed);
    const BlobCheck check = check_blobs(room.database.url(), room.images, "", [](long) {});
    ASSERT_EQ(check.faults.size(), 1U);
    EXPECT_NE(
        check.faults[0].what.find("pleiade sweep --restore " + needed.sha256), std::string::npos
    );
    const Sweep next = room.sweep();
    EXPECT_EQ(names_of(next.given_back), std::vector{needed.sha256});
    EXPECT_TRUE(room.is_there(needed));
}

TEST(BlobSweep, RemovesForGoodOnlyWhenAskedAndAfterThirtyDays) {
    SweptRoom room;
    const BlobId orphan = room.put_long_ago("left behind");
    const BlobId needed = room.put_long_ago("needed after all");
    ASSERT_EQ(room.sweep().orphans.size(), 2U);
    room.refer_to(needed);
    EXPECT_TRUE(room.sweeper.purge(room.now + std::chrono::hours(24 * 29)).removed.empty());
    EXPECT_TRUE(room.is_there(needed));
    EXPECT_EQ(room.sweeper.in_trash().size(), 1U);
    const Purge purge = room.sweeper.purge(room.now + std::chrono::hours(24 * 30));
    EXPECT_EQ(names_of(purge.removed), std::vector{orphan.sha256});
    EXPECT_TRUE(room.sweeper.in_trash().empty());
    EXPECT_TRUE(room.is_there(needed));
}

TEST(BlobSweep, RefusesToMoveAnArchiveThatIsNotOfThisDatabase) {
    SweptRoom room;
    for (int i = 0; i < 101; ++i) {
        room.put_long_ago(std::to_string(i));
    }
    try {
        (void)room.sweep();
        FAIL() << "the images of another database were moved";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
    }
    EXPECT_TRUE(room.sweeper.in_trash().empty());
    EXPECT_EQ(room.sweep(SweepMode::MoveMany).orphans.size(), 101U);
}

} // namespace
} // namespace pleiade::store
