// The barcode reader against pictures that others collected, with a budget for each family: so many
// must be read, so few may be misread. A misread code sends a letter to the wrong person, an unread
// one to a person who looks.

#include "ocr/mark_reader.h"
#include "tests/corpus/ocr/budgets.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pleiade::ocr {
namespace {

/// The text a picture must give: of a family of false positives none.
std::optional<std::string> expected_text(std::filesystem::path picture) {
    std::ifstream file(picture.replace_extension(".txt"), std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

PageImage decoded(const std::filesystem::path& path) {
    Pix* pix = pixRead(path.c_str());
    Pix* opaque = pixRemoveAlpha(pix);
    Pix* grey = pixConvertTo8(opaque, 0);
    PageImage image;
    image.width_px = static_cast<int>(pixGetWidth(grey));
    image.height_px = static_cast<int>(pixGetHeight(grey));
    for (int y = 0; y < image.height_px; ++y) {
        for (int x = 0; x < image.width_px; ++x) {
            l_uint32 value = 0;
            pixGetPixel(grey, x, y, &value);
            image.pixels.push_back(static_cast<std::uint8_t>(value));
        }
    }
    pixDestroy(&grey);
    pixDestroy(&opaque);
    pixDestroy(&pix);
    return image;
}

struct Outcome {
    int images = 0;
    int read = 0;
    int misread = 0;
    std::string unread_names;
};

Outcome outcome_of(const std::filesystem::path& folder, MarkReader& reader) {
    Outcome outcome;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::filesystem::path path = entry.path();
        const bool bytes_expected =
            std::filesystem::exists(std::filesystem::path(path).replace_extension(".bin"));
        if (path.extension() != ".png" || bytes_expected) {
            continue; // what a mark says is text
        }
        const std::vector<Mark> marks = reader.read(decoded(path));
        const auto expected = expected_text(path);
        const auto right = std::count_if(marks.begin(), marks.end(), [&](const Mark& mark) {
            return expected && mark.text == *expected;
        });
        ++outcome.images;
        outcome.read += right > 0 ? 1 : 0;
        for (const Mark& mark : marks) {
            if (!expected || mark.text != *expected) {
                ++outcome.misread;
                std::cout << path.filename().string() << " says " << mark.format << " '"
                          << mark.text << "'\n";
            }
        }
        if (right == 0) {
            outcome.unread_names += path.stem().string() + " ";
        }
    }
    return outcome;
}

TEST(MarkReader, KeepsTheBudgetOfEveryFamily) {
    const auto shared = test::shared_data();
    if (!shared) {
        GTEST_SKIP() << "no third-party data";
    }
    const std::vector<test::Budget> budgets = test::budgets_of("barcode");
    ASSERT_FALSE(budgets.empty());
    setMsgSeverity(L_SEVERITY_NONE);
    const auto reader = make_mark_reader();
    for (const test::Budget& budget : budgets) {
        const Outcome outcome = outcome_of(*shared / "corpus/barcodes" / budget.family, *reader);
        std::cout << budget.family << ": " << outcome.read << " of " << outcome.images << " read, "
                  << outcome.misread << " misread; unread: " << outcome.unread_names << '\n';
        EXPECT_EQ(outcome.images, budget.images) << budget.family;
        EXPECT_GE(outcome.read, budget.must_read) << budget.family;
        EXPECT_LE(outcome.misread, budget.may_misread) << budget.family;
    }
}

TEST(MarkReader, HasABudgetForEveryFamily) {
    const auto shared = test::shared_data();
    if (!shared) {
        GTEST_SKIP() << "no third-party data";
    }
    std::set<std::string> budgeted;
    for (const test::Budget& budget : test::budgets_of("barcode")) {
        budgeted.insert(budget.family);
    }
    for (const auto& entry : std::filesystem::directory_iterator(*shared / "corpus/barcodes")) {
        EXPECT_TRUE(budgeted.contains(entry.path().filename())) << entry.path();
    }
}

} // namespace
} // namespace pleiade::ocr
