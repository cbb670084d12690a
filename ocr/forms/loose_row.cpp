#include "ocr/forms/loose_row.h"

#include "core/units.h"
#include "ocr/identifier_checks.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace pleiade::ocr {
namespace {

constexpr Millimetres reach_above_and_below{2.0}; // chosen: cells are higher than their label
constexpr Millimetres least_character{1.7};       // chosen: lower ones are dots of lost lines
constexpr Millimetres highest_character{6.0};     // chosen: higher ones are streaks and frames
constexpr double like_height = 0.6;               // chosen: of the median height
constexpr double least_step = 0.75;               // chosen: of the median step
constexpr double most_step = 1.3;
constexpr double most_key_step = 3.0;
constexpr int least_contrast = 50; // chosen: grey levels between paper and ink

/// Words, as opposed to digits read out of cells.
bool is_word(const Token& token) {
    return std::ranges::count_if(
               token.text, [](unsigned char c) { return std::isalpha(c) != 0; }
           ) >= 2 &&
           std::ranges::none_of(token.text, is_digit);
}

std::vector<cv::Rect> characters_in(const cv::Mat& zone, int dpi) {
    double darkest = 0;
    double lightest = 0;
    cv::minMaxLoc(zone, &darkest, &lightest);
    if (lightest - darkest < least_contrast) {
        return {};
    }
    cv::Mat ink;
    cv::threshold(zone, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
    const Dpi resolution{static_cast<double>(dpi)};
    std::vector<cv::Rect> characters;
    for (int label = 1; label < count; ++label) {
        const int height = stats.at<int>(label, cv::CC_STAT_HEIGHT);
        if (height >= to_pixels(least_character, resolution) &&
            height <= to_pixels(highest_character, resolution)) {
            characters.emplace_back(
                stats.at<int>(label, cv::CC_STAT_LEFT),
                stats.at<int>(label, cv::CC_STAT_TOP),
                stats.at<int>(label, cv::CC_STAT_WIDTH),
                height
            );
        }
    }
    std::ranges::sort(characters, {}, [](const cv::Rect& place) { return place.x; });
    return characters;
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

double centre_of(const cv::Rect& place) {
    return place.x + place.width / 2.0;
}

/// The usual step when the characters stand like those of a NIR; 0 when they do not.
double regular_step(const std::vector<cv::Rect>& characters) {
    std::vector<double> steps;
    for (std::size_t i = 1; i < characters.size(); ++i) {
        steps.push_back(centre_of(characters[i]) - centre_of(characters[i - 1]));
    }
    const double usual = median(steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const double most = i + 1 == nir_body_length ? most_key_step : most_step;
        if (steps[i] < least_step * usual || steps[i] > most * usual) {
            return 0;
        }
    }
    return usual;
}

} // namespace

Box place_after(const Label& label, const std::vector<Token>& tokens, const PageImage& grey) {
    const int reach = to_pixels(reach_above_and_below, {static_cast<double>(grey.dpi)});
    Box place{label.box_px.x1, label.box_px.y0 - reach, grey.width_px, label.box_px.y1 + reach};
    bool in_label = true;
    for (std::size_t i = label.token + 1;
         i < tokens.size() && tokens[i].line_index == label.line_index;
         ++i) {
        if (is_word(tokens[i]) && in_label) {
            place.x0 = tokens[i].box_px.x1;
        } else if (is_word(tokens[i])) {
            place.x1 = tokens[i].box_px.x0;
            break;
        }
        in_label = in_label && std::ranges::none_of(tokens[i].text, is_digit);
    }
    return intersection(place, {0, 0, grey.width_px, grey.height_px});
}

std::optional<CombRow> loose_row(const PageImage& grey, const Box& place_px) {
    if (place_px.empty()) {
        return std::nullopt;
    }
    const cv::Mat page(
        grey.height_px, grey.width_px, CV_8UC1, const_cast<std::uint8_t*>(grey.pixels.data())
    ); // NOLINT(cppcoreguidelines-pro-type-const-cast): cv::Mat has no view of constant pixels
    std::vector<cv::Rect> characters = characters_in(
        page(cv::Rect(place_px.x0, place_px.y0, place_px.width(), place_px.height())), grey.dpi
    );
    if (characters.size() < nir_body_length) {
        return std::nullopt;
    }
    std::vector<double> heights;
    for (const cv::Rect& place : characters) {
        heights.push_back(place.height);
    }
    const double usual_height = median(heights);
    std::erase_if(characters, [&](const cv::Rect& place) {
        return place.height < like_height * usual_height ||
               place.height * like_height > usual_height;
    });
    if (characters.size() != nir_body_length && characters.size() != nir_length) {
        return std::nullopt;
    }
    CombRow row;
    row.pitch_px = regular_step(characters);
    if (row.pitch_px <= 0) {
        return std::nullopt;
    }
    const auto half = static_cast<int>(row.pitch_px / 2);
    const auto margin = static_cast<int>(usual_height / 4);
    for (const cv::Rect& place : characters) {
        const int centre = place_px.x0 + static_cast<int>(centre_of(place));
        const int top = place_px.y0 + place.y;
        row.cells_px.push_back(
            {centre - half, std::max(0, top - margin), centre + half, top + place.height + margin}
        );
        row.box_px = united(row.box_px, row.cells_px.back());
    }
    return row;
}

} // namespace pleiade::ocr
