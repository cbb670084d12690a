#include "core/durable_file.h"
#include "ocr/lstm/decode.h"
#include "ocr/lstm/model_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace pleiade::ocr {
namespace {

/// The characters and the dictionary of the French package, and odds made by hand.
class Decode : public testing::Test {
protected:
    static constexpr std::size_t no_character = 139; // spec: fra of Debian 12

    Decode()
        : file_(read_file("/usr/share/tesseract-ocr/5/tessdata/fra.traineddata", 64U << 20U)),
          charset_(*parse_charset(
              component_of(file_, Component::Characters),
              component_of(file_, Component::Codes),
              no_character + 1
          )),
          dictionary_(component_of(file_, Component::Words), charset_) {}

    std::size_t code(const std::string& character) const {
        return static_cast<std::size_t>(
            std::ranges::find(charset_.of_code, character) - charset_.of_code.begin()
        );
    }

    using Step = std::vector<std::pair<std::string, float>>; ///< The rest is "no character".

    /// One step for each entry, one without a character after each.
    LineOdds odds_of(const std::vector<Step>& steps) const {
        LineOdds odds{.steps = 2 * steps.size(), .codes = no_character + 1, .of = {}};
        odds.of.assign(odds.steps * odds.codes, 0.0F);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            float left = 1.0F;
            for (const auto& [character, share] : steps[i]) {
                odds.of[2 * i * odds.codes + code(character)] = share;
                left -= share;
            }
            odds.of[2 * i * odds.codes + no_character] = left;
            odds.of[(2 * i + 1) * odds.codes + no_character] = 1.0F;
        }
        return odds;
    }

    std::string read(const std::vector<Step>& steps, const AllowedCodes& allowed = {}) const {
        std::string text;
        for (const LineWord& word :
             words_along(odds_of(steps), {charset_, dictionary_, no_character}, allowed)) {
            text += text.empty() ? "" : " ";
            for (const LineCharacter& character : word.characters) {
                text += charset_.of_code[character.code];
            }
        }
        return text;
    }

    static std::vector<Step> sure(const std::vector<std::string>& characters) {
        std::vector<Step> steps;
        for (const std::string& character : characters) {
            steps.push_back({{character, 0.99F}});
        }
        return steps;
    }

    Bytes file_;
    Charset charset_;
    Dictionary dictionary_;
};

TEST_F(Decode, DoubleLettersAreTwoAndSpacesPartWords) {
    EXPECT_EQ(read(sure({"e", "l", "l", "e", " ", "a"})), "elle a");
}

TEST_F(Decode, WhereTheNetworkIsUnsureAWordOfTheDictionaryWins) {
    std::vector<Step> steps = sure({"s", "a", "l", "a", "i", "r", "e"});
    steps[2] = {{"1", 0.55F}, {"l", 0.44F}};
    EXPECT_EQ(read(steps), "salaire");
}

TEST_F(Decode, WhatIsReadSurelyIsNotMadeAWord) {
    EXPECT_EQ(read(sure({"s", "a", "1", "a", "i", "r", "e"})), "sa1aire");
}

TEST_F(Decode, CapitalsAreLookedUpInSmallLetters) {
    std::vector<Step> steps = sure({"S", "A", "L", "A", "I", "R", "E"});
    steps[3] = {{"4", 0.55F}, {"A", 0.44F}};
    EXPECT_EQ(read(steps), "SALAIRE");
}

TEST_F(Decode, WhereOnlyDigitsAreAllowedLettersAreNotConsidered) {
    AllowedCodes digits(no_character + 1, false);
    for (const char digit : std::string("0123456789")) {
        digits[code(std::string(1, digit))] = true;
    }
    digits[no_character] = true;
    std::vector<Step> steps = sure({"2", "0"});
    steps[1] = {{"O", 0.6F}, {"0", 0.35F}};
    EXPECT_EQ(read(steps, digits), "20");
}

TEST_F(Decode, TheOtherPossibilityIsKept) {
    std::vector<Step> steps = sure({"7", "5"});
    steps[0] = {{"7", 0.7F}, {"1", 0.25F}};
    const auto words =
        words_along(odds_of(steps), {charset_, dictionary_, no_character}, AllowedCodes{});
    ASSERT_EQ(words.size(), 1U);
    EXPECT_EQ(words[0].characters[0].second_code, code("1"));
    EXPECT_NEAR(words[0].characters[0].second_odds, 0.25, 0.01);
    EXPECT_NEAR(words[0].odds(), 0.7, 0.01);
}

} // namespace
} // namespace pleiade::ocr
