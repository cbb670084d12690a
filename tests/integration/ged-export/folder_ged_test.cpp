#include "core/durable_file.h"
#include "core/failure.h"
#include "ged-export/folder_ged.h"
#include "pdf_judges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <string>

namespace pleiade::ged {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class ClockAtNine final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        using namespace std::chrono;
        return sys_days(year(2026) / 3 / 14) + 9h;
    }
};

Bytes bytes(const std::string& text) {
    const BytesView view = bytes_of(text);
    return {view.begin(), view.end()};
}

GedDocument document() {
    return {"41/1/1", "061", "2026-03-14", "000041-1-AAT", bytes("%PDF-1.4 ..."), "{\"a\":1}\n"};
}

class FolderGed : public ::testing::Test {
protected:
    [[nodiscard]] const fs::path& root() const { return folder_.path(); }
    [[nodiscard]] fs::path day() const { return root() / "061" / "2026-03-14"; }

    [[nodiscard]] std::size_t files() const {
        std::size_t count = 0;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root())) {
            count += entry.is_regular_file() ? 1U : 0U;
        }
        return count;
    }

    static Remedy remedy_of(GedConnector& ged, const GedDocument& delivered) {
        try {
            (void)ged.deliver(delivered);
        } catch (const Error& error) {
            return error.remedy();
        }
        ADD_FAILURE() << "the delivery went well";
        return Remedy::FixInput;
    }

    test::ScratchFolder folder_;
    ClockAtNine clock_;
    std::unique_ptr<GedConnector> ged_ = make_folder_ged({folder_.path()}, clock_);
};

TEST_F(FolderGed, DeliveredDocumentLiesThereWithItsIndexAndReceipt) {
    const DeliveryOutcome outcome = ged_->deliver(document());
    const auto* delivered = std::get_if<Delivered>(&outcome);
    ASSERT_NE(delivered, nullptr);
    EXPECT_FALSE(delivered->already_there);
    EXPECT_EQ(text_of(read_file(day() / "000041-1-AAT.pdf", 100)), "%PDF-1.4 ...");
    EXPECT_EQ(text_of(read_file(day() / "000041-1-AAT.json", 100)), "{\"a\":1}\n");
    EXPECT_EQ(files(), 2U);
    EXPECT_EQ(delivered->receipt.location, (day() / "000041-1-AAT.pdf").string());
    EXPECT_EQ(delivered->receipt.at, clock_.now());
    const std::string judge = test::run("sha256sum " + delivered->receipt.location).output;
    EXPECT_EQ(judge.substr(0, 64), delivered->receipt.sha256);
}

TEST_F(FolderGed, DeliveredTwiceIsFoundAndNotDoubled) {
    (void)ged_->deliver(document());
    const DeliveryOutcome again = ged_->deliver(document());
    ASSERT_TRUE(std::holds_alternative<Delivered>(again));
    EXPECT_TRUE(std::get<Delivered>(again).already_there);
    EXPECT_EQ(files(), 2U);
}

TEST_F(FolderGed, InterruptedDeliveryIsCompleted) {
    (void)ged_->deliver(document());
    fs::remove(day() / "000041-1-AAT.json");
    EXPECT_FALSE(ged_->look(document()).has_value());
    const DeliveryOutcome outcome = ged_->deliver(document());
    ASSERT_TRUE(std::holds_alternative<Delivered>(outcome));
    EXPECT_FALSE(std::get<Delivered>(outcome).already_there);
    EXPECT_EQ(files(), 2U);
}

TEST_F(FolderGed, NameTakenByOtherBytesIsRefusedAndNeverOverwritten) {
    (void)ged_->deliver(document());
    GedDocument other = document();
    other.pdf = bytes("%PDF-1.4 xxx");
    const DeliveryOutcome outcome = ged_->deliver(other);
    ASSERT_TRUE(std::holds_alternative<Refused>(outcome));
    EXPECT_THAT(std::get<Refused>(outcome).reason, HasSubstr("000041-1-AAT.pdf"));
    EXPECT_EQ(text_of(read_file(day() / "000041-1-AAT.pdf", 100)), "%PDF-1.4 ...");

    GedDocument other_index = document();
    other_index.index_json = "{\"a\":2}\n";
    EXPECT_TRUE(std::holds_alternative<Refused>(ged_->deliver(other_index)));
}

TEST_F(FolderGed, RefusalLeavesNothingBehind) {
    fs::create_directories(day());
    write_durably(day() / "000041-1-AAT.json", bytes_of("somebody else's"));
    EXPECT_TRUE(std::holds_alternative<Refused>(ged_->deliver(document())));
    EXPECT_EQ(files(), 1U);
}

TEST_F(FolderGed, FolderInPlaceOfTheFileIsRefused) {
    fs::create_directories(day() / "000041-1-AAT.pdf");
    EXPECT_TRUE(std::holds_alternative<Refused>(ged_->deliver(document())));
}

TEST_F(FolderGed, LookFindsOnlyTheCompleteDocument) {
    EXPECT_FALSE(ged_->look(document()).has_value());
    EXPECT_EQ(files(), 0U);
    (void)ged_->deliver(document());
    const std::optional<Receipt> receipt = ged_->look(document());
    ASSERT_TRUE(receipt.has_value());
    EXPECT_THAT(receipt->sha256, MatchesRegex("[0-9a-f]{64}"));
    GedDocument other = document();
    other.pdf = bytes("%PDF-1.4 xxx");
    EXPECT_FALSE(ged_->look(other).has_value());
}

TEST_F(FolderGed, NamesThatCouldLeadElsewhereAreRefused) {
    for (const char* stem :
         {"", "..", ".hidden", "../x", "a/b", "a\\b", "a b", "é", "a\nb", "a:b"}) {
        GedDocument bad = document();
        bad.file_stem = stem;
        EXPECT_TRUE(std::holds_alternative<Refused>(ged_->deliver(bad))) << stem;
    }
    for (const char* caisse : {"", "..", "06", "0611", "06/"}) {
        GedDocument bad = document();
        bad.caisse = caisse;
        EXPECT_TRUE(std::holds_alternative<Refused>(ged_->deliver(bad))) << caisse;
    }
    for (const char* date : {"", "..", "2026-3-14", "2026/03/14", "../../etc00"}) {
        GedDocument bad = document();
        bad.date = date;
        EXPECT_TRUE(std::holds_alternative<Refused>(ged_->deliver(bad))) << date;
    }
    EXPECT_EQ(files(), 0U);
}

TEST_F(FolderGed, FolderThatIsGoneIsAMatterOfConfiguration) {
    const auto gone = make_folder_ged({root() / "not-mounted"}, clock_);
    EXPECT_EQ(remedy_of(*gone, document()), Remedy::FixConfiguration);
    EXPECT_THROW((void)gone->look(document()), Error);
    EXPECT_FALSE(fs::exists(root() / "not-mounted"));
}

TEST_F(FolderGed, WhatAKilledTryLeftHalfWrittenGoesAfterADay) {
    fs::create_directories(root() / "061");
    const fs::path old = root() / "061" / ".000041-1-AAT.pdf.77.0.part";
    const fs::path recent = root() / "061" / ".000041-1-AAT.pdf.77.1.part";
    for (const fs::path& part : {old, recent}) {
        write_durably(part, bytes_of("%PDF"));
    }
    using namespace std::chrono_literals;
    fs::last_write_time(old, fs::file_time_type::clock::now() - 25h);
    (void)ged_->deliver(document());
    EXPECT_FALSE(fs::exists(old));
    EXPECT_TRUE(fs::exists(recent)) << "somebody may still be writing it";
    EXPECT_EQ(files(), 3U);
}

TEST_F(FolderGed, ThatCannotBeLookedAtIsTriedLaterAndRefusesNothing) {
    fs::create_symlink("061", root() / "061"); // leads to itself: the system gives up with an error
    EXPECT_EQ(remedy_of(*ged_, document()), Remedy::RetryLater);
    EXPECT_THROW((void)ged_->look(document()), Error);
}

TEST_F(FolderGed, FolderThatMayNotBeWrittenIsAMatterOfConfiguration) {
    fs::permissions(root(), fs::perms::owner_read | fs::perms::owner_exec);
    const bool is_root = ::geteuid() == 0;
    constexpr uid_t somebody = 65534;
    if (is_root) { // whom no permission stops
        ASSERT_EQ(::chown(root().c_str(), somebody, somebody), 0);
        ASSERT_EQ(::seteuid(somebody), 0);
    }
    const Remedy remedy = remedy_of(*ged_, document());
    if (is_root) {
        ASSERT_EQ(::seteuid(0), 0);
    }
    fs::permissions(root(), fs::perms::owner_all);
    EXPECT_EQ(remedy, Remedy::FixConfiguration);
}

TEST_F(FolderGed, FullDiskIsTriedLaterAndThenDeliversWhole) {
    if (::mount("tmpfs", root().c_str(), "tmpfs", 0, "size=64k") != 0) {
        std::cerr << "*** CANNOT MOUNT A SMALL DISK (not root?): this test checks nothing ***\n";
        GTEST_SKIP();
    }
    GedDocument large = document();
    large.pdf.assign(40U * 1024, std::byte{7});
    const fs::path ballast = root() / "ballast";
    write_durably(ballast, Bytes(40U * 1024));
    const Remedy remedy = remedy_of(*ged_, large);
    const std::size_t left_by_failure = files();
    fs::remove(ballast);
    const DeliveryOutcome outcome = ged_->deliver(large);
    const std::size_t after = files();
    EXPECT_EQ(::umount(root().c_str()), 0);
    EXPECT_EQ(remedy, Remedy::RetryLater);
    EXPECT_EQ(left_by_failure, 1U) << "a half-written file was left behind";
    EXPECT_TRUE(std::holds_alternative<Delivered>(outcome));
    EXPECT_EQ(after, 2U);
}

} // namespace
} // namespace pleiade::ged
