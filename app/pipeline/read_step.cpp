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

/// Makes the page's file the reader's current one, unless it is already.
Result<int> open_file_of(const store::Job& job, Tools& tools) {
    if (tools.open_file == job.blob) {
        return job.file_index + 1;
    }
    tools.open_file = {};
    const Result<int> opened = tools.reader.open(tools.platform.images().get(job.blob));
    if (opened.ok()) {
        tools.open_file = job.blob;
    }
    return opened;
}

Result<PageRead> page_of(const store::Job& job, Tools& tools) {
    try {
        const Result<int> opened = open_file_of(job, tools);
        if (!opened.ok()) {
            return opened.failure();
        }
        return tools.reader.read(job.file_index);
    } catch (const ReaderLost&) {
        tools.open_file = {};
        throw;
    }
}

} // namespace

void read_page(const store::Job& job, Tools& tools) {
    const Result<PageRead> read = page_of(job, tools);
    if (!read.ok()) {
        (void)tools.journey.set_aside_page(
            job, read.failure().what
        ); // lease lost: somebody else says it
        ++tools.tally.set_aside;
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
    (void)tools.journey.finish_read(job, finished);
    ++tools.tally.pages;
}

} // namespace pleiade::pipeline
