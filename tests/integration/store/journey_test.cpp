#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>
#include <vector>

namespace pleiade::store {
namespace {

TEST(Journey, BringsAPliFromFilesToItsCorbeilleWithAReceipt) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif", 2);
    room.close(lot, {"0001.tif"});
    room.read_everything();
    room.split(lot);
    EXPECT_EQ(room.understood(lot), pli);
    EXPECT_EQ(room.state_of("pli", pli), "delivering");
    room.deliver_everything();
    EXPECT_EQ(room.state_of("pli", pli), "delivered");
    EXPECT_EQ(room.state_of("lot", lot), "done");
    EXPECT_EQ(
        room.database.value("select corbeille || ' ' || priority || ' ' || due_on from work_item"),
        "AT 2 2026-04-02"
    );
    const Reconciliation balance = room.reconcile();
    ASSERT_EQ(balance.caisses.size(), 1U);
    EXPECT_EQ(balance.caisses[0].received, 1);
    EXPECT_EQ(balance.caisses[0].delivered, 1);
    EXPECT_TRUE(balance.unexplained.empty());
    EXPECT_EQ(
        room.database.value("select string_agg(to_state, ' ' order by event_id) from event "
                            "where subject = 'pli'"),
        "captured read understood delivering delivered"
    );
    EXPECT_EQ(
        room.database.value("select distinct actor from event where to_state = 'delivered'"),
        "worker"
    );
}

TEST(Journey, GivesThePliWithItsPagesInOrder) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif", 3);
    room.close(lot, {"0001.tif"});
    (void)room.journey.finish_read(room.claim(JobKind::Read), room.reading());
    (void)room.journey.finish_read(room.claim(JobKind::Read), room.reading(true));
    (void)room.journey.set_aside_page(room.claim(JobKind::Read), "60 000 pixels wide");
    room.split(lot);
    const PliToUnderstand work = room.journey.understood_pli(pli);
    EXPECT_EQ(work.pli.name, "lot/0001.tif");
    EXPECT_EQ(work.pli.caisse, "061");
    EXPECT_EQ(work.received_at, Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2)));
    ASSERT_EQ(work.pages.size(), 3U);
    EXPECT_EQ(work.pages[0].state, PageState::Read);
    ASSERT_TRUE(work.pages[0].image);
    EXPECT_EQ(work.pages[0].image->coding, ImageCoding::Ccitt4);
    EXPECT_NE(work.pages[0].reading_json.find("arrêt"), std::string::npos);
    EXPECT_EQ(work.pages[1].state, PageState::Blank);
    EXPECT_EQ(work.pages[2].state, PageState::SetAside);
    EXPECT_EQ(work.pages[2].reason, "60 000 pixels wide");
    EXPECT_FALSE(work.pages[2].image);
}

TEST(Journey, RacingLastPagesAndClosingGiveExactlyOneSplit) {
    MailRoom room;
    for (int round = 0; round < 8; ++round) {
        const RowId lot = room.open_lot("samples/" + std::to_string(round));
        room.add(lot, std::to_string(round) + ".tif", 3);
        std::vector<Job> jobs;
        for (int n = 0; n < 3; ++n) {
            jobs.push_back(room.claim(JobKind::Read));
        }
        std::vector<std::thread> racers;
        for (const Job& job : jobs) {
            racers.emplace_back([&room, job] {
                Journey journey(room.database.url());
                EXPECT_EQ(journey.finish_read(job, room.reading()), Finish::Committed);
            });
        }
        racers.emplace_back([&room, lot, round] {
            Intake intake(room.database.url());
            EXPECT_TRUE(intake.close_lot(lot, {std::to_string(round) + ".tif"}).closed);
        });
        for (std::thread& racer : racers) {
            racer.join();
        }
        EXPECT_EQ(
            room.database.number("select count(*) from job where lot_id = " + std::to_string(lot)),
            1
        );
        room.split(lot);
    }
}

TEST(Journey, PagesFinishedTogetherEndEachAsItComes) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif", 4);
    room.close(lot, {"0001.tif"});
    const auto jobs = room.queue.claim_some({"w", {JobKind::Read}, std::chrono::minutes(5), {}, 4});
    ASSERT_EQ(jobs.size(), 4U);
    std::vector<ReadJob> done;
    for (const Job& job : jobs) {
        done.push_back({job, room.reading(job.file_index == 2)});
    }
    done[0].reading.reading_json = R"({"text":"guillemets \" et \\ barres, é"})";
    done[1].reading.separator_json = R"({"kind":"pli"})";
    --done[3].job.fence;
    EXPECT_EQ(
        room.journey.finish_reads(done),
        (std::vector<Finish>{
            Finish::Committed, Finish::Committed, Finish::Committed, Finish::LeaseLost})
    );
    EXPECT_EQ(room.state_of("page", jobs[0].page), "read");
    EXPECT_EQ(room.state_of("page", jobs[1].page), "void");
    EXPECT_EQ(room.state_of("page", jobs[2].page), "blank");
    EXPECT_EQ(room.state_of("page", jobs[3].page), "captured");
    EXPECT_EQ(
        room.database.rows(
            "select reading ->> 'text' from page_reading where page_id = " +
            std::to_string(jobs[0].page)
        )[0][0],
        "guillemets \" et \\ barres, é"
    );
    EXPECT_EQ(
        room.database.number("select count(*) from event where subject = 'page' and actor = 'w'"), 3
    );
    EXPECT_EQ(room.database.number("select count(*) from job where kind = 'split'"), 0);
    ++done[3].job.fence;
    EXPECT_EQ(room.journey.finish_read(done[3].job, done[3].reading), Finish::Committed);
    EXPECT_EQ(room.database.number("select count(*) from job where kind = 'split'"), 1);
}

/// A lot of two files whose pages 0 (of the first) and 1 (of the second) are separator sheets.
struct SeparatedLot {
    explicit SeparatedLot(MailRoom& room) : lot(room.open_lot("mixed", "000")) {
        first = room.add(lot, "0001.tif", 3);
        second = room.add(lot, "0002.tif", 3);
        room.close(lot, {"0001.tif", "0002.tif"});
        FinishedReading sheet = room.reading();
        sheet.separator_json = R"({"kind":"pli"})";
        while (const auto job =
                   room.queue.claim("worker", {JobKind::Read}, std::chrono::minutes(5))) {
            const bool separator = job->file_index == (job->pli == first ? 0 : 1);
            EXPECT_EQ(
                room.journey.finish_read(*job, separator ? sheet : room.reading()),
                Finish::Committed
            );
        }
        pages = room.lot_pages(lot);
    }

    RowId lot;
    RowId first = 0;
    RowId second = 0;
    std::vector<ReadPage> pages;
};

TEST(Journey, SeparatorsMakeNewPlisThatSupersedeTheFilesOnes) {
    MailRoom room;
    const SeparatedLot mail(room);
    ASSERT_EQ(mail.pages.size(), 6U);
    EXPECT_EQ(
        room.database.value(
            "select state || ' ' || (separator ->> 'kind') from page where page_id = " +
            std::to_string(mail.pages[0].id)
        ),
        "void pli"
    );
    // 0001.tif: sheet, a, b; 0002.tif: c, sheet, d. Plis: a b c, and d.
    const std::vector<PliGroup> groups = {
        {"mixed/1", {mail.pages[1].id, mail.pages[2].id, mail.pages[3].id}},
        {"mixed/2", {mail.pages[5].id}}};
    ASSERT_EQ(
        room.journey.finish_split(
            room.claim(JobKind::Split),
            {.caisse = "201", .groups = groups, .sheets = {}, .document_starts = {mail.pages[2].id}}
        ),
        Finish::Committed
    );
    EXPECT_EQ(
        room.database.rows("select pli_id, caisse_id, state, superseded_by from pli order by pli_id"
        ),
        (std::vector<std::vector<std::string>>{
            {"1", "201", "superseded", "3"},
            {"2", "201", "superseded", "3"},
            {"3", "201", "read", ""},
            {"4", "201", "read", ""}})
    );
    const PliToUnderstand made = room.journey.understood_pli(3);
    ASSERT_EQ(made.pages.size(), 3U);
    EXPECT_EQ(made.pages[2].file, "0002.tif");
    EXPECT_EQ(made.pages[2].page_index, 2);
    EXPECT_FALSE(made.pages[0].starts_document);
    EXPECT_TRUE(made.pages[1].starts_document);
    EXPECT_EQ(room.database.number("select count(*) from job where kind = 'understand'"), 2);
    EXPECT_TRUE(room.reconcile().unexplained.empty());
    EXPECT_EQ(room.reconcile().caisses[0].received, 2);
}

TEST(Journey, BlankBackOfASheetBecomesVoidAndBelongsToNoPli) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif", 3);
    room.close(lot, {"0001.tif"});
    FinishedReading sheet = room.reading();
    sheet.separator_json = R"({"kind":"pli"})";
    (void)room.journey.finish_read(room.claim(JobKind::Read), sheet);
    (void)room.journey.finish_read(room.claim(JobKind::Read), room.reading(true));
    (void)room.journey.finish_read(room.claim(JobKind::Read), room.reading());
    const auto pages = room.lot_pages(lot);
    const LotSettlement settlement{
        .caisse = "",
        .groups = {{"lot/1", {pages[2].id}}},
        .sheets = {pages[0].id, pages[1].id},
        .document_starts = {}};
    ASSERT_EQ(room.journey.finish_split(room.claim(JobKind::Split), settlement), Finish::Committed);
    EXPECT_EQ(room.state_of("page", pages[1].id), "void");
    (void)room.understood(lot);
    room.deliver_everything();
    EXPECT_EQ(room.state_of("lot", lot), "done");
    EXPECT_TRUE(room.reconcile().unexplained.empty());
}

TEST(Journey, ABackThatOnlyShinesThroughBecomesBlankAndKeepsItsReading) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif", 4);
    room.close(lot, {"0001.tif"});
    FinishedReading sheet = room.reading();
    sheet.separator_json = R"({"kind":"pli"})";
    (void)room.journey.finish_read(room.claim(JobKind::Read), sheet);
    for (int page = 1; page < 4; ++page) {
        (void)room.journey.finish_read(room.claim(JobKind::Read), room.reading());
    }
    const Job job = room.claim(JobKind::Split);
    const auto pages = room.journey.lot_pages(job);
    ASSERT_TRUE(pages[1].preview.has_value());
    EXPECT_NEAR(pages[1].confidence, 0.9, 1e-6);
    const LotSettlement settlement{
        .caisse = "",
        .groups = {{"lot/1", {pages[2].id, pages[3].id}}},
        .sheets = {pages[0].id, pages[1].id},
        .document_starts = {},
        .blank_backs = {pages[1].id, pages[3].id}};
    ASSERT_EQ(room.journey.finish_split(job, settlement), Finish::Committed);
    EXPECT_EQ(room.state_of("page", pages[1].id), "void");
    EXPECT_EQ(room.state_of("page", pages[2].id), "read");
    EXPECT_EQ(room.state_of("page", pages[3].id), "blank");
    EXPECT_NE(room.journey.understood_pli(2).pages.back().reading_json, "");
    EXPECT_TRUE(room.reconcile().unexplained.empty());
}

TEST(Journey, SplitThatLosesOrDoublesAPageIsRefusedWhole) {
    MailRoom room;
    const SeparatedLot mail(room);
    const Job job = room.claim(JobKind::Split);
    EXPECT_THROW(
        (void)room.journey.finish_split(
            job, {.caisse = "", .groups = {{"mixed/1", {mail.pages[1].id}}}}
        ),
        std::logic_error
    );
    EXPECT_EQ(room.database.number("select count(*) from pli"), 2);
    EXPECT_EQ(room.state_of("job", job.id), "running");
}

TEST(Journey, PliOfSeparatorSheetsOnlyIsSetAside) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "header.tif");
    room.close(lot, {"header.tif"});
    FinishedReading sheet = room.reading();
    sheet.separator_json = R"({"kind":"lot_header"})";
    (void)room.journey.finish_read(room.claim(JobKind::Read), sheet);
    room.split(lot);
    EXPECT_EQ(room.state_of("pli", pli), "set_aside");
    EXPECT_EQ(room.state_of("lot", lot), "done");
}

TEST(Journey, ReasonsToVerifyKeepThePliForAPersonWithItsProposedDocuments) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif");
    room.close(lot, {"0001.tif"});
    room.read_everything();
    room.split(lot);
    const Job job = room.claim(JobKind::Understand);
    const std::vector<std::string> reasons = {
        "type of page 1 is not sure (0.61)", "\"quoted\\, {x}\""};
    const Understanding unsure{
        .caisse = "",
        .decision_json = "{}",
        .facts_json = "{}",
        .verify_reasons = reasons,
        .documents = {room.document({room.journey.understood_pli(pli).pages[0].id})}};
    ASSERT_EQ(room.journey.finish_understand(job, unsure), Finish::Committed);
    EXPECT_EQ(room.state_of("pli", pli), "to_verify");
    EXPECT_EQ(room.database.value("select state from document"), "proposed");
    EXPECT_EQ(room.database.number("select count(*) from delivery"), 0);
    EXPECT_EQ(room.state_of("lot", lot), "closed");
    const Reconciliation balance = room.reconcile();
    EXPECT_EQ(balance.caisses[0].to_verify, 1);
    EXPECT_TRUE(balance.unexplained.empty());
    ASSERT_EQ(balance.exceptions.size(), 1U);
    EXPECT_EQ(balance.exceptions[0].pli_name, "lot/0001.tif");
    EXPECT_EQ(balance.exceptions[0].reasons, reasons);
    EXPECT_EQ(balance.exceptions[0].state, "to_verify");
}

TEST(Journey, PliWithAMissingPageIsNeverDeliveredWithoutAPerson) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif", 2);
    room.close(lot, {"0001.tif"});
    (void)room.journey.finish_read(room.claim(JobKind::Read), room.reading());
    (void)room.journey.set_aside_page(room.claim(JobKind::Read), "broken");
    room.split(lot);
    EXPECT_THROW(room.understood(lot), std::logic_error);
    EXPECT_EQ(room.database.value("select state from pli"), "read");
}

TEST(Journey, PageInNoDocumentIsNeverDelivered) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif", 2);
    room.close(lot, {"0001.tif"});
    room.read_everything();
    room.split(lot);
    const Job job = room.claim(JobKind::Understand);
    const Understanding forgetful{
        .caisse = "",
        .decision_json = "{}",
        .facts_json = "{}",
        .verify_reasons = {},
        .documents = {room.document({room.journey.understood_pli(pli).pages[0].id})}};
    EXPECT_THROW((void)room.journey.finish_understand(job, forgetful), std::logic_error);
    EXPECT_EQ(room.database.number("select count(*) from document"), 0);
}

/// Understands the next pli with its documents, but leaves it to a person.
void wait_for_a_person(MailRoom& room) {
    const Job job = room.claim(JobKind::Understand);
    std::vector<RowId> pages;
    for (const ReadPage& page : room.journey.understood_pli(job.pli).pages) {
        pages.push_back(page.id);
    }
    const Understanding doubtful{
        .caisse = "",
        .decision_json = "{}",
        .facts_json = "{}",
        .verify_reasons = {"type incertain"},
        .documents = {room.document(pages)}};
    ASSERT_EQ(room.journey.finish_understand(job, doubtful), Finish::Committed);
}

TEST(AssignCaisse, MovesEverythingOfAPliAndNothingElse) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId moved = room.add(lot, "0001.tif", 2);
    room.add(lot, "0002.tif", 2);
    room.close(lot, {"0001.tif", "0002.tif"});
    room.read_everything();
    room.split(lot);
    for (int pli = 0; pli < 2; ++pli) {
        wait_for_a_person(room);
    }
    room.journey.assign_caisse(moved, "201");
    for (const char* table :
         {"pli",
          "lot_file",
          "page",
          "page_reading",
          "document",
          "document_page",
          "document_field"}) {
        const std::string name = table;
        const auto per_caisse = room.database.rows(
            "select caisse_id, count(*) from " + name + " group by caisse_id order by caisse_id"
        );
        ASSERT_EQ(per_caisse.size(), 2U) << name;
        EXPECT_EQ(per_caisse[0][0], "061") << name;
        EXPECT_EQ(per_caisse[1][0], "201") << name;
        EXPECT_EQ(per_caisse[0][1], per_caisse[1][1]) << name;
    }
    EXPECT_EQ(
        room.database.rows("select caisse_id, reason from event where subject = 'pli' and "
                           "from_state = to_state order by event_id"),
        (std::vector<std::vector<std::string>>{
            {"061", "given to caisse 201"}, {"201", "came from caisse 061"}})
    );
    EXPECT_EQ(
        room.database.number("select count(*) from job where caisse_id = '201' and kind <> 'split'"
        ),
        3
    );
}

TEST(AssignCaisse, IsRefusedOnceTheDocumentsAreOnTheirWay) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif");
    room.close(lot, {"0001.tif"});
    room.read_everything();
    room.split(lot);
    (void)room.understood(lot);
    EXPECT_THROW(room.journey.assign_caisse(pli, "201"), std::logic_error);
    room.deliver_everything();
    EXPECT_THROW(room.journey.assign_caisse(pli, "201"), std::logic_error);
    room.journey.assign_caisse(pli, "061"); // where it is: nothing moves
    EXPECT_EQ(room.database.value("select caisse_id from pli"), "061");
}

TEST(Journey, HeaderGivesItsPlisTheirCaisseAndDoubtAlsoTheUnknownOne) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId above = room.add(lot, "0001.tif");
    const RowId below = room.add(lot, "0002.tif");
    room.close(lot, {"0001.tif", "0002.tif"});
    room.read_everything();
    LotSettlement settlement;
    settlement.caisses = {{below, unknown_caisse, "l'en-tête dit 201"}};
    settlement.complaints = {"a second lot header stands within the lot"};
    ASSERT_EQ(room.journey.finish_split(room.claim(JobKind::Split), settlement), Finish::Committed);
    EXPECT_EQ(room.journey.understood_pli(above).pli.caisse, "061");
    EXPECT_TRUE(room.journey.understood_pli(above).doubts.empty());
    EXPECT_EQ(room.journey.understood_pli(below).pli.caisse, unknown_caisse);
    EXPECT_EQ(
        room.journey.understood_pli(below).doubts, std::vector<std::string>{"l'en-tête dit 201"}
    );
    EXPECT_EQ(room.reconcile().complaints.size(), 1U);
}

TEST(Journey, NewPliKeepsTheDoubtsOfThoseItsPagesComeFrom) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif");
    (void
    )room.intake.add_file(lot, {.name = "0001.tif", .blob = some_blob, .bytes = 1, .pages = 1});
    room.add(lot, "0002.tif");
    room.close(lot, {"0001.tif", "0002.tif"});
    room.read_everything();
    const auto pages = room.lot_pages(lot);
    LotSettlement settlement;
    settlement.groups = {
        {.name = "1", .pages = {pages[0].id, pages[1].id}, .doubt = "une autre"},
        {.name = "2", .pages = {pages[2].id}}};
    ASSERT_EQ(room.journey.finish_split(room.claim(JobKind::Split), settlement), Finish::Committed);
    const auto now = room.lot_pages(lot);
    EXPECT_EQ(room.journey.understood_pli(now[0].pli).doubts.size(), 2U);
    EXPECT_TRUE(room.journey.understood_pli(now[2].pli).doubts.empty());
}

TEST(AssignCaisse, WhileAJobRunsLeavesItItsLease) {
    MailRoom room;
    const RowId pli = room.add(room.open_lot("mixed", "000"), "0001.tif");
    const Job job = room.claim(JobKind::Read);
    room.journey.assign_caisse(pli, "061");
    EXPECT_EQ(room.journey.finish_read(job, room.reading()), Finish::Committed);
    EXPECT_EQ(room.database.value("select caisse_id from page_reading"), "061");
}

} // namespace
} // namespace pleiade::store
