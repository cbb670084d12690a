#include "tests/corpus/ocr/invented_paper.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pleiade::test {

void write_text(cv::Mat& page, const cv::Rect& area, int dpi, Dice& dice) {
    const double size_mm = dice.between(1.8, 3.2);
    const double scale = size_mm / mm_per_inch * dpi / 21.0; // Hershey capitals are 21 high
    const int thickness =
        std::max(1, static_cast<int>(std::lround(scale * dice.between(1.5, 3.0))));
    const int leading = static_cast<int>(size_mm * dice.between(1.7, 2.4) / mm_per_inch * dpi);
    const std::string letters = "aaabcdeeeeefghiiijlllmnnoopqrrsstttuuvxz      EDMPL0123456789.,'-";
    for (int y = area.y + leading; y < area.y + area.height - leading; y += leading) {
        const int length = static_cast<int>(area.width / (18.0 * scale));
        const std::string line =
            dice.text_of(letters, std::max(1, length - dice.whole(0, length / 3)));
        cv::putText(
            page,
            line,
            {area.x, y},
            cv::FONT_HERSHEY_DUPLEX,
            scale,
            cv::Scalar(25.0),
            thickness,
            cv::LINE_AA
        );
    }
}

void rule_table(cv::Mat& page, const cv::Rect& area, int dpi, Dice& dice) {
    const int row = static_cast<int>(dice.between(4.0, 9.0) / mm_per_inch * dpi);
    const int column = static_cast<int>(dice.between(4.0, 40.0) / mm_per_inch * dpi);
    const int thickness = dice.whole(1, 4);
    for (int y = area.y; y < area.y + area.height; y += row) {
        cv::line(page, {area.x, y}, {area.x + area.width, y}, cv::Scalar(40.0), thickness);
    }
    for (int x = area.x; x < area.x + area.width; x += column) {
        cv::line(page, {x, area.y}, {x, area.y + area.height}, cv::Scalar(40.0), thickness);
    }
}

void print_halftone(cv::Mat& page, const cv::Rect& area, int dpi, Dice& dice) {
    const double pitch = dpi / dice.between(25.0, 70.0);
    const double wave = dice.between(0.02, 0.08);
    for (int y = area.y; y < area.y + area.height; ++y) {
        for (int x = area.x; x < area.x + area.width; ++x) {
            const double u = (x + y) / pitch * std::numbers::pi / std::numbers::sqrt2;
            const double v = (x - y) / pitch * std::numbers::pi / std::numbers::sqrt2;
            const double tone = 0.5 + 0.4 * std::sin(x * wave) * std::cos(y * wave * 0.7);
            page.at<uchar>(y, x) = (std::cos(u) * std::cos(v) + 1.0) / 2.0 < tone ? 30 : 245;
        }
    }
}

void draw_bars(cv::Mat& page, const cv::Rect& area, Dice& dice) {
    const bool regular = dice.whole(0, 1) == 0;
    const int pitch = dice.whole(5, 14);
    int x = area.x;
    while (x < area.x + area.width) {
        const int width = regular ? pitch / 2 : dice.whole(2, pitch);
        cv::rectangle(page, {x, area.y, width, area.height}, cv::Scalar(20.0), cv::FILLED);
        x += width + (regular ? pitch - pitch / 2 : dice.whole(2, pitch));
    }
}

void draw_mosaic(cv::Mat& page, const cv::Rect& area, Dice& dice) {
    const int module = dice.whole(3, 9);
    for (int y = area.y; y + module <= area.y + area.height; y += module) {
        for (int x = area.x; x + module <= area.x + area.width; x += module) {
            const double grey = dice.whole(0, 1) == 0 ? 20.0 : 250.0;
            cv::rectangle(page, {x, y, module, module}, cv::Scalar(grey), cv::FILLED);
        }
    }
}

cv::Mat paper(int dpi) {
    constexpr double width_mm = 210.0; // spec: ISO 216
    constexpr double height_mm = 297.0;
    return {
        static_cast<int>(height_mm / mm_per_inch * dpi),
        static_cast<int>(width_mm / mm_per_inch * dpi),
        CV_8UC1,
        cv::Scalar(250.0)};
}

} // namespace pleiade::test
