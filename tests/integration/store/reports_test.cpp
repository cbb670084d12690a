#include "core/failure.h"
#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pleiade::store {
namespace {

std::vector<std::string> findings(MailRoom& room) {
    std::vector<std::string> sentences;
    for (const Unexplained& finding : room.reconcile().unexplained) {
        sentences.push_back(finding.subject + " " + finding.what);
    }
    return sentences;
}

/// What only a fault can do: no trigger stands in the way.
void tamper(const MailRoom& room, const std::string& statement) {
    room.database.exec("set local session_replication_role = replica; " + statement);
}

RowId delivered_pli(MailRoom& room) {
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif", 2);
    room.close(lot, {"0001.tif"});
    room.read_everything();
    room.split(lot);
    (void)room.understood(lot);
    room.deliver_everything();
    return pli;
}

TEST(Reconcile, FindsNothingAtAnyPointOfAnOrdinaryJourney) {
    MailRoom room;
    const std::vector<std::string> nothing;
    const RowId lot = room.open_lot();
    EXPECT_EQ(findings(room), nothing);
    room.add(lot, "0001.tif", 2);
    EXPECT_EQ(findings(room), nothing);
    (void)room.journey.finish_read(room.claim(JobKind::Read), room.reading());
    EXPECT_EQ(findings(room), nothing);
    room.close(lot, {"0001.tif"});
    EXPECT_EQ(findings(room), nothing);
    const Job last_page = room.claim(JobKind::Read);
    EXPECT_EQ(findings(room), nothing);
    (void)room.journey.finish_read(last_page, room.reading());
    EXPECT_EQ(findings(room), nothing);
    room.split(lot);
    EXPECT_EQ(findings(room), nothing);
    (void)room.understood(lot);
    EXPECT_EQ(findings(room), nothing);
    EXPECT_EQ(room.reconcile().caisses[0].in_work, 1);
    room.deliver_everything();
    EXPECT_EQ(findings(room), nothing);
    EXPECT_EQ(room.reports.oldest_open_job(), std::nullopt);
}

TEST(OpenJobs, AreCountedByCaisseAndKindWithTheAgeOfTheOldest) {
    MailRoom room;
    room.add(room.open_lot("samples/nice", "061"), "0001.tif", 3);
    room.add(room.open_lot("samples/ajaccio", "201"), "0002.tif");
    (void)room.claim(JobKind::Read);
    room.database.exec(
        "update job set created_at = now() - interval '2 hours' where caisse_id = '061' "
        "and state = 'waiting'"
    );
    const std::vector<OpenJobs> all = room.reports.open_jobs("");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].caisse, "061");
    EXPECT_EQ(all[0].kind, "read");
    EXPECT_EQ(all[0].waiting, 2);
    EXPECT_EQ(all[0].running, 1);
    EXPECT_GE(all[0].oldest, std::chrono::hours(2));
    EXPECT_LT(all[1].oldest, std::chrono::hours(1));
    EXPECT_EQ(room.reports.open_jobs("201").size(), 1U);
}

TEST(Reconcile, NamesAPliThatNobodyWorksOn) {
    for (const char* kind : {"read", "split", "understand", "deliver"}) {
        MailRoom room;
        const RowId lot = room.open_lot();
        room.add(lot, "0001.tif");
        room.close(lot, {"0001.tif"});
        const std::string which = kind;
        if (which != "read") {
            room.read_everything();
        }
        if (which == "understand" || which == "deliver") {
            room.split(lot);
        }
        if (which == "deliver") {
            (void)room.understood(lot);
        }
        tamper(room, "delete from job where kind = '" + which + "'");
        ASSERT_FALSE(findings(room).empty()) << kind;
        EXPECT_EQ(room.reconcile().caisses[0].unexplained > 0, true) << kind;
        EXPECT_NE(findings(room)[0].find("0001.tif"), std::string::npos) << kind;
    }
}

TEST(Reconcile, NamesWhatIsUnfinishedAndWithNobodyAtWorkItIsUnexplained) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.intake.announce(lot, {.names = {"0001.tif", "0002.tif"}, .files = 2});
    room.add(lot, "0001.tif");
    const Reconciliation busy = room.reconcile();
    EXPECT_TRUE(busy.unexplained.empty());
    ASSERT_EQ(busy.unfinished.size(), 2U);
    EXPECT_EQ(busy.unfinished[0].subject, "lot 1 (samples/lot)");
    EXPECT_EQ(
        busy.unfinished[0].what, "is open, 1 files are taken in, 2 are expected, missing (0002.tif)"
    );
    EXPECT_EQ(busy.unfinished[1].subject, "pli 1 (lot/0001.tif)");
    EXPECT_EQ(busy.unfinished[1].what, "is captured");

    const Reconciliation abandoned = room.reconcile(Hands::None);
    EXPECT_TRUE(abandoned.unfinished.empty());
    EXPECT_EQ(abandoned.unexplained.size(), 2U);
    EXPECT_EQ(abandoned.caisses[0].unexplained, 2);

    EXPECT_FALSE(room.reports.has_live_lease());
    (void)room.claim(JobKind::Read);
    EXPECT_TRUE(room.reports.has_live_lease());
}

TEST(Reconcile, NothingIsUnexplainedWhenAllIsDeliveredAndNobodyAtWork) {
    MailRoom room;
    (void)delivered_pli(room);
    EXPECT_TRUE(room.reconcile(Hands::None).unexplained.empty());
    EXPECT_TRUE(room.reconcile().unfinished.empty());
}

TEST(Reports, CountWhatIsSetAsideInTheLotsAskedFor) {
    MailRoom room;
    const RowId lot = room.open_lot();
    (void)room.intake.add_unreadable_file(lot, {.name = "a.tif", .blob = some_blob}, "not a TIFF");
    room.add(room.open_lot("elsewhere"), "b.tif");
    EXPECT_EQ(room.reports.report_on({lot}).pages_set_aside, 1);
    EXPECT_EQ(room.reports.report_on({lot + 1}).pages_set_aside, 0);
}

TEST(Reports, NoReasonShowsANumberOfAnInsuredPerson) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const std::string reason = "last read: 1 84 05 06 088 001 95";
    room.add(lot, "0001.tif");
    (void)room.intake.add_unreadable_file(lot, {.name = "a.tif", .blob = some_blob}, reason);
    room.close(lot, {"0001.tif", "a.tif"});
    room.read_everything();
    room.split(lot);
    (void)room.understood(lot);
    ASSERT_EQ(room.deliveries.refuse(room.claim(JobKind::Deliver), reason), Finish::Committed);
    for (const char* table : {"page", "pli", "delivery"}) {
        const std::string from = std::string(" from ") + table + " where reason is not null";
        ASSERT_GT(room.database.number("select count(*)" + from), 0) << table;
        EXPECT_EQ(
            room.database.value("select string_agg(distinct reason, ';')" + from),
            "last read: (NIR)"
        ) << table;
    }
}

TEST(Reconcile, NamesEachDifferenceOfDeliveredMail) {
    struct Case {
        const char* fault;
        const char* sentence;
    };
    for (const Case& difference : {
             Case{
                 "delete from document_page where position = 1",
                 "pli 1 (lot/0001.tif) is delivered, but page 2 is in none of its documents"},
             Case{
                 "update delivery set state = 'sent'",
                 "document 1 of pli 1 (lot/0001.tif) is delivered without a receipt"},
             Case{
                 "update delivery set receipt_sha256 = repeat('c', 64)",
                 "document 1 of pli 1 (lot/0001.tif) the receipt of the GED does not match its "
                 "PDF"},
             Case{
                 "delete from work_item",
                 "document 1 of pli 1 (lot/0001.tif) is delivered, but not in corbeille AT"},
             Case{
                 "update lot set expected_files = 2",
                 "lot 1 (samples/lot) 2 files were expected, 1 were taken in"},
             Case{
                 "update lot set state = 'closed'",
                 "lot 1 (samples/lot) is still closed though all its plis are settled"},
         }) {
        MailRoom room;
        (void)delivered_pli(room);
        tamper(room, difference.fault);
        EXPECT_EQ(findings(room), std::vector<std::string>{difference.sentence});
    }
}

TEST(Reports, AreKeptToTheirDaysAndCaisse) {
    MailRoom room;
    (void)delivered_pli(room);
    using std::chrono::year;
    const auto day = year(2026) / 3 / 2;
    const auto day_before = year(2026) / 3 / 1;
    EXPECT_EQ(room.reports.status({.first_day = day, .last_day = day, .caisse = "061"}).size(), 1U);
    EXPECT_TRUE(room.reports.status({.last_day = day_before}).empty());
    EXPECT_TRUE(room.reports.status({.caisse = "201"}).empty());
    EXPECT_TRUE(room.reports.reconcile({.caisse = "201"}, Hands::AtWork).caisses.empty());
    const auto status = room.reports.status({});
    ASSERT_EQ(status.size(), 1U);
    EXPECT_EQ(status[0].name, "CPAM des Alpes-Maritimes");
    EXPECT_EQ(status[0].plis.at("delivered"), 1);
    EXPECT_EQ(status[0].pages.at("read"), 2);
    EXPECT_EQ(status[0].documents.at("delivered"), 1);
    EXPECT_EQ(status[0].work_items.at("new"), 1);
}

TEST(Database, LosingTheConnectionMayBeRetriedAndTheNextCallConnectsAgain) {
    MailRoom room;
    (void)room.reports.status({});
    room.database.exec("select pg_terminate_backend(pid) from pg_stat_activity "
                       "where datname = current_database() and pid <> pg_backend_pid()");
    try {
        (void)room.reports.status({});
        FAIL() << "a report over a connection that was cut";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::RetryLater);
    }
    EXPECT_TRUE(room.reports.status({}).empty());
}

} // namespace
} // namespace pleiade::store
