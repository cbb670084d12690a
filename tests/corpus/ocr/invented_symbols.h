#pragma once
// Symbols with invented contents, laid onto a page at any size and angle.

#include "tests/corpus/ocr/dice.h"
#include "tests/unit/ocr/mark_painter.h"

#include <opencv2/core.hpp>

#include <array>
#include <string>

namespace pleiade::test {

struct Kind {
    Symbology symbology;
    const char* format;
    bool linear;
};

inline constexpr std::array<Kind, 13> symbologies{{
    {Symbology::Code128, "Code128", true},
    {Symbology::DataMatrix, "DataMatrix", false},
    {Symbology::Code39, "Code39", true},
    {Symbology::Qr, "QRCode", false},
    {Symbology::Itf, "ITF", true},
    {Symbology::Pdf417, "PDF417", false},
    {Symbology::Ean13, "EAN-13", true},
    {Symbology::Aztec, "Aztec", false},
    {Symbology::Codabar, "Codabar", true},
    {Symbology::UpcA, "UPC-A", true},
    {Symbology::Ean8, "EAN-8", true},
    {Symbology::Code93, "Code93", true},
    {Symbology::DataBar, "DataBar", true},
}};

/// What zint is given and what the reader must say.
struct Content {
    std::string given;
    std::string read;
};

[[nodiscard]] Content content_of(Symbology symbology, Dice& dice);

/// How a symbol is laid onto its page.
struct Laying {
    double module_px = 3.0;
    double angle_deg = 0.0;
    double ink = 20.0;
    double paper = 250.0;
};

/// A symbol with its quiet zone, one pixel for each module.
[[nodiscard]] cv::Mat modules_of(const Kind& kind, const std::string& given, Dice& dice);

/// Half of the box that the turned symbol needs on the page.
[[nodiscard]] cv::Point2d half_size(const cv::Mat& modules, const Laying& laying);

/// Every pixel is the mean of sixteen points, as a scanner's cell sees a part of a module.
void lay(cv::Mat& page, const cv::Mat& modules, cv::Point2d middle, const Laying& laying);

} // namespace pleiade::test
