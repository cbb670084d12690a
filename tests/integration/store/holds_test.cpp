#include "core/failure.h"
#include "store/holds.h"
#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

namespace pleiade::store {
namespace {

const HoldOrder wrong_folder{"dropped into the wrong folder", "Odile"};

struct HoldRoom : MailRoom {
    Holds holds{database.url()};

    [[nodiscard]] bool has(JobKind kind) {
        const auto job = queue.claim("looks", {kind}, std::chrono::minutes(5));
        if (job) {
            EXPECT_EQ(queue.put_back(*job), Finish::Committed);
        }
        return job.has_value();
    }
    [[nodiscard]] std::int64_t jobs(const std::string& state) const {
        return database.number("select count(*) from job where state = '" + state + "'");
    }
    /// A lot of two plis, read and cut.
    RowId lot_of_two_plis() {
        const RowId lot = open_lot();
        add(lot, "0001.tif");
        add(lot, "0002.tif");
        close(lot, {"0001.tif", "0002.tif"});
        read_everything();
        split(lot);
        return lot;
    }
};

std::string refusal_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixInput);
        return error.what();
    }
    return {};
}

TEST(Holds, NothingOfAHeldLotIsClaimedUntilItGoesOn) {
    HoldRoom room;
    const RowId held = room.open_lot("samples/held");
    room.add(held, "0001.tif", 3);
    const RowId other = room.open_lot("samples/other");
    room.add(other, "0002.tif");
    EXPECT_EQ(room.holds.hold_lot(held, wrong_folder).jobs, 3);
    EXPECT_EQ(room.claim(JobKind::Read).lot, other);
    EXPECT_FALSE(room.has(JobKind::Read));
    EXPECT_EQ(room.holds.resume_lot(held, {"", "Odile"}).jobs, 3);
    for (int page = 0; page < 3; ++page) {
        EXPECT_EQ(room.claim(JobKind::Read).lot, held);
    }
}

TEST(Holds, WhatIsTakenInLaterIsHeldWithItsLot) {
    HoldRoom room;
    const RowId lot = room.open_lot();
    room.holds.hold_lot(lot, wrong_folder);
    room.add(lot, "0001.tif", 2);
    EXPECT_FALSE(room.has(JobKind::Read));
    EXPECT_EQ(room.holds.resume_lot(lot, {"", "Odile"}).jobs, 2);
}

TEST(Holds, WorkInHandIsTakenAwayAndItsResultThrownAway) {
    HoldRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif");
    const Job job = room.claim(JobKind::Read);
    EXPECT_EQ(room.holds.hold_lot(lot, wrong_folder).jobs, 1);
    EXPECT_EQ(room.journey.finish_read(job, room.reading()), Finish::LeaseLost);
    EXPECT_EQ(room.queue.put_back(job), Finish::LeaseLost);
    EXPECT_EQ(room.state_of("page", job.page), "captured");
    EXPECT_EQ(room.queue.release_all_running(), 0);
    room.holds.resume_lot(lot, {"", "Odile"});
    const Job again = room.claim(JobKind::Read);
    EXPECT_EQ(again.attempt, 1);
    EXPECT_EQ(again.losses, 0);
    EXPECT_EQ(room.journey.finish_read(again, room.reading()), Finish::Committed);
}

TEST(Holds, DeliveryInHandIsStoppedBeforeTheGedIsCalled) {
    HoldRoom room;
    const RowId lot = room.lot_of_two_plis();
    room.understood(lot);
    const Job job = room.claim(JobKind::Deliver);
    EXPECT_EQ(room.deliveries.record_pdf(job, some_pdf, some_index), Finish::Committed);
    EXPECT_EQ(room.holds.hold_lot(lot, wrong_folder).under_way, 1);
    EXPECT_EQ(room.deliveries.mark_sent(job, "folder"), Finish::LeaseLost);
    EXPECT_EQ(room.state_of("delivery", job.delivery), "waiting");
    EXPECT_EQ(room.state_of("job", job.id), "held");
    room.holds.resume_lot(lot, {"", "Odile"});
    room.understood(lot);
    room.deliver_everything();
    EXPECT_EQ(room.state_of("lot", lot), "done");
}

TEST(Holds, DeliveryThatWasSentComesToItsEnd) {
    HoldRoom room;
    const RowId lot = room.lot_of_two_plis();
    const RowId pli = room.understood(lot);
    const Job job = room.claim(JobKind::Deliver);
    EXPECT_EQ(room.deliveries.record_pdf(job, some_pdf, some_index), Finish::Committed);
    EXPECT_EQ(room.deliveries.mark_sent(job, "folder"), Finish::Committed);
    EXPECT_EQ(room.holds.hold_pli(pli, wrong_folder).jobs, 0);
    EXPECT_EQ(
        room.deliveries.acknowledge(job, {some_pdf.sha256, "ged/061/a.pdf", Instant{}}),
        Finish::Committed
    );
    EXPECT_EQ(room.state_of("pli", pli), "delivered");
}

TEST(Holds, WhatALostWorkerHeldIsHeldInsteadOfGivenToAnother) {
    HoldRoom room;
    const RowId lot = room.lot_of_two_plis();
    room.understood(lot);
    (void)room.claim(JobKind::Deliver);
    room.holds.hold_lot(lot, wrong_folder);
    room.database.exec("update job set lease_until = now() - interval '1 s' where state = 'running'"
    );
    EXPECT_FALSE(room.has(JobKind::Deliver));
    EXPECT_FALSE(room.has(JobKind::Deliver));
    EXPECT_EQ(room.jobs("running"), 0);
}

TEST(Holds, AHeldPliKeepsItsLotFromNothingElse) {
    HoldRoom room;
    const RowId lot = room.open_lot();
    const RowId held = room.add(lot, "0001.tif");
    const RowId other = room.add(lot, "0002.tif");
    room.close(lot, {"0001.tif", "0002.tif"});
    room.holds.hold_pli(held, wrong_folder);
    room.read_everything();
    room.split(lot);
    EXPECT_EQ(room.understood(lot), other);
    room.deliver_everything();
    EXPECT_EQ(room.state_of("pli", other), "delivered");
    EXPECT_EQ(room.state_of("pli", held), "read");
    EXPECT_FALSE(room.has(JobKind::Understand));
    EXPECT_EQ(room.holds.resume_pli(held, {"", "Odile"}).jobs, 1);
    EXPECT_EQ(room.understood(lot), held);
}

TEST(Holds, PlisThatAreCutOutOfAHeldOneAreHeld) {
    HoldRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif", 3);
    room.close(lot, {"0001.tif"});
    room.holds.hold_pli(pli, wrong_folder);
    room.read_everything();
    const Job job = room.claim(JobKind::Split);
    std::vector<RowId> pages;
    for (const ReadPage& page : room.lot_pages(lot)) {
        pages.push_back(page.id);
    }
    LotSettlement settlement;
    settlement.groups = {{"p1", {pages[0], pages[1]}}, {"p2", {pages[2]}}};
    ASSERT_EQ(room.journey.finish_split(job, settlement), Finish::Committed);
    EXPECT_FALSE(room.has(JobKind::Understand));
    const std::vector<PliOfLot> plis = room.holds.plis_of(lot);
    ASSERT_EQ(plis.size(), 2U);
    for (const PliOfLot& cut : plis) {
        ASSERT_TRUE(cut.hold);
        EXPECT_EQ(cut.hold->who, "Odile");
        EXPECT_EQ(room.holds.resume_pli(cut.id, {"", "Odile"}).jobs, 1);
    }
}

TEST(Holds, PliGoesOnOnlyWhenItsLotDoesToo) {
    HoldRoom room;
    const RowId lot = room.lot_of_two_plis();
    const RowId pli = room.holds.plis_of(lot).front().id;
    room.holds.hold_pli(pli, wrong_folder);
    EXPECT_EQ(room.holds.hold_lot(lot, wrong_folder).jobs, 1);
    EXPECT_EQ(room.holds.resume_lot(lot, {"", "Odile"}).jobs, 1);
    room.holds.hold_lot(lot, wrong_folder);
    const HoldOutcome still = room.holds.resume_pli(pli, {"", "Odile"});
    EXPECT_TRUE(still.whole_lot);
    EXPECT_EQ(still.jobs, 0);
    EXPECT_FALSE(room.has(JobKind::Understand));
    EXPECT_EQ(room.holds.resume_lot(lot, {"", "Odile"}).jobs, 2);
}

TEST(Holds, EventsSayWhoAndWhy) {
    HoldRoom room;
    const RowId lot = room.open_lot();
    room.holds.hold_lot(lot, {"wrong caisse, NIR 184050608800195", "Odile"});
    room.holds.resume_lot(lot, {"it was right", "Odile"});
    const auto events = room.database.rows("select from_state, to_state, actor, reason from event "
                                           "where subject = 'lot' and reason <> '' "
                                           "order by event_id");
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(
        events[0],
        (std::vector<std::string>{"open", "open", "Odile", "held: wrong caisse, NIR (NIR)"})
    );
    EXPECT_EQ(
        events[1], (std::vector<std::string>{"open", "open", "Odile", "goes on: it was right"})
    );
}

TEST(Holds, HeldMailIsNamedAndNeverUnexplained) {
    HoldRoom room;
    const RowId lot = room.lot_of_two_plis();
    room.holds.hold_lot(lot, wrong_folder);
    const Reconciliation balance = room.reconcile(Hands::None);
    EXPECT_TRUE(balance.unexplained.empty());
    ASSERT_EQ(balance.exceptions.size(), 2U);
    EXPECT_EQ(balance.exceptions[0].state, "held");
    EXPECT_NE(balance.exceptions[0].reasons.at(0).find("Odile"), std::string::npos);
    EXPECT_NE(balance.exceptions[0].reasons.at(0).find(wrong_folder.why), std::string::npos);
    EXPECT_EQ(balance.caisses.at(0).in_work, 2);
    EXPECT_EQ(balance.caisses.at(0).held, 2);
    const std::vector<OpenJobs> open = room.reports.open_jobs("");
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].held, 2);
    EXPECT_EQ(open[0].waiting, 0);
    EXPECT_EQ(room.reports.report_on({lot}).held.size(), 1U);
    EXPECT_TRUE(room.queue.outstanding().empty());
    const std::vector<LotInWork> lots = room.holds.lots_in_work("061");
    ASSERT_EQ(lots.size(), 1U);
    EXPECT_EQ(lots[0].held, 2);
    EXPECT_EQ(lots[0].hold.value_or(Hold{}).why, wrong_folder.why);
    EXPECT_TRUE(room.holds.lots_in_work("201").empty());
}

TEST(Holds, WhatIsDeliveredCannotBeStopped) {
    HoldRoom room;
    const RowId lot = room.lot_of_two_plis();
    const RowId pli = room.understood(lot);
    room.deliver_everything();
    EXPECT_NE(
        refusal_of([&] { room.holds.hold_pli(pli, wrong_folder); }).find("is delivered"),
        std::string::npos
    );
    EXPECT_EQ(room.holds.hold_lot(lot, wrong_folder).delivered, 1);
    room.holds.resume_lot(lot, {"", "Odile"});
    room.understood(lot);
    room.deliver_everything();
    EXPECT_NE(
        refusal_of([&] { room.holds.hold_lot(lot, wrong_folder); }).find("is done"),
        std::string::npos
    );
}

TEST(Holds, SaysWhatThereIsNotToHoldOrToLetGoOn) {
    HoldRoom room;
    const RowId lot = room.lot_of_two_plis();
    const RowId pli = room.holds.plis_of(lot).front().id;
    EXPECT_NE(refusal_of([&] { room.holds.hold_lot(999, wrong_folder); }), "");
    EXPECT_NE(refusal_of([&] { room.holds.hold_pli(999, wrong_folder); }), "");
    EXPECT_NE(refusal_of([&] { room.holds.resume_lot(lot, wrong_folder); }), "");
    EXPECT_NE(refusal_of([&] { room.holds.resume_lot(999, wrong_folder); }), "");
    room.holds.hold_lot(lot, wrong_folder);
    EXPECT_NE(
        refusal_of([&] { room.holds.hold_lot(lot, wrong_folder); }).find("held already, by Odile"),
        std::string::npos
    );
    EXPECT_NE(
        refusal_of([&] { room.holds.resume_pli(pli, wrong_folder); }
        ).find("pleiade lot resume " + std::to_string(lot)),
        std::string::npos
    );
}

TEST(Holds, NoJobSlipsThroughWhileMailComesInAndIsWorkedOn) {
    HoldRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "first.tif", 20);
    std::atomic<bool> is_over{false};
    std::thread intake([&] {
        Intake own(room.database.url());
        for (int file = 0; file < 40; ++file) {
            const std::string name = std::to_string(file) + ".tif";
            own.add_file(lot, {.name = name, .blob = blob_named(name), .bytes = 7, .pages = 3});
        }
    });
    std::vector<std::thread> workers;
    for (int n = 0; n < 2; ++n) {
        workers.emplace_back([&, n] {
            const Connection own = connect(room.database.url());
            Queue queue(own);
            Journey journey(own);
            while (!is_over) {
                const auto job = queue.claim(
                    "worker " + std::to_string(n), {JobKind::Read}, std::chrono::minutes(5)
                );
                if (job && job->id % 3 == 0) {
                    (void)queue.put_back(*job);
                } else if (job) {
                    (void)journey.finish_read(*job, room.reading());
                }
            }
        });
    }
    for (int round = 0; round < 20; ++round) {
        room.holds.hold_lot(lot, wrong_folder);
        // What ended in that very moment may still run; it is over when its transaction is.
        room.holds.resume_lot(lot, {"", "Odile"});
    }
    room.holds.hold_lot(lot, wrong_folder);
    intake.join();
    is_over = true;
    for (std::thread& worker : workers) {
        worker.join();
    }
    EXPECT_EQ(room.jobs("waiting") + room.jobs("running"), 0);
    EXPECT_GT(room.jobs("held") + room.jobs("done"), 0);
    EXPECT_EQ(room.jobs("held") + room.jobs("done"), 20 + 40 * 3);
}

} // namespace
} // namespace pleiade::store
