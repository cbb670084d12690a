#include "ocr/identifier_text.h"

#include <algorithm>
#include <cctype>

namespace pleiade::ocr {
namespace {

/// Letters and digits only: "1 84 05" and "18405" are the same reading.
std::string bare(const std::string& text) {
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0;
    });
    return result;
}

bool lies_in(const Word& word, const Box& box) {
    const int x = (word.box_px.x0 + word.box_px.x1) / 2;
    const int y = (word.box_px.y0 + word.box_px.y1) / 2;
    return x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
}

std::string as_printed(const Identifier& identifier) {
    std::string printed;
    for (const Character& character : identifier.characters) {
        printed += character.text;
    }
    return printed;
}

/// The line the identifier stands on: that of the words it replaces, else a new one at the end.
int line_of(
    PageText& text, const Identifier& identifier, std::vector<Word>::iterator first_inside
) {
    if (first_inside != text.words.end()) {
        return first_inside->line_index;
    }
    const int block = text.lines.empty() ? 0 : text.lines.back().block_index + 1;
    const int base = identifier.box_px.y1;
    text.lines.push_back({identifier.box_px, block, base, base});
    return static_cast<int>(text.lines.size()) - 1;
}

void put(PageText& text, const Identifier& identifier) {
    const std::string printed = as_printed(identifier);
    const auto inside = [&](const Word& word) { return lies_in(word, identifier.box_px); };
    std::string read;
    for (const Word& word : text.words) {
        read += inside(word) ? word.text : std::string();
    }
    if (printed.empty() || bare(read).find(bare(printed)) != std::string::npos) {
        return;
    }
    const auto first = std::ranges::find_if(text.words, inside);
    const auto position = first - text.words.begin();
    const Word word{
        .text = printed,
        .box_px = identifier.box_px,
        .confidence = identifier.confidence,
        .line_index = line_of(text, identifier, first),
        .characters = {}};
    std::erase_if(text.words, inside);
    text.words.insert(text.words.begin() + position, word); // nothing before `first` was inside
}

} // namespace

PageText with_identifiers(PageText text, const std::vector<Identifier>& identifiers) {
    for (const Identifier& identifier : identifiers) {
        if (identifier.valid && !identifier.box_px.empty()) {
            put(text, identifier);
        }
    }
    return text;
}

} // namespace pleiade::ocr
