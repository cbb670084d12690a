#pragma once
// Whether the product takes the back of a sheet for blank, as the reader and the split of a lot do
// together.

#include "capture/image/encoding.h"
#include "capture/image/page_cleaner.h"
#include "capture/image/page_source.h"
#include "capture/image/sheet_sides.h"
#include "tests/support/painted_sheets.h"

namespace pleiade::test {

inline image::SheetSide kept(const image::CleanPage& page) {
    constexpr int preview_px = 1200; // as app/reader/read_page.cpp keeps it
    const EncodedImage preview = image::encode_preview(page.image, preview_px);
    return {
        image::PageSource::open(preview.bytes, {}).decode(0),
        page.geometry.width_px * 25.4 / page.geometry.dpi};
}

inline bool called_blank(const PaintedSheet& sheet) {
    const image::CleanPage back = image::PageCleaner().clean(sheet.back, {});
    return back.blank ||
           (sheet.front && image::only_shines_through(
                               kept(image::PageCleaner().clean(*sheet.front, {})), kept(back)
                           ));
}

} // namespace pleiade::test
