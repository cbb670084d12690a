#include "ocr/lines/ink.h"

#include "core/units.h"
#include "ocr/lines/leaders.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>

namespace pleiade::ocr {
namespace {

constexpr double working_dpi = 150.0;       // chosen: small letters are still 6 pixels high
constexpr Millimetres around{5.0};          // chosen: ink is darker than this neighbourhood
constexpr int least_darker = 18;            // chosen: noise of a scanner after averaging is 4
constexpr Millimetres shortest_rule{7.0};   // chosen: longer than the strokes of letters
constexpr Millimetres lowest_wall{4.6};     // chosen: walls of cells are higher than stems
constexpr Millimetres thinnest_stem{0.75};  // chosen: stems as high as walls are this thick
constexpr Millimetres least_letter{0.9};    // chosen: x-height of 5 points
constexpr Millimetres highest_letter{14.0}; // chosen: titles
constexpr Millimetres widest_letter{45.0};  // chosen: a word of joined handwriting
constexpr int least_dot_px = 4;             // chosen: a full stop of 8 points
constexpr double faintest = 0.45;           // chosen: of the usual darkness of ink
constexpr Millimetres least_dark_ground{3.5};
constexpr Millimetres thickest_stroke{1.7}; // chosen: of light letters on dark ground
constexpr int dark_ground = 110;            // chosen: grey levels; below, what is on it is light

class Scale {
public:
    explicit Scale(double dpi) : dpi_(dpi) {}
    [[nodiscard]] int px(Millimetres length) const {
        return std::max(1, to_pixels(length, Dpi{dpi_}));
    }

private:
    double dpi_;
};

cv::Mat opened(const cv::Mat& mask, int width, int height) {
    cv::Mat result;
    cv::morphologyEx(
        mask, result, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {width, height})
    );
    return result;
}

/// Blocks that are dark but for letters as thin as print: closed, letters on them vanish; opened,
/// lines of dark print do. A title in heavy letters is left too, but is dark in half of it only.
cv::Mat dark_grounds(const cv::Mat& page, const Scale& scale) {
    constexpr double mostly_dark = 0.6; // chosen: heavy titles cover 0.5 of their block
    const cv::Mat dark = page < dark_ground;
    const int stroke = scale.px(thickest_stroke);
    const int side = scale.px(least_dark_ground);
    cv::Mat blocks;
    cv::morphologyEx(
        dark, blocks, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {stroke, stroke})
    );
    blocks = opened(blocks, side, side);
    if (cv::countNonZero(blocks) == 0) {
        return {};
    }
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(blocks, labels, stats, centres, 4, CV_32S);
    cv::Mat ground = cv::Mat::zeros(page.size(), CV_8UC1);
    for (int label = 1; label < count; ++label) {
        const int* of = stats.ptr<int>(label);
        const cv::Rect place(
            of[cv::CC_STAT_LEFT], of[cv::CC_STAT_TOP], of[cv::CC_STAT_WIDTH], of[cv::CC_STAT_HEIGHT]
        );
        const cv::Mat block = labels(place) == label;
        if (cv::countNonZero(dark(place) & block) >= mostly_dark * of[cv::CC_STAT_AREA]) {
            ground(place).setTo(255, block);
        }
    }
    return cv::countNonZero(ground) == 0 ? cv::Mat() : ground;
}

/// The page with light letters on dark ground turned over.
cv::Mat dark_on_light(const cv::Mat& page, const Scale& scale) {
    const cv::Mat ground = dark_grounds(page, scale);
    if (ground.empty()) {
        return page;
    }
    cv::Mat turned = page.clone();
    cv::bitwise_not(page, turned, ground);
    return turned;
}

/// How much darker than its neighbourhood each pixel is.
cv::Mat darkness_of(const cv::Mat& page, const Scale& scale) {
    const int window = 2 * (scale.px(around) / 2) + 1;
    cv::Mat mean;
    cv::boxFilter(page, mean, -1, {window, window});
    cv::Mat difference;
    cv::subtract(mean, page, difference);
    return difference;
}

/// The mean darkness of each labelled piece.
std::vector<int>
mean_darkness(const cv::Mat& darkness, const cv::Mat& labels, const cv::Mat& stats) {
    std::vector<int> mean(static_cast<std::size_t>(stats.rows), 0);
    for (int y = 0; y < labels.rows; ++y) {
        const int* label = labels.ptr<int>(y);
        const std::uint8_t* dark = darkness.ptr(y);
        for (int x = 0; x < labels.cols; ++x) {
            mean[static_cast<std::size_t>(label[x])] += label[x] == 0 ? 0 : dark[x];
        }
    }
    for (int label = 1; label < stats.rows; ++label) {
        mean[static_cast<std::size_t>(label)] /= stats.at<int>(label, cv::CC_STAT_AREA);
    }
    return mean;
}

/// The darkness of most ink: paper has grain and shines through, print is darker.
int usual_darkness(const std::vector<Piece>& letters) {
    std::vector<Piece> sorted = letters;
    std::ranges::sort(sorted, {}, &Piece::darkness);
    long all = 0;
    for (const Piece& piece : sorted) {
        all += piece.area;
    }
    long seen = 0;
    for (const Piece& piece : sorted) {
        seen += piece.area;
        if (2 * seen >= all) {
            return piece.darkness;
        }
    }
    return 0;
}

/// Rules and walls of cells go; where a letter crosses one, the letter stays in parts.
void remove_rules(cv::Mat& ink, const Scale& scale) {
    // A rule that is not quite level goes down in steps: a row more above and below joins them.
    cv::Mat rules;
    cv::Mat walls;
    cv::dilate(ink, rules, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
    cv::dilate(ink, walls, cv::getStructuringElement(cv::MORPH_RECT, {3, 1}));
    rules = opened(rules, scale.px(shortest_rule), 1);
    walls = opened(walls, 1, scale.px(lowest_wall));
    const int stem = scale.px(thinnest_stem);
    const cv::Mat thick = opened(ink, stem, stem);
    cv::Mat near_thick;
    cv::dilate(thick, near_thick, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    walls &= ~near_thick;
    rules &= ~near_thick;
    ink.setTo(0, rules | walls);
}

std::vector<Piece> pieces_of(const cv::Mat& ink, const cv::Mat& darkness) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
    const std::vector<int> dark = mean_darkness(darkness, labels, stats);
    std::vector<Piece> pieces;
    pieces.reserve(static_cast<std::size_t>(count));
    for (int label = 1; label < count; ++label) {
        const int* of = stats.ptr<int>(label);
        pieces.push_back(
            {.x0 = of[cv::CC_STAT_LEFT],
             .y0 = of[cv::CC_STAT_TOP],
             .x1 = of[cv::CC_STAT_LEFT] + of[cv::CC_STAT_WIDTH],
             .y1 = of[cv::CC_STAT_TOP] + of[cv::CC_STAT_HEIGHT],
             .area = of[cv::CC_STAT_AREA],
             .darkness = dark[static_cast<std::size_t>(label)]}
        );
    }
    return pieces;
}

} // namespace

PageInk ink_on(const PageImage& grey) {
    PageInk result;
    result.scale = std::max(1.0, grey.dpi / working_dpi);
    result.dpi = grey.dpi / result.scale;
    const Scale scale(result.dpi);
    const cv::Mat page(
        grey.height_px,
        grey.width_px,
        CV_8UC1,
        const_cast<std::uint8_t*>(grey.pixels.data()),
        grey.row_bytes()
    );
    cv::Mat reduced = page;
    if (result.scale > 1.0) {
        cv::resize(page, reduced, {}, 1 / result.scale, 1 / result.scale, cv::INTER_AREA);
    }
    const cv::Mat darkness = darkness_of(dark_on_light(reduced, scale), scale);
    cv::Mat ink = darkness > least_darker;
    remove_rules(ink, scale);
    for (const Piece& piece : pieces_of(ink, darkness)) {
        if (piece.height() > scale.px(highest_letter) || piece.width() > scale.px(widest_letter)) {
            continue;
        }
        const bool low = piece.height() < scale.px(least_letter);
        (low ? result.dots : result.letters).push_back(piece);
    }
    std::ranges::sort(result.letters, {}, &Piece::x0);
    std::ranges::sort(result.dots, {}, &Piece::x0);
    const double least = faintest * usual_darkness(result.letters);
    std::erase_if(result.letters, [&](const Piece& piece) { return piece.darkness < least; });
    std::erase_if(result.dots, [&](const Piece& piece) { return piece.darkness < least; });
    result.leaders = take_leaders(result.dots, result.dpi);
    std::erase_if(result.dots, [](const Piece& piece) { return piece.area < least_dot_px; });
    return result;
}

} // namespace pleiade::ocr
