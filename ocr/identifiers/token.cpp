#include "ocr/identifiers/token.h"

#include "ocr/identifiers/folded_text.h"

#include <algorithm>
#include <cctype>

namespace pleiade::ocr {
namespace {

bool is_alphanumeric(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// One character per position of the word, ASCII, case of ASCII letters kept.
std::string plain_word(const std::string& utf8) {
    std::string plain;
    for (std::size_t at = 0; at < utf8.size();) {
        std::size_t next = at + 1;
        while (next < utf8.size() && (static_cast<unsigned char>(utf8[next]) & 0xC0U) == 0x80U) {
            ++next;
        }
        const std::string point = utf8.substr(at, next - at);
        plain += point.size() == 1 ? point : folded(point).substr(0, 1);
        at = next;
    }
    return plain;
}

/// The part of a word's box that characters first to last (exclusive) take.
Box box_of_part(const Word& word, std::size_t first, std::size_t last, std::size_t count) {
    Box box;
    if (word.characters.size() == count) {
        for (std::size_t i = first; i < last; ++i) {
            box = united(box, word.characters[i].box_px);
        }
        return box;
    }
    const auto edge = [&](std::size_t i) {
        return word.box_px.x0 + static_cast<int>(
                                    static_cast<double>(word.box_px.width()) *
                                    static_cast<double>(i) / static_cast<double>(count)
                                );
    };
    return {edge(first), word.box_px.y0, edge(last), word.box_px.y1};
}

void add_tokens(const Word& word, std::string gap, std::vector<Token>& tokens) {
    const std::string plain = plain_word(word.text);
    for (std::size_t at = 0; at < plain.size();) {
        if (!is_alphanumeric(plain[at])) {
            gap += plain[at++];
            continue;
        }
        const auto end = static_cast<std::size_t>(
            std::find_if_not(
                plain.begin() + static_cast<std::ptrdiff_t>(at), plain.end(), is_alphanumeric
            ) -
            plain.begin()
        );
        tokens.push_back(Token{
            .text = plain.substr(at, end - at),
            .gap = gap,
            .box_px = box_of_part(word, at, end, plain.size()),
            .confidence = word.confidence,
            .line_index = word.line_index});
        gap.clear();
        at = end;
    }
}

} // namespace

std::vector<Token> tokens_of(const PageText& text) {
    std::vector<Token> tokens;
    int line_index = -1;
    for (const Word& word : text.words) {
        add_tokens(word, word.line_index == line_index ? " " : "", tokens);
        line_index = word.line_index;
    }
    return tokens;
}

} // namespace pleiade::ocr
