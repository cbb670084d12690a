// PNG through libpng's simplified interface, which needs no setjmp here and never prints.

#include "capture/image/decode/page_decoder.h"
#include "capture/image/decode/size_check.h"

#include <png.h>

#include <cstring>
#include <string_view>

namespace pleiade::image {
namespace {

constexpr std::size_t signature_bytes = 8; // spec: PNG 5.2

std::uint32_t big_endian(BytesView bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = value << 8U | std::to_integer<std::uint32_t>(bytes[at + i]);
    }
    return value;
}

struct Header {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    unsigned bit_depth = 0;
    unsigned colour_type = 0;
    Resolution resolution;
};

/// What the simplified interface does not tell. Source: PNG 11.2.2 (IHDR), 11.3.5.3 (pHYs).
Header read_header(BytesView bytes) {
    constexpr std::size_t ihdr_end = 33;
    if (bytes.size() < ihdr_end) {
        throw unusable("ce fichier PNG est coupé");
    }
    Header header;
    header.width = big_endian(bytes, 16);
    header.height = big_endian(bytes, 20);
    header.bit_depth = std::to_integer<unsigned>(bytes[24]);
    header.colour_type = std::to_integer<unsigned>(bytes[25]);
    constexpr std::size_t chunk_frame = 12; // length, type, check sum
    std::size_t at = signature_bytes;
    while (at + chunk_frame <= bytes.size()) {
        const std::size_t length = big_endian(bytes, at);
        const std::string_view type(reinterpret_cast<const char*>(bytes.data()) + at + 4, 4);
        if (length > bytes.size() - at - chunk_frame || type == "IDAT") {
            break;
        }
        if (type == "pHYs" && length == 9 && bytes[at + 16] == std::byte{1}) {
            constexpr double metres_per_inch = 0.0254;
            header.resolution = {
                big_endian(bytes, at + 8) * metres_per_inch,
                big_endian(bytes, at + 12) * metres_per_inch};
        }
        at += chunk_frame + length;
    }
    return header;
}

/// libpng's state, released whatever happens.
struct Reader {
    Reader() { image.version = PNG_IMAGE_VERSION; }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    Reader(Reader&&) = delete;
    Reader& operator=(Reader&&) = delete;
    ~Reader() { png_image_free(&image); }

    png_image image{};
};

class PngDecoder : public PageDecoder {
public:
    PngDecoder(BytesView bytes, const DecodeLimits& limits) : bytes_(bytes), limits_(limits) {}

    [[nodiscard]] PageImage decode(int /*page_index*/) const override {
        const Header header = read_header(bytes_);
        check_size("cette image PNG", header.width, header.height, limits_);
        Reader reader;
        if (png_image_begin_read_from_memory(&reader.image, bytes_.data(), bytes_.size()) == 0) {
            throw damaged(reader.image);
        }
        if (reader.image.width != header.width || reader.image.height != header.height) {
            throw unusable("l'image PNG a deux tailles différentes");
        }
        // Without gAMA libpng takes 16-bit samples for linear light and would brighten the page.
        reader.image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
        const bool colour = (reader.image.format & PNG_FORMAT_FLAG_COLOR) != 0;
        const bool bitonal = header.bit_depth == 1 && header.colour_type == PNG_COLOR_TYPE_GRAY &&
                             (reader.image.format & PNG_FORMAT_FLAG_ALPHA) == 0;
        PageImage page = page_of(
            header.width,
            header.height,
            colour    ? ColourDepth::Colour
            : bitonal ? ColourDepth::Bitonal
                      : ColourDepth::Grey
        );
        reader.image.format = colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
        const png_color white{255, 255, 255};
        if (png_image_finish_read(&reader.image, &white, page.pixels.data(), 0, nullptr) == 0) {
            throw damaged(reader.image);
        }
        settle_resolution(page, header.resolution, limits_);
        return page;
    }

private:
    static Error damaged(const png_image& image) {
        return unusable(
            std::string("l'image PNG est abîmée ou coupée (libpng : ") + image.message + ")"
        );
    }

    BytesView bytes_;
    DecodeLimits limits_;
};

} // namespace

std::unique_ptr<PageDecoder> open_png(BytesView bytes, const DecodeLimits& limits) {
    return std::make_unique<PngDecoder>(bytes, limits);
}

} // namespace pleiade::image
