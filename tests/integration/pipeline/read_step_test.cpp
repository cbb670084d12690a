// What was read of a page is kept, whatever bytes stood on it.

#include "app/pipeline/steps.h"
#include "app/wire/values.h"
#include "ged-export/drawing_pdf.h"
#include "tests/integration/pipeline/mail_platform.h"
#include "tests/unit/ocr/mark_painter.h"

#include <gtest/gtest.h>

namespace pleiade::pipeline {
namespace {

using test::MailPlatform;

/// A sheet with this DataMatrix in its middle, one millimetre a module.
Bytes sheet_with(const std::string& text) {
    constexpr int side_px = 60;
    PageImage modules = pleiade::test::blank_page(side_px, side_px);
    pleiade::test::paint(modules, {pleiade::test::Symbology::DataMatrix, text, 0, 0, 1.0, 0});
    Drawing sheet;
    for (int y = 0; y < side_px; ++y) {
        for (int x = 0; x < side_px; ++x) {
            if (modules.row(y)[x] == 0) {
                sheet.rectangles.push_back({{80.0 + x}, {120.0 + y}, {1.0}, {1.0}});
            }
        }
    }
    return ged::drawing_pdf({sheet});
}

TEST(ReadStep, KeepsABarcodeOfBytesThatAreNoText) {
    using namespace std::string_literals;
    MailPlatform room;
    room.file("a.pdf", text_of(sheet_with("DC04\x00 signature \x1F\x07"s)));
    ASSERT_FALSE(room.take(room.lot(), "061").lots.empty());
    Tally tally;
    Tools tools{
        .platform = room.platform,
        .clock = room.clock,
        .tally = tally,
        .reader = std::move(room.reader),
        .queue = store::Queue(room.database.url()),
        .journey = store::Journey(room.database.url()),
        .deliveries = store::Deliveries(room.database.url())};
    const auto job = tools.queue.claim("worker", {store::JobKind::Read}, std::chrono::hours(1));
    ASSERT_TRUE(job);
    read_page(*job, tools);
    EXPECT_EQ(
        room.value("select reading #>> '{marks,0,text}' from page_reading"),
        "DC04\\x00 signature \x1F\\x07"
    );
}

} // namespace
} // namespace pleiade::pipeline
