#include "pictures.h"

#include <tiffio.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

// After <cstdio>: it uses FILE without declaring it.
#include <jpeglib.h>

namespace pleiade::test {

EncodedImage bitonal_page(int width_px, int height_px, int dpi) {
    std::string name = std::filesystem::temp_directory_path() / "pleiade-g4-XXXXXX";
    const int descriptor = ::mkstemp(name.data());
    TIFF* tiff = TIFFFdOpen(descriptor, name.c_str(), "w");
    if (tiff == nullptr) {
        throw std::runtime_error("cannot write " + name);
    }
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(width_px));
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(height_px));
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(tiff, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(height_px));
    std::vector<unsigned char> row(static_cast<std::size_t>(width_px + 7) / 8);
    for (int y = 0; y < height_px; ++y) {
        const bool in_bar = y >= height_px / 4 && y < height_px / 3;
        row.assign(row.size(), in_bar ? 0xF0 : 0x00);
        TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0);
    }
    TIFFFlush(tiff);
    TIFFClose(tiff);

    tiff = TIFFOpen(name.c_str(), "r");
    EncodedImage image{ImageCoding::Ccitt4, width_px, height_px, 1, dpi, {}};
    image.bytes.resize(static_cast<std::size_t>(TIFFRawStripSize(tiff, 0)));
    TIFFReadRawStrip(tiff, 0, image.bytes.data(), static_cast<tmsize_t>(image.bytes.size()));
    TIFFClose(tiff);
    std::filesystem::remove(name);
    return image;
}

EncodedImage jpeg_page(int width_px, int height_px, int dpi, int channels) {
    jpeg_compress_struct packer{};
    jpeg_error_mgr errors{};
    packer.err = jpeg_std_error(&errors);
    jpeg_create_compress(&packer);
    unsigned char* packed = nullptr;
    unsigned long packed_size = 0;
    jpeg_mem_dest(&packer, &packed, &packed_size);
    packer.image_width = static_cast<JDIMENSION>(width_px);
    packer.image_height = static_cast<JDIMENSION>(height_px);
    packer.input_components = channels;
    packer.in_color_space = channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&packer);
    jpeg_start_compress(&packer, TRUE);
    std::vector<unsigned char> row(static_cast<std::size_t>(width_px * channels));
    for (int y = 0; y < height_px; ++y) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = static_cast<unsigned char>(
                (static_cast<int>(i) + y) * 255 / (width_px * channels + height_px)
            );
        }
        unsigned char* rows = row.data();
        jpeg_write_scanlines(&packer, &rows, 1);
    }
    jpeg_finish_compress(&packer);
    EncodedImage image{ImageCoding::Jpeg, width_px, height_px, channels, dpi, {}};
    const auto* bytes = reinterpret_cast<const std::byte*>(packed);
    image.bytes.assign(bytes, bytes + packed_size);
    jpeg_destroy_compress(&packer);
    std::free(packed); // NOLINT(cppcoreguidelines-no-malloc): libjpeg allocated it so
    return image;
}

} // namespace pleiade::test
