// Real scans and official forms, brought upright and straight: as they are, and turned by every
// quarter. A wrong turn is budgeted apart from an unsure one, which the reader settles by reading.

#include "capture/image/page_cleaner.h"
#include "capture/image/page_source.h"
#include "core/durable_file.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace pleiade::image {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t whole_file = 64 * 1024 * 1024;

PageImage first_page(const fs::path& file) {
    const Bytes bytes = read_file(file, whole_file);
    return PageSource::open(bytes, {}).decode(0);
}

PageImage turned(PageImage page, int clockwise_deg) {
    const cv::Mat source(page.height_px, page.width_px, CV_8UC(page.channels), page.pixels.data());
    if (clockwise_deg == 0) {
        return page;
    }
    cv::Mat target;
    cv::rotate(source, target, clockwise_deg / 90 - 1);
    PageImage result;
    result.width_px = target.cols;
    result.height_px = target.rows;
    result.channels = page.channels;
    result.dpi = page.dpi;
    result.depth = page.depth;
    result.pixels.assign(target.data, target.data + target.total() * target.elemSize());
    return result;
}

std::vector<fs::path> files_of(const fs::path& folder, const std::vector<std::string>& suffixes) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (std::ranges::find(suffixes, entry.path().extension().string()) != suffixes.end()) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

struct Tally {
    int pages = 0;
    int wrong = 0;
    int unsure = 0;
    int wrong_side = 0;
    int blank = 0;
};

Tally turned_every_way(const std::vector<fs::path>& files) {
    Tally tally;
    for (const fs::path& file : files) {
        const PageImage page = first_page(file);
        for (const int turn : {0, 90, 180, 270}) {
            const CleanPage cleaned = PageCleaner().clean(turned(page, turn), {});
            const bool unsure = cleaned.geometry.turn_confidence < 0.5;
            const bool right = cleaned.geometry.turned_deg == turn;
            const bool right_side = cleaned.geometry.turned_deg % 180 == turn % 180;
            ++tally.pages;
            tally.unsure += unsure ? 1 : 0;
            tally.wrong += !unsure && !right ? 1 : 0;
            tally.wrong_side += right_side ? 0 : 1;
            tally.blank += cleaned.blank ? 1 : 0;
            if (!unsure && !right) {
                std::cout << file.filename() << " turned by " << turn << " taken for "
                          << cleaned.geometry.turned_deg << '\n';
            }
        }
    }
    std::cout << tally.pages << " pages: " << tally.wrong << " turned wrong, " << tally.unsure
              << " unsure of head and foot, " << tally.wrong_side << " on the wrong side, "
              << tally.blank << " called blank\n";
    return tally;
}

TEST(Scans, FrenchPagesTurnedEveryWayAreNeverTurnedWrong) {
    const auto shared = test::shared_data();
    if (!shared) {
        GTEST_SKIP();
    }
    const Tally tally =
        turned_every_way(files_of(*shared / "corpus/french-scans", {".jpg", ".jpeg"}));
    EXPECT_EQ(tally.pages, 104);
    EXPECT_EQ(tally.wrong, 0);
    EXPECT_LE(tally.wrong_side, 1); // measured: 1 of 104
    EXPECT_EQ(tally.blank, 0);
    EXPECT_LE(tally.unsure, 11); // measured: 11 of 104; the text is then read both ways round
}

TEST(Scans, OfficialFormsTurnedEveryWayAreAlwaysBroughtUpright) {
    const auto shared = test::shared_data();
    if (!shared) {
        GTEST_SKIP();
    }
    const Tally tally = turned_every_way(files_of(*shared / "forms", {".pdf"}));
    EXPECT_EQ(tally.pages, 12);
    EXPECT_EQ(tally.wrong, 0);
    EXPECT_EQ(tally.unsure, 0);
    EXPECT_EQ(tally.blank, 0);
}

/// The known skew of each page, by file name.
std::map<std::string, double> known_skews(const fs::path& manifest) {
    std::map<std::string, double> skews;
    std::ifstream lines(manifest);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::istringstream fields(line);
        std::vector<std::string> values;
        for (std::string value; std::getline(fields, value, ',');) {
            values.push_back(value);
        }
        constexpr std::size_t skew_column = 5;
        if (values.size() > skew_column && !values[skew_column].empty()) {
            skews[values[0]] = std::stod(values[skew_column]);
        }
    }
    return skews;
}

TEST(Scans, SkewAgreesWithWhatIsKnown) {
    const auto shared = test::shared_data();
    if (!shared) {
        GTEST_SKIP();
    }
    const fs::path folder = *shared / "corpus/french-scans";
    double sum = 0.0;
    double worst = 0.0;
    const std::map<std::string, double> skews = known_skews(folder / "manifest.csv");
    ASSERT_GT(skews.size(), 20U);
    for (const auto& [name, skew] : skews) {
        const double error =
            std::abs(PageCleaner().clean(first_page(folder / name), {}).geometry.skew_deg - skew);
        sum += error;
        worst = std::max(worst, error);
    }
    const double mean = sum / static_cast<double>(skews.size());
    std::cout << "mean difference " << mean << " degrees, largest " << worst << '\n';
    // The manifest's angles come from hand-drawn lines of pages that are not flat.
    EXPECT_LT(mean, 0.16);
    EXPECT_LT(worst, 0.5); // one sheet is bent: its lines descend by -0.4 to 0.1
}

TEST(Scans, PicturesOfTheSkewCorpusAreStraightened) {
    const auto shared = test::shared_data();
    if (!shared) {
        GTEST_SKIP();
    }
    const std::vector<fs::path> files = files_of(*shared / "corpus/skew", {".png"});
    ASSERT_FALSE(files.empty());
    for (const fs::path& file : files) {
        const CleanPage once = PageCleaner().clean(first_page(file), {});
        const CleanPage twice = PageCleaner().clean(once.image, {});
        EXPECT_GT(std::abs(once.geometry.skew_deg), 1.0) << file;
        EXPECT_NEAR(twice.geometry.skew_deg, 0.0, 0.2) << file;
    }
}

} // namespace
} // namespace pleiade::image
