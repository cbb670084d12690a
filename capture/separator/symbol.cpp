#include "capture/separator/symbol.h"

#include <zint.h>

#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

namespace pleiade::capture {
namespace {

struct DeleteSymbol {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

/// `level` means what the symbology says; 0 leaves the choice to the encoder.
Symbol encoded(int symbology, const std::string& ascii, int level) {
    const std::unique_ptr<zint_symbol, DeleteSymbol> symbol(ZBarcode_Create());
    if (symbol == nullptr) {
        throw std::bad_alloc();
    }
    symbol->symbology = symbology;
    if (level > 0) {
        symbol->option_1 = level;
    }
    const std::vector<unsigned char> source(ascii.begin(), ascii.end());
    const int result =
        ZBarcode_Encode(symbol.get(), source.data(), static_cast<int>(source.size()));
    if (result >= ZINT_ERROR) {
        throw std::logic_error("cannot encode " + ascii + ": " + symbol->errtxt);
    }
    Symbol drawn{static_cast<double>(symbol->width), static_cast<double>(symbol->rows), {}};
    for (int row = 0; row < symbol->rows; ++row) {
        const auto dark = [&symbol, row](int x) {
            return (symbol->encoded_data[row][x / 8] >> (x % 8) & 1) != 0;
        };
        for (int x = 0; x < symbol->width; ++x) {
            const int start = x;
            while (x < symbol->width && dark(x)) {
                ++x;
            }
            if (x > start) {
                drawn.rectangles.push_back(
                    {static_cast<double>(start),
                     static_cast<double>(row),
                     static_cast<double>(x - start),
                     1.0}
                );
            }
        }
    }
    return drawn;
}

} // namespace

Symbol code_128(const std::string& ascii) {
    return encoded(BARCODE_CODE128, ascii, 0);
}

Symbol qr_code(const std::string& ascii) {
    constexpr int level_q = 3; // spec: libzint manual 6.6.3: a quarter of the symbol may be lost
    return encoded(BARCODE_QRCODE, ascii, level_q);
}

} // namespace pleiade::capture
