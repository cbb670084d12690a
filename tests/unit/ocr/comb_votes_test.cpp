#include "ocr/forms/comb_votes.h"

#include <gtest/gtest.h>

namespace pleiade::ocr {
namespace {

CombCharacters reading(const std::string& text, double confidence) {
    CombCharacters characters;
    for (const char c : text) {
        characters.push_back(Character{.text = std::string(1, c), .confidence = confidence});
    }
    return characters;
}

TEST(CombVotes, FollowTheMajorityAndLetTheUnreadAbstain) {
    CombVotes votes(3);
    votes.add(reading("1?3", 0.8));
    votes.add(reading("123", 0.8));
    votes.add(reading("723", 0.8));
    EXPECT_EQ(votes.text(), "123");
    EXPECT_TRUE(votes.supports("123"));
    EXPECT_FALSE(votes.unanimous());
}

TEST(CombVotes, OneReadingIsEnoughOnlyWhenSure) {
    CombVotes sure(2);
    sure.add(reading("12", 0.95));
    EXPECT_TRUE(sure.supports("12"));
    CombVotes unsure(2);
    unsure.add(reading("12", 0.6));
    EXPECT_FALSE(unsure.supports("12"));
}

TEST(CombVotes, WhatWasReadTwiceIsKnownEvenWhenOutvoted) {
    CombVotes votes(1);
    for (const char* text : {"1", "1", "7", "7", "7"}) {
        votes.add(reading(text, 0.8));
    }
    EXPECT_EQ(votes.text(), "7");
    EXPECT_TRUE(votes.knows("1"));
    EXPECT_FALSE(votes.supports("1"));
    EXPECT_FALSE(votes.knows("4"));
}

TEST(CombVotes, OfACellNobodyReadIsAQuestionMark) {
    CombVotes votes(2);
    votes.add(reading("1?", 0.99));
    EXPECT_EQ(votes.text(), "1?");
    EXPECT_FALSE(votes.supports("1?"));
    EXPECT_EQ(votes.least_confidence(), 0.0);
}

} // namespace
} // namespace pleiade::ocr
