#include "ocr/tesseract/pix.h"

#include "core/failure.h"

#include <cstdint>
#include <cstring>
#include <string>

namespace pleiade::ocr {
namespace {

PixOwner required(Pix* pix, const char* step) {
    if (pix == nullptr) {
        throw Error(Remedy::FixInput, std::string("page picture cannot be ") + step);
    }
    return PixOwner(pix);
}

} // namespace

PixOwner make_pix(const PageImage& grey, const Box& box, Margin margin) {
    const int width = box.width() + 2 * margin.px;
    const int height = box.height() + 2 * margin.px;
    PixOwner pix = required(pixCreate(width, height, 8), "held in memory");
    if (margin.px > 0) {
        pixSetAll(pix.get());
    }
    const auto words_per_line = static_cast<std::size_t>(pixGetWpl(pix.get()));
    std::uint32_t* data = pixGetData(pix.get());
    for (int y = 0; y < box.height(); ++y) {
        std::uint32_t* line = data + static_cast<std::size_t>(y + margin.px) * words_per_line;
        std::memcpy(
            reinterpret_cast<std::uint8_t*>(line) + margin.px,
            grey.row(box.y0 + y) + box.x0,
            static_cast<std::size_t>(box.width())
        );
    }
    pixEndianByteSwap(pix.get()); // Leptonica keeps the leftmost pixel in the highest byte
    pixSetResolution(pix.get(), grey.dpi, grey.dpi);
    return pix;
}

PixOwner scaled(const PixOwner& pix, double factor) {
    const auto by = static_cast<float>(factor);
    return required(
        factor < 1.0 ? pixScaleAreaMap(pix.get(), by, by) : pixScaleGrayLI(pix.get(), by, by),
        "scaled"
    );
}

} // namespace pleiade::ocr
