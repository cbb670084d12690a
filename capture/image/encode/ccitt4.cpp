#include "capture/image/encode/ccitt4.h"

#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace pleiade::image {
namespace {

/// A TIFF file in memory, thrown away once its strip has been taken out.
struct Memory {
    Bytes bytes;
    std::size_t at = 0;
};

Memory& memory_of(thandle_t handle) {
    return *static_cast<Memory*>(handle);
}

tmsize_t read_some(thandle_t handle, void* target, tmsize_t size) {
    Memory& memory = memory_of(handle);
    const std::size_t there = memory.bytes.size() - std::min(memory.at, memory.bytes.size());
    const std::size_t got = std::min(static_cast<std::size_t>(size), there);
    std::memcpy(target, memory.bytes.data() + memory.at, got);
    memory.at += got;
    return static_cast<tmsize_t>(got);
}

tmsize_t write_some(thandle_t handle, void* source, tmsize_t size) {
    Memory& memory = memory_of(handle);
    const auto count = static_cast<std::size_t>(size);
    memory.bytes.resize(std::max(memory.bytes.size(), memory.at + count));
    std::memcpy(memory.bytes.data() + memory.at, source, count);
    memory.at += count;
    return size;
}

toff_t seek_to(thandle_t handle, toff_t offset, int whence) {
    Memory& memory = memory_of(handle);
    const std::size_t base = whence == SEEK_CUR   ? memory.at
                             : whence == SEEK_END ? memory.bytes.size()
                                                  : 0;
    memory.at = base + static_cast<std::size_t>(offset);
    return memory.at;
}

int close_nothing(thandle_t /*handle*/) {
    return 0;
}

toff_t size_of(thandle_t handle) {
    return memory_of(handle).bytes.size();
}

int stay_silent(
    TIFF* /*tiff*/, void* /*user*/, const char* /*module*/, const char* /*text*/, va_list /*values*/
) {
    return 1;
}

struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, Close>;

Tiff open_over(Memory& memory, const char* mode) {
    TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, stay_silent, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options, stay_silent, nullptr);
    Tiff tiff(TIFFClientOpenExt(
        "strip",
        mode,
        &memory,
        read_some,
        write_some,
        seek_to,
        close_nothing,
        size_of,
        nullptr,
        nullptr,
        options
    ));
    TIFFOpenOptionsFree(options);
    return tiff;
}

} // namespace

Bytes ccitt4_of(OneBit page) {
    Memory memory;
    {
        const Tiff tiff = open_over(memory, "w");
        if (tiff == nullptr) {
            throw std::runtime_error("libtiff cannot open a file in memory");
        }
        TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, page.width_px);
        TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, page.height_px);
        TIFFSetField(tiff.get(), TIFFTAG_ROWSPERSTRIP, page.height_px);
        TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, 1);
        TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, 1);
        TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
        TIFFSetField(tiff.get(), TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
        const auto size = static_cast<tmsize_t>(page.bits.size());
        if (TIFFWriteEncodedStrip(tiff.get(), 0, page.bits.data(), size) < 0) {
            throw std::runtime_error("libtiff cannot encode a one-bit page");
        }
    }
    memory.at = 0; // libtiff reads the header from where the handle stands
    const Tiff tiff = open_over(memory, "rm");
    const std::uint64_t size = tiff != nullptr ? TIFFRawStripSize64(tiff.get(), 0) : 0;
    Bytes stream(size);
    if (size == 0 ||
        TIFFReadRawStrip(tiff.get(), 0, stream.data(), static_cast<tmsize_t>(size)) < 0) {
        throw std::runtime_error("libtiff cannot give back a one-bit page");
    }
    return stream;
}

} // namespace pleiade::image
