#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace pleiade::store {
namespace {

TEST(Queue, NeverGivesOneJobToTwoWorkers) {
    MailRoom room;
    const RowId lot = room.open_lot();
    constexpr int pages = 120;
    room.add(lot, "0001.tif", pages);
    std::mutex guard;
    std::multiset<RowId> claimed;
    std::vector<std::thread> workers;
    for (int n = 0; n < 4; ++n) {
        workers.emplace_back([&, n] {
            Queue queue(room.database.url());
            while (const auto job = queue.claim(
                       "worker " + std::to_string(n), {JobKind::Read}, std::chrono::minutes(5)
                   )) {
                const std::lock_guard lock(guard);
                claimed.insert(job->id);
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    EXPECT_EQ(claimed.size(), static_cast<std::size_t>(pages));
    EXPECT_EQ(std::set<RowId>(claimed.begin(), claimed.end()).size(), claimed.size());
}

TEST(Queue, GivesSeveralJobsOfOneCaisseAtOnce) {
    MailRoom room;
    room.add(room.open_lot("samples/a", "061"), "0001.tif", 5);
    room.add(room.open_lot("samples/b", "201"), "0002.tif", 5);
    const auto claim = [&] {
        return room.queue.claim_some({"worker", {JobKind::Read}, std::chrono::minutes(5), {}, 3});
    };
    const std::vector<Job> first = claim();
    const std::vector<Job> second = claim();
    ASSERT_EQ(first.size(), 3U);
    ASSERT_EQ(second.size(), 3U);
    EXPECT_NE(first[0].caisse, second[0].caisse); // they take turns by the work, not by the claim
    for (int i = 0; i < 3; ++i) {
        const auto at = static_cast<std::size_t>(i);
        EXPECT_EQ(first[at].caisse, first[0].caisse);
        EXPECT_EQ(first[at].file_index, i); // what was wanted for longest comes first
        EXPECT_EQ(first[at].attempt, 1);
    }
    std::set<RowId> all;
    for (const auto& jobs : {first, second, claim(), claim()}) {
        for (const Job& job : jobs) {
            EXPECT_TRUE(all.insert(job.id).second);
        }
    }
    EXPECT_EQ(all.size(), 10U);
    EXPECT_TRUE(claim().empty());
}

TEST(Queue, TellsEverythingAboutAPageToRead) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif", 2);
    (void)room.claim(JobKind::Read);
    const Job job = room.claim(JobKind::Read);
    EXPECT_EQ(job.caisse, "061");
    EXPECT_EQ(job.lot, lot);
    EXPECT_EQ(job.pli, pli);
    EXPECT_EQ(job.blob, blob_named("0001.tif"));
    EXPECT_EQ(job.file, "0001.tif");
    EXPECT_EQ(job.file_index, 1);
    EXPECT_EQ(job.attempt, 1);
    EXPECT_EQ(job.crashes, 0);
}

TEST(Queue, LostLeaseCommitsNothingAndIsNoCrash) {
    MailRoom room;
    room.add(room.open_lot(), "0001.tif");
    const auto slow = room.queue.claim("slow", {JobKind::Read}, std::chrono::seconds(-1));
    ASSERT_TRUE(slow);
    // The first claim gives the lease back to the queue, at the latest the second takes the job.
    auto taken = room.queue.claim("fast", {JobKind::Read}, std::chrono::minutes(5));
    if (!taken) {
        taken = room.queue.claim("fast", {JobKind::Read}, std::chrono::minutes(5));
    }
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->id, slow->id);
    EXPECT_GT(taken->fence, slow->fence);
    EXPECT_EQ(taken->crashes, 0);
    EXPECT_EQ(taken->losses, 1);
    const auto events = room.database.number("select count(*) from event");
    EXPECT_EQ(room.journey.finish_read(*slow, room.reading()), Finish::LeaseLost);
    EXPECT_EQ(room.journey.set_aside_page(*slow, "x"), Finish::LeaseLost);
    EXPECT_EQ(room.queue.put_back(*slow), Finish::LeaseLost);
    EXPECT_EQ(room.queue.retry_later(*slow, "x", std::chrono::seconds(0)), Finish::LeaseLost);
    EXPECT_EQ(room.queue.set_aside_job(*slow, "x"), Finish::LeaseLost);
    EXPECT_EQ(room.queue.record_crash(*slow), std::nullopt);
    EXPECT_EQ(room.state_of("page", slow->page), "captured");
    EXPECT_EQ(room.database.number("select count(*) from page_reading"), 0);
    EXPECT_EQ(room.database.number("select count(*) from event"), events);
    EXPECT_EQ(room.journey.finish_read(*taken, room.reading()), Finish::Committed);
}

TEST(Queue, HeartbeatKeepsALeaseFromEnding) {
    MailRoom room;
    room.add(room.open_lot(), "0001.tif");
    ASSERT_TRUE(room.queue.claim("alive", {JobKind::Read}, std::chrono::seconds(-1)));
    EXPECT_EQ(room.queue.heartbeat("alive", std::chrono::minutes(5)), 1);
    EXPECT_EQ(room.queue.heartbeat("nobody", std::chrono::minutes(5)), 0);
    EXPECT_FALSE(room.queue.claim("other", {JobKind::Read}, std::chrono::minutes(5)));
    EXPECT_FALSE(room.queue.claim("other", {JobKind::Read}, std::chrono::minutes(5)));
}

TEST(Queue, PutBackIsNoAttemptAndRetryWaits) {
    MailRoom room;
    room.add(room.open_lot(), "0001.tif");
    EXPECT_EQ(room.queue.put_back(room.claim(JobKind::Read)), Finish::Committed);
    const Job again = room.claim(JobKind::Read);
    EXPECT_EQ(again.attempt, 1);
    EXPECT_EQ(
        room.queue.retry_later(again, "ged is slow", std::chrono::minutes(1)), Finish::Committed
    );
    EXPECT_FALSE(room.queue.claim("worker", {JobKind::Read}, std::chrono::minutes(5)));
    EXPECT_EQ(
        room.database.number("select count(*) from job where due_at > now() + interval '30 seconds'"
        ),
        1
    );
}

TEST(Queue, SecondCrashOfAJobIsCountedAndItsPageSetAsideUnderTheSameLease) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif");
    room.close(lot, {"0001.tif"});
    const Job first = room.claim(JobKind::Read);
    EXPECT_EQ(room.queue.record_crash(first), 1);
    EXPECT_EQ(
        room.queue.retry_later(first, "reader died", std::chrono::seconds(0)), Finish::Committed
    );
    const Job second = room.claim(JobKind::Read);
    EXPECT_EQ(second.crashes, 1);
    EXPECT_EQ(room.queue.record_crash(second), 2);
    EXPECT_EQ(room.queue.set_aside_job(second, "kills its reader"), Finish::Committed);
    EXPECT_EQ(room.state_of("page", second.page), "set_aside");
    EXPECT_EQ(room.state_of("job", second.id), "set_aside");
    room.split(lot);
}

TEST(Queue, ReleaseAfterAKillCountsNeitherAttemptNorCrash) {
    MailRoom room;
    room.add(room.open_lot(), "0001.tif", 2);
    (void)room.claim(JobKind::Read);
    (void)room.claim(JobKind::Read);
    EXPECT_EQ(room.queue.release_all_running(), 2);
    const Job job = room.claim(JobKind::Read);
    EXPECT_EQ(job.attempt, 1);
    EXPECT_EQ(job.crashes, 0);
    EXPECT_EQ(job.losses, 1);
    const auto counts = room.queue.outstanding();
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].state, "running");
    EXPECT_EQ(counts[0].count, 1);
    EXPECT_EQ(counts[1].state, "waiting");
}

TEST(Queue, CleanStopIsNoLoss) {
    MailRoom room;
    room.add(room.open_lot(), "0001.tif");
    EXPECT_EQ(room.queue.put_back(room.claim(JobKind::Read)), Finish::Committed);
    EXPECT_EQ(room.queue.release_all_running(), 0);
    EXPECT_EQ(room.claim(JobKind::Read).losses, 0);
}

TEST(Queue, CrashesOfABrokenMachineAreForgivenButLeaveATrace) {
    MailRoom room;
    room.add(room.open_lot(), "0001.tif", 2);
    const Job crashed = room.claim(JobKind::Read);
    const Job held = room.claim(JobKind::Read);
    EXPECT_EQ(room.queue.record_crash(crashed), 1);
    EXPECT_EQ(room.queue.record_crash(held), 1);
    EXPECT_EQ(room.queue.put_back(crashed), Finish::Committed);
    room.queue.forgive_crashes({crashed.id, held.id});
    const Job again = room.claim(JobKind::Read);
    EXPECT_EQ(again.id, crashed.id);
    EXPECT_EQ(again.crashes, 0);
    EXPECT_EQ(again.losses, 1);
    EXPECT_EQ(room.queue.record_crash(held), 2) << "a job in somebody's hands was touched";
}

TEST(Queue, LeavesDeliveriesToAHeldCaisseAndGivesAllElse) {
    MailRoom room;
    const RowId nice = room.open_lot("samples/nice", "061");
    room.add(nice, "0001.tif");
    room.close(nice, {"0001.tif"});
    const RowId ajaccio = room.open_lot("samples/ajaccio", "201");
    room.add(ajaccio, "0002.tif");
    room.close(ajaccio, {"0002.tif"});
    room.read_everything();
    for (int splits = 0; splits < 2; ++splits) {
        ASSERT_EQ(room.journey.finish_split(room.claim(JobKind::Split), {}), Finish::Committed);
    }
    room.understood(nice);
    const std::vector<JobKind> kinds{JobKind::Understand, JobKind::Deliver};
    const auto other = room.queue.claim("worker", kinds, std::chrono::minutes(5), {"061"});
    ASSERT_TRUE(other);
    EXPECT_EQ(other->kind, JobKind::Understand);
    EXPECT_FALSE(room.queue.claim("worker", kinds, std::chrono::minutes(5), {"061"}));
    EXPECT_EQ(room.queue.outstanding({"061"}).size(), 1U);
    EXPECT_EQ(room.queue.outstanding().size(), 2U);
    const auto held = room.queue.claim("worker", kinds, std::chrono::minutes(5), {"201"});
    ASSERT_TRUE(held);
    EXPECT_EQ(held->caisse, "061");
}

TEST(Queue, SharesOneConnectionWithJourneyAndDeliveries) {
    MailRoom room;
    room.add(room.open_lot(), "0001.tif");
    const auto sessions = [&] {
        return room.database.number(
            "select count(*) from pg_stat_activity where datname = current_database()"
        );
    };
    const auto before = sessions();
    const Connection connection = connect(room.database.url());
    Queue queue(connection);
    Journey journey(connection);
    const Deliveries deliveries(connection);
    const auto job = queue.claim("worker", {JobKind::Read}, std::chrono::minutes(5));
    ASSERT_TRUE(job);
    EXPECT_EQ(journey.finish_read(*job, room.reading()), Finish::Committed);
    EXPECT_EQ(sessions(), before + 1);
}

TEST(Queue, FinishesBegunPlisBeforeNewPages) {
    MailRoom room;
    const RowId lot = room.open_lot("samples/a");
    room.add(lot, "0001.tif");
    room.close(lot, {"0001.tif"});
    room.read_everything();
    room.split(lot);
    room.add(room.open_lot("samples/b"), "0002.tif");
    const auto job =
        room.queue.claim("worker", {JobKind::Read, JobKind::Understand}, std::chrono::minutes(5));
    ASSERT_TRUE(job);
    EXPECT_EQ(job->kind, JobKind::Understand);
}

/// Caisses of the jobs as they are claimed.
std::vector<std::string> caisses_claimed(MailRoom& room, int jobs) {
    std::vector<std::string> caisses;
    for (int i = 0; i < jobs; ++i) {
        caisses.push_back(room.claim(JobKind::Read).caisse);
    }
    return caisses;
}

TEST(Queue, BacklogOfOneCaisseDoesNotKeepAnotherWaiting) {
    MailRoom room;
    room.add(room.open_lot("samples/nice", "061"), "nice.tif", 300);
    (void)caisses_claimed(room, 50);
    room.add(room.open_lot("samples/ajaccio", "201"), "ajaccio.tif", 10);
    const std::vector<std::string> next = caisses_claimed(room, 22);
    EXPECT_EQ(std::count(next.begin(), next.end(), "201"), 10);
}

TEST(Queue, CaisseThatHadNothingToDoSavesNoTurnsUp) {
    MailRoom room;
    room.add(room.open_lot("samples/ajaccio", "201"), "before.tif");
    room.add(room.open_lot("samples/nice", "061"), "nice.tif", 200);
    (void)caisses_claimed(room, 101);
    room.add(room.open_lot("samples/later", "201"), "ajaccio.tif", 100);
    const std::vector<std::string> next = caisses_claimed(room, 40);
    EXPECT_NEAR(static_cast<double>(std::count(next.begin(), next.end(), "061")), 20.0, 2.0);
}

TEST(Queue, LargeLotDoesNotKeepASmallOneOfItsCaisseWaiting) {
    MailRoom room;
    room.add(room.open_lot("samples/large"), "large.tif", 300);
    const RowId small = room.open_lot("samples/small");
    room.add(small, "small.tif", 3);
    int of_small = 0;
    for (int i = 0; i < 10; ++i) {
        of_small += room.claim(JobKind::Read).lot == small ? 1 : 0;
    }
    EXPECT_EQ(of_small, 3);
}

TEST(Queue, WhatWaitedForHoursGoesBeforeALaterStepThatJustCame) {
    MailRoom room;
    room.add(room.open_lot("samples/old"), "old.tif");
    room.database.exec("update job set wanted_at = wanted_at - interval '2 hours'");
    const RowId lot = room.open_lot("samples/new");
    room.add(lot, "new.tif");
    room.close(lot, {"new.tif"});
    const Job old = room.claim(JobKind::Read);
    EXPECT_EQ(old.file, "old.tif");
    (void)room.journey.finish_read(room.claim(JobKind::Read), room.reading());
    EXPECT_EQ(room.queue.put_back(old), Finish::Committed);
    const auto next =
        room.queue.claim("worker", {JobKind::Split, JobKind::Read}, std::chrono::minutes(5));
    ASSERT_TRUE(next);
    EXPECT_EQ(next->file, "old.tif");
}

TEST(Queue, MailOfAnEarlierDayGoesBeforeThatOfToday) {
    MailRoom room;
    const RowId today = room.open_lot("samples/today");
    const RowId late = room.open_lot("samples/late");
    room.database.exec("update lot set received_at = now() - case when source = 'samples/late' "
                       "then interval '3 days' else interval '0' end");
    room.add(today, "today.tif", 5);
    room.add(late, "late.tif", 5);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(room.claim(JobKind::Read).file, "late.tif");
    }
}

TEST(Queue, WorkerThatBeginsAnewHoldsNothing) {
    MailRoom room;
    room.add(room.open_lot(), "0001.tif");
    const Job lost = room.claim(JobKind::Read);
    EXPECT_EQ(room.queue.release_jobs_of("another"), 0);
    EXPECT_EQ(room.queue.release_jobs_of("worker"), 1);
    EXPECT_EQ(room.journey.finish_read(lost, room.reading()), Finish::LeaseLost);
    EXPECT_EQ(room.claim(JobKind::Read).losses, 1);
}

TEST(Queue, SecondOpenJobOfOneSubjectIsRefusedByTheDatabase) {
    MailRoom room;
    room.add(room.open_lot(), "0001.tif");
    EXPECT_NE(
        room.database
            .refusal("insert into job (kind, caisse_id, page_id) select 'read', caisse_id, page_id "
                     "from page")
            .find("one_open_read_job_per_page"),
        std::string::npos
    );
}

TEST(Queue, SetAsideJobSetsItsSubjectAside) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId first = room.add(lot, "0001.tif");
    const RowId second = room.add(lot, "0002.tif");
    room.close(lot, {"0001.tif", "0002.tif"});
    room.read_everything();
    room.split(lot);
    const Job understand = room.claim(JobKind::Understand);
    EXPECT_EQ(understand.pli, first);
    EXPECT_EQ(room.queue.set_aside_job(understand, "kills its reader"), Finish::Committed);
    EXPECT_EQ(room.state_of("pli", first), "set_aside");
    EXPECT_EQ(room.understood(lot), second);
    const Job deliver = room.claim(JobKind::Deliver);
    EXPECT_EQ(room.queue.set_aside_job(deliver, "cannot make the PDF"), Finish::Committed);
    EXPECT_EQ(room.state_of("delivery", deliver.delivery), "refused");
    EXPECT_EQ(room.state_of("pli", second), "set_aside");
    EXPECT_EQ(room.state_of("lot", lot), "done");
}

TEST(Queue, SetAsideSplitEndsALotWithoutPlis) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.close(lot, {});
    EXPECT_EQ(room.queue.set_aside_job(room.claim(JobKind::Split), "a bug"), Finish::Committed);
    EXPECT_EQ(room.state_of("lot", lot), "done");
    EXPECT_TRUE(room.reconcile(Hands::None).unexplained.empty());
}

} // namespace
} // namespace pleiade::store
