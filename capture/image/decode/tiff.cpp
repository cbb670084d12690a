// TIFF through libtiff, from memory. Scans of one bit or grey are read as they are, everything else
// through libtiff's own conversion to RGBA.

#include "capture/image/decode/page_decoder.h"
#include "capture/image/decode/releaser.h"
#include "capture/image/decode/size_check.h"
#include "capture/image/decode/tiff_directories.h"
#include "capture/image/pixel/colour.h"

#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

namespace pleiade::image {
namespace {

/// The bytes libtiff reads and what it said meanwhile.
struct Memory {
    BytesView bytes;
    std::size_t at = 0;
    std::string complaint;        ///< The first error.
    bool picture_damaged = false; ///< A decoder went on over missing data.
};

Memory& memory_of(thandle_t handle) {
    return *static_cast<Memory*>(handle);
}

tmsize_t read_some(thandle_t handle, void* target, tmsize_t size) {
    Memory& memory = memory_of(handle);
    const std::size_t got =
        std::min(static_cast<std::size_t>(size), memory.bytes.size() - memory.at);
    std::memcpy(target, memory.bytes.data() + memory.at, got);
    memory.at += got;
    return static_cast<tmsize_t>(got);
}

tmsize_t refuse_to_write(thandle_t /*handle*/, void* /*source*/, tmsize_t /*size*/) {
    return -1;
}

toff_t seek_to(thandle_t handle, toff_t offset, int whence) {
    Memory& memory = memory_of(handle);
    const toff_t base = whence == SEEK_CUR   ? memory.at
                        : whence == SEEK_END ? memory.bytes.size()
                                             : 0;
    const toff_t target = base + offset;
    if (target > memory.bytes.size()) {
        return static_cast<toff_t>(-1);
    }
    memory.at = static_cast<std::size_t>(target);
    return target;
}

int close_nothing(thandle_t /*handle*/) {
    return 0;
}

toff_t size_of(thandle_t handle) {
    return memory_of(handle).bytes.size();
}

int map_memory(thandle_t handle, void** base, toff_t* size) {
    const BytesView bytes = memory_of(handle).bytes;
    *base = const_cast<std::byte*>(bytes.data()); // libtiff only reads in mode "r"
    *size = bytes.size();
    return 1;
}

void unmap_nothing(thandle_t /*handle*/, void* /*base*/, toff_t /*size*/) {}

// libtiff's own format, passed on: the attribute says so to clang's -Wformat-nonliteral.
[[gnu::format(printf, 4, 0)]] int
note_error(TIFF* /*tiff*/, void* user, const char* /*module*/, const char* format, va_list values) {
    Memory& memory = *static_cast<Memory*>(user);
    if (memory.complaint.empty()) {
        std::array<char, 200> text{};
        static_cast<void>(std::vsnprintf(text.data(), text.size(), format, values));
        memory.complaint = text.data();
        // What follows counts bytes, in numbers as long as those of people.
        memory.complaint.erase(std::min(memory.complaint.find(';'), memory.complaint.size()));
        memory.complaint.erase(memory.complaint.find_last_not_of(". \n") + 1);
    }
    return 1;
}

int note_warning(
    TIFF* /*tiff*/, void* user, const char* module, const char* /*format*/, va_list /*values*/
) {
    // measured: on cut or damaged data these two decoders only warn and leave the rest of the page
    // white or grey; every other decoder fails.
    const std::string_view decoder = module != nullptr ? module : "";
    if (decoder == "Fax4Decode" || decoder == "JPEGLib") {
        static_cast<Memory*>(user)->picture_damaged = true;
    }
    return 1;
}

using Tiff = std::unique_ptr<TIFF, Releaser<TIFFClose>>;
using Options = std::unique_ptr<TIFFOpenOptions, Releaser<TIFFOpenOptionsFree>>;

Tiff open_over(Memory& memory, const DecodeLimits& limits) {
    const Options options(TIFFOpenOptionsAlloc());
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(limits.max_bytes));
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), note_error, &memory);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), note_warning, &memory);
    return Tiff(TIFFClientOpenExt(
        "page",
        "rh", // h: the header only, directories are asked for one by one
        &memory,
        read_some,
        refuse_to_write,
        seek_to,
        close_nothing,
        size_of,
        map_memory,
        unmap_nothing,
        options.get()
    ));
}

/// A number of the current directory, the tag's default when absent.
template <typename T>
T field(TIFF* tiff, std::uint32_t tag, T otherwise) {
    T value = otherwise;
    TIFFGetFieldDefaulted(tiff, tag, &value);
    return value;
}

/// What the directory says about the picture.
struct Shape {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    unsigned bits = 1;
    unsigned samples = 1;
    unsigned photometric = PHOTOMETRIC_MINISWHITE;
    unsigned compression = COMPRESSION_NONE;
    bool tiled = false;
};

Shape shape_of(TIFF* tiff) {
    return {
        .width = field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH, 0),
        .height = field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH, 0),
        .bits = field<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE, 1),
        .samples = field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1),
        .photometric = field<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE),
        .compression = field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE),
        .tiled = TIFFIsTiled(tiff) != 0};
}

Resolution resolution_of(TIFF* tiff) {
    constexpr double cm_per_inch = 2.54;
    const auto unit = field<std::uint16_t>(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    if (unit == RESUNIT_NONE) {
        return {};
    }
    const double factor = unit == RESUNIT_CENTIMETER ? cm_per_inch : 1.0;
    return {
        static_cast<double>(field<float>(tiff, TIFFTAG_XRESOLUTION, 0)) * factor,
        static_cast<double>(field<float>(tiff, TIFFTAG_YRESOLUTION, 0)) * factor};
}

/// Only what document scanners and fax machines write; the other codecs are not worth their bugs.
bool is_known(unsigned compression) {
    constexpr std::array known{
        COMPRESSION_NONE,
        COMPRESSION_CCITTRLE,
        COMPRESSION_CCITTRLEW,
        COMPRESSION_CCITTFAX3,
        COMPRESSION_CCITTFAX4,
        COMPRESSION_LZW,
        COMPRESSION_OJPEG,
        COMPRESSION_JPEG,
        COMPRESSION_ADOBE_DEFLATE,
        COMPRESSION_DEFLATE,
        COMPRESSION_PACKBITS};
    return std::ranges::find(known, static_cast<int>(compression)) != known.end();
}

/// Bits of a row, first pixel in the highest bit, to bytes of 0 and 255.
void spread_bits(
    const std::uint8_t* bits, std::uint8_t* pixels, std::size_t count, bool one_is_white
) {
    const unsigned flip = one_is_white ? 0U : 0xFFU;
    for (std::size_t x = 0; x < count; x += 8) {
        const unsigned eight = *bits++ ^ flip;
        const std::size_t here = std::min<std::size_t>(8, count - x);
        for (std::size_t i = 0; i < here; ++i) {
            pixels[x + i] = static_cast<std::uint8_t>(0U - ((eight >> (7U - i)) & 1U));
        }
    }
}

class TiffDecoder : public PageDecoder {
public:
    TiffDecoder(BytesView bytes, const DecodeLimits& limits)
        : bytes_(bytes), limits_(limits), directories_(tiff_directories(bytes, limits.max_pages)) {
        if (directories_.offsets.empty()) {
            throw unusable(
                directories_.cut_short ? "ce fichier TIFF est coupé" : "le TIFF n'a aucune page"
            );
        }
    }

    /// The page that a cut chain leads to is counted: it was there, and its loss must show.
    [[nodiscard]] int page_count() const override {
        return static_cast<int>(directories_.offsets.size()) + (directories_.cut_short ? 1 : 0);
    }

    [[nodiscard]] PageImage decode(int page_index) const override {
        const std::string name = "la page " + std::to_string(page_index + 1) + " du TIFF";
        const auto index = static_cast<std::size_t>(page_index);
        if (index >= directories_.offsets.size()) {
            throw unusable(name + " manque : le fichier est coupé");
        }
        Memory memory{.bytes = bytes_, .at = 0, .complaint = {}, .picture_damaged = false};
        const Tiff tiff = open_over(memory, limits_);
        if (tiff == nullptr || TIFFSetSubDirectory(tiff.get(), directories_.offsets[index]) == 0) {
            throw damaged(name, memory);
        }
        const Shape shape = shape_of(tiff.get());
        check(name, *tiff, shape);
        PageImage page = read_pixels(name, *tiff, shape, memory);
        const Resolution resolution = resolution_of(tiff.get());
        settle_resolution(page, resolution, limits_);
        apply_orientation(
            page, field<std::uint16_t>(tiff.get(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT)
        );
        return page;
    }

private:
    static Error damaged(const std::string& name, const Memory& memory) {
        return unusable(
            name + " est abîmée ou coupée" +
            (memory.complaint.empty() ? "" : " (libtiff : " + memory.complaint + ")")
        );
    }

    void check(const std::string& name, TIFF& tiff, const Shape& shape) const {
        check_size(name, shape.width, shape.height, limits_);
        constexpr unsigned most_bits_per_pixel = 80; // chosen: CMYK and alpha of 16 bits
        if (shape.bits == 0 || shape.samples == 0 ||
            shape.bits * shape.samples > most_bits_per_pixel) {
            throw unusable(
                name + " a " + std::to_string(shape.samples) + " échantillons de " +
                std::to_string(shape.bits) + " bits par pixel"
            );
        }
        if (!is_known(shape.compression)) {
            throw unusable(
                name + " est compressée par la méthode " + std::to_string(shape.compression) +
                ", qui n'est pas lue"
            );
        }
        const std::uint64_t block = shape.tiled ? TIFFTileSize64(&tiff) : TIFFStripSize64(&tiff);
        if (block == 0 || block > limits_.max_bytes) {
            throw unusable(name + " annonce un bloc de " + std::to_string(block) + " octets");
        }
    }

    static PageImage
    read_pixels(const std::string& name, TIFF& tiff, const Shape& shape, Memory& memory) {
        const bool plain = !shape.tiled && shape.samples == 1 &&
                           (shape.photometric == PHOTOMETRIC_MINISWHITE ||
                            shape.photometric == PHOTOMETRIC_MINISBLACK);
        PageImage page = page_of(
            shape.width,
            shape.height,
            plain && shape.bits == 1   ? ColourDepth::Bitonal
            : plain && shape.bits == 8 ? ColourDepth::Grey
                                       : ColourDepth::Colour
        );
        const bool done = page.depth == ColourDepth::Colour ? read_any(tiff, page)
                                                            : read_strips(tiff, shape, page);
        if (!done || memory.picture_damaged) {
            throw damaged(name, memory);
        }
        const bool may_be_grey = page.depth == ColourDepth::Colour &&
                                 shape.photometric != PHOTOMETRIC_RGB &&
                                 shape.photometric != PHOTOMETRIC_YCBCR;
        return may_be_grey ? without_needless_colour(std::move(page)) : std::move(page);
    }

    static bool read_strips(TIFF& tiff, const Shape& shape, PageImage& page) {
        const auto rows_per_strip =
            std::max(1U, field<std::uint32_t>(&tiff, TIFFTAG_ROWSPERSTRIP, shape.height));
        const auto row_size = static_cast<std::size_t>(TIFFScanlineSize64(&tiff));
        const bool one_is_white = shape.photometric == PHOTOMETRIC_MINISBLACK;
        std::vector<std::uint8_t> strip(static_cast<std::size_t>(TIFFStripSize64(&tiff)));
        for (std::uint32_t y = 0; y < shape.height; y += std::min(rows_per_strip, shape.height)) {
            const std::uint32_t rows = std::min(rows_per_strip, shape.height - y);
            const auto wanted = static_cast<tmsize_t>(rows * row_size);
            if (TIFFReadEncodedStrip(&tiff, TIFFComputeStrip(&tiff, y, 0), strip.data(), wanted) !=
                wanted) {
                return false;
            }
            for (std::uint32_t row = 0; row < rows; ++row) {
                const std::uint8_t* source = strip.data() + row * row_size;
                std::uint8_t* target = page.pixels.data() + (y + row) * page.row_bytes();
                if (shape.bits == 1) {
                    spread_bits(source, target, page.row_bytes(), one_is_white);
                } else {
                    const unsigned flip = one_is_white ? 0U : 0xFFU;
                    std::transform(
                        source,
                        source + page.row_bytes(),
                        target,
                        [flip](std::uint8_t value) {
                            return static_cast<std::uint8_t>(value ^ flip);
                        }
                    );
                }
            }
        }
        return true;
    }

    /// Through libtiff's RGBA, transparent parts over white.
    static bool read_any(TIFF& tiff, PageImage& page) {
        std::vector<std::uint32_t> raster(
            static_cast<std::size_t>(page.width_px) * static_cast<std::size_t>(page.height_px)
        );
        // Asking for the orientation the file has keeps rows as stored; we turn them ourselves,
        // because libtiff leaves out the orientations with exchanged rows and columns.
        const auto stored = field<std::uint16_t>(&tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
        constexpr int stop_on_error = 1;
        if (TIFFReadRGBAImageOriented(
                &tiff,
                static_cast<std::uint32_t>(page.width_px),
                static_cast<std::uint32_t>(page.height_px),
                raster.data(),
                stored,
                stop_on_error
            ) == 0) {
            return false;
        }
        std::uint8_t* pixel = page.pixels.data();
        for (const std::uint32_t rgba : raster) {
            const unsigned paper = 255U - TIFFGetA(rgba); // colours come multiplied by alpha
            *pixel++ = static_cast<std::uint8_t>(std::min(255U, TIFFGetR(rgba) + paper));
            *pixel++ = static_cast<std::uint8_t>(std::min(255U, TIFFGetG(rgba) + paper));
            *pixel++ = static_cast<std::uint8_t>(std::min(255U, TIFFGetB(rgba) + paper));
        }
        return true;
    }

    BytesView bytes_;
    DecodeLimits limits_;
    TiffDirectories directories_;
};

} // namespace

std::unique_ptr<PageDecoder> open_tiff(BytesView bytes, const DecodeLimits& limits) {
    return std::make_unique<TiffDecoder>(bytes, limits);
}

} // namespace pleiade::image
