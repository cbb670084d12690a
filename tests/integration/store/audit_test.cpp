// The audit: what is tampered with by somebody whom no trigger and no right stops must be found.

#include "core/durable_file.h"
#include "core/failure.h"
#include "store/audit/time_stamp.h"
#include "store/audit_check.h"
#include "store/blob_check.h"
#include "store/sealer.h"
#include "tests/integration/store/mail_room.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <pqxx/pqxx>
#include <string>
#include <vector>

namespace pleiade::store {
namespace {

using testing::HasSubstr;
using When = Sealer::When;

/// The day the database thinks it is: checkpoints are dated beside events.
Instant now() {
    return SystemClock().now();
}

struct AuditedRoom : MailRoom {
    AuditedRoom() { deliver_a_pli("first"); }

    void deliver_a_pli(const std::string& source) {
        const RowId lot = open_lot(source);
        add(lot, "0001.tif", 2);
        close(lot, {"0001.tif"});
        read_everything();
        split(lot);
        (void)understood(lot);
        deliver_everything();
    }

    void seal() {
        while (sealer.seal() > 0) {
        }
    }
    void seal_and_sign(When when = When::Now) {
        seal();
        sealer.checkpoint(key, now(), when, {.folder = folder.path(), .stamp_url = ""});
    }

    [[nodiscard]] AuditReport report() const {
        return check_audit(
            database.url(), {.caisse = "", .keys = {key.public_half()}, .folder = folder.path()}
        );
    }

    /// "061 event 3 (...) was altered ..."
    [[nodiscard]] std::vector<std::string> findings() const {
        std::vector<std::string> sentences;
        for (const AuditFinding& finding : report().findings) {
            sentences.push_back(finding.caisse + " " + finding.subject + " " + finding.what);
        }
        return sentences;
    }

    /// As a superuser does it: no trigger stands in the way.
    void tamper(const std::string& statement) const {
        database.exec("set local session_replication_role = replica; " + statement);
    }

    test::TempFolder folder;
    SigningKey key = SigningKey::from_file_or_new(folder.path() / "key.pem");
    Sealer sealer{database.url()};
};

TEST(Audit, FindsNothingInAnOrdinaryJourney) {
    AuditedRoom room;
    EXPECT_GT(room.report().unsealed, 10);
    room.seal_and_sign();
    room.deliver_a_pli("second");
    room.seal_and_sign();
    room.deliver_a_pli("third");
    room.seal();
    const AuditReport report = room.report();
    EXPECT_EQ(room.findings(), std::vector<std::string>{});
    EXPECT_EQ(report.unsealed, 0);
    EXPECT_EQ(report.events, room.database.number("select count(*) from event"));
    EXPECT_EQ(report.checkpoints, 2);
    EXPECT_GT(report.after_checkpoint, 10);
}

TEST(Audit, FindsWhateverIsDoneToEvents) {
    struct Case {
        const char* name;
        const char* tampering;
        const char* found;
    };
    for (const Case& each : {
             Case{"altered", "update event set to_state = 'x' where event_id = 3", "event 3 "},
             Case{
                 "dated",
                 "update event set happened_at = happened_at + interval '1 microsecond' where "
                 "event_id = 3",
                 "event 3 "},
             Case{"another actor", "update event set actor = 'x' where event_id = 3", "event 3 "},
             Case{"another reason", "update event set reason = '' where event_id = 3", "event 3 "},
             Case{
                 "another caisse",
                 "update event set caisse_id = '201' where event_id = 3",
                 "event 3 "},
             Case{"missing", "delete from event where event_id = 3", "event 3 was taken away"},
             Case{
                 "missing with its link",
                 "delete from event where event_id = 3; delete from sealed_event where event_id = "
                 "3",
                 "misses positions 3 to 3"},
             Case{"all missing", "delete from event; delete from sealed_event", "was cut"},
             Case{
                 "the last missing with its link",
                 "delete from sealed_event where event_id = (select max(event_id) from event); "
                 "delete from event where event_id = (select max(event_id) from event)",
                 "was cut"},
             Case{"link missing", "delete from sealed_event where event_id = 3", "event 3 "},
             Case{
                 "inserted before the seal",
                 "insert into event (caisse_id, subject, subject_id, from_state, to_state, actor, "
                 "written_by) values ('061', 'pli', 1, 'read', 'read', 'x', '5')",
                 "is in no chain"},
             Case{
                 "inserted as if by nobody yet",
                 "insert into event (caisse_id, subject, subject_id, from_state, to_state, actor, "
                 "written_by) values ('061', 'pli', 1, 'read', 'read', 'x', '99999999')",
                 "is in no chain"},
             Case{
                 "two exchanged",
                 "update event set subject_id = case subject_id when 1 then 2 else 1 end where "
                 "subject = 'page'",
                 "does not fit its place"},
             Case{
                 "links exchanged",
                 "update sealed_event set event_id = -event_id where event_id in (3, 4); update "
                 "sealed_event set event_id = 7 + event_id where event_id < 0",
                 "does not fit its place"},
             Case{
                 "sealed earlier",
                 "update sealed_event set sealed_at = sealed_at - interval '1 day' where position "
                 "= 2",
                 "does not fit its place"},
             Case{
                 "blob sealed anew",
                 "update sealed_event set blobs = array[repeat('f', 64)] where blobs <> '{}'",
                 "does not fit its place"},
         }) {
        AuditedRoom room;
        room.seal_and_sign();
        ASSERT_EQ(room.findings(), std::vector<std::string>{});
        room.tamper(each.tampering);
        EXPECT_THAT(room.findings(), testing::Contains(HasSubstr(each.found))) << each.name;
    }
}

TEST(Audit, FindsAnEventPutInWithAnOldDate) {
    AuditedRoom room;
    room.seal_and_sign();
    room.tamper("insert into event (happened_at, caisse_id, subject, subject_id, from_state, "
                "to_state, actor) "
                "values (now() - interval '1 day', '061', 'pli', 1, 'read', 'read', 'x')");
    room.seal_and_sign();
    EXPECT_THAT(room.findings(), testing::ElementsAre(HasSubstr("but says it is older")));
}

/// Whoever may write everything can make a chain that fits in itself; what was signed stays.
TEST(Audit, FindsAChainThatWasMadeAnew) {
    AuditedRoom room;
    room.seal_and_sign();
    room.tamper("update event set actor = 'somebody else' where event_id = 3; "
                "delete from sealed_event; update sealing set sealed_below = '0'");
    room.seal();
    EXPECT_THAT(room.findings(), testing::Contains(HasSubstr("061 the chain was written anew")));
}

TEST(Audit, FindsWhateverIsDoneToCheckpoints) {
    struct Case {
        const char* tampering;
        const char* found;
    };
    for (const Case& each : {
             Case{
                 "update checkpoint set body = replace(body, 'chain 061', 'chain 062') where "
                 "number = 1",
                 "checkpoint 1 was altered"},
             Case{
                 "update checkpoint set signature = repeat('0', 128) where number = 1",
                 "checkpoint 1 was altered"},
             Case{"update checkpoint set key_id = 'x' where number = 1", "none that is believed"},
             Case{
                 "update checkpoint set made_at = made_at - interval '1 day' where number = 1",
                 "checkpoint 1 was altered"},
             Case{"delete from checkpoint where number = 1", "checkpoint 1 was taken away"},
             Case{"delete from checkpoint where number = 2", "checkpoint 2 was taken away"},
             Case{
                 "delete from checkpoint where number = 2; update checkpoint set number = 2",
                 "checkpoint 2 was altered"},
         }) {
        AuditedRoom room;
        room.seal_and_sign();
        room.deliver_a_pli("second");
        room.seal_and_sign();
        ASSERT_EQ(room.findings(), std::vector<std::string>{});
        room.tamper(each.tampering);
        EXPECT_THAT(room.findings(), testing::Contains(HasSubstr(each.found))) << each.tampering;
    }
}

TEST(Audit, FindsAnAlteredFileOfACheckpointAndAnotherKey) {
    AuditedRoom room;
    room.seal_and_sign();
    std::ofstream(room.folder.path() / "00000001.txt", std::ios::app) << " ";
    EXPECT_THAT(room.findings(), testing::ElementsAre(HasSubstr("checkpoint 1 is another one in")));
    const SigningKey other = SigningKey::from_file_or_new(room.folder.path() / "other.pem");
    const AuditReport report = check_audit(
        room.database.url(),
        {.caisse = "", .keys = {other.public_half()}, .folder = room.folder.path() / "none"}
    );
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_THAT(report.findings[0].what, HasSubstr("none that is believed"));
}

TEST(Audit, FindsRowsThatNameOtherFilesThanTheyDid) {
    for (const char* tampering :
         {"update lot_file set sha256 = repeat('e', 64)",
          "update page set lot_file_id = 999 where page_id = 1",
          "update page_reading set image_sha256 = repeat('e', 64)",
          "update page_reading set preview_sha256 = repeat('e', 64)",
          "delete from page_reading",
          "update document set pdf_sha256 = repeat('e', 64)",
          "update document set index_sha256 = repeat('e', 64)"}) {
        AuditedRoom room;
        room.seal_and_sign();
        room.tamper(tampering);
        EXPECT_THAT(room.findings(), testing::Contains(HasSubstr("exchanged"))) << tampering;
    }
}

TEST(Audit, APageReadAgainIsNoFinding) {
    AuditedRoom room;
    const RowId lot = room.open_lot("again");
    room.add(lot, "0001.tif");
    room.read_everything();
    room.seal_and_sign();
    room.database.exec("update page set state = 'captured' where page_id = 3");
    room.database.exec("update page_reading set image_sha256 = repeat('d', 64) where page_id = 3; "
                       "update page set state = 'read' where page_id = 3");
    EXPECT_EQ(room.findings(), std::vector<std::string>{});
    room.seal_and_sign();
    EXPECT_EQ(room.findings(), std::vector<std::string>{});
}

/// Sequence order is not commit order: what a transaction that began earlier writes comes later.
TEST(Sealer, LeavesWhatIsNotOlderThanEveryRunningTransaction) {
    AuditedRoom room;
    room.seal();
    pqxx::connection slow(room.database.url());
    pqxx::work earlier(slow);
    earlier.exec("select write_event('061', 'pli', 1, 'read', 'read', 'earlier')");
    room.database.exec("select write_event('061', 'pli', 1, 'read', 'read', 'later')");
    EXPECT_EQ(room.sealer.seal(), 0);
    EXPECT_TRUE(room.sealer.is_behind());
    EXPECT_EQ(room.report().unsealed, 1) << "the other one is not committed";
    earlier.commit();
    EXPECT_EQ(room.sealer.seal(), 2);
    EXPECT_FALSE(room.sealer.is_behind());
    room.seal_and_sign();
    EXPECT_EQ(room.findings(), std::vector<std::string>{});
    EXPECT_EQ(room.report().unsealed, 0);
}

TEST(Sealer, IsOneAtATimeAndWhatOneDidTheOtherSees) {
    AuditedRoom room;
    Sealer other(room.database.url());
    pqxx::connection holder(room.database.url());
    {
        pqxx::work holding(holder);
        holding.exec("select pg_advisory_xact_lock(1936023916)");
        EXPECT_EQ(other.seal(), 0);
    }
    EXPECT_GT(other.seal(), 0);
    room.seal_and_sign();
    EXPECT_EQ(room.report().unsealed, 0);
    EXPECT_EQ(room.findings(), std::vector<std::string>{});
}

TEST(Sealer, GoesOnInAnotherClusterThoughItCountsTransactionsAnew) {
    AuditedRoom room;
    room.seal_and_sign();
    room.deliver_a_pli("second");
    room.tamper("update event set written_by = '99999999' where event_id in "
                "(select event_id from event except select event_id from sealed_event); "
                "update sealing set cluster_id = 1, sealed_below = '88888888'");
    room.seal_and_sign();
    EXPECT_EQ(room.report().unsealed, 0);
    room.deliver_a_pli("third");
    room.seal_and_sign();
    EXPECT_EQ(room.report().unsealed, 0);
    EXPECT_EQ(room.findings(), std::vector<std::string>{});
}

TEST(Sealer, SignsEveryHourAndOnlyWhatIsNew) {
    AuditedRoom room;
    room.seal_and_sign(When::Due);
    room.deliver_a_pli("second");
    room.seal_and_sign(When::Due);
    EXPECT_EQ(room.report().checkpoints, 1) << "less than an hour";
    const CheckpointPlaces places{.folder = room.folder.path(), .stamp_url = ""};
    room.sealer.checkpoint(room.key, now() + std::chrono::minutes(61), When::Due, places);
    EXPECT_EQ(room.report().checkpoints, 2);
    room.sealer.checkpoint(room.key, now() + std::chrono::hours(9), When::Due, places);
    EXPECT_EQ(room.report().checkpoints, 2) << "nothing was sealed since";
}

TEST(Sealer, ItsTablesAreOnlyAddedToAlsoByTheirOwner) {
    AuditedRoom room;
    room.seal_and_sign();
    for (const char* table : {"sealed_event", "checkpoint", "checkpoint_stamp"}) {
        for (const std::string& statement :
             {std::string("delete from ") + table, std::string("truncate ") + table + " cascade"}) {
            if (std::string(table) == "checkpoint_stamp" && statement[0] == 'd') {
                continue; // it is empty
            }
            EXPECT_THAT(room.database.refusal(statement), HasSubstr("never changed")) << statement;
        }
    }
    EXPECT_THAT(
        room.database.refusal("update sealed_event set hash = repeat('0', 64)"),
        HasSubstr("never changed")
    );
    for (const char* role : {"pleiade_web", "pleiade_worker"}) {
        EXPECT_THAT(
            room.database.refusal(
                std::string("set local role ") + role + "; delete from sealed_event"
            ),
            HasSubstr("permission denied")
        );
    }
}

TEST(SigningKey, IsForItsOwnerOnly) {
    const test::TempFolder folder;
    const auto file = folder.path() / "key.pem";
    const SigningKey made = SigningKey::from_file_or_new(file);
    struct stat status {};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    EXPECT_EQ(SigningKey::from_file_or_new(file).public_half(), made.public_half());
    EXPECT_EQ(VerifyingKey::from_file(file.string() + ".pub"), made.public_half());
    ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
    EXPECT_THROW((void)SigningKey::from_file_or_new(file), Error);
}

TEST(SigningKey, SignsWhatOpensslVerifies) {
    AuditedRoom room;
    room.seal_and_sign();
    const std::string stem = room.folder.path() / "00000001";
    const std::string command = "openssl pkeyutl -verify -rawin -pubin -inkey " +
                                (room.folder.path() / "key.pem.pub").string() + " -in " + stem +
                                ".txt -sigfile " + stem + ".sig >/dev/null 2>&1";
    EXPECT_EQ(
        std::system(command.c_str()), 0
    ); // NOLINT(cert-env33-c,concurrency-mt-unsafe): a judge of its own
    std::ofstream(stem + ".txt", std::ios::app) << "\n";
    EXPECT_NE(
        std::system(command.c_str()), 0
    ); // NOLINT(cert-env33-c,concurrency-mt-unsafe): as above
}

TEST(BlobCheck, NamesWhatIsMissingOrDamaged) {
    MailRoom room;
    const test::TempFolder folder;
    FolderBlobStore images(folder.path());
    const BlobId file = images.put(bytes_of("a.tif")); // as blob_named() calls it
    room.add(room.open_lot(), "a.tif");
    const auto faults = [&] {
        std::vector<std::string> sentences;
        for (const BlobFault& fault :
             check_blobs(room.database.url(), images, "", [](long) {}).faults) {
            sentences.push_back(fault.caisse + " " + fault.where + " " + fault.what);
        }
        return sentences;
    };
    EXPECT_EQ(faults(), std::vector<std::string>{});
    std::ofstream(images.path_of(file), std::ios::app) << "x";
    EXPECT_THAT(
        faults(),
        testing::ElementsAre(
            HasSubstr("061 file a.tif of pli 1 (lot/a.tif), lot 1 (samples/lot) is damaged")
        )
    );
    std::filesystem::remove(images.path_of(file));
    EXPECT_THAT(faults(), testing::ElementsAre(HasSubstr("is missing")));
    room.read_everything();
    EXPECT_THAT(faults(), testing::Contains(HasSubstr("picture of page 1 of pli 1")));
}

} // namespace
} // namespace pleiade::store
