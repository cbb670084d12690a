#include "ocr/lstm/page_lines.h"

#include <cmath>
#include <utility>

namespace pleiade::ocr {
namespace {

/// The baseline of a line's first segment, at the ends of the line.
TextLine described(const FoundLine& found, const Box& box_px) {
    const TextSegment& first = found.segments.front();
    const auto baseline_at = [&](int x_px) {
        return static_cast<int>(std::lround(first.baseline_y0_px + first.place.drop_at(x_px)));
    };
    return {box_px, found.block_index, baseline_at(box_px.x0), baseline_at(box_px.x1)};
}

/// What a rest of a rule, a speck or a drawing is read as: nobody misses it. One or two signs that
/// stand alone must be read well.
bool is_dirt(const std::vector<Word>& words, bool alone) {
    constexpr double believable = 0.6;     // chosen: poor print reads at 0.6 and more
    constexpr double sure = 0.95;          // chosen
    constexpr std::size_t a_few_bytes = 4; // chosen
    std::size_t bytes = 0;
    for (const Word& word : words) {
        bytes += word.text.size();
    }
    return mean_confidence(words) < (alone && bytes <= a_few_bytes ? sure : believable);
}

PageImage part_of(const PageImage& page, const Box& box) {
    PageImage part;
    part.width_px = box.width();
    part.height_px = box.height();
    part.channels = page.channels;
    part.dpi = page.dpi;
    part.depth = page.depth;
    for (int y = box.y0; y < box.y1; ++y) {
        const auto* row = page.row(y);
        part.pixels.insert(part.pixels.end(), row + box.x0, row + box.x1);
    }
    return part;
}

void move_by(int right, int down, Box& box) {
    box = {box.x0 + right, box.y0 + down, box.x1 + right, box.y1 + down};
}

void move_by(int right, int down, PageText& text) {
    for (TextLine& line : text.lines) {
        move_by(right, down, line.box_px);
        line.baseline_y0_px += down;
        line.baseline_y1_px += down;
    }
    for (Word& word : text.words) {
        move_by(right, down, word.box_px);
        for (Character& character : word.characters) {
            move_by(right, down, character.box_px);
        }
    }
}

} // namespace

PageText
read_lines(const PageImage& grey, const std::vector<FoundLine>& lines, const LineReader& reader) {
    PageText text;
    for (const FoundLine& found : lines) {
        std::vector<Word> line;
        Box box_px;
        for (const TextSegment& segment : found.segments) {
            std::vector<Word> words =
                reader.read(grey, segment.place, ZoneContent::Text, Detail::Words);
            if (is_dirt(words, found.segments.size() == 1)) {
                continue;
            }
            for (Word& word : words) {
                word.line_index = static_cast<int>(text.lines.size());
                box_px = united(box_px, word.box_px);
                line.push_back(std::move(word));
            }
        }
        if (!line.empty()) {
            text.lines.push_back(described(found, box_px));
            text.words.insert(text.words.end(), line.begin(), line.end());
        }
    }
    text.confidence = mean_confidence(text.words);
    return text;
}

PageText read_lines_of_zone(
    const PageImage& grey, const Box& zone_px, ZoneContent content, const LineReader& reader
) {
    const PageImage part = part_of(grey, zone_px);
    std::vector<FoundLine> lines = find_text_lines(part);
    if (lines.empty()) {
        FoundLine whole;
        whole.segments.push_back(
            {.box_px = {0, 0, part.width_px, part.height_px},
             .pieces = 1,
             .place =
                 {.x0_px = 0,
                  .x1_px = static_cast<double>(part.width_px),
                  .top_px = 0,
                  .bottom_px = static_cast<double>(part.height_px)},
             .baseline_y0_px = static_cast<double>(part.height_px)}
        );
        lines.push_back(std::move(whole));
    }
    PageText text;
    for (const FoundLine& found : lines) {
        Box box_px;
        for (const TextSegment& segment : found.segments) {
            for (Word& word : reader.read(part, segment.place, content, Detail::Characters)) {
                word.line_index = static_cast<int>(text.lines.size());
                box_px = united(box_px, word.box_px);
                text.words.push_back(std::move(word));
            }
        }
        if (!box_px.empty()) {
            text.lines.push_back(described(found, box_px));
        }
    }
    move_by(zone_px.x0, zone_px.y0, text);
    text.confidence = mean_confidence(text.words);
    return text;
}

} // namespace pleiade::ocr
