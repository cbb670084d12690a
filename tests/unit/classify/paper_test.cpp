#include "classify/rules/paper.h"
#include "tests/unit/classify/papers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace pleiade::classify::test {
namespace {

/// A form of twelve printed lines, filled in with these numbers.
PageReading form(const std::vector<std::string>& filled, const std::string& picture) {
    Painter page;
    for (int row = 0; row < 12; ++row) {
        page.line(150, 200 + 100 * row, "rubrique imprimée numéro L32" + std::to_string(row));
    }
    int y = 1600;
    for (const std::string& number : filled) {
        page.line(900, y, number);
        y += 100;
    }
    PageReading reading = page.page();
    reading.picture_print = picture;
    return reading;
}

const std::string picture(64, 'a');

std::vector<std::string> numbers(int from, int to) {
    std::vector<std::string> texts;
    for (int i = from; i < to; ++i) {
        texts.push_back(std::to_string(100000 + 7919 * i));
    }
    return texts;
}

bool have_band_in_common(const PagePrint& a, const PagePrint& b) {
    return std::ranges::any_of(a.bands, [&](int band) {
        return std::ranges::binary_search(b.bands, band);
    });
}

/// With these filled in, as they are read.
PageReading with(PageReading page, IdentifierKind kind, const std::vector<std::string>& values) {
    for (const std::string& value : values) {
        page.identifiers.push_back({.kind = kind, .value = value, .valid = true, .confidence = 0.87}
        );
    }
    return page;
}

TEST(Paper, ReadASecondTimeWithTwoMistakesIsTheSame) {
    std::vector<std::string> misread = numbers(0, 20);
    misread[3] = "999";
    misread[11] = "888";
    std::string another_scan = picture;
    another_scan.replace(0, 3, "b98");
    const PagePrint first = print_of(form(numbers(0, 20), picture));
    const PagePrint second = print_of(form(misread, another_scan));
    EXPECT_TRUE(is_same_paper(first, second));
}

TEST(Paper, IsLookedForByWhomItNames) {
    const PageReading blank = form(numbers(0, 20), picture);
    const std::vector<std::string> jeanne{"184050608800195"};
    EXPECT_TRUE(have_band_in_common(
        print_of(with(blank, IdentifierKind::Nir, jeanne)),
        print_of(with(form(numbers(20, 40), picture), IdentifierKind::Nir, jeanne))
    ));
}

TEST(Paper, IsLookedForByTwoDatesThatStandOnIt) {
    const PageReading blank = form(numbers(0, 20), picture);
    const auto dated = [&](const std::vector<std::string>& days) {
        return print_of(with(blank, IdentifierKind::Date, days));
    };
    const PagePrint first = dated({"2026-03-02", "2026-03-16", "2026-02-28"});
    EXPECT_TRUE(have_band_in_common(first, dated({"2026-03-02", "2026-03-19", "2026-02-28"})));
    EXPECT_FALSE(have_band_in_common(first, dated({"2026-03-02", "2026-03-19", "2026-03-01"})));
}

TEST(Paper, IsNotLookedForByWhatStandsOnEveryCopyOfItsForm) {
    EXPECT_FALSE(have_band_in_common(
        print_of(form(numbers(0, 20), picture)), print_of(form(numbers(0, 20), picture))
    ));
    const std::vector<std::string> doctor{"12345678200010"};
    EXPECT_TRUE(print_of(with(blank_page(), IdentifierKind::Siret, doctor)).bands.empty());
    EXPECT_TRUE(
        print_of(with(form(numbers(0, 20), picture), IdentifierKind::Siret, doctor)).bands.empty()
    );
}

TEST(Paper, OfAnotherPersonIsAnother) {
    EXPECT_FALSE(is_same_paper(
        print_of(form(numbers(0, 20), picture)), print_of(form(numbers(20, 40), picture))
    ));
}

TEST(Paper, OfOtherDaysOfOnePersonIsAnother) {
    constexpr double as_dates_are_read = 0.87;
    PageReading first = form(numbers(0, 20), picture);
    PageReading next = first;
    for (PageReading* page : {&first, &next}) {
        const std::string day = page == &first ? "2026-03-02" : "2026-03-07";
        page->identifiers.push_back(
            {.kind = IdentifierKind::Date,
             .value = day,
             .valid = true,
             .confidence = as_dates_are_read}
        );
    }
    EXPECT_FALSE(is_same_paper(print_of(first), print_of(next)));
}

TEST(Paper, WithAnotherLookIsAnotherWhateverItSays) {
    EXPECT_FALSE(is_same_paper(
        print_of(form(numbers(0, 20), picture)),
        print_of(form(numbers(0, 20), std::string(64, '5')))
    ));
}

TEST(Paper, ABlankSideHasNoPrint) {
    EXPECT_EQ(print_of(blank_page()), PagePrint{});
}

} // namespace
} // namespace pleiade::classify::test
