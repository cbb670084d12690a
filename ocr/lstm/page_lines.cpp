#include "ocr/lstm/page_lines.h"

#include "ocr/lines/leaders.h"

#include <cmath>
#include <utility>
#include <vector>

namespace pleiade::ocr {
namespace {

/// The baseline at both ends of a line, each by the segment that stands there.
TextLine described(const FoundLine& found, const Box& box_px) {
    const auto baseline_at = [](const TextSegment& segment, int x_px) {
        return static_cast<int>(std::lround(segment.baseline_y0_px + segment.place.drop_at(x_px)));
    };
    return {
        box_px,
        found.block_index,
        baseline_at(found.segments.front(), box_px.x0),
        baseline_at(found.segments.back(), box_px.x1)};
}

/// Adds words to the line that comes next.
void append(std::vector<Word> words, PageText& text, Box& box_px) {
    for (Word& word : words) {
        word.line_index = static_cast<int>(text.lines.size());
        box_px = united(box_px, word.box_px);
        text.words.push_back(std::move(word));
    }
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

PageText read_lines(const PageImage& page, const LineReader& reader) {
    const FoundText all = find_text(page);
    const bool as_it_is = all.leaders_px.empty();
    const PageImage cleared = as_it_is ? PageImage{} : without(all.leaders_px, page);
    const PageImage& grey = as_it_is ? page : cleared;
    PageText text;
    for (const FoundLine& found : all.lines) {
        const std::size_t before = text.words.size();
        Box box_px;
        for (const TextSegment& segment : found.segments) {
            std::vector<Word> words =
                reader.read(grey, segment.place, ZoneContent::Text, Detail::Words);
            if (!is_dirt(words, found.segments.size() == 1)) {
                append(std::move(words), text, box_px);
            }
        }
        if (text.words.size() > before) {
            text.lines.push_back(described(found, box_px));
        }
    }
    text.confidence = mean_confidence(text.words);
    return text;
}

PageText read_lines_of_zone(
    const PageImage& grey, const Box& zone_px, ZoneContent content, const LineReader& reader
) {
    PageImage part = part_of(grey, zone_px);
    FoundText all = find_text(part);
    part = without(all.leaders_px, std::move(part));
    std::vector<FoundLine> lines = std::move(all.lines);
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
            append(reader.read(part, segment.place, content, Detail::Characters), text, box_px);
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
