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

} // namespace pleiade::ocr
