#pragma once
// Reads one text line: cuts it out, runs the network over it, and says what stands where.

#include "core/bytes.h"
#include "core/page_image.h"
#include "core/page_text.h"
#include "ocr/lstm/charset.h"
#include "ocr/lstm/decode.h"
#include "ocr/lstm/dictionary.h"
#include "ocr/lstm/line_network.h"
#include "ocr/lstm/line_picture.h"
#include "ocr/text_reader.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::ocr {

/// Weighted by length; 0 without words.
[[nodiscard]] double mean_confidence(const std::vector<Word>& words);

enum class Detail { Words, Characters };

class LineReader {
public:
    /// @param file A language file of Tesseract.
    /// @return Nothing when its network is of a kind we do not run.
    /// @throws Error(FixConfiguration) when the file is broken.
    [[nodiscard]] static std::optional<LineReader> open(BytesView file);

    /// The words of a line of an upright one-channel page, left to right, `line_index` 0.
    ///
    /// Confidence is on Tesseract's scale: 1 + 0.35 ln(odds of the least likely character).
    [[nodiscard]] std::vector<Word>
    read(const PageImage& grey, const LinePlace& place, ZoneContent content, Detail detail) const;

    /// How many letters stand in words of three and more that the dictionary knows: what a reading
    /// is worth, on whatever scale its confidence is.
    [[nodiscard]] std::size_t known_letters(const std::vector<Word>& words) const;

private:
    LineReader(LineNetwork network, Charset charset, Dictionary dictionary);

    [[nodiscard]] std::vector<Word> read_once(
        const PageImage& grey, const LinePlace& place, ZoneContent content, Detail detail
    ) const;
    /// A blank for what the network does not know.
    [[nodiscard]] std::vector<std::size_t> codes_of(std::string_view text) const;
    [[nodiscard]] AllowedCodes allowed_in(ZoneContent content) const;

    LineNetwork network_;
    Charset charset_;
    Dictionary dictionary_;
    std::map<std::string, std::size_t, std::less<>> code_of_; ///< By character.
};

} // namespace pleiade::ocr
