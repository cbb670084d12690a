#define ZX_USE_UTF8 1 // text() gives UTF-8, as it will in later versions
#include "ocr/barcode/symbols.h"

#include "ocr/barcode/mark_text.h"

#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <limits>

namespace pleiade::ocr {
namespace {

using ZXing::BarcodeFormat;

const ZXing::BarcodeFormats two_dimensional = BarcodeFormat::QRCode | BarcodeFormat::MicroQRCode |
                                              BarcodeFormat::DataMatrix | BarcodeFormat::PDF417 |
                                              BarcodeFormat::Aztec;

const ZXing::BarcodeFormats linear =
    BarcodeFormat::Code128 | BarcodeFormat::Code39 | BarcodeFormat::ITF | BarcodeFormat::EAN13 |
    BarcodeFormat::EAN8 | BarcodeFormat::UPCA | BarcodeFormat::UPCE | BarcodeFormat::Codabar;

/// spec: only these carry no check that every reader must verify (ISO/IEC 16388 Code 39, 16390
/// interleaved 2 of 5; EN 798 Codabar)
Check check_of(BarcodeFormat format) {
    switch (format) {
    case BarcodeFormat::Code39:
    case BarcodeFormat::ITF:
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
    symbol.mark.check = check_of(result.format());
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

ZXing::ImageView view_of(const cv::Mat& grey) {
    return {
        grey.data, grey.cols, grey.rows, ZXing::ImageFormat::Lum, static_cast<int>(grey.step[0])};
}

} // namespace

std::vector<Symbol> two_dimensional_symbols(const cv::Mat& grey) {
    ZXing::DecodeHints hints;
    hints.setFormats(two_dimensional);
    std::vector<Symbol> symbols;
    for (const ZXing::Result& result : ZXing::ReadBarcodes(view_of(grey), hints)) {
        if (result.isValid()) {
            symbols.push_back(as_symbol(result));
        }
    }
    return symbols;
}

std::optional<Symbol> one_linear_symbol(const cv::Mat& grey) {
    ZXing::DecodeHints hints;
    hints.setFormats(linear).setMaxNumberOfSymbols(1);
    for (const ZXing::Result& result : ZXing::ReadBarcodes(view_of(grey), hints)) {
        if (result.isValid()) {
            return as_symbol(result);
        }
    }
    return std::nullopt;
}

} // namespace pleiade::ocr
