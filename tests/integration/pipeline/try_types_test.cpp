// What a new type would have done with mail that was decided.

#include "app/pipeline/steps.h"
#include "app/pipeline/try_types.h"
#include "app/wire/values.h"
#include "store/reports.h"
#include "tests/integration/pipeline/mail_platform.h"
#include "tests/unit/classify/painter.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace pleiade::pipeline {
namespace {

using classify::test::Painter;

PageReading sick_note() {
    Painter page;
    page.line(150, 200, "N° 10170*07", 30)
        .line(900, 200, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(150, 800, "Numéro d'immatriculation")
        .identifier(900, 800, IdentifierKind::Nir, "184050608800195")
        .line(150, 900, "à compter du")
        .identifier(1200, 900, IdentifierKind::Date, "2026-03-02")
        .line(2200, 3400, "S 3116 g", 26);
    PageReading reading = page.page();
    reading.text.confidence = 0.95;
    reading.picture_print = std::string(64, '5');
    return reading;
}

DocumentType type_by_cerfa(const std::string& code, double weight) {
    DocumentType type;
    type.code = code;
    type.title = "Formulaire d'essai";
    type.service = "Indemnités journalières";
    type.anchors = {{Anchor::Kind::Cerfa, "10170", weight}};
    return type;
}

struct TrialRoom : test::MailPlatform {
    TrialRoom()
        : tools{
              .platform = platform,
              .clock = clock,
              .tally = tally,
              .reader = std::move(reader),
              .queue = store::Queue(database.url()),
              .journey = store::Journey(database.url()),
              .deliveries = store::Deliveries(database.url())} {}

    /// A decided pli of one page.
    void decide(const PageReading& page) {
        store::Intake intake(database.url());
        const Instant received = std::chrono::sys_days(std::chrono::year(2026) / 3 / 9);
        const RowId lot =
            intake
                .open_lot(
                    {.source = "/scans", .label = "a", .caisse = "061", .received_at = received}
                )
                .id;
        intake.add_file(
            lot, {.name = "1.tif", .blob = store::blob_id_of(bytes_of("1")), .bytes = 1, .pages = 1}
        );
        ASSERT_TRUE(intake.close_lot(lot, {"1.tif"}).closed);
        store::FinishedReading reading{
            .reading_json = wire::to_json(page), .separator_json = {}, .confidence = 0.95};
        reading.image.blob = reading.preview = {std::string(64, 'a')};
        reading.image.width_px = reading.image.height_px = 1;
        ASSERT_EQ(
            tools.journey.finish_read(claim(store::JobKind::Read), reading),
            store::Finish::Committed
        );
        split_lot(claim(store::JobKind::Split), tools);
        understand_pli(claim(store::JobKind::Understand), tools);
    }

    store::Job claim(store::JobKind kind) {
        return tools.queue.claim("worker", {kind}, std::chrono::hours(1)).value();
    }

    /// @param with_model Else anchors alone decide, as where nothing was learned.
    std::vector<TriedDocument>
    tried(const std::vector<DocumentType>& types, bool with_model = true) {
        ReaderSettings settings = reader_settings(platform.configuration());
        settings.executable = std::filesystem::path(PLEIADE_BINARY_DIR) / "pleiade-reader";
        if (!with_model) {
            settings.configuration.type_model.clear();
        }
        TypeTrial trial(settings, types);
        std::vector<TriedDocument> all;
        for (const store::DecidedPli& decided : store::Reports(database.url()).decided_plis({})) {
            for (TriedDocument& each :
                 trial.of_stored(tools.journey.understood_pli(decided.id), decided)) {
                all.push_back(std::move(each));
            }
        }
        return all;
    }

    Tally tally;
    Tools tools;
};

TEST(TypeTrial, ShowsWhatANewTypeTakesFromAnotherAndStoresNothing) {
    TrialRoom room;
    room.decide(sick_note());
    const std::string events = room.value("select count(*) from event");
    const std::vector<TriedDocument> taken = room.tried({type_by_cerfa("ESSAI", 40.0)});
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].pli, "a/1.tif");
    EXPECT_EQ(taken[0].page_numbers, std::vector<int>{1});
    EXPECT_EQ(taken[0].before.type, "AAT");
    EXPECT_TRUE(taken[0].before.automatic);
    EXPECT_EQ(taken[0].after.type, "ESSAI");
    EXPECT_FALSE(taken[0].after.why.empty());
    EXPECT_EQ(room.value("select count(*) from event"), events);
}

TEST(TypeTrial, ShowsWhatABlockOfAKnownCodeLoses) {
    TrialRoom room;
    room.decide(sick_note());
    const std::vector<TriedDocument> same = room.tried({type_by_cerfa("ESSAI", 0.1)});
    ASSERT_EQ(same.size(), 1U);
    EXPECT_TRUE(same[0].before.same_fate(same[0].after));
    const std::vector<TriedDocument> weaker = room.tried({type_by_cerfa("AAT", 0.5)}, false);
    ASSERT_EQ(weaker.size(), 1U);
    EXPECT_TRUE(weaker[0].before.automatic);
    EXPECT_FALSE(weaker[0].after.automatic);
}

TEST(WithTried, ReplacesByCodeAndAddsTheRest) {
    const auto types = with_tried(
        {type_by_cerfa("A", 1.0), type_by_cerfa("B", 1.0)},
        {type_by_cerfa("B", 2.0), type_by_cerfa("C", 3.0)}
    );
    ASSERT_EQ(types.size(), 3U);
    EXPECT_EQ(types[1].anchors[0].weight, 2.0);
    EXPECT_EQ(types[2].code, "C");
}

} // namespace
} // namespace pleiade::pipeline
