#include "ocr/tesseract/words.h"

#include "ocr/lstm/line_reader.h"

#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pleiade::ocr {
namespace {

constexpr double percent = 100.0;

struct TextDeleter {
    void operator()(const char* text) const { delete[] text; } // spec: ltrresultiterator.h
};

std::string text_at(const tesseract::ResultIterator& at, tesseract::PageIteratorLevel level) {
    const std::unique_ptr<const char, TextDeleter> text(at.GetUTF8Text(level));
    return text ? std::string(text.get()) : std::string();
}

double confidence_at(const tesseract::ResultIterator& at, tesseract::PageIteratorLevel level) {
    return std::clamp(static_cast<double>(at.Confidence(level)) / percent, 0.0, 1.0);
}

Box placed(const Box& seen, const Placement& placement) {
    const auto low = [&](int value) {
        return static_cast<int>(std::floor(static_cast<double>(value) / placement.scale));
    };
    const auto high = [&](int value) {
        return static_cast<int>(std::ceil(static_cast<double>(value) / placement.scale));
    };
    const Box box{
        low(seen.x0) + placement.offset_x_px,
        low(seen.y0) + placement.offset_y_px,
        high(seen.x1) + placement.offset_x_px,
        high(seen.y1) + placement.offset_y_px};
    return intersection(box, placement.within_px);
}

Box box_at(
    const tesseract::ResultIterator& at,
    tesseract::PageIteratorLevel level,
    const Placement& placement
) {
    Box seen;
    if (!at.BoundingBox(level, &seen.x0, &seen.y0, &seen.x1, &seen.y1)) {
        return {};
    }
    return placed(seen, placement);
}

/// Tesseract gives two points of the baseline; the ends of the line's box lie on the same slope.
TextLine line_at(const tesseract::ResultIterator& at, const Placement& placement, int block_index) {
    TextLine line;
    line.block_index = block_index;
    line.box_px = box_at(at, tesseract::RIL_TEXTLINE, placement);
    line.baseline_y0_px = line.box_px.y1;
    line.baseline_y1_px = line.box_px.y1;
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;
    if (at.Baseline(tesseract::RIL_TEXTLINE, &x0, &y0, &x1, &y1) && x1 > x0) {
        const double slope = static_cast<double>(y1 - y0) / static_cast<double>(x1 - x0);
        const auto height_at = [&](int x_px) {
            const double seen_x = (x_px - placement.offset_x_px) * placement.scale;
            const double seen_y = y0 + slope * (seen_x - x0);
            return static_cast<int>(std::lround(seen_y / placement.scale)) + placement.offset_y_px;
        };
        line.baseline_y0_px = height_at(line.box_px.x0);
        line.baseline_y1_px = height_at(line.box_px.x1);
    }
    return line;
}

using Choices = std::vector<std::pair<const char*, float>>; ///< Text and cost, cheapest first.

/// One list for each symbol of the word, as the search weighed them; empty when there is none.
std::vector<Choices> choices_at(const tesseract::ResultIterator& at) {
    const std::vector<Choices>* lists = at.GetBestLSTMSymbolChoices(); // the iterator keeps it
    if (lists == nullptr) {
        return {};
    }
    std::vector<Choices> choices;
    for (const Choices& list : *lists) {
        if (!list.empty() && std::string_view(list.front().first) != " ") {
            choices.push_back(list);
        }
    }
    return choices;
}

/// Costs become a ratio of likelihoods. A heuristic: costs are sums over time steps, so they order
/// choices well and measure them badly.
void add_second_choice(Character& character, const Choices& choices) {
    constexpr double certainty_scale = 7.0; // spec: kCertaintyScale, Tesseract 5.3 recodebeam.h
    const auto first = std::find_if(choices.begin(), choices.end(), [&](const auto& choice) {
        return character.text == choice.first;
    });
    const auto second = std::find_if(choices.begin(), choices.end(), [&](const auto& choice) {
        return character.text != choice.first && std::string_view(choice.first) != " ";
    });
    if (second == choices.end()) {
        return;
    }
    character.second = second->first;
    const double dearer = first == choices.end() ? 0.0 : second->second - first->second;
    character.second_confidence =
        character.confidence * std::exp(-std::max(0.0, dearer) / certainty_scale);
}

/// The characters of the word the iterator stands on. A copy walks, so the caller's place is kept.
std::vector<Character> characters_at(tesseract::ResultIterator at, const Placement& placement) {
    const std::vector<Choices> choices = choices_at(at);
    std::vector<Character> characters;
    while (true) {
        Character character;
        character.text = text_at(at, tesseract::RIL_SYMBOL);
        character.box_px = box_at(at, tesseract::RIL_SYMBOL, placement);
        character.confidence = confidence_at(at, tesseract::RIL_SYMBOL);
        characters.push_back(std::move(character));
        if (at.IsAtFinalElement(tesseract::RIL_WORD, tesseract::RIL_SYMBOL) ||
            !at.Next(tesseract::RIL_SYMBOL)) {
            break;
        }
    }
    // Otherwise there is no telling which list belongs to which symbol.
    if (choices.size() == characters.size()) {
        for (std::size_t i = 0; i < choices.size(); ++i) {
            add_second_choice(characters[i], choices[i]);
        }
    }
    return characters;
}

} // namespace

PageText
recognised_text(tesseract::TessBaseAPI& engine, const Placement& placement, Detail detail) {
    PageText text;
    const std::unique_ptr<tesseract::ResultIterator> at(engine.GetIterator());
    if (!at || at->Empty(tesseract::RIL_WORD)) {
        return text;
    }
    int block_index = -1;
    bool new_line = true;
    do {
        if (at->IsAtBeginningOf(tesseract::RIL_BLOCK) || block_index < 0) {
            ++block_index;
        }
        new_line = new_line || at->IsAtBeginningOf(tesseract::RIL_TEXTLINE);
        Word word;
        word.text = text_at(*at, tesseract::RIL_WORD);
        word.box_px = box_at(*at, tesseract::RIL_WORD, placement);
        if (word.box_px.empty() || word.text.find_first_not_of(' ') == std::string::npos) {
            continue;
        }
        if (new_line) {
            text.lines.push_back(line_at(*at, placement, block_index));
            new_line = false;
        }
        word.confidence = confidence_at(*at, tesseract::RIL_WORD);
        word.line_index = static_cast<int>(text.lines.size()) - 1;
        if (detail == Detail::Characters) {
            word.characters = characters_at(*at, placement);
        }
        text.words.push_back(std::move(word));
    } while (at->Next(tesseract::RIL_WORD));
    text.confidence = mean_confidence(text.words);
    return text;
}

} // namespace pleiade::ocr
