#pragma once
// A file of pages opened from memory: TIFF, JPEG, PNG, JPEG 2000 or PDF, known by its content and
// never by its name. Foreign bytes: to be used in the sandboxed reader process only.

#include "core/bytes.h"
#include "core/page_image.h"

#include <cstddef>
#include <memory>

namespace pleiade::image {

/// What a file may ask for; checked before anything of that size is allocated.
struct DecodeLimits {
    std::size_t max_pixels = 40'000'000; ///< One page. chosen: A3 at 400 dpi is 31 million
    int max_pages = 2000;                ///< chosen: the fattest pli of one scanner tray is 500
    std::size_t max_bytes =
        256 * std::size_t{1024} * 1024; ///< The file, and any single buffer inside a decoder.
                                        ///< chosen: 2000 G4 pages of 100 kB are 200 MB
};

/// The decoder of one file format; see decode/.
class PageDecoder;

/// An opened file of pages. The bytes must outlive it. One thread at a time.
class PageSource {
public:
    /// Recognises the format and reads the table of pages, without decoding any.
    /// @throws Error(FixInput) with a sentence for the operator: empty, unknown, encrypted, damaged
    /// or beyond a limit.
    [[nodiscard]] static PageSource open(BytesView bytes, const DecodeLimits& limits);

    ~PageSource();
    PageSource(PageSource&&) noexcept;
    PageSource& operator=(PageSource&&) noexcept;
    PageSource(const PageSource&) = delete;
    PageSource& operator=(const PageSource&) = delete;

    /// At least 1.
    [[nodiscard]] int page_count() const;

    /// The pixels of one page, turned as the file's orientation tag says, with square pixels.
    /// @param page_index 0 to page_count() - 1.
    /// @throws Error(FixInput) when this page is damaged, cut short or beyond a limit; never half a
    /// page. Other pages of the file can still be asked for.
    /// @throws std::logic_error when there is no such page.
    [[nodiscard]] PageImage decode(int page_index) const;

private:
    explicit PageSource(std::unique_ptr<PageDecoder> decoder);

    std::unique_ptr<PageDecoder> decoder_;
};

} // namespace pleiade::image
