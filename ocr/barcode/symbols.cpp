#define ZX_USE_UTF8 1 // text() gives UTF-8, as it will in later versions
#include "ocr/barcode/symbols.h"

#include "core/bytes.h"
#include "ocr/barcode/mark_text.h"

#include <ZXing/GTIN.h>
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace pleiade::ocr {
namespace {

using ZXing::BarcodeFormat;

const ZXing::BarcodeFormats two_dimensional = BarcodeFormat::QRCode | BarcodeFormat::MicroQRCode |
                                              BarcodeFormat::DataMatrix | BarcodeFormat::PDF417 |
                                              BarcodeFormat::Aztec | BarcodeFormat::MaxiCode;

const ZXing::BarcodeFormats linear =
    BarcodeFormat::Code128 | BarcodeFormat::Code39 | BarcodeFormat::Code93 | BarcodeFormat::ITF |
    BarcodeFormat::EAN13 | BarcodeFormat::EAN8 | BarcodeFormat::UPCA | BarcodeFormat::UPCE |
    BarcodeFormat::Codabar;

const ZXing::BarcodeFormats data_bars = BarcodeFormat::DataBar | BarcodeFormat::DataBarExpanded;

/// What a two-dimensional symbol holds, where the text that is kept does not say it: a signature in
/// raw bytes, letters in another encoding. Of linear symbols the text is all there is.
Bytes bytes_beyond_text(const ZXing::Result& result, const std::string& kept_text) {
    if (!two_dimensional.testFlag(result.format())) {
        return {};
    }
    const std::span<const std::uint8_t> content(result.bytes().data(), result.bytes().size());
    const BytesView bytes = std::as_bytes(content);
    return text_of(bytes) == kept_text ? Bytes() : Bytes(bytes.begin(), bytes.end());
}

/// spec: only Code 39, interleaved 2 of 5 and Codabar carry no check that every reader must verify
/// (ISO/IEC 16388, 16390; EN 798). An ITF of 14 digits is nearly always a GTIN, whose last digit
/// verifies the others (ISO/IEC 15420 annex A).
Check check_of(const ZXing::Result& result) {
    constexpr std::size_t gtin_digits = 14;
    switch (result.format()) {
    case BarcodeFormat::ITF:
        return result.text().size() == gtin_digits && ZXing::GTIN::IsCheckDigitValid(result.text())
                   ? Check::Good
                   : Check::None;
    case BarcodeFormat::Code39:
    case BarcodeFormat::Codabar:
        return Check::None;
    default:
        return Check::Good;
    }
}

Symbol as_symbol(const ZXing::Result& result) {
    Symbol symbol;
    symbol.mark.format = ZXing::ToString(result.format());
    symbol.mark.text = keepable_text(result.text());
    symbol.mark.bytes = bytes_beyond_text(result, symbol.mark.text);
    symbol.mark.check = check_of(result);
    symbol.lines = result.lineCount();
    constexpr int far = std::numeric_limits<int>::max();
    Box box{far, far, 0, 0};
    std::transform(
        result.position().begin(),
        result.position().end(),
        symbol.corners.begin(),
        [&](const ZXing::PointI& corner) {
            box.x0 = std::min(box.x0, corner.x);
            box.y0 = std::min(box.y0, corner.y);
            box.x1 = std::max(box.x1, corner.x + 1);
            box.y1 = std::max(box.y1, corner.y + 1);
            return cv::Point(corner.x, corner.y);
        }
    );
    symbol.mark.box_px = box;
    return symbol;
}

ZXing::Binarizer binarizer_of(Threshold threshold) {
    switch (threshold) {
    case Threshold::Global:
        return ZXing::Binarizer::GlobalHistogram;
    case Threshold::Middle:
        return ZXing::Binarizer::FixedThreshold;
    default:
        return ZXing::Binarizer::LocalAverage;
    }
}

std::vector<Symbol> symbols_in(const cv::Mat& grey, const ZXing::DecodeHints& hints) {
    const ZXing::ImageView view(
        grey.data, grey.cols, grey.rows, ZXing::ImageFormat::Lum, static_cast<int>(grey.step[0])
    );
    std::vector<Symbol> symbols;
    for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints)) {
        if (result.isValid()) {
            symbols.push_back(as_symbol(result));
        }
    }
    return symbols;
}

} // namespace

std::vector<Symbol> two_dimensional_symbols(const cv::Mat& grey, Threshold threshold) {
    ZXing::DecodeHints hints;
    hints.setFormats(two_dimensional).setBinarizer(binarizer_of(threshold)).setTryDownscale(false);
    return symbols_in(grey, hints);
}

std::vector<Symbol> qr_symbols(const cv::Mat& grey) {
    ZXing::DecodeHints hints;
    hints.setFormats(BarcodeFormat::QRCode).setTryDownscale(false);
    return symbols_in(grey, hints);
}

std::vector<Symbol> linear_symbols(const cv::Mat& lines, Threshold threshold) {
    // No reduced copies: with them ZXing-C++ 1.4 as Debian builds it stops the process on some
    // pictures (assertion lineCount() == 1 in Result.cpp).
    ZXing::DecodeHints hints;
    hints.setFormats(linear)
        .setBinarizer(binarizer_of(threshold))
        .setTryDownscale(false)
        .setTryRotate(false);
    return symbols_in(lines, hints);
}

std::vector<Symbol> data_bar_symbols(const cv::Mat& lines, Threshold threshold) {
    // Ends with the first reading: comparing two may stop the process (see linear_symbols).
    ZXing::DecodeHints hints;
    hints.setFormats(data_bars)
        .setBinarizer(binarizer_of(threshold))
        .setTryDownscale(false)
        .setTryRotate(false)
        .setMinLineCount(1)
        .setMaxNumberOfSymbols(1);
    std::vector<Symbol> symbols = symbols_in(lines, hints);
    // spec: ISO/IEC 24724 5.3, a GTIN of 14 digits; the decoder lets larger numbers pass
    constexpr std::size_t gtin_digits = 14;
    std::erase_if(symbols, [](const Symbol& symbol) {
        return symbol.mark.format == "DataBar" && symbol.mark.text.size() != gtin_digits;
    });
    return symbols;
}

bool strongly_checked(const Mark& mark) {
    constexpr std::array<std::string_view, 4> formats{
        "Code128", "Code93", "DataBar", "DataBarExpanded"};
    return std::find(formats.begin(), formats.end(), mark.format) != formats.end();
}

} // namespace pleiade::ocr
