#include "core/day.h"
#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace pleiade::store {
namespace {

/// One pli of one document, ready to be delivered.
struct ReadyToDeliver : MailRoom {
    ReadyToDeliver() : lot(open_lot()), pli(add(lot, "0001.tif", 2)) {
        close(lot, {"0001.tif"});
        read_everything();
        split(lot);
        (void)understood(lot);
        job = claim(JobKind::Deliver);
    }

    RowId lot;
    RowId pli;
    Job job;
};

const Receipt receipt{.sha256 = some_pdf.sha256, .location = "ged/061/a.pdf", .at = Instant{}};

TEST(Deliveries, KnowEverythingThatAPdfNeeds) {
    ReadyToDeliver room;
    const DeliveryWork work = room.deliveries.delivery_for_job(room.job);
    EXPECT_EQ(work.idempotency_key, "061-" + std::to_string(room.pli) + "-1");
    EXPECT_EQ(work.state, DeliveryState::Waiting);
    EXPECT_EQ(work.type, "DAT");
    EXPECT_EQ(work.pli_name, "lot/0001.tif");
    EXPECT_EQ(work.lot_label, "lot");
    EXPECT_EQ(work.route.corbeille, "AT");
    EXPECT_TRUE(work.route.clear_days);
    EXPECT_EQ(work.decided_by, DecidedBy::Automatic);
    EXPECT_EQ(iso_day(work.due_on), "2026-04-02");
    EXPECT_TRUE(work.pdf.sha256.empty());
    EXPECT_TRUE(work.index.sha256.empty());
    ASSERT_EQ(work.fields.size(), 1U);
    EXPECT_EQ(work.fields[0].value, "184050608800195");
    EXPECT_EQ(work.fields[0].box_px, (Box{1, 2, 3, 4}));
    ASSERT_EQ(work.pages.size(), 2U);
    ASSERT_TRUE(work.pages[1].image);
    EXPECT_EQ(work.pages[1].image->width_px, 2480);
    EXPECT_EQ(work.pages[1].file_index, 1);
}

TEST(Deliveries, AfterAKillBetweenSendingAndAcknowledgingFindSentAndThePdf) {
    ReadyToDeliver room;
    ASSERT_EQ(room.deliveries.record_pdf(room.job, some_pdf, some_index), Finish::Committed);
    ASSERT_EQ(room.deliveries.mark_sent(room.job, "folder"), Finish::Committed);
    ASSERT_EQ(room.queue.release_all_running(), 1);
    EXPECT_EQ(room.deliveries.acknowledge(room.job, receipt), Finish::LeaseLost);
    const Job again = room.claim(JobKind::Deliver);
    const DeliveryWork work = room.deliveries.delivery_for_job(again);
    EXPECT_EQ(work.state, DeliveryState::Sent);
    EXPECT_EQ(work.pdf, some_pdf);
    EXPECT_EQ(work.index, some_index);
    EXPECT_EQ(room.deliveries.acknowledge(again, receipt), Finish::Committed);
    EXPECT_EQ(room.state_of("pli", room.pli), "delivered");
    EXPECT_EQ(room.database.value("select due_on from work_item"), "2026-04-02");
}

TEST(Deliveries, InDoubtGoBackToWaitingOrAreAcknowledged) {
    ReadyToDeliver room;
    ASSERT_EQ(room.deliveries.record_pdf(room.job, some_pdf, some_index), Finish::Committed);
    ASSERT_EQ(room.deliveries.mark_sent(room.job, "folder"), Finish::Committed);
    ASSERT_EQ(room.deliveries.mark_in_doubt(room.job), Finish::Committed);
    ASSERT_EQ(room.deliveries.mark_not_there(room.job), Finish::Committed);
    EXPECT_EQ(room.state_of("delivery", room.job.delivery), "waiting");
    ASSERT_EQ(room.deliveries.mark_sent(room.job, "folder"), Finish::Committed);
    ASSERT_EQ(room.deliveries.mark_in_doubt(room.job), Finish::Committed);
    EXPECT_EQ(room.deliveries.acknowledge(room.job, receipt), Finish::Committed);
}

TEST(Deliveries, AreNotAcknowledgedBeforeTheyWereSent) {
    ReadyToDeliver room;
    ASSERT_EQ(room.deliveries.record_pdf(room.job, some_pdf, some_index), Finish::Committed);
    EXPECT_THROW((void)room.deliveries.acknowledge(room.job, receipt), std::logic_error);
    EXPECT_EQ(room.state_of("delivery", room.job.delivery), "waiting");
    EXPECT_EQ(room.state_of("job", room.job.id), "running");
}

TEST(Deliveries, RefusedOneSetsItsPliAsideWithTheReason) {
    ReadyToDeliver room;
    ASSERT_EQ(room.deliveries.refuse(room.job, "the GED knows no type DAT"), Finish::Committed);
    const Reconciliation balance = room.reconcile();
    EXPECT_EQ(balance.caisses[0].set_aside, 1);
    ASSERT_EQ(balance.exceptions.size(), 1U);
    EXPECT_EQ(balance.exceptions[0].reasons, std::vector<std::string>{"the GED knows no type DAT"});
    EXPECT_TRUE(balance.unexplained.empty());
    EXPECT_EQ(room.state_of("lot", room.lot), "done");
}

TEST(Deliveries, WithoutACorbeilleMakeNoWorkItem) {
    ReadyToDeliver room;
    room.database.exec("update document set corbeille = ''");
    ASSERT_EQ(room.deliveries.record_pdf(room.job, some_pdf, some_index), Finish::Committed);
    ASSERT_EQ(room.deliveries.mark_sent(room.job, "folder"), Finish::Committed);
    ASSERT_EQ(room.deliveries.acknowledge(room.job, receipt), Finish::Committed);
    EXPECT_EQ(room.database.number("select count(*) from work_item"), 0);
    EXPECT_TRUE(room.reconcile().unexplained.empty());
}

TEST(Deliveries, AreOfTheDayOnWhichTheMailCameInFrance) {
    ReadyToDeliver room;
    room.database.exec("update pli set received_at = '2026-03-15 23:30+00'");
    const DeliveryWork work = room.deliveries.delivery_for_job(room.job);
    EXPECT_EQ(iso_day(work.received_on), "2026-03-16");
    room.database.exec("update pli set received_at = '2026-07-15 21:59+00'");
    EXPECT_EQ(iso_day(room.deliveries.delivery_for_job(room.job).received_on), "2026-07-15");
}

/// One pli of three documents; the first is delivered, the second is held by a worker.
struct HalfDelivered : MailRoom {
    HalfDelivered() : lot(open_lot()), pli(add(lot, "0001.tif", 3)) {
        close(lot, {"0001.tif"});
        read_everything();
        split(lot);
        (void)understood(lot, Documents::OnePerPage);
        first = sendable();
        EXPECT_EQ(deliveries.mark_sent(first, "folder"), Finish::Committed);
        EXPECT_EQ(deliveries.acknowledge(first, receipt), Finish::Committed);
        second = sendable();
    }

    Job sendable() {
        const Job job = claim(JobKind::Deliver);
        EXPECT_EQ(deliveries.record_pdf(job, some_pdf, some_index), Finish::Committed);
        return job;
    }

    [[nodiscard]] std::string reason() const { return database.value("select reason from pli"); }

    RowId lot;
    RowId pli;
    Job first;
    Job second;
};

TEST(Deliveries, OfAPliStopWhenOneIsRefusedAndTheReasonNamesWhatTheGedHas) {
    HalfDelivered room;
    ASSERT_EQ(room.deliveries.refuse(room.second, "no such folder"), Finish::Committed);
    EXPECT_FALSE(room.queue.claim("worker", {JobKind::Deliver}, std::chrono::minutes(5)));
    EXPECT_EQ(room.reason(), "no such folder. In the GED already: document 1 (DAT)");
    EXPECT_EQ(room.database.number("select count(*) from delivery where state = 'refused'"), 2);
    EXPECT_EQ(room.state_of("lot", room.lot), "done");
    EXPECT_TRUE(room.reconcile().unexplained.empty());
}

TEST(Deliveries, OfAPliStopWhenTheJobOfOneIsSetAside) {
    HalfDelivered room;
    ASSERT_EQ(room.queue.set_aside_job(room.second, "a bug"), Finish::Committed);
    EXPECT_FALSE(room.queue.claim("worker", {JobKind::Deliver}, std::chrono::minutes(5)));
    EXPECT_EQ(room.reason(), "a bug. In the GED already: document 1 (DAT)");
}

TEST(Deliveries, HeldByAnotherWorkerAreNotSentOnceTheirPliIsSetAside) {
    HalfDelivered room;
    const Job third = room.sendable();
    ASSERT_EQ(room.deliveries.refuse(room.second, "no such folder"), Finish::Committed);
    EXPECT_EQ(room.deliveries.mark_sent(third, "folder"), Finish::LeaseLost);
    EXPECT_EQ(room.state_of("delivery", third.delivery), "refused");
    EXPECT_EQ(room.state_of("job", third.id), "set_aside");
}

TEST(Deliveries, UnderWayWhenTheirPliIsSetAsideAreNamedInItsReason) {
    HalfDelivered room;
    const Job third = room.sendable();
    ASSERT_EQ(room.deliveries.mark_sent(third, "folder"), Finish::Committed);
    ASSERT_EQ(room.deliveries.refuse(room.second, "no such folder"), Finish::Committed);
    ASSERT_EQ(room.deliveries.acknowledge(third, receipt), Finish::Committed);
    EXPECT_EQ(
        room.reason(),
        "no such folder. In the GED already: document 1 (DAT). In the GED as well: document 3 (DAT)"
    );
}

TEST(WorkItem, ListsWhatItsDocumentLacks) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif", 2);
    room.close(lot, {"0001.tif"});
    room.read_everything();
    room.split(lot);
    (void)room.understood(lot, Documents::OnePerPage);
    room.database.exec(
        R"(update pli set decision = '{"documents": [{"missing": []}, {"missing": [
            {"field": "nir", "why": "absent"}, {"field": "signature", "why": "non signé"}]}]}')"
    );
    room.deliver_everything();
    EXPECT_EQ(
        room.database.value("select string_agg(array_to_string(missing, ', '), ' | ' "
                            "order by document_id) from work_item"),
        " | nir : absent, signature : non signé"
    );
}

} // namespace
} // namespace pleiade::store
