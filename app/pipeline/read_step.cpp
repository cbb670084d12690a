// Step 1: the reading of one page.

#include "app/pipeline/steps.h"
#include "app/wire/values.h"

namespace pleiade::pipeline {
namespace {

store::StoredImage stored(const EncodedImage& image, store::BlobStore& blobs) {
    return {
        .blob = blobs.put(image.bytes),
        .coding = image.coding,
        .width_px = image.width_px,
        .height_px = image.height_px,
        .channels = image.channels,
        .dpi = image.dpi};
}

/// Opens the page's file in the reader, unless it is the current one already: pages of one file
/// come one after the other.
Result<PageRead> page_of(const store::Job& job, Tools& tools) {
    if (!tools.reader.is_open(job.blob)) {
        const Result<int> opened =
            tools.reader.open(tools.platform.images().get(job.blob), job.blob);
        if (!opened.ok()) {
            return opened.failure();
        }
    }
    return tools.reader.read(job.file_index);
}

} // namespace

void read_page(const store::Job& job, Tools& tools) {
    const Result<PageRead> read = page_of(job, tools);
    if (!read.ok()) {
        count(tools.journey.set_aside_page(job, read.failure().what), tools.tally.set_aside);
        return;
    }
    const PageRead& page = read.value();
    store::BlobStore& images = tools.platform.images();
    const store::FinishedReading finished{
        .reading_json = wire::to_json(page.reading),
        .blank = page.reading.blank,
        .separator_json =
            page.reading.separator ? wire::to_json(*page.reading.separator) : std::string(),
        .image = stored(page.page_image, images),
        .preview = images.put(page.preview.bytes),
        .confidence = page.reading.text.confidence};
    count(tools.journey.finish_read(job, finished), tools.tally.pages);
}

} // namespace pleiade::pipeline
