#include "tests/unit/image/picture_files.h"

#include <jpeglib.h>
#include <png.h>
#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <stdexcept>

namespace pleiade::test {
namespace {

void append(Bytes& bytes, const void* data, std::size_t count) {
    const auto* first = static_cast<const std::byte*>(data);
    bytes.insert(bytes.end(), first, first + count);
}

/// Rows of a page with its bits packed when it is bitonal.
std::vector<std::uint8_t> row_of(const PageImage& page, int y, bool one_is_white) {
    const std::uint8_t* row = page.row(y);
    if (page.depth != ColourDepth::Bitonal) {
        return {row, row + page.row_bytes()};
    }
    std::vector<std::uint8_t> packed(static_cast<std::size_t>(page.width_px + 7) / 8, 0);
    for (std::size_t x = 0; x < page.row_bytes(); ++x) {
        if ((row[x] != 0) == one_is_white) {
            packed[x / 8] = static_cast<std::uint8_t>(packed[x / 8] | 0x80U >> x % 8);
        }
    }
    return packed;
}

struct Memory {
    Bytes bytes;
    std::size_t at = 0;
};

Memory& memory_of(thandle_t handle) {
    return *static_cast<Memory*>(handle);
}

TIFF* open_over(Memory& memory, const char* mode) {
    memory.at = 0;
    return TIFFClientOpen(
        "test",
        mode,
        &memory,
        [](thandle_t handle, void* target, tmsize_t size) -> tmsize_t {
            Memory& file = memory_of(handle);
            const std::size_t got =
                std::min(static_cast<std::size_t>(size), file.bytes.size() - file.at);
            std::memcpy(target, file.bytes.data() + file.at, got);
            file.at += got;
            return static_cast<tmsize_t>(got);
        },
        [](thandle_t handle, void* source, tmsize_t size) -> tmsize_t {
            Memory& file = memory_of(handle);
            const auto count = static_cast<std::size_t>(size);
            file.bytes.resize(std::max(file.bytes.size(), file.at + count));
            std::memcpy(file.bytes.data() + file.at, source, count);
            file.at += count;
            return size;
        },
        [](thandle_t handle, toff_t offset, int whence) -> toff_t {
            Memory& file = memory_of(handle);
            const std::size_t base = whence == SEEK_CUR   ? file.at
                                     : whence == SEEK_END ? file.bytes.size()
                                                          : 0;
            return file.at = base + static_cast<std::size_t>(offset);
        },
        [](thandle_t) { return 0; },
        [](thandle_t handle) -> toff_t { return memory_of(handle).bytes.size(); },
        nullptr,
        nullptr
    );
}

void set_fields(TIFF* tiff, const TiffPage& page) {
    const bool bitonal = page.image.depth == ColourDepth::Bitonal;
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, page.claim_px > 0 ? page.claim_px : page.image.width_px);
    TIFFSetField(
        tiff, TIFFTAG_IMAGELENGTH, page.claim_px > 0 ? page.claim_px : page.image.height_px
    );
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bitonal ? 1 : 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, page.image.channels);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(
        tiff,
        TIFFTAG_PHOTOMETRIC,
        page.image.channels == 3 ? PHOTOMETRIC_RGB
        : page.min_is_white      ? PHOTOMETRIC_MINISWHITE
                                 : PHOTOMETRIC_MINISBLACK
    );
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, page.compression);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, page.orientation);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, page.x_dpi);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, page.y_dpi);
    if (page.tiled) {
        TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 16);
        TIFFSetField(tiff, TIFFTAG_TILELENGTH, 16);
    } else {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, page.image.height_px);
    }
}

std::vector<std::uint8_t> rows_of(const TiffPage& page) {
    std::vector<std::uint8_t> rows;
    for (int y = 0; y < page.image.height_px; ++y) {
        const std::vector<std::uint8_t> row = row_of(page.image, y, !page.min_is_white);
        rows.insert(rows.end(), row.begin(), row.end());
    }
    return rows;
}

void write_tiles(TIFF* tiff, const TiffPage& page) {
    constexpr std::uint32_t side = 16;
    const std::vector<std::uint8_t> rows = rows_of(page);
    const std::size_t stride = rows.size() / static_cast<std::size_t>(page.image.height_px);
    const auto tile_stride = static_cast<std::size_t>(TIFFTileRowSize(tiff));
    for (std::uint32_t y = 0; y < static_cast<std::uint32_t>(page.image.height_px); y += side) {
        for (std::size_t x = 0; x < stride; x += tile_stride) {
            std::vector<std::uint8_t> tile(tile_stride * side, 0);
            for (std::size_t row = 0; row < side; ++row) {
                std::memcpy(
                    tile.data() + row * tile_stride,
                    rows.data() + (y + row) * stride + x,
                    std::min(tile_stride, stride - x)
                );
            }
            TIFFWriteEncodedTile(
                tiff,
                TIFFComputeTile(tiff, static_cast<std::uint32_t>(x / tile_stride) * side, y, 0, 0),
                tile.data(),
                static_cast<tmsize_t>(tile.size())
            );
        }
    }
}

void write_strip(TIFF* tiff, const TiffPage& page) {
    std::vector<std::uint8_t> rows = rows_of(page);
    TIFFWriteEncodedStrip(tiff, 0, rows.data(), static_cast<tmsize_t>(rows.size()));
}

/// The strip as it would be written, its end missing.
void write_part_of_strip(TIFF* tiff, const TiffPage& page) {
    TiffPage whole = page;
    whole.lose = 0.0;
    Memory memory{tiff_file({whole}), 0};
    TIFF* source = open_over(memory, "rm");
    std::uint32_t tables_size = 0;
    void* tables = nullptr;
    if (TIFFGetField(source, TIFFTAG_JPEGTABLES, &tables_size, &tables) == 1) {
        TIFFSetField(tiff, TIFFTAG_JPEGTABLES, tables_size, tables);
    }
    std::vector<std::uint8_t> strip(TIFFRawStripSize64(source, 0));
    TIFFReadRawStrip(source, 0, strip.data(), static_cast<tmsize_t>(strip.size()));
    TIFFClose(source);
    const auto kept = static_cast<tmsize_t>(static_cast<double>(strip.size()) * (1.0 - page.lose));
    TIFFWriteRawStrip(tiff, 0, strip.data(), kept);
}

} // namespace

Bytes tiff_file(const std::vector<TiffPage>& pages) {
    Memory memory;
    TIFF* tiff = open_over(memory, "w");
    for (const TiffPage& page : pages) {
        set_fields(tiff, page);
        if (page.claim_px > 0) {
            std::array<std::uint8_t, 4> nothing{};
            TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, page.claim_px);
            TIFFWriteRawStrip(tiff, 0, nothing.data(), nothing.size());
        } else if (page.tiled) {
            write_tiles(tiff, page);
        } else if (page.lose > 0.0) {
            write_part_of_strip(tiff, page);
        } else {
            write_strip(tiff, page);
        }
        TIFFWriteDirectory(tiff);
    }
    TIFFClose(tiff);
    return memory.bytes;
}

Bytes with_broken_second_directory(Bytes tiff) {
    std::uint32_t directory = 0;
    std::uint16_t entries = 0;
    std::memcpy(&directory, tiff.data() + 4, sizeof directory);
    std::memcpy(&entries, tiff.data() + directory, sizeof entries);
    const std::uint32_t nowhere = 0x7FFF'FFF0;
    std::memcpy(tiff.data() + directory + 2 + 12U * entries, &nowhere, sizeof nowhere);
    return tiff;
}

Bytes png_file(const PageImage& page) {
    Bytes file;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(
        png,
        &file,
        [](png_structp writer, png_bytep data, size_t count) {
            append(*static_cast<Bytes*>(png_get_io_ptr(writer)), data, count);
        },
        [](png_structp) {}
    );
    png_set_IHDR(
        png,
        info,
        static_cast<png_uint_32>(page.width_px),
        static_cast<png_uint_32>(page.height_px),
        page.depth == ColourDepth::Bitonal ? 1 : 8,
        page.channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY,
        PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_DEFAULT,
        PNG_FILTER_TYPE_DEFAULT
    );
    png_write_info(png, info);
    for (int y = 0; y < page.height_px; ++y) {
        png_write_row(png, row_of(page, y, true).data());
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return file;
}

Bytes jpeg_file(const PageImage& page, const JpegFile& options) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* target = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &target, &size);
    info.image_width = static_cast<JDIMENSION>(page.width_px);
    info.image_height = static_cast<JDIMENSION>(page.height_px);
    info.input_components = options.cmyk ? 4 : page.channels;
    info.in_color_space = options.cmyk ? JCS_CMYK : page.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 95, TRUE);
    info.density_unit = options.per_centimetre ? 2 : 1;
    info.X_density = static_cast<UINT16>(options.dpi);
    info.Y_density = info.X_density;
    jpeg_start_compress(&info, TRUE);
    if (options.orientation != 0) {
        std::array<unsigned char, 32> exif{"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"};
        exif.at(24) = static_cast<unsigned char>(options.orientation);
        jpeg_write_marker(&info, JPEG_APP0 + 1, exif.data(), exif.size());
    }
    for (int y = 0; y < page.height_px; ++y) {
        std::vector<std::uint8_t> row(page.row(y), page.row(y) + page.row_bytes());
        if (options.cmyk) {
            std::vector<std::uint8_t> inks;
            for (const std::uint8_t light : row) {
                inks.insert(inks.end(), {255, 255, 255, light});
            }
            row = inks;
        }
        JSAMPROW pointer = row.data();
        jpeg_write_scanlines(&info, &pointer, 1);
    }
    jpeg_finish_compress(&info);
    Bytes file;
    append(file, target, size);
    jpeg_destroy_compress(&info);
    std::free(target);
    return file;
}

namespace {

/// One page of this size, and object 5 where a picture is given.
Bytes pdf_of(double width_mm, double height_mm, const std::string& content, const std::string& i) {
    constexpr double points_per_mm = 72.0 / 25.4;
    const std::string box = "[0 0 " + std::to_string(width_mm * points_per_mm) + " " +
                            std::to_string(height_mm * points_per_mm) + "]";
    const std::string resources = i.empty() ? "<<>>" : "<</XObject<</I 5 0 R>>>>";
    std::vector<std::string> objects{
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox" + box + "/Resources" + resources + "/Contents 4 0 R>>",
        "<</Length " + std::to_string(content.size()) + ">>stream\n" + content + "\nendstream"};
    if (!i.empty()) {
        objects.push_back(i);
    }
    std::string text = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t number = 1; number <= objects.size(); ++number) {
        std::string offset = std::to_string(text.size());
        offset.insert(0, 10 - offset.size(), '0');
        table += offset + " 00000 n \n";
        text += std::to_string(number) + " 0 obj" + objects.at(number - 1) + "\nendobj\n";
    }
    const std::string start = std::to_string(text.size());
    const std::string size = std::to_string(objects.size() + 1);
    text += "xref\n0 " + size + "\n" + table + "trailer<</Size " + size +
            "/Root 1 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
    const BytesView bytes = bytes_of(text);
    return {bytes.begin(), bytes.end()};
}

} // namespace

Bytes pdf_file(double width_mm, double height_mm, const std::string& content) {
    return pdf_of(width_mm, height_mm, content, "");
}

Bytes pdf_file(const PdfPicture& picture) {
    const std::string bytes = text_of(picture.bytes);
    return pdf_of(
        100.0,
        100.0,
        "q 283 0 0 283 0 0 cm /I Do Q",
        "<</Type/XObject/Subtype/Image/Width " + std::to_string(picture.width_px) + "/Height " +
            std::to_string(picture.height_px) +
            "/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/" + picture.filter + "/Length " +
            std::to_string(bytes.size()) + ">>stream\n" + bytes + "\nendstream"
    );
}

} // namespace pleiade::test
