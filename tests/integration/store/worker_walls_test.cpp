// What works on mail stands before the wall itself: its transactions are held to the caisse of
// their job, whatever a query of theirs forgets to say, and mixed mail goes all the way
// nevertheless.

#include "store/health.h"
#include "store/migrate.h"
#include "store/sealer.h"
#include "tests/integration/store/mail_room.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace pleiade::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// With every row that a step writes, asks for all plis and writes down whose it was shown.
const char* const forgetful_queries = R"(
    create table shown (step text, role text, caisses text);
    grant insert on shown to public;
    create function forget_where_we_are() returns trigger language plpgsql as $$
    begin
        insert into shown
        select tg_argv[0], current_user, string_agg(distinct caisse_id, ' ' order by caisse_id) from pli;
        return null;
    end
    $$;
    create trigger forgetful after insert on page_reading
        for each row execute function forget_where_we_are('read');
    create trigger forgetful after update of state on pli
        for each row when (new.state = 'read') execute function forget_where_we_are('split');
    create trigger forgetful after insert on document
        for each row execute function forget_where_we_are('understand');
    create trigger forgetful_later after update of pdf_sha256 on document
        for each row execute function forget_where_we_are('record PDF');
    create trigger forgetful after update of state on delivery
        for each row execute function forget_where_we_are('deliver');
    create trigger put_aside after update of state on page
        for each row when (new.state = 'set_aside') execute function forget_where_we_are('set aside');
)";

struct Town : MailRoom {
    /// A lot with one page per file, taken in and closed.
    RowId closed_lot(const std::string& source, const std::string& caisse, int files = 1) {
        const RowId lot = open_lot(source, caisse);
        std::vector<std::string> names;
        for (int file = 1; file <= files; ++file) {
            names.push_back(source + std::to_string(file) + ".tif");
            add(lot, names.back());
        }
        close(lot, names);
        return lot;
    }

    /// What the forgetful queries of a step were shown: "role: caisses", once each.
    [[nodiscard]] std::set<std::string> shown_to(const std::string& step) const {
        std::set<std::string> answers;
        for (const auto& row : database.rows(
                 "select distinct role || ': ' || caisses from shown where step = '" + step + "'"
             )) {
            answers.insert(row[0]);
        }
        return answers;
    }

    [[nodiscard]] RowId pli_named(const std::string& file) const {
        return database.number("select pli_id from pli where name = 'lot/" + file + "'");
    }

    [[nodiscard]] std::string caisse_of(RowId pli) const {
        return database.value("select caisse_id from pli where pli_id = " + std::to_string(pli));
    }
};

TEST(WorkerWalls, AQueryThatForgetsWhereItIsSeesOnlyTheCaisseOfItsJob) {
    Town town;
    (void)town.closed_lot("voisin", "201");
    town.database.exec("update job set state = 'held'");
    const RowId lot = town.closed_lot("nous", "061");
    town.database.exec(forgetful_queries);
    town.read_everything();
    town.split(lot);
    (void)town.understood(lot);
    town.deliver_everything();
    for (const char* step : {"read", "split", "understand", "record PDF", "deliver"}) {
        EXPECT_THAT(town.shown_to(step), ElementsAre("pleiade_worker: 061")) << step;
    }
}

TEST(WorkerWalls, SettingAsideSeesOnlyTheCaisseOfItsJob) {
    Town town;
    (void)town.closed_lot("voisin", "201");
    town.database.exec("update job set state = 'held'");
    (void)town.closed_lot("nous", "061", 2);
    town.database.exec(forgetful_queries);
    ASSERT_EQ(town.journey.set_aside_page(town.claim(JobKind::Read), "bad"), Finish::Committed);
    ASSERT_EQ(town.queue.set_aside_job(town.claim(JobKind::Read), "bad"), Finish::Committed);
    EXPECT_EQ(town.database.number("select count(*) from shown"), 2);
    EXPECT_THAT(town.shown_to("set aside"), ElementsAre("pleiade_worker: 061"));
}

TEST(WorkerWalls, MailOfAnotherCaisseIsNotThereForAJobThatNamesIt) {
    Town town;
    const RowId foreign_lot = town.closed_lot("voisin", "201");
    town.read_everything();
    Job foreign_split = town.claim(JobKind::Split);
    ASSERT_EQ(town.journey.lot_pages(foreign_split).size(), 1U);
    ASSERT_EQ(town.journey.finish_split(foreign_split, {}), Finish::Committed);
    const RowId foreign_pli = town.understood(foreign_lot);
    const Job foreign_delivery = town.claim(JobKind::Deliver);
    (void)town.closed_lot("nous", "061");
    Job own = town.claim(JobKind::Read);
    ASSERT_EQ(own.caisse, "061");
    own.lot = foreign_lot;
    own.pli = foreign_pli;
    own.delivery = foreign_delivery.delivery;
    EXPECT_THAT(town.journey.lot_pages(own), IsEmpty());
    EXPECT_THROW((void)town.journey.pli_for_understanding(own), std::logic_error);
    EXPECT_THROW((void)town.deliveries.delivery_for_job(own), std::logic_error);
    EXPECT_EQ(town.deliveries.delivery_for_job(foreign_delivery).pli, foreign_pli);
    Job nothing = own;
    nothing.id = 999999;
    EXPECT_THROW((void)town.journey.pli_for_understanding(nothing), std::logic_error);
}

/// A lot of mixed mail: its first pli goes to 061, its second to 201, its third to nobody.
struct MixedTown : Town {
    RowId lot = closed_lot("mixte", "000", 3);
    RowId nice = pli_named("mixte1.tif");
    RowId ajaccio = pli_named("mixte2.tif");
    RowId nobodys = pli_named("mixte3.tif");

    void split_mixed() {
        LotSettlement settlement;
        settlement.caisses = {{nice, "061", ""}, {ajaccio, "201", ""}};
        ASSERT_EQ(journey.finish_split(claim(JobKind::Split), settlement), Finish::Committed);
    }
};

TEST(WorkerWalls, ALotOfMixedMailGoesAllTheWay) {
    MixedTown town;
    town.database.exec(forgetful_queries);
    town.read_everything();
    town.split_mixed();
    EXPECT_EQ(town.caisse_of(town.nice), "061");
    EXPECT_EQ(town.caisse_of(town.ajaccio), "201");
    EXPECT_EQ(town.caisse_of(town.nobodys), "000");
    EXPECT_THAT(town.shown_to("split"), ElementsAre("pleiade_worker: 000 061 201"));
    for (int pli = 0; pli < 3; ++pli) {
        (void)town.understood(town.lot);
    }
    // The guards look at mail of nobody as well.
    EXPECT_THAT(
        town.shown_to("understand"),
        ElementsAre("pleiade_worker: 000", "pleiade_worker: 000 061", "pleiade_worker: 000 201")
    );
    town.deliver_everything();
    EXPECT_THAT(
        town.shown_to("deliver"),
        ElementsAre("pleiade_worker: 000", "pleiade_worker: 061", "pleiade_worker: 201")
    );
    EXPECT_EQ(town.state_of("lot", town.lot), "done");
    EXPECT_TRUE(town.reconcile().unexplained.empty());
}

TEST(WorkerWalls, UnderstandingGivesMailOfNobodyToItsCaisse) {
    Town town;
    const RowId lot = town.closed_lot("mixte", "000");
    town.read_everything();
    town.split(lot);
    const Job job = town.claim(JobKind::Understand);
    const PliToUnderstand pli = town.journey.pli_for_understanding(job);
    ASSERT_THAT(pli.pages, SizeIs(1));
    Inquiry inquiry{.pli = job.pli, .caisse = "201"};
    inquiry.pages = {pli.pages[0].id};
    inquiry.received_on = pli.received_on;
    inquiry.questions.push_back({Question::Kind::Nir, "184050608800195"});
    const Understanding understanding{
        .caisse = "201",
        .decision_json = "{}",
        .facts_json = "{}",
        .verify_reasons = {},
        .documents = {town.document({pli.pages[0].id})},
        .inquiry = inquiry,
        .earlier = town.journey.earlier_mail(job, inquiry)};
    ASSERT_EQ(town.journey.finish_understand(job, understanding), Finish::Committed);
    EXPECT_EQ(town.caisse_of(job.pli), "201");
    town.deliver_everything();
    EXPECT_EQ(town.state_of("pli", job.pli), "delivered");
    EXPECT_EQ(town.state_of("lot", lot), "done");
}

TEST(WorkerWalls, AFileWithMailOfTwoCaissesIsNamedToBoth) {
    Town town;
    const RowId lot = town.open_lot("mixte", "000");
    town.add(lot, "scan.pdf", 2);
    town.close(lot, {"scan.pdf"});
    town.read_everything();
    const std::vector<ReadPage> pages = town.lot_pages(lot);
    LotSettlement settlement;
    settlement.groups = {
        {.name = "1", .pages = {pages[0].id}, .caisse = "061"},
        {.name = "2", .pages = {pages[1].id}, .caisse = "201"}};
    ASSERT_EQ(town.journey.finish_split(town.claim(JobKind::Split), settlement), Finish::Committed);
    for (int pli = 0; pli < 2; ++pli) {
        (void)town.understood(lot);
    }
    for (int document = 0; document < 2; ++document) {
        const Job job = town.claim(JobKind::Deliver);
        const DeliveryWork work = town.deliveries.delivery_for_job(job);
        EXPECT_EQ(work.lot_label, "lot");
        ASSERT_THAT(work.pages, SizeIs(1));
        EXPECT_EQ(work.pages[0].file, "scan.pdf");
    }
}

TEST(WorkerWalls, APageOfAnotherCaisseThatIsNotReadYetKeepsItsLotFromBeingSplit) {
    MixedTown town;
    town.journey.assign_caisse(town.ajaccio, "201");
    const Job first = town.claim(JobKind::Read);
    const Job second = town.claim(JobKind::Read);
    const Job third = town.claim(JobKind::Read);
    ASSERT_EQ(town.journey.finish_read(first, town.reading()), Finish::Committed);
    ASSERT_EQ(town.journey.finish_read(third, town.reading()), Finish::Committed);
    EXPECT_EQ(town.database.number("select count(*) from job where kind = 'split'"), 0);
    ASSERT_EQ(town.journey.finish_read(second, town.reading()), Finish::Committed);
    EXPECT_EQ(town.journey.lot_pages(town.claim(JobKind::Split)).size(), 3U);
}

TEST(WorkerWalls, ALotIsNotDoneWhileAPliOfAnotherCaisseIsUnderWay) {
    MixedTown town;
    town.read_everything();
    town.split_mixed();
    for (int pli = 0; pli < 2; ++pli) {
        const Job job = town.claim(JobKind::Understand);
        ASSERT_EQ(town.queue.set_aside_job(job, "bad"), Finish::Committed);
    }
    EXPECT_EQ(town.state_of("lot", town.lot), "closed");
    ASSERT_EQ(town.queue.set_aside_job(town.claim(JobKind::Understand), "bad"), Finish::Committed);
    EXPECT_EQ(town.state_of("lot", town.lot), "done");
}

TEST(WorkerWalls, ASplitThatIsSetAsideTakesPlisOfAllCaissesWithIt) {
    MixedTown town;
    town.journey.assign_caisse(town.ajaccio, "201");
    town.read_everything();
    ASSERT_EQ(town.queue.set_aside_job(town.claim(JobKind::Split), "bad"), Finish::Committed);
    EXPECT_EQ(town.database.number("select count(*) from pli where state = 'set_aside'"), 3);
    EXPECT_EQ(town.state_of("lot", town.lot), "done");
}

TEST(WorkerWalls, AJobOfAHeldPliOfAnotherCaisseThatWasLostStaysHeld) {
    Town town;
    const RowId lot = town.closed_lot("nous", "061");
    town.read_everything();
    town.split(lot);
    const RowId pli = town.understood(lot);
    const auto lost = town.queue.claim("lost", {JobKind::Deliver}, std::chrono::seconds(-1));
    ASSERT_TRUE(lost);
    town.database.exec("select hold_pli(" + std::to_string(pli) + ", 'wrong folder', 'Odile')");
    EXPECT_FALSE(town.queue.claim("next", {JobKind::Deliver}, std::chrono::minutes(5)));
    EXPECT_EQ(town.database.value("select state from job where kind = 'deliver'"), "held");
}

/// As a worker of another host would, which may log in under a role of its own.
void expect_work_is_done(Town& town, const std::string& login) {
    town.queue = Queue(login);
    town.journey = Journey(login);
    town.deliveries = Deliveries(login);
    const RowId lot = town.closed_lot("nous", "061");
    EXPECT_EQ(health(login).schema_version, schema_version());
    town.read_everything();
    town.split(lot);
    EXPECT_THROW((void)town.journey.understood_pli(1), std::logic_error);
    Job job = town.claim(JobKind::Understand);
    EXPECT_EQ(town.queue.heartbeat(job.worker, std::chrono::minutes(5)), 1);
    ASSERT_EQ(town.queue.put_back(job), Finish::Committed);
    job = town.claim(JobKind::Understand);
    const PliToUnderstand pli = town.journey.pli_for_understanding(job);
    const Understanding understanding{
        .caisse = "",
        .decision_json = "{}",
        .facts_json = "{}",
        .verify_reasons = {},
        .documents = {town.document({pli.pages.at(0).id})},
        .sample_percent = 100.0};
    ASSERT_EQ(town.journey.finish_understand(job, understanding), Finish::Committed);
    town.deliver_everything();
    EXPECT_EQ(town.state_of("lot", lot), "done");
    EXPECT_TRUE(Sealer(town.database.url()).may_seal());
    EXPECT_FALSE(Sealer(login).may_seal());
}

TEST(WorkerWalls, WhoLogsInAsPleiadeWorkerNeedsNoOtherRole) {
    Town town;
    std::string login = town.database.url();
    const std::string owner = "user=pleiade ";
    expect_work_is_done(
        town, login.replace(login.find(owner), owner.size(), "user=pleiade_worker ")
    );
}

TEST(WorkerWalls, WhoIsAMemberOfPleiadeWorkerNeedsNoOtherRole) {
    Town town;
    town.database.exec("do $$ begin if to_regrole('worker_of_a_host') is null then "
                       "create role worker_of_a_host in role pleiade_worker; end if; end $$");
    expect_work_is_done(town, town.database.url() + " options='-c role=worker_of_a_host'");
}

} // namespace
} // namespace pleiade::store
