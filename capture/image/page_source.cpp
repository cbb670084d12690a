#include "capture/image/page_source.h"

#include "capture/image/decode/format.h"
#include "capture/image/decode/page_decoder.h"
#include "capture/image/decode/size_check.h"

#include <stdexcept>
#include <string>

namespace pleiade::image {
namespace {

std::string not_taken_in(const std::string& format) {
    return "les images " + format + " ne sont pas prises : à convertir en TIFF, PNG, JPEG ou PDF";
}

std::unique_ptr<PageDecoder> open_decoder(BytesView bytes, const DecodeLimits& limits) {
    if (bytes.empty()) {
        throw unusable("le fichier est vide");
    }
    if (bytes.size() > limits.max_bytes) {
        throw unusable(
            "le fichier a " + std::to_string(bytes.size()) + " octets, plus que la limite de " +
            std::to_string(limits.max_bytes)
        );
    }
    switch (format_of(bytes)) {
    case Format::Tiff:
        return open_tiff(bytes, limits);
    case Format::Jpeg:
        return open_jpeg(bytes, limits);
    case Format::Png:
        return open_png(bytes, limits);
    case Format::Jpeg2000:
        return open_jpeg2000(bytes, limits);
    case Format::Pdf:
        return open_pdf(bytes, limits);
    case Format::Bmp:
        throw unusable(not_taken_in("BMP"));
    case Format::Gif:
        throw unusable(not_taken_in("GIF"));
    case Format::Webp:
        throw unusable(not_taken_in("WebP"));
    case Format::Unknown:
        break;
    }
    throw unusable("ce n'est ni une image ni un PDF d'un format connu");
}

} // namespace

PageSource::PageSource(std::unique_ptr<PageDecoder> decoder) : decoder_(std::move(decoder)) {}
PageSource::~PageSource() = default;
PageSource::PageSource(PageSource&&) noexcept = default;
PageSource& PageSource::operator=(PageSource&&) noexcept = default;

PageSource PageSource::open(BytesView bytes, const DecodeLimits& limits) {
    std::unique_ptr<PageDecoder> decoder = open_decoder(bytes, limits);
    const int pages = decoder->page_count();
    if (pages < 1) {
        throw unusable("le fichier n'a aucune page");
    }
    if (pages > limits.max_pages) {
        throw unusable(
            "le fichier a " + std::to_string(pages) + " pages, plus que la limite de " +
            std::to_string(limits.max_pages)
        );
    }
    return PageSource(std::move(decoder));
}

int PageSource::page_count() const {
    return decoder_->page_count();
}

PageImage PageSource::decode(int page_index) const {
    if (page_index < 0 || page_index >= page_count()) {
        throw std::logic_error("no page with index " + std::to_string(page_index));
    }
    return decoder_->decode(page_index);
}

} // namespace pleiade::image
