// The long proof of the mark reader: many invented pages of every kind, a line for each.
//
// marks-proof [PAGES [FIRST [KIND]]]

#include "ocr/mark_reader.h"
#include "tests/corpus/ocr/mark_counts.h"

#include <iostream>
#include <span>
#include <string>

int main(int argc, char** argv) {
    const std::span<char*> words(argv, static_cast<std::size_t>(argc));
    const int pages = words.size() > 1 ? std::stoi(words[1]) : 100;
    const int first = words.size() > 2 ? std::stoi(words[2]) : 1000;
    const auto reader = pleiade::ocr::make_mark_reader();
    bool misread = false;
    std::cout << "| pages | symbols | read | misread | CPU ms a page |\n|---|---|---|---|---|\n";
    for (const std::string& kind : pleiade::test::invented_kinds()) {
        if (words.size() > 3 && kind != words[3]) {
            continue;
        }
        const auto counts = pleiade::test::counts_of(kind, first, pages, *reader);
        misread = misread || counts.misread > 0;
        std::cout << "| " << kind << " | " << counts.symbols << " | " << counts.read << " | "
                  << counts.misread << " | " << static_cast<int>(counts.millis / pages) << " |"
                  << std::endl;
        for (const std::string& line : counts.lines) {
            std::cerr << line << '\n';
        }
    }
    return misread ? 1 : 0;
}
