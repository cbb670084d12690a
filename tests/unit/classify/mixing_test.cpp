#include "classify/learning/mixing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace pleiade::classify {
namespace {

double share_of(const JudgedPage& page, std::size_t type, const Mixing& mixing) {
    double sum = std::exp(
        mixing.unknown + mixing.unfamiliar * page.unknown.unfamiliar +
        mixing.wordless * page.unknown.wordless
    );
    double wanted = 0.0;
    for (std::size_t i = 0; i < page.types.size(); ++i) {
        const double odds =
            std::exp(mixing.rules * page.types[i].rules + mixing.words * page.types[i].words);
        sum += odds;
        wanted = i == type ? odds : wanted;
    }
    return wanted / sum;
}

/// Pages whose truth is drawn by the shares that this mixing gives.
std::vector<JudgedPage> pages_drawn_by(const Mixing& mixing, int count) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> any(-3.0, 4.0);
    std::uniform_real_distribution<double> share(0.0, 1.0);
    std::vector<JudgedPage> pages;
    for (int i = 0; i < count; ++i) {
        JudgedPage page;
        for (int type = 0; type < 4; ++type) {
            page.types.push_back({any(random), any(random)});
        }
        page.unknown = {share(random), share(random)};
        double left = share(random);
        for (std::size_t type = 0; type < page.types.size() && !page.truth; ++type) {
            left -= share_of(page, type, mixing);
            if (left < 0.0) {
                page.truth = type;
            }
        }
        pages.push_back(page);
    }
    return pages;
}

TEST(FitMixing, FindsTheSharesThatTheTruthWasDrawnBy) {
    const Mixing truth{
        .rules = 0.8, .words = 2.0, .unknown = 1.0, .unfamiliar = 3.0, .wordless = 0.5};
    const Mixing found = fit_mixing(pages_drawn_by(truth, 20000));
    EXPECT_NEAR(found.rules, truth.rules, 0.1);
    EXPECT_NEAR(found.words, truth.words, 0.15);
    EXPECT_NEAR(found.unknown, truth.unknown, 0.3);
    EXPECT_NEAR(found.unfamiliar, truth.unfamiliar, 0.3);
}

TEST(FitMixing, MakesSharesThatComeTrueAsOftenAsTheySay) {
    const std::vector<JudgedPage> pages = pages_drawn_by({.rules = 0.5, .words = 1.0}, 20000);
    const Mixing mixing = fit_mixing(pages);
    double said = 0.0;
    double came = 0.0;
    for (const JudgedPage& page : pages) {
        for (std::size_t type = 0; type < page.types.size(); ++type) {
            const double share = share_of(page, type, mixing);
            if (share > 0.7) {
                said += share;
                came += page.truth == type ? 1.0 : 0.0;
            }
        }
    }
    ASSERT_GT(said, 1000.0);
    EXPECT_NEAR(came / said, 1.0, 0.02);
}

TEST(FitMixing, CountsNoEvidenceAgainstItself) {
    std::vector<JudgedPage> pages(50);
    for (JudgedPage& page : pages) {
        page.types = {{5.0, 1.0}, {0.0, -1.0}};
        page.truth = 1; // whatever anchors and words say
    }
    const Mixing mixing = fit_mixing(pages);
    EXPECT_GT(mixing.rules, 0.0);
    EXPECT_GT(mixing.words, 0.0);
}

TEST(FitMixing, StaysNearTheUsualWithoutPages) {
    const Mixing mixing = fit_mixing({});
    EXPECT_NEAR(mixing.rules, 1.0, 1e-6);
}

} // namespace
} // namespace pleiade::classify
