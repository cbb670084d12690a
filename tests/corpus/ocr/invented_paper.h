#pragma once
// What stands on pages besides symbols: print, tables, screened pictures, bars and modules that are
// no code.

#include "tests/corpus/ocr/dice.h"

#include <opencv2/core.hpp>

namespace pleiade::test {

inline constexpr double mm_per_inch = 25.4;

void write_text(cv::Mat& page, const cv::Rect& area, int dpi, Dice& dice);
void rule_table(cv::Mat& page, const cv::Rect& area, int dpi, Dice& dice);
/// Dots on a screen at 45 degrees, in size by a picture of soft blotches.
void print_halftone(cv::Mat& page, const cv::Rect& area, int dpi, Dice& dice);
/// Bars that are no code: a hatching, a ruler, a comb.
void draw_bars(cv::Mat& page, const cv::Rect& area, Dice& dice);
/// Modules by chance, as a broken or foreign two-dimensional code shows them.
void draw_mosaic(cv::Mat& page, const cv::Rect& area, Dice& dice);
[[nodiscard]] cv::Mat paper(int dpi);

} // namespace pleiade::test
