// What is known of other mail when a pli is decided is kept with the decision.

#include "app/pipeline/steps.h"
#include "app/wire/values.h"
#include "tests/integration/pipeline/mail_platform.h"
#include "tests/unit/classify/painter.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace pleiade::pipeline {
namespace {

using classify::test::Painter;
using test::MailPlatform;

PageReading sick_note(const std::string& from) {
    Painter page;
    page.line(150, 200, "N° 10170*07", 30)
        .line(900, 200, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(150, 800, "Numéro d'immatriculation")
        .identifier(900, 800, IdentifierKind::Nir, "184050608800195")
        .line(150, 900, "à compter du")
        .identifier(1200, 900, IdentifierKind::Date, from)
        .line(2200, 3400, "S 3116 g", 26);
    PageReading reading = page.page();
    reading.text.confidence = 0.95;
    reading.picture_print = std::string(64, '5');
    return reading;
}

struct UnderstandRoom : MailPlatform {
    UnderstandRoom()
        : tools{
              .platform = platform,
              .clock = clock,
              .tally = tally,
              .reader = std::move(reader),
              .queue = store::Queue(database.url()),
              .journey = store::Journey(database.url()),
              .deliveries = store::Deliveries(database.url())} {}

    /// A pli of one page, whose understanding waits.
    store::Job pli(const std::string& name, const PageReading& page, const std::string& caisse) {
        store::Intake intake(database.url());
        const RowId lot =
            intake
                .open_lot(
                    {.source = "/scans/" + name,
                     .label = "a",
                     .caisse = caisse,
                     .received_at = std::chrono::sys_days(std::chrono::year(2026) / 3 / 9)}
                )
                .id;
        intake.add_file(
            lot, {.name = name, .blob = store::blob_id_of(bytes_of(name)), .bytes = 1, .pages = 1}
        );
        EXPECT_TRUE(intake.close_lot(lot, {name}).closed);
        store::FinishedReading reading{
            .reading_json = wire::to_json(page), .separator_json = {}, .confidence = 0.95};
        reading.image.blob = reading.preview = {std::string(64, 'a')};
        reading.image.width_px = reading.image.height_px = 1;
        EXPECT_EQ(
            tools.journey.finish_read(claim(store::JobKind::Read), reading),
            store::Finish::Committed
        );
        split_lot(claim(store::JobKind::Split), tools);
        return claim(store::JobKind::Understand);
    }

    store::Job claim(store::JobKind kind) {
        return tools.queue.claim("worker", {kind}, std::chrono::hours(1)).value();
    }

    [[nodiscard]] std::string of_pli(const std::string& what, const store::Job& job) const {
        return value("select " + what + " from pli where pli_id = " + std::to_string(job.pli));
    }

    Tally tally;
    Tools tools;
};

TEST(UnderstandStep, ThePaperThatCameBeforeGoesToAPersonAndTheDecisionCanBeReplayed) {
    UnderstandRoom room;
    const PageReading page = sick_note("2026-03-02");
    const store::Job first = room.pli("1.tif", page, "061");
    understand_pli(first, room.tools);
    EXPECT_EQ(room.of_pli("state", first), "delivering");
    const store::Job second = room.pli("2.tif", page, "061");
    understand_pli(second, room.tools);
    EXPECT_EQ(room.of_pli("state", second), "to_verify");

    const wire::Understand again{
        .readings = {wire::to_json(page)},
        .lot_caisse = "061",
        .facts = wire::facts_from(room.of_pli("facts", second))};
    const Result<Decision> replayed = room.tools.reader.understand(again);
    ASSERT_TRUE(replayed.ok());
    EXPECT_EQ(
        wire::to_json(replayed.value()),
        wire::to_json(wire::decision_from(room.of_pli("decision", second)))
    );
    EXPECT_TRUE(replayed.value().to_verify);
}

TEST(UnderstandStep, AnotherNoteOfThatPersonIsDeliveredWithARemark) {
    UnderstandRoom room;
    understand_pli(room.pli("1.tif", sick_note("2026-03-02"), "061"), room.tools);
    const store::Job second = room.pli("2.tif", sick_note("2026-03-08"), "061");
    understand_pli(second, room.tools);
    EXPECT_EQ(room.of_pli("state", second), "delivering");
    EXPECT_EQ(
        room.value(
            "select array_to_string(notes, ' ') from document order by document_id desc limit 1"
        ),
        "réitération : AAT du même assuré reçu le 09/03/2026 (pli a/1.tif)"
    );
}

TEST(UnderstandStep, OfOnePaperDecidedByTwoWorkersAtOnceOneIsDelivered) {
    UnderstandRoom room;
    UnderstandRoom other; // its reader and its connection
    other.tools.queue = store::Queue(room.database.url());
    other.tools.journey = store::Journey(room.database.url());
    // A reader ends with the thread that started it: started here, it outlives every colleague.
    ASSERT_TRUE(other.tools.reader.ask_about({wire::to_json(sick_note("2026-02-09"))}).ok());
    for (int round = 0; round < 5; ++round) {
        const std::string day = "2026-02-1" + std::to_string(round);
        const store::Job first = room.pli(std::to_string(round) + "a", sick_note(day), "061");
        const store::Job second = room.pli(std::to_string(round) + "b", sick_note(day), "061");
        std::thread colleague([&] { understand_pli(second, other.tools); });
        understand_pli(first, room.tools);
        colleague.join();
        const std::string states = room.of_pli("state", first) + " " + room.of_pli("state", second);
        EXPECT_TRUE(states == "delivering to_verify" || states == "to_verify delivering") << states;
    }
}

} // namespace
} // namespace pleiade::pipeline
