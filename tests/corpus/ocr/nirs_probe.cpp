// Reads the numbers on the pictures it is given on standard input with the real engine: for
// measuring from outside, with lines painted by another program (nirs_proof.py).
//
//   WIDTH HEIGHT DPI BITONAL, then the pixels
//       -> CPU ms, then for each NIR "value valid repaired key_computed confidence"; by tabs

#include "ocr/cell_reader.h"
#include "ocr/identifier_finder.h"
#include "ocr/text_reader.h"

#include <ctime>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

namespace pleiade::ocr {
namespace {

PageImage picture_of(const std::string& question) {
    PageImage page;
    bool bitonal = false;
    std::istringstream words(question);
    words >> page.width_px >> page.height_px >> page.dpi >> bitonal;
    page.depth = bitonal ? ColourDepth::Bitonal : ColourDepth::Grey;
    page.channels = 1;
    page.pixels.resize(page.row_bytes() * static_cast<std::size_t>(page.height_px));
    std::cin.read(
        reinterpret_cast<char*>(page.pixels.data()),
        static_cast<std::streamsize>(page.pixels.size())
    );
    return page;
}

void answer(const std::string& question, TextReader& texts, CellReader& cells) {
    const PageImage page = picture_of(question);
    const std::clock_t start = std::clock();
    const PageText text = texts.read_page(page);
    const std::vector<Identifier> found = find_identifiers(page, text, {}, texts, cells);
    std::cout << 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    for (const Identifier& identifier : found) {
        if (identifier.kind == IdentifierKind::Nir) {
            std::cout << '\t' << identifier.value << ' ' << identifier.valid << ' '
                      << identifier.repaired << ' ' << identifier.key_computed << ' '
                      << identifier.confidence;
        }
    }
    std::cout << std::endl;
}

} // namespace
} // namespace pleiade::ocr

int main() {
    const std::unique_ptr<pleiade::ocr::TextReader> texts =
        pleiade::ocr::make_tesseract_text_reader({});
    pleiade::ocr::CellReader cells;
    for (std::string question; std::getline(std::cin, question);) {
        pleiade::ocr::answer(question, *texts, cells);
    }
    return 0;
}
