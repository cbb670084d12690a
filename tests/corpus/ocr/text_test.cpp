// Reading of whole pages against scans that others transcribed: so many lines must be found with at
// most a tenth of their characters wrong, wherever on the page.

#include "capture/image/page_cleaner.h"
#include "capture/image/page_source.h"
#include "core/durable_file.h"
#include "ocr/text_reader.h"
#include "tests/corpus/ocr/budgets.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace pleiade::ocr {
namespace {

constexpr std::size_t most_bytes = 64U << 20U;

/// Fewest changes that make `line` a part of `text`. Bytes of UTF-8 count one each.
std::size_t distance_anywhere(const std::string& line, const std::string& text) {
    std::vector<std::size_t> above(text.size() + 1, 0);
    for (const char c : line) {
        std::vector<std::size_t> row{above[0] + 1};
        for (std::size_t i = 0; i < text.size(); ++i) {
            row.push_back(
                std::min({above[i] + (text[i] == c ? 0U : 1U), above[i + 1] + 1, row[i] + 1})
            );
        }
        above = std::move(row);
    }
    return *std::ranges::min_element(above);
}

/// Lines of at least a few words; the transcribers' signs for words nobody could read are left out.
std::vector<std::string> lines_of(const std::filesystem::path& path) {
    constexpr std::size_t least = 20;
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        if (line.size() >= least && line.find("~~~") == std::string::npos &&
            line.find('_') == std::string::npos) {
            lines.push_back(line);
        }
    }
    return lines;
}

TEST(TextCorpus, KeepsItsBudget) {
    const auto shared = test::shared_data();
    if (!shared) {
        GTEST_SKIP() << "no third-party data";
    }
    const auto reader = make_tesseract_text_reader({});
    image::PageCleaner cleaner;
    int lines = 0;
    int read = 0;
    for (const auto& entry : std::filesystem::directory_iterator(*shared / "corpus/french-scans")) {
        std::filesystem::path truth = entry.path();
        if (!truth.extension().string().starts_with(".jp")) {
            continue;
        }
        const Bytes bytes = read_file(entry.path(), most_bytes);
        image::CleanPage page = cleaner.clean(image::PageSource::open(bytes, {}).decode(0), {});
        std::string text = reader->read_page(page.grey).plain();
        std::ranges::replace(text, '\n', ' ');
        for (const std::string& line : lines_of(truth.replace_extension(".txt"))) {
            ++lines;
            read += distance_anywhere(line, text) * 10 <= line.size() ? 1 : 0;
        }
    }
    const std::vector<test::Budget> budgets = test::budgets_of("text");
    ASSERT_EQ(budgets.size(), 1U);
    std::cout << read << " of " << lines << " lines read\n";
    EXPECT_EQ(lines, budgets[0].images);
    EXPECT_GE(read, budgets[0].must_read);
}

} // namespace
} // namespace pleiade::ocr
