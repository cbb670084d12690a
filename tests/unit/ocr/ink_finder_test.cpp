#include "ocr/ink_finder.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <cstring>

namespace pleiade::ocr {
namespace {

constexpr int dpi = 300;
constexpr int ink = 30;

/// A page of paper to draw on, half an A4.
cv::Mat paper() {
    return {1754, 2480, CV_8UC1, cv::Scalar(245)};
}

PageImage page_of(const cv::Mat& drawn) {
    PageImage page{.width_px = drawn.cols, .height_px = drawn.rows, .dpi = dpi};
    page.pixels.assign(drawn.data, drawn.data + drawn.total());
    return page;
}

void draw_box(cv::Mat& page, int x, int y, int side = 42) {
    cv::rectangle(page, {x, y, side, side}, ink, 3);
}

void draw_cross(cv::Mat& page, int x, int y, int reach = 32) {
    cv::line(page, {x, y}, {x + reach, y + reach}, ink, 4);
    cv::line(page, {x, y + reach}, {x + reach, y}, ink, 4);
}

TEST(Ink, TellsTickedBoxesFromEmptyOnes) {
    cv::Mat page = paper();
    draw_box(page, 300, 300);
    draw_box(page, 300, 500);
    draw_cross(page, 305, 505);
    draw_box(page, 300, 700);
    draw_cross(page, 290, 690, 62); // over the frame
    const PageInk found = find_ink(page_of(page), {});
    ASSERT_TRUE(found.measured);
    ASSERT_EQ(found.tick_boxes.size(), 3U);
    EXPECT_FALSE(found.tick_boxes[0].ticked);
    EXPECT_TRUE(found.tick_boxes[1].ticked);
    EXPECT_TRUE(found.tick_boxes[2].ticked);
    EXPECT_NEAR(found.tick_boxes[0].box_px.x0, 300, 4);
    EXPECT_NEAR(found.tick_boxes[0].box_px.width(), 44, 6);
}

TEST(Ink, TakesNoLetterFrameOrCombForATickBox) {
    cv::Mat page = paper();
    cv::putText(page, "DOB E8 H", {200, 300}, cv::FONT_HERSHEY_SIMPLEX, 2.0, ink, 5);
    cv::rectangle(page, {200, 500, 900, 400}, ink, 3);
    for (int cell = 0; cell < 15; ++cell) {
        cv::rectangle(page, {1300 + 60 * cell, 500, 60, 70}, ink, 3);
    }
    EXPECT_TRUE(find_ink(page_of(page), {}).tick_boxes.empty());
}

TEST(Ink, SeesASignatureButNeitherWordsNorLines) {
    cv::Mat page = paper();
    cv::putText(page, "Signature", {300, 300}, cv::FONT_HERSHEY_SIMPLEX, 1.5, ink, 4);
    PageText text;
    text.lines.push_back({});
    text.words.push_back({"Signature", {295, 250, 560, 320}, 0.95, 0, {}});
    cv::line(page, {300, 700}, {1200, 700}, ink, 3);
    EXPECT_TRUE(find_ink(page_of(page), text).blocks_px.empty());

    for (int wave = 0; wave < 5; ++wave) {
        cv::ellipse(page, {500 + 45 * wave, 520}, {40, 55}, 20, 0, 320, ink, 4);
    }
    const PageInk found = find_ink(page_of(page), text);
    ASSERT_EQ(found.blocks_px.size(), 1U);
    EXPECT_GT(found.blocks_px[0].y0, 400);
    EXPECT_LT(found.blocks_px[0].y1, 640);
}

} // namespace
} // namespace pleiade::ocr
