#include "classify/rules/codes.h"
#include "classify/rules/continuation.h"
#include "classify/rules/page_number.h"
#include "tests/unit/classify/papers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::classify::test {
namespace {

using testing::Contains;
using testing::Field;
using testing::Not;

constexpr const char* joined = "page 2 inconnue, jointe au document qui précède";

PageNumber number_of(const std::string& words, int y = 3400) {
    return find_page_number(lay_out(Painter().line(1200, y, words).page()));
}

TEST(PageNumber, IsReadAsPeopleWriteIt) {
    for (const char* words :
         {"2/3", "(2/3)", "page 2 sur 3", "Page 2/3", "P.02/03", "feuille 2 de 3", "2 sur 3"}) {
        EXPECT_EQ(number_of(words).number, 2) << words;
        EXPECT_EQ(number_of(words).of, 3) << words;
    }
    for (const char* words : {"page 2", "- 2 -", "2", "p. 2"}) {
        EXPECT_EQ(number_of(words).number, 2) << words;
        EXPECT_EQ(number_of(words).of, 0) << words;
    }
}

TEST(PageNumber, IsNoOtherNumber) {
    for (const char* words : {"12/2026", "3/2", "le 2", "26/09", "250", "tous les 2 jours"}) {
        EXPECT_EQ(number_of(words).number, 0) << words;
    }
    EXPECT_EQ(number_of("2/3", 1700).number, 0) << "in the middle of a page";
}

/// A page behind others, of which only the last is looked at; with the chances that a model gave.
class Behind {
public:
    Behind(const std::vector<Painter>& pages, double own_chance, double known_chance) {
        for (const Painter& page : pages) {
            pages_.push_back(page.page());
            layouts_.push_back(lay_out(pages_.back()));
            PageGuess guess = TypeRules({}).guess(
                pages_.back(), layouts_.back(), static_cast<int>(pages_.size()) - 1
            );
            guess.scores = {
                {.code = code_, .chance = own_chance},
                {.code = "LIBRE", .chance = known_chance - own_chance}};
            guesses_.push_back(guess);
            before_.push_back(static_cast<int>(before_.size()));
        }
        before_.pop_back();
    }

    [[nodiscard]] JoinedPage page() const {
        return {pages_, layouts_, guesses_, code_, before_, static_cast<int>(pages_.size()) - 1};
    }
    [[nodiscard]] double chance() const { return continuation_chance(continuation_signs(page())); }

private:
    std::string code_ = "AAT";
    std::vector<PageReading> pages_;
    std::vector<Layout> layouts_;
    std::vector<PageGuess> guesses_;
    std::vector<int> before_;
};

Painter last_part() {
    Painter page;
    page.line(150, 300, "Précisions du médecin concernant Jeanne MARTIN")
        .line(150, 500, "Fait à Nice, le 3 mars")
        .line(150, 600, "cachet");
    return page;
}

Painter flyer() {
    Painter page;
    page.line(600, 400, "KERMESSE AU VILLAGE", 60)
        .block(600, 900, "buvette et tombola\ndimanche dès quatorze heures\nvenez nombreux");
    return page;
}

TEST(Continuation, IsLikelierWithEachThingThatAPersonLooksFor) {
    const Painter first = sick_note();
    const double alone = Behind({first, flyer()}, 0.05, 0.4).chance();
    const double named = Behind({first, flyer()}, 0.35, 0.4).chance();
    EXPECT_GT(named, alone) << "words of the form itself";
    Painter numbered = flyer();
    numbered.line(1200, 3400, "2/2");
    EXPECT_GT(Behind({first, numbered}, 0.05, 0.4).chance(), alone);
    EXPECT_GT(Behind({first, last_part()}, 0.05, 0.4).chance(), alone)
        << "the signature that the form lacks";
    EXPECT_LT(Behind({first, flyer()}, 0.05, 0.1).chance(), alone)
        << "words that nobody has written to a caisse before";
}

TEST(Continuation, OfANumberedPageWithTheSignatureIsCertainAndOfAFlyerNot) {
    Painter numbered = last_part();
    numbered.line(1200, 3400, "2/2");
    EXPECT_GT(Behind({sick_note(), numbered}, 0.3, 0.6).chance(), 0.95);
    EXPECT_LT(Behind({sick_note(), flyer()}, 0.05, 0.2).chance(), 0.5);
}

TEST(Continuation, IsRefusedToWhatSaysThatItIsAPaperOfItsOwn) {
    const auto opens = [](const Painter& page) {
        return opens_something(Behind({sick_note(), page}, 0.3, 0.6).page());
    };
    EXPECT_FALSE(opens(last_part()));
    Painter first = last_part();
    first.line(1200, 3400, "page 1 sur 2");
    EXPECT_TRUE(opens(first));
    Painter small(1748, 2480);
    small.line(150, 300, "Précisions du médecin");
    EXPECT_TRUE(opens(small)) << "another size of paper";
}

TEST(Continuation, IsAPersonsToSeeWhereThePageBelongsToSomebodyOrToAnotherSeries) {
    const auto apart = [](const Painter& first, const Painter& page) {
        return stands_for_itself(Behind({first, page}, 0.3, 0.6).page());
    };
    EXPECT_FALSE(apart(sick_note(), last_part()));
    Painter insured = last_part();
    insured.identifier(150, 900, IdentifierKind::Nir, "184050608800195");
    EXPECT_TRUE(apart(sick_note(), insured));
    Painter seventh = last_part();
    seventh.line(1200, 3400, "page 7");
    EXPECT_TRUE(apart(sick_note(), seventh));
    Painter whole = sick_note();
    whole.line(1200, 3300, "page 1 sur 1");
    EXPECT_TRUE(apart(whole, last_part())) << "the document says that it ends";
    EXPECT_TRUE(apart(sick_note(), Painter().line(900, 900, "bonjour"))) << "a scribble";
}

/// What is shipped, with a model that knows no words: chances are those of the anchors.
Decision weighed(std::vector<PageReading> pages) {
    ClassifySettings settings = shipped();
    settings.model = TypeModel{};
    return understand(ReadPli{.pages = std::move(pages), .lot_caisse = "061"}, settings, Facts{});
}

TEST(Continuation, ThatIsSureNeedsNobodyAndSaysWhy) {
    Painter page = last_part();
    page.line(150, 200, "LA FIN DU FORMULAIRE", 60)
        .line(150, 800, "les renseignements médicaux")
        .line(1200, 3400, "- 2 -");
    const std::vector<PageReading> pages = {sick_note().page(), page.page()};
    EXPECT_THAT(decide(pages).verify_reasons, Contains(joined)) << "it is headed";
    const Decision decision = weighed(pages);
    EXPECT_THAT(decision.verify_reasons, Not(Contains(joined)));
    EXPECT_THAT(
        decision.page_types.at(1).why,
        Contains(Field(&Evidence::what, "suite : numérotée comme une suite"))
    );
}

TEST(Continuation, ThatIsNotSureGoesToAPerson) {
    EXPECT_THAT(weighed({sick_note().page(), flyer().page()}).verify_reasons, Contains(joined));
}

TEST(Continuation, OfAnotherSeriesOfPagesGoesToAPersonThoughItIsNumbered) {
    Painter first_of_others = flyer();
    first_of_others.line(1200, 3400, "page 1 sur 2");
    EXPECT_THAT(
        weighed({sick_note().page(), first_of_others.page()}).verify_reasons, Contains(joined)
    );
}

} // namespace
} // namespace pleiade::classify::test
