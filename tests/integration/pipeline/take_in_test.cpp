#include "tests/integration/pipeline/mail_platform.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;
using test::MailPlatform;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// As an interrupted intake leaves the lot: begun, not closed.
void begin(MailPlatform& room, const capture::LotSource& lot, const std::string& caisse = "") {
    capture::LotSource cut = lot;
    cut.files.resize(1);
    cut.manifest.expected_files = 99;
    ASSERT_EQ(room.take(cut, caisse).complaints.size(), 1U);
    ASSERT_EQ(room.value("select state from lot"), "open");
}

TEST(TakeIn, AFileLongWrittenIsTakenWithoutWaiting) {
    MailPlatform room;
    room.file("1.tif", "one");
    EXPECT_THAT(room.take(room.lot()).complaints, IsEmpty());
    EXPECT_THAT(room.waits, IsEmpty());
    EXPECT_EQ(room.value("select state from lot"), "closed");
}

TEST(TakeIn, WhatMayBeMailAndWasNotTakenIsKeptOnTheListOfWhatIsOdd) {
    MailPlatform room;
    room.file("1.tif", "one");
    capture::LotSource lot = room.lot();
    lot.maybe_mail = {"2.tif.part: not finished"};
    for (int run = 0; run < 2; ++run) {
        EXPECT_THAT(room.take(lot).complaints, IsEmpty());
        EXPECT_EQ(
            room.value("select array_to_string(complaints, '; ') from lot"),
            "not taken in: 2.tif.part: not finished"
        );
    }
}

TEST(TakeIn, AFileJustWrittenIsLookedAtTwice) {
    MailPlatform room;
    room.file("1.tif", "one", 500ms);
    room.file("2.tif", "two", 500ms);
    EXPECT_THAT(room.take(room.lot()).complaints, IsEmpty());
    EXPECT_THAT(room.waits, ElementsAre(1500ms)); // the second is old enough by then
}

TEST(TakeIn, AFileStillBeingWrittenIsLeftForTheNextRunWithThoseBehindIt) {
    MailPlatform room;
    room.file("1.tif", "one");
    room.file("2.tif", "tw", 1s);
    room.file("3.tif", "three");
    room.while_waiting = [&] { room.file("2.tif", "two", 0s); };
    const TakenIn taken = room.take(room.lot());
    EXPECT_EQ(taken.new_files, 1);
    EXPECT_THAT(taken.complaints, ElementsAre(HasSubstr("2.tif")));
    EXPECT_EQ(room.value("select state from lot"), "open");
    room.while_waiting = [] {};
    const TakenIn again = room.take(room.lot());
    EXPECT_EQ(again.new_files, 2);
    EXPECT_THAT(again.complaints, IsEmpty());
    EXPECT_EQ(
        room.value("select string_agg(name, ' ' order by lot_file_id) from lot_file"),
        "1.tif 2.tif 3.tif"
    );
}

TEST(TakeIn, AFileRemovedMeanwhileIsLeft) {
    MailPlatform room;
    room.file("1.tif", "one");
    const capture::LotSource lot = room.lot();
    std::filesystem::remove(room.path("1.tif"));
    EXPECT_THAT(room.take(lot).complaints, ElementsAre(HasSubstr("1.tif")));
    EXPECT_EQ(room.number("select count(*) from pli"), 0);
}

TEST(TakeIn, AFileThatChangedAfterAnInterruptionKeepsItsLotClosable) {
    MailPlatform room;
    room.file("1.tif", "one");
    room.file("2.tif", "two");
    begin(room, room.lot());
    room.file("1.tif", "another one");
    const TakenIn taken = room.take(room.lot());
    EXPECT_THAT(taken.complaints, IsEmpty());
    EXPECT_EQ(room.value("select state from lot"), "closed");
    EXPECT_EQ(room.number("select count(*) from pli where doubts <> '{}'"), 2);
    EXPECT_THAT(room.value("select complaints from lot"), HasSubstr("1.tif"));
}

TEST(TakeIn, ALateFileMakesALotThatClosesAndSaysSo) {
    MailPlatform room;
    room.file("lot.json", R"({"expected_files":2})");
    room.file("1.tif", "one");
    room.file("2.tif", "two");
    EXPECT_THAT(room.take(room.lot()).complaints, IsEmpty());
    room.file("3.tif", "three");
    const TakenIn late = room.take(room.lot());
    EXPECT_THAT(late.complaints, IsEmpty());
    EXPECT_EQ(late.lots.size(), 2U);
    EXPECT_EQ(room.number("select count(*) from lot where state = 'open'"), 0);
    EXPECT_THAT(
        room.value("select complaints from lot order by lot_id desc limit 1"), HasSubstr("3.tif")
    );
}

TEST(TakeIn, FewerFilesThanPromisedKeepTheLotOpenAndTooManyToo) {
    MailPlatform room;
    room.file("lot.json", R"({"expected_files":2})");
    room.file("1.tif", "one");
    EXPECT_THAT(room.take(room.lot()).complaints, ElementsAre(HasSubstr("announces 2 files, 1")));
    room.file("2.tif", "two");
    room.file("3.tif", "three");
    EXPECT_THAT(room.take(room.lot()).complaints, ElementsAre(HasSubstr("announces 2 files, 3")));
    room.file("lot.json", R"({"expected_files":3})");
    EXPECT_THAT(room.take(room.lot()).complaints, IsEmpty());
}

TEST(TakeIn, FilesNamedOneByOneLeaveTheInterruptedLotOfTheirFolderAlone) {
    MailPlatform room;
    room.file("lot.json", R"({"caisse":"061","expected_files":2})");
    room.file("1.tif", "one");
    room.file("2.tif", "two");
    begin(room, room.lot());
    const TakenIn one = room.take(room.lot({"1.tif"}));
    EXPECT_EQ(one.known_files, 1); // it lies in the folder's lot
    EXPECT_EQ(room.value("select state from lot"), "open");
    const TakenIn two = room.take(room.lot({"2.tif"}));
    EXPECT_EQ(two.new_files, 1);
    EXPECT_THAT(two.complaints, IsEmpty());
    EXPECT_EQ(room.value("select caisse_id from lot where state = 'closed'"), "061");
    const TakenIn rest = room.take(room.lot());
    EXPECT_EQ(rest.known_files, 2);
    EXPECT_THAT(rest.complaints, IsEmpty());
    EXPECT_EQ(room.number("select count(*) from lot where state = 'open'"), 0);
    EXPECT_EQ(room.number("select count(*) from pli"), 2);
}

TEST(TakeIn, InterruptedFilesNamedOneByOneAreWaitedFor) {
    MailPlatform room;
    room.file("1.tif", "one");
    room.file("2.tif", "tw", 1s);
    room.file("3.tif", "three");
    room.while_waiting = [&] { room.file("2.tif", "two", 0s); };
    EXPECT_THAT(
        room.take(room.lot({"1.tif", "2.tif"})).complaints, ElementsAre(HasSubstr("2.tif"))
    );
    room.while_waiting = [] {};
    EXPECT_THAT(
        room.take(room.lot({"3.tif"})).complaints, ElementsAre(HasSubstr("missing (2.tif)"))
    );
    EXPECT_THAT(room.take(room.lot({"2.tif"})).complaints, IsEmpty());
    EXPECT_EQ(room.number("select count(*) from lot where state = 'open'"), 0);
}

TEST(TakeIn, AnOpenLotIsNotGoneOnWithUnderAnotherCaisseChannelOrDay) {
    MailPlatform room;
    room.file("1.tif", "one");
    room.file("2.tif", "two");
    begin(room, room.lot(), "061");
    const TakenIn other = room.take(room.lot(), "041");
    ASSERT_TRUE(other.refused);
    EXPECT_THAT(other.refused->what, AllOf(HasSubstr("061"), HasSubstr("041")));
    room.file("lot.json", R"({"caisse":"061","channel":"counter","received":"2026-03-02"})");
    const TakenIn corrected = room.take(room.lot());
    ASSERT_TRUE(corrected.refused);
    EXPECT_THAT(
        corrected.refused->what,
        AllOf(
            HasSubstr("post"),
            HasSubstr("counter"),
            HasSubstr("2026-03-16"),
            HasSubstr("2026-03-02")
        )
    );
    EXPECT_EQ(room.number("select count(*) from pli"), 1);
    std::filesystem::remove(room.path("lot.json"));
    EXPECT_FALSE(room.take(room.lot(), "061").refused);
    EXPECT_EQ(room.value("select state from lot"), "closed");
}

TEST(TakeIn, ACaisseNobodyKnowsOrAWrongManifestIsRefusedByItsLotAlone) {
    MailPlatform room;
    room.file("1.tif", "one");
    room.file("lot.json", R"({"caisse":"999"})");
    const TakenIn unknown = room.take(room.lot());
    ASSERT_TRUE(unknown.refused);
    EXPECT_EQ(unknown.refused->remedy, Remedy::FixConfiguration);
    EXPECT_THAT(unknown.refused->what, HasSubstr("999"));
    room.file("lot.json", "{");
    const TakenIn wrong = room.take(room.lot());
    ASSERT_TRUE(wrong.refused);
    EXPECT_THAT(wrong.refused->what, HasSubstr("lot.json"));
    EXPECT_EQ(room.number("select count(*) from lot"), 0);
}

TEST(TakeIn, NamesThatAreNoUtf8AreTakenInUnderOnesThatAre) {
    MailPlatform room;
    room.file("re\xE7u/1\xE9.tif", "one");
    EXPECT_THAT(room.take(room.lot({"re\xE7u"})).complaints, IsEmpty());
    EXPECT_EQ(room.value("select name from lot_file"), "1\\xE9.tif");
    EXPECT_THAT(room.value("select source from lot"), HasSubstr("re\\xE7u"));
    EXPECT_EQ(room.take(room.lot({"re\xE7u"})).known_files, 1);
}

} // namespace
} // namespace pleiade::pipeline
