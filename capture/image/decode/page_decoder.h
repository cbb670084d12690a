#pragma once
// What every file format offers, and how each is opened. A decoder throws Error(FixInput) for
// foreign bytes it cannot use; nothing here prints or exits.

#include "capture/image/page_source.h"

#include <memory>

namespace pleiade::image {

class PageDecoder {
public:
    PageDecoder() = default;
    PageDecoder(const PageDecoder&) = delete;
    PageDecoder& operator=(const PageDecoder&) = delete;
    PageDecoder(PageDecoder&&) = delete;
    PageDecoder& operator=(PageDecoder&&) = delete;
    virtual ~PageDecoder() = default;

    [[nodiscard]] virtual int page_count() const { return 1; }
    [[nodiscard]] virtual PageImage decode(int page_index) const = 0;
};

[[nodiscard]] std::unique_ptr<PageDecoder> open_tiff(BytesView bytes, const DecodeLimits& limits);
[[nodiscard]] std::unique_ptr<PageDecoder> open_jpeg(BytesView bytes, const DecodeLimits& limits);
[[nodiscard]] std::unique_ptr<PageDecoder> open_png(BytesView bytes, const DecodeLimits& limits);
[[nodiscard]] std::unique_ptr<PageDecoder>
open_jpeg2000(BytesView bytes, const DecodeLimits& limits);
[[nodiscard]] std::unique_ptr<PageDecoder> open_pdf(BytesView bytes, const DecodeLimits& limits);

} // namespace pleiade::image
