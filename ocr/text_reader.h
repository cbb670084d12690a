#pragma once
// Reads the printed text of a page. What the text means (identifiers, fields): ocr/identifiers and
// ocr/forms.

#include "core/box.h"
#include "core/page_image.h"
#include "core/page_text.h"

#include <memory>
#include <string>

namespace pleiade::ocr {

/// What a zone may hold. A narrower promise reads better: letters are not even considered in a
/// field of digits.
enum class ZoneContent {
    Text,
    Digits,
    DigitsAndCapitals,
};

/// One per process and thread: it keeps its language model loaded and is not shareable.
///
/// All boxes are in pixels of the page given, whatever happens to the picture inside.
class TextReader {
public:
    TextReader() = default;
    virtual ~TextReader() = default;
    TextReader(const TextReader&) = delete;
    TextReader& operator=(const TextReader&) = delete;
    TextReader(TextReader&&) = delete;
    TextReader& operator=(TextReader&&) = delete;

    /// All text of an upright one-channel page, without characters. Nothing read = no words.
    [[nodiscard]] virtual PageText read_page(const PageImage& grey) = 0;

    /// The lines of one zone with characters: box, confidence, second choice. Parts of the zone
    /// outside the page are ignored.
    [[nodiscard]] virtual PageText
    read_zone(const PageImage& grey, Box zone_px, ZoneContent content) = 0;
};

struct TesseractSettings {
    std::string data_folder; ///< Empty: where the Debian package puts it.
    std::string language = "fra";
};

/// @throws Error(FixConfiguration) when the language data is missing, naming the package.
[[nodiscard]] std::unique_ptr<TextReader> make_tesseract_text_reader(const TesseractSettings&);

} // namespace pleiade::ocr
