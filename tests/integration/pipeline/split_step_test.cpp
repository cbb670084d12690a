// For whom plis are, by the lot headers above them: a wrong caisse is never guessed.

#include "app/pipeline/steps.h"
#include "app/wire/values.h"
#include "tests/integration/pipeline/mail_platform.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::pipeline {
namespace {

using test::MailPlatform;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string page; // what is no sheet
std::string header(const std::string& caisse) {
    return wire::to_json(Separator{SeparatorKind::LotHeader, caisse, ""});
}
const std::string pli_sheet = wire::to_json(Separator{SeparatorKind::Pli, "", ""});

/// A lot whose files are pages or sheets, read and split.
struct SplitRoom : MailPlatform {
    SplitRoom(const std::string& lot_caisse, const std::vector<std::vector<std::string>>& files)
        : tools{
              .platform = platform,
              .clock = clock,
              .tally = tally,
              .reader = std::move(reader),
              .queue = store::Queue(database.url()),
              .journey = store::Journey(database.url()),
              .deliveries = store::Deliveries(database.url())} {
        store::Intake intake(database.url());
        const RowId lot =
            intake.open_lot({.source = "/scans/a", .label = "a", .caisse = lot_caisse}).id;
        std::vector<std::string> names;
        for (const std::vector<std::string>& pages : files) {
            names.push_back(std::to_string(names.size() + 1) + ".tif");
            intake.add_file(
                lot,
                {.name = names.back(),
                 .blob = store::blob_id_of(bytes_of(names.back())),
                 .bytes = 1,
                 .pages = static_cast<int>(pages.size())}
            );
        }
        EXPECT_TRUE(intake.close_lot(lot, names).closed);
        for (const std::vector<std::string>& pages : files) {
            for (const std::string& separator : pages) {
                read(separator);
            }
        }
        const auto job =
            tools.queue.claim("worker", {store::JobKind::Split}, std::chrono::hours(1));
        split_lot(job.value(), tools);
    }

    void read(const std::string& separator) {
        const auto job = tools.queue.claim("worker", {store::JobKind::Read}, std::chrono::hours(1));
        // So much text that nobody asks whether the page before shines through.
        PageReading text;
        text.text.words.assign(20, Word{.text = "courrier", .confidence = 0.95});
        text.text.confidence = 0.95;
        store::FinishedReading reading{
            .reading_json = wire::to_json(text),
            .separator_json = separator,
            .confidence = text.text.confidence};
        reading.image.blob = reading.preview = {std::string(64, 'a')};
        reading.image.width_px = reading.image.height_px = 1;
        EXPECT_EQ(tools.journey.finish_read(job.value(), reading), store::Finish::Committed);
    }

    /// "caisse" of each living pli, in order; "caisse?" when there is a doubt.
    [[nodiscard]] std::vector<std::string> plis() const {
        std::vector<std::string> found;
        for (const auto& row : database.rows(
                 "select caisse_id || case doubts when '{}' then '' else '?' end from pli "
                 "where state <> 'superseded' order by pli_id"
             )) {
            found.push_back(row[0]);
        }
        return found;
    }
    [[nodiscard]] std::string complaints() const {
        return value("select array_to_string(complaints, '; ') from lot");
    }

    Tally tally;
    Tools tools;
};

TEST(SplitStep, AHeaderOnTopGivesTheLotItsCaisse) {
    const SplitRoom room("000", {{header("061")}, {page}, {page}});
    EXPECT_THAT(room.plis(), ElementsAre("061", "061"));
    EXPECT_EQ(room.value("select caisse_id from lot"), "061");
    EXPECT_EQ(room.complaints(), "");
}

TEST(SplitStep, AHeaderSaysNothingAboutThePlisAboveIt) {
    const SplitRoom files("000", {{page}, {header("061")}, {page}});
    EXPECT_THAT(files.plis(), ElementsAre("000", "061"));
    EXPECT_EQ(files.value("select caisse_id from lot"), "000");
    const SplitRoom one_file("000", {{page, header("061"), page}});
    EXPECT_THAT(one_file.plis(), ElementsAre("000", "061"));
}

TEST(SplitStep, AHeaderOfMixedMailEndsTheCaisseAboveIt) {
    for (const bool cut : {false, true}) {
        std::vector<std::vector<std::string>> files{
            {header("061")}, {page}, {header("000")}, {page}};
        if (cut) {
            files.push_back({pli_sheet});
            files.push_back({page});
        }
        const SplitRoom room("000", files);
        std::vector<std::string> expected{"061", "000"};
        expected.resize(cut ? 3 : 2, "000");
        EXPECT_EQ(room.plis(), expected);
        EXPECT_THAT(room.complaints(), HasSubstr("second lot header"));
    }
}

TEST(SplitStep, ASecondHeaderCountsForThePlisBelowIt) {
    const SplitRoom room("000", {{header("061")}, {page}, {header("041")}, {page}});
    EXPECT_THAT(room.plis(), ElementsAre("061", "041"));
    EXPECT_THAT(room.complaints(), HasSubstr("041"));
}

TEST(SplitStep, AHeaderOfACaisseNobodyKnowsGivesItsPlisToNobodyWithADoubt) {
    const SplitRoom room("000", {{header("061")}, {page}, {header("999")}, {page}});
    EXPECT_THAT(room.plis(), ElementsAre("061", "000?"));
    EXPECT_THAT(room.complaints(), HasSubstr("999"));
}

TEST(SplitStep, AHeaderThatContradictsTheOrderIsADoubtAndNotFollowed) {
    const SplitRoom room("061", {{header("041")}, {page}, {pli_sheet}, {page}});
    EXPECT_THAT(room.plis(), ElementsAre("000?", "000?"));
    EXPECT_EQ(room.value("select caisse_id from lot"), "061");
    EXPECT_THAT(room.complaints(), AllOf(HasSubstr("061"), HasSubstr("041")));
}

TEST(SplitStep, AHeaderThatSaysTheSameIsNoDoubt) {
    const SplitRoom room("061", {{header("061")}, {page}});
    EXPECT_THAT(room.plis(), ElementsAre("061"));
    EXPECT_EQ(room.complaints(), "");
}

TEST(SplitStep, ADoubtIsAReasonToVerifyAndThePliStaysWhereItIs) {
    SplitRoom room("061", {{header("041")}, {page}});
    PageReading reading;
    room.database.exec("update page_reading set reading = '" + wire::to_json(reading) + "'::jsonb");
    const auto job =
        room.tools.queue.claim("worker", {store::JobKind::Understand}, std::chrono::hours(1));
    understand_pli(job.value(), room.tools);
    EXPECT_EQ(room.value("select state from pli where state <> 'superseded'"), "to_verify");
    EXPECT_THAT(
        room.value("select verify_reasons[1] from pli where state <> 'superseded'"),
        HasSubstr("son en-tête dit 041")
    );
    EXPECT_THAT(room.plis(), ElementsAre("000?"));
}

} // namespace
} // namespace pleiade::pipeline
