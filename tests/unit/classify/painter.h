#pragma once
// Paints the reading of a page by hand: words in lines with boxes, as text recognition gives them.

#include "core/page_reading.h"

#include <sstream>
#include <string>

namespace pleiade::classify::test {

inline constexpr int a4_width_px = 2480; // A4 at 300 dpi
inline constexpr int a4_height_px = 3508;
inline constexpr int body_px = 36; // letters of about 11 points

class Painter {
public:
    explicit Painter(int width_px = a4_width_px, int height_px = a4_height_px) {
        page_.geometry.width_px = width_px;
        page_.geometry.height_px = height_px;
    }

    /// One line of words from (x, y), letters `height_px` high.
    Painter& line(int x, int y, const std::string& words, int height_px = body_px) {
        TextLine text_line;
        std::istringstream stream(words);
        for (std::string word; stream >> word;) {
            const int width = static_cast<int>(letters(word)) * height_px * 6 / 10;
            const Box box{x, y, x + width, y + height_px};
            page_.text.words.push_back(
                {word, box, 0.93, static_cast<int>(page_.text.lines.size()), {}}
            );
            text_line.box_px = united(text_line.box_px, box);
            x += width + height_px / 3;
        }
        page_.text.lines.push_back(text_line);
        return *this;
    }

    /// Lines below each other, one per line of `words`.
    Painter& block(int x, int y, const std::string& words, int height_px = body_px) {
        std::istringstream stream(words);
        for (std::string row; std::getline(stream, row); y += height_px * 3 / 2) {
            line(x, y, row, height_px);
        }
        return *this;
    }

    /// A checked number, painted as a line too.
    Painter& identifier(int x, int y, IdentifierKind kind, const std::string& value) {
        line(x, y, value);
        page_.identifiers.push_back(
            {.kind = kind,
             .value = value,
             .valid = true,
             .confidence = 0.97,
             .box_px = page_.text.lines.back().box_px}
        );
        return *this;
    }

    Painter& invalid_identifier(int x, int y, IdentifierKind kind, const std::string& value) {
        identifier(x, y, kind, value);
        page_.identifiers.back().valid = false;
        return *this;
    }

    Painter& mark(const std::string& format, const std::string& text) {
        page_.marks.push_back({format, text, {100, 100, 300, 300}, Check::Good});
        return *this;
    }

    /// How sure text recognition was of the page as a whole.
    Painter& read_with(double confidence) {
        page_.text.confidence = confidence;
        return *this;
    }

    [[nodiscard]] PageReading page() const { return page_; }

private:
    static std::size_t letters(const std::string& utf8) {
        std::size_t count = 0;
        for (const char c : utf8) {
            count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
        }
        return count;
    }

    PageReading page_;
};

inline PageReading blank_page() {
    PageReading page = Painter().page();
    page.blank = true;
    return page;
}

inline PageReading document_separator() {
    PageReading page = Painter().page();
    page.separator = Separator{SeparatorKind::Document, "", ""};
    return page;
}

} // namespace pleiade::classify::test
