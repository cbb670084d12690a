#include "ged-export/pdf/text_layer.h"

#include "ged-export/pdf/glyphless_font.h"
#include "ged-export/pdf/number.h"
#include "ged-export/pdf/unicode.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace pleiade::ged {
namespace {

// chosen: words are marked within a twentieth of the type size, 2 px of a usual line; every further
// shape is a font of half a kilobyte
constexpr int shape_step = 100;
// chosen: dashes and full stops are marked as high as small letters, frames taken for letters are
// not marked to their feet
constexpr int least_ascent = 500;
constexpr int most_descent = 400;
constexpr double ink_above_baseline = 0.72; // measured: capitals of Helvetica, Times and DejaVu
// measured: pdftotext 22.12 joins words that are less than 0.15 of the type size apart
constexpr double least_gap = 0.17;
// measured: in one line, words of small letters only are 0.7 as tall as words with capitals
constexpr double tallest_word = 1.6;

/// A word with what is needed to set it.
struct PlacedWord {
    std::u32string codes;
    Box box_px;
    int line_index = 0;
    double baseline_px = 0.0;
    bool space_after = false;
    double gap_px = 0.0; ///< To the next word of the line.

    [[nodiscard]] double ascent_px() const { return baseline_px - box_px.y0; }
    [[nodiscard]] double descent_px() const { return box_px.y1 - baseline_px; }
};

/// The characters that the font can show: the Basic Multilingual Plane without controls.
std::u32string showable(const std::string& utf8) {
    std::u32string codes = code_points(utf8);
    std::erase_if(codes, [](char32_t code) { return code < 0x20 || code == 0x7F; });
    std::replace_if(
        codes.begin(),
        codes.end(),
        [](char32_t code) { return code > 0xFFFF; },
        replacement_character
    );
    return codes;
}

/// Height of the baseline under the middle of the word; the bottom of its box when the line does
/// not know better.
double baseline_of(const Word& word, const PageText& text) {
    const auto index = static_cast<std::size_t>(word.line_index);
    if (word.line_index < 0 || index >= text.lines.size()) {
        return word.box_px.y1;
    }
    const TextLine& line = text.lines[index];
    const double middle = (word.box_px.x0 + word.box_px.x1) / 2.0;
    const double along =
        line.box_px.width() > 0 ? (middle - line.box_px.x0) / line.box_px.width() : 0.0;
    const double baseline =
        line.baseline_y0_px + along * (line.baseline_y1_px - line.baseline_y0_px);
    const bool crosses_word = baseline > word.box_px.y0 && baseline <= word.box_px.y1;
    return crosses_word ? baseline : word.box_px.y1;
}

std::vector<PlacedWord> placed_words(const PageText& text) {
    std::vector<PlacedWord> words;
    words.reserve(text.words.size());
    for (const Word& word : text.words) {
        PlacedWord placed{
            .codes = showable(word.text),
            .box_px = word.box_px,
            .line_index = word.line_index,
            .baseline_px = baseline_of(word, text)};
        if (placed.codes.empty() || placed.box_px.empty()) {
            continue;
        }
        if (!words.empty() && words.back().line_index == placed.line_index) {
            words.back().space_after = true;
            words.back().gap_px = placed.box_px.x0 - words.back().box_px.x1;
        }
        words.push_back(std::move(placed));
    }
    return words;
}

/// Type size of the print itself, as far as its ink tells: readers judge gaps between words by it.
double size_px(const PlacedWord* first, const PlacedWord* last) {
    std::vector<double> ascents;
    double descent = 0.0;
    for (const PlacedWord* word = first; word != last; ++word) {
        ascents.push_back(word->ascent_px());
        descent = std::max(descent, word->descent_px());
    }
    std::sort(ascents.begin(), ascents.end());
    // A frame or a bracket over two lines, taken for a letter, must not blow up its neighbours.
    const double median = ascents[ascents.size() / 2];
    const double ascent = std::clamp(ascents.back(), 1.0, std::max(1.0, tallest_word * median));
    return std::max(ascent / ink_above_baseline, ascent + std::min(descent, ascent));
}

WordShape shape_of(const PlacedWord& word, double line_size_px) {
    const auto rounded = [line_size_px](double part_px) {
        return static_cast<int>(std::lround(part_px / line_size_px * 1000 / shape_step)) *
               shape_step;
    };
    // Readers take a descent of 0 for "not said" and put their own in its place.
    return {
        std::clamp(rounded(word.ascent_px()), least_ascent, 1000),
        std::clamp(rounded(word.descent_px()), 1, most_descent)};
}

std::string hexadecimal(const std::u32string& codes) {
    constexpr const char* digits = "0123456789ABCDEF";
    std::string text;
    text.reserve(codes.size() * 4);
    for (const char32_t code : codes) {
        for (const unsigned shift : {12U, 8U, 4U, 0U}) {
            text.push_back(digits[(code >> shift) & 0xFU]);
        }
    }
    return text;
}

/// Shows `codes` so that they advance by exactly `width_px`.
std::string shown(const std::u32string& codes, double width_px, double line_size_px) {
    constexpr std::size_t longest_string = 16000; // spec: ISO 19005-1 6.1.12, 65535 bytes a string
    const double natural_px =
        static_cast<double>(codes.size()) * line_size_px * glyph_advance / glyph_em;
    std::string text = number(100.0 * width_px / natural_px) + " Tz";
    for (std::size_t at = 0; at < codes.size(); at += longest_string) {
        text += " <" + hexadecimal(codes.substr(at, longest_string)) + "> Tj";
    }
    return text + "\n";
}

} // namespace

const std::string& ShapeFonts::name_of(const WordShape& shape) {
    return names_.try_emplace(shape, "F" + std::to_string(names_.size())).first->second;
}

std::string text_layer(const PageText& text, const PixelScale& scale, ShapeFonts& fonts) {
    const std::vector<PlacedWord> words = placed_words(text);
    if (words.empty()) {
        return {};
    }
    std::string content = "BT 3 Tr\n"; // spec: PDF Reference 1.4, 5.2.5: 3 paints nothing
    const PlacedWord* const end = words.data() + words.size();
    const PlacedWord* line_end = words.data();
    double line_size_px = 0.0;
    std::string font;
    for (const PlacedWord* word = words.data(); word != end; ++word) {
        if (word == line_end) {
            line_end = std::find_if(word, end, [word](const PlacedWord& other) {
                return other.line_index != word->line_index;
            });
            line_size_px = size_px(word, line_end);
        }
        const std::string wanted = "/" + fonts.name_of(shape_of(*word, line_size_px)) + " " +
                                   number(line_size_px * scale.points_per_px) + " Tf ";
        if (wanted != font) {
            content += wanted;
            font = wanted;
        }
        double width_px = word->box_px.width();
        if (word->space_after && word->gap_px < least_gap * line_size_px) {
            // Touching words would be read as one: the first gives way, by half at most.
            const double room_px = width_px + word->gap_px - least_gap * line_size_px;
            width_px = std::max(width_px / 2, room_px);
        }
        content += "1 0 0 1 " + number(word->box_px.x0 * scale.points_per_px) + " " +
                   number(scale.page_height_points - word->baseline_px * scale.points_per_px) +
                   " Tm " + shown(word->codes, width_px, line_size_px);
        if (word->space_after) {
            content += shown(U" ", std::max(least_gap * line_size_px, word->gap_px), line_size_px);
        }
    }
    return content + "ET\n";
}

} // namespace pleiade::ged
