#include "app/pipeline/leases.h"
#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <thread>

namespace pleiade::pipeline {
namespace {

TEST(Leases, JobInHandIsKeptForAsLongAsTheyLive) {
    store::MailRoom room;
    room.add(room.open_lot(), "0001.tif", 2);
    const auto job = room.queue.claim("worker", {store::JobKind::Read}, std::chrono::seconds(2));
    ASSERT_TRUE(job);
    const std::string first =
        room.database.value("select lease_until from job where state = 'running'");
    {
        const Leases leases(room.database.url(), {"worker"}, std::chrono::seconds(2));
        while (room.database.number("select (now() > '" + first + "'::timestamptz)::integer") == 0
        ) {
            std::this_thread::yield();
        }
        const auto other =
            room.queue.claim("other", {store::JobKind::Read}, std::chrono::minutes(5));
        ASSERT_TRUE(other);
        EXPECT_NE(other->id, job->id);
    }
    EXPECT_EQ(room.journey.finish_read(*job, room.reading()), store::Finish::Committed);
}

} // namespace
} // namespace pleiade::pipeline
