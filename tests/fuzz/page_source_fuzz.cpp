// Scanned files of every format: opened, and every page decoded.

#include "capture/image/page_source.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

// chosen: small, so that a run of one minute sees many thousand files
constexpr pleiade::image::DecodeLimits limits{
    .max_pixels = 250'000, .max_pages = 4, .max_bytes = 256 * std::size_t{1024}};

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pleiade;
    const BytesView bytes = std::as_bytes(std::span(data, size));
    fuzz::may_refuse([&] {
        const image::PageSource source = image::PageSource::open(bytes, limits);
        for (int page_index = 0; page_index < source.page_count(); ++page_index) {
            fuzz::may_refuse([&] {
                const PageImage page = source.decode(page_index);
                fuzz::require(page.width_px > 0 && page.height_px > 0, "a page has pixels");
                fuzz::require(
                    page.pixels.size() ==
                        page.row_bytes() * static_cast<std::size_t>(page.height_px),
                    "a page has all its rows"
                );
                fuzz::require(
                    page.pixels.size() <= limits.max_pixels * 3, "a page is within the limit"
                );
                fuzz::require(page.dpi > 0, "a page has a resolution");
            });
        }
    });
    return 0;
}
