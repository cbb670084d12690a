#include "tests/corpus/ocr/mark_counts.h"

#include <algorithm>
#include <ctime>

namespace pleiade::test {
namespace {

bool says(const Mark& mark, const InventedMark& wanted) {
    return mark.format == wanted.format && mark.text == wanted.text &&
           !intersection(mark.box_px, wanted.box_px).empty();
}

} // namespace

MarkCounts counts_of(const std::string& kind, int first, int pages, ocr::MarkReader& reader) {
    MarkCounts counts;
    for (int number = first; number < first + pages; ++number) {
        const InventedPage page = invented_page(kind, number);
        const std::clock_t before = std::clock();
        const std::vector<Mark> marks = reader.read(page.grey);
        counts.millis += 1000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
        const std::string name = kind + " " + std::to_string(number) + ": ";
        for (const InventedMark& wanted : page.marks) {
            ++counts.symbols;
            if (std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
                    return says(mark, wanted);
                })) {
                ++counts.read;
            } else {
                counts.lines.push_back(
                    name + "not read: " + wanted.format + " " + wanted.text + " at " +
                    std::to_string(wanted.box_px.x0) + "," + std::to_string(wanted.box_px.y0) +
                    " " + std::to_string(wanted.box_px.width()) + "x" +
                    std::to_string(wanted.box_px.height())
                );
            }
        }
        for (const Mark& mark : marks) {
            if (std::none_of(page.marks.begin(), page.marks.end(), [&](const InventedMark& wanted) {
                    return says(mark, wanted);
                })) {
                ++counts.misread;
                counts.lines.push_back(name + "MISREAD: " + mark.format + " " + mark.text);
            }
        }
    }
    return counts;
}

} // namespace pleiade::test
