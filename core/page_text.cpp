#include "core/page_text.h"

namespace pleiade {

std::string PageText::plain() const {
    std::string text;
    int line_index = -1;
    int block_index = -1;
    for (const Word& word : words) {
        if (word.line_index == line_index) {
            text += ' ';
        } else {
            const auto line_position = static_cast<std::size_t>(word.line_index);
            const int block = line_position < lines.size() ? lines[line_position].block_index : 0;
            if (line_index >= 0) {
                text += block == block_index ? "\n" : "\n\n";
            }
            line_index = word.line_index;
            block_index = block;
        }
        text += word.text;
    }
    return text;
}

} // namespace pleiade
