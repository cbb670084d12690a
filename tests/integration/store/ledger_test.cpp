#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <string>

namespace pleiade::store {
namespace {

using std::chrono::year;

const Scope the_day{
    .first_day = year(2026) / 3 / 2, .last_day = year(2026) / 3 / 2, .caisse = "061"};
const Instant in_time = std::chrono::sys_days(year(2026) / 4 / 2);  // the deadline itself
const Instant too_late = std::chrono::sys_days(year(2026) / 4 / 3); // a day later
const std::chrono::sys_days due = std::chrono::sys_days(year(2026) / 4 / 2);

/// Lots of one pli each, as far as understood.
RowId understood_pli(MailRoom& room, const std::string& source, const std::string& caisse) {
    const RowId lot = room.open_lot(source, caisse);
    room.add(lot, "0001.tif", 2);
    room.close(lot, {"0001.tif"});
    room.read_everything();
    room.split(lot);
    return room.understood(lot);
}

TEST(Ledger, CountsEveryStepOfDeliveredMail) {
    MailRoom room;
    (void)understood_pli(room, "samples/nice", "061");
    room.deliver_everything();
    const Ledger ledger = room.reports.ledger(the_day, Hands::None, in_time);
    ASSERT_EQ(ledger.caisses.size(), 1U);
    const CaisseSteps& steps = ledger.caisses[0];
    EXPECT_EQ(steps.name, "CPAM des Alpes-Maritimes");
    EXPECT_EQ(steps.files_expected, 1);
    EXPECT_EQ(steps.files_taken_in, 1);
    EXPECT_EQ(steps.pages_scanned, 2);
    EXPECT_EQ(steps.pages_read, 2);
    EXPECT_EQ(steps.received, 1);
    EXPECT_EQ(steps.understood, 1);
    EXPECT_EQ(steps.verified, 0);
    EXPECT_EQ(steps.delivered, 1);
    EXPECT_EQ(steps.acknowledged, 1);
    EXPECT_EQ(steps.waiting + steps.set_aside + steps.in_work + steps.given_away, 0);
    EXPECT_TRUE(ledger.unread_pages.empty());
    EXPECT_TRUE(ledger.late.empty());
}

TEST(Ledger, HoldsOneCaisseAndOneDayOnly) {
    MailRoom room;
    (void)understood_pli(room, "samples/nice", "061");
    (void)understood_pli(room, "samples/ajaccio", "201");
    room.database.exec("insert into machine_count (caisse_id, machine, day, what, pieces) values "
                       "('061', 'trieuse 1', '2026-03-02', 'plis', 7), "
                       "('061', 'trieuse 1', '2026-03-03', 'plis', 8), "
                       "('201', 'trieuse 1', '2026-03-02', 'plis', 9)");
    const Ledger ledger = room.reports.ledger(the_day, Hands::AtWork, too_late);
    ASSERT_EQ(ledger.caisses.size(), 1U);
    EXPECT_EQ(ledger.caisses[0].received, 1);
    ASSERT_EQ(ledger.machines.size(), 1U);
    EXPECT_EQ(ledger.machines[0].pieces, 7);
    ASSERT_EQ(ledger.late.size(), 1U);
    EXPECT_EQ(ledger.late[0].caisse, "061");
    EXPECT_EQ(room.reports.ledger({}, Hands::AtWork, too_late).caisses.size(), 2U);

    const auto next_day = year(2026) / 3 / 3;
    const Ledger next = room.reports.ledger(
        {.first_day = next_day, .last_day = next_day, .caisse = "061"}, Hands::AtWork, too_late
    );
    ASSERT_EQ(next.caisses.size(), 1U); // machines worked
    EXPECT_EQ(next.caisses[0].received, 0);
    EXPECT_EQ(next.late.size(), 1U); // of an earlier day
}

TEST(Ledger, NamesDocumentsFromTheDayAfterTheirDeadline) {
    MailRoom room;
    const RowId pli = understood_pli(room, "samples/nice", "061");
    EXPECT_TRUE(room.reports.ledger(the_day, Hands::AtWork, in_time).late.empty());
    // 23:30 in Paris is still the day of the deadline, half an hour later it is not.
    const Instant before_midnight = due + std::chrono::hours(21) + std::chrono::minutes(30);
    EXPECT_TRUE(room.reports.ledger(the_day, Hands::AtWork, before_midnight).late.empty());
    const Instant midnight = due + std::chrono::hours(22);
    const auto late = room.reports.ledger(the_day, Hands::AtWork, midnight).late;
    ASSERT_EQ(late.size(), 1U);
    EXPECT_EQ(late[0].pli, pli);
    EXPECT_EQ(late[0].type, "DAT");
    EXPECT_EQ(late[0].due_on, due);
    EXPECT_EQ(late[0].pli_state, "delivering");
    EXPECT_EQ(late[0].corbeille, "");

    room.deliver_everything();
    const auto undone = room.reports.ledger(the_day, Hands::None, midnight).late;
    ASSERT_EQ(undone.size(), 1U);
    EXPECT_EQ(undone[0].corbeille, "AT");
    room.database.exec("set local session_replication_role = replica; "
                       "update work_item set state = 'done'");
    EXPECT_TRUE(room.reports.ledger(the_day, Hands::None, midnight).late.empty());
}

TEST(Ledger, NamesPagesThatAreNotReadAndPlisThatWentElsewhere) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif");
    (void)room.intake.add_unreadable_file(lot, {.name = "a.tif", .blob = some_blob}, "not a TIFF");
    Ledger ledger = room.reports.ledger(the_day, Hands::AtWork, in_time);
    ASSERT_EQ(ledger.unread_pages.size(), 2U);
    EXPECT_EQ(ledger.unread_pages[0].state, "captured");
    EXPECT_EQ(ledger.unread_pages[1].state, "set_aside");
    EXPECT_EQ(ledger.unread_pages[1].page_number, 1);
    EXPECT_EQ(ledger.caisses[0].pages_scanned, 2);
    EXPECT_EQ(ledger.caisses[0].pages_read, 0);

    room.database.exec("select assign_caisse(1, '201')");
    ledger = room.reports.ledger(the_day, Hands::AtWork, in_time);
    ASSERT_EQ(ledger.given_away.size(), 1U);
    EXPECT_EQ(ledger.given_away[0].pli, 1);
    EXPECT_EQ(ledger.caisses[0].given_away, 1);
    EXPECT_EQ(ledger.caisses[0].received, 1);
}

TEST(Ledger, WordsFindingsOnceMoreWithoutNamesOfFiles) {
    MailRoom room;
    const RowId lot = room.open_lot("samples/DUPONT");
    room.intake.announce(lot, {.names = {"DUPONT.tif", "MARTIN.tif"}, .files = 2});
    room.add(lot, "DUPONT.tif");
    const Reconciliation balance = room.reports.ledger(the_day, Hands::None, in_time).balance;
    ASSERT_EQ(balance.unexplained.size(), 2U);
    EXPECT_EQ(balance.unexplained[0].filed.subject, "lot 1");
    EXPECT_EQ(
        balance.unexplained[0].filed.what,
        "ouvert, 1 fichiers pris en charge, 2 attendus, et personne n'y travaille"
    );
    EXPECT_EQ(balance.unexplained[1].filed.subject, "pli 1");
    EXPECT_EQ(
        balance.unexplained[1].filed.what, "numérisé, pas encore lu, et personne n'y travaille"
    );
}

} // namespace
} // namespace pleiade::store
