#pragma once
// Barcode symbols as black rectangles, counted in modules. Keeps libzint out of the sheet.

#include <string>
#include <vector>

namespace pleiade::capture {

struct ModuleRectangle {
    double x = 0.0;
    double y = 0.0;
    double width = 0.0;
    double height = 0.0;
};

struct Symbol {
    double width = 0.0; ///< Modules, without quiet zones.
    double height = 0.0;
    std::vector<ModuleRectangle> rectangles;
};

/// One row of bars, one module high. Source: ISO/IEC 15417.
[[nodiscard]] Symbol code_128(const std::string& ascii);

/// Error correction level Q. Source: ISO/IEC 18004.
[[nodiscard]] Symbol qr_code(const std::string& ascii);

} // namespace pleiade::capture
