#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

namespace pleiade::store {
namespace {

TEST(Intake, TakesTheSameFileInOnceAlsoAcrossLotsOfOneSource) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif", 3);
    EXPECT_EQ(room.add(lot, "0001.tif", 3), pli);
    room.close(lot, {"0001.tif"});
    const RowId next_lot = room.open_lot();
    EXPECT_NE(next_lot, lot);
    EXPECT_EQ(room.add(next_lot, "0001.tif", 3), pli);
    EXPECT_EQ(room.database.number("select count(*) from pli"), 1);
    EXPECT_EQ(room.database.number("select count(*) from page"), 3);
    EXPECT_EQ(room.database.number("select count(*) from job where kind = 'read'"), 3);
    EXPECT_EQ(
        room.intake.known_files("samples/lot"),
        (std::map<KnownFile, RowId>{{{"0001.tif", blob_named("0001.tif")}, lot}})
    );
    EXPECT_TRUE(room.intake.known_files("elsewhere").empty());
}

TEST(Intake, SameNameWithOtherBytesIsAnotherFile) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.add(lot, "0001.tif");
    EXPECT_NE(
        room.intake.add_file(lot, {.name = "0001.tif", .blob = some_blob, .bytes = 1, .pages = 1}),
        pli
    );
}

TEST(Intake, AFileThatChangedMeanwhileDoesNotKeepItsLotOpenAndBothVersionsAreDoubted) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId before = room.add(lot, "0001.tif");
    const RowId after =
        room.intake.add_file(lot, {.name = "0001.tif", .blob = some_blob, .bytes = 1, .pages = 1});
    const RowId other = room.add(lot, "0002.tif");
    room.close(lot, {"0001.tif", "0002.tif"});
    room.read_everything();
    room.split(lot);
    EXPECT_EQ(room.journey.understood_pli(before).doubts.size(), 1U);
    EXPECT_EQ(room.journey.understood_pli(after).doubts.size(), 1U);
    EXPECT_TRUE(room.journey.understood_pli(other).doubts.empty());
    EXPECT_TRUE(room.reconcile().unexplained.empty());
}

TEST(Intake, KnowsTheFilesOfAFolderAlsoWhenTheyWereNamedOneByOne) {
    MailRoom room;
    room.add(room.open_lot("/scans/061//files"), "0001.tif");
    room.add(room.open_lot("/scans/061"), "0002.tif");
    room.add(room.open_lot("/scans/0612"), "0003.tif");
    EXPECT_EQ(room.intake.known_files("/scans/061").size(), 2U);
}

TEST(Intake, ComplaintsStayWithTheLotAndAreSaidOnce) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.intake.complain(lot, {"first, \"quoted\"", "second"});
    room.intake.complain(lot, {"second"});
    const auto complaints = room.reconcile().complaints;
    ASSERT_EQ(complaints.size(), 2U);
    EXPECT_EQ(complaints[0].what, "first, \"quoted\"");
    EXPECT_EQ(complaints[1].subject, "lot 1 (samples/lot)");
    EXPECT_EQ(room.reports.report_on({lot}).complaints.size(), 2U);
    EXPECT_TRUE(room.reports.report_on({}).complaints.empty());
}

TEST(Intake, NamesOfFilesThatAreNumbersOfInsuredPersonsAreMaskedInComplaints) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.intake.complain(lot, {"184050608800195.pdf is broken"});
    room.intake.complain(lot, {"184050608800195.pdf is broken"});
    const auto complaints = room.reconcile().complaints;
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints[0].what.find("184050608800195"), std::string::npos) << complaints[0].what;
}

TEST(Intake, FindsTheOpenLotOfASourceAgain) {
    MailRoom room;
    const RowId lot = room.open_lot("samples/a");
    EXPECT_EQ(room.open_lot("samples/a"), lot);
    EXPECT_NE(room.open_lot("samples/b"), lot);
}

TEST(Intake, InterruptedBeforeClosingIsFoundWithItsFiles) {
    MailRoom room;
    EXPECT_FALSE(room.intake.find_open_lot("samples/lot"));
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif");
    const auto open = room.intake.find_open_lot("samples/lot");
    ASSERT_TRUE(open);
    EXPECT_EQ(open->lot.id, lot);
    EXPECT_EQ(open->files, std::set<std::string>{"0001.tif"});
}

TEST(Intake, DifferenceAtClosingIsNamedAndLeavesTheLotOpen) {
    MailRoom room;
    const RowId lot = room.open_lot();
    room.add(lot, "0001.tif");
    room.add(lot, "0002.tif");
    const Closing refused = room.intake.close_lot(lot, {"0003.tif", "0001.tif"});
    EXPECT_FALSE(refused.closed);
    EXPECT_EQ(refused.missing, std::vector<std::string>{"0003.tif"});
    EXPECT_EQ(refused.extra, std::vector<std::string>{"0002.tif"});
    EXPECT_EQ(room.state_of("lot", lot), "open");
    room.close(lot, {"0002.tif", "0001.tif"});
    EXPECT_TRUE(room.intake.close_lot(lot, {}).closed);
}

TEST(Intake, UnreadableFileIsAPliWithOnePageSetAside) {
    MailRoom room;
    const RowId lot = room.open_lot();
    const RowId pli = room.intake.add_unreadable_file(
        lot, {.name = "broken.tif", .blob = some_blob}, "not a TIFF"
    );
    room.close(lot, {"broken.tif"});
    EXPECT_EQ(room.database.number("select count(*) from job where kind = 'read'"), 0);
    room.split(lot);
    const auto pages = room.journey.understood_pli(pli).pages;
    ASSERT_EQ(pages.size(), 1U);
    EXPECT_EQ(pages[0].state, PageState::SetAside);
    EXPECT_EQ(pages[0].reason, "not a TIFF");
}

TEST(Intake, KeepsCaisse000AndRenamesCaisses) {
    MailRoom room;
    Caisse renamed;
    renamed.code = "061";
    renamed.name = "CPAM 06";
    room.intake.sync_caisses({renamed});
    EXPECT_EQ(room.database.value("select name from caisse where caisse_id = '061'"), "CPAM 06");
    EXPECT_EQ(room.database.number("select count(*) from caisse where caisse_id = '000'"), 1);
}

} // namespace
} // namespace pleiade::store
