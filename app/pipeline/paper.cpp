#include "app/pipeline/paper.h"

#include <utility>

namespace pleiade::pipeline {
namespace {

// chosen: read easily, with room for the holes of a file
constexpr double left_mm = 25.0;
constexpr double right_mm = 190.0;
constexpr double number_right_mm = 140.0;
constexpr double top_mm = 25.0;
constexpr double bottom_mm = 277.0;
constexpr double foot_mm = 287.0;
constexpr double line_mm = 4.8;
constexpr double text_mm = 3.5;
constexpr double foot_text_mm = 2.8;
constexpr double heading_mm = 4.0;
constexpr double title_mm = 6.5;
constexpr double indent_mm = 4.0;
constexpr double rule_mm = 0.1;
constexpr double under_mm = 1.3; // from the baseline to the rule
constexpr double row_mm = 5.4;

/// Where the next line ends: at a blank, or anywhere when a word is wider than the line.
std::size_t fitting(const ged::PrintFont& font, const std::string& text, double width_mm) {
    std::size_t best = std::string::npos;
    for (std::size_t end = 1; end <= text.size(); ++end) {
        const bool whole_letter =
            end == text.size() || (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
        if (!whole_letter) {
            continue;
        }
        if (ged::text_width(font, text.substr(0, end), {text_mm}).value > width_mm) {
            const std::size_t blank = text.rfind(' ', end - 1);
            return blank != std::string::npos && blank > 0 ? blank
                   : best == std::string::npos             ? end
                                                           : best;
        }
        best = end;
    }
    return text.size();
}

} // namespace

Paper::Paper(const ged::PrintFont& font) : font_(font) {
    turn();
}

void Paper::title(const std::string& text) {
    put(text, left_mm, title_mm, DrawnWeight::Bold);
    y_mm_ += 2 * line_mm;
}

void Paper::strong(const std::string& text) {
    wrap(text, 0.0, DrawnWeight::Bold);
}

void Paper::heading(const std::string& text) {
    gap();
    need(3 * line_mm);
    put(text, left_mm, heading_mm, DrawnWeight::Bold);
    y_mm_ += line_mm * 1.2;
}

void Paper::line(const std::string& text) {
    wrap(text, 0.0, DrawnWeight::Regular);
}

void Paper::row(const std::string& text, long number) {
    need(row_mm);
    const std::string digits = std::to_string(number);
    const double width = ged::text_width(font_, digits, {text_mm}).value;
    put(text, left_mm, text_mm, DrawnWeight::Regular);
    put(digits, number_right_mm - width, text_mm, DrawnWeight::Regular);
    sheets_.back().rectangles.push_back(
        {{left_mm}, {y_mm_ + under_mm}, {number_right_mm - left_mm}, {rule_mm}}
    );
    y_mm_ += row_mm;
}

void Paper::gap() {
    y_mm_ += line_mm * 0.6;
}

void Paper::list(const std::string& text, const std::vector<std::string>& items) {
    list(text, items, static_cast<long>(items.size()));
}

void Paper::list(const std::string& text, const std::vector<std::string>& items, long number) {
    if (items.empty()) {
        gap();
        wrap(text + " : néant", 0.0, DrawnWeight::Regular);
        return;
    }
    heading(text + " (" + std::to_string(number) + ")");
    for (const std::string& item : items) {
        wrap("– " + item, 0.0, DrawnWeight::Regular);
    }
}

std::vector<Drawing> Paper::finished(const std::string& foot) {
    for (std::size_t i = 0; i < sheets_.size(); ++i) {
        const std::string page =
            "page " + std::to_string(i + 1) + " / " + std::to_string(sheets_.size());
        const double width = ged::text_width(font_, page, {foot_text_mm}).value;
        auto& texts = sheets_[i].texts;
        texts.push_back({foot, {left_mm}, {foot_mm}, {foot_text_mm}, DrawnWeight::Regular});
        texts.push_back({page, {right_mm - width}, {foot_mm}, {foot_text_mm}, DrawnWeight::Regular}
        );
    }
    return std::exchange(sheets_, {});
}

void Paper::put(const std::string& text, double x_mm, double size_mm, DrawnWeight weight) {
    sheets_.back().texts.push_back({text, {x_mm}, {y_mm_}, {size_mm}, weight});
}

void Paper::wrap(const std::string& text, double indent, DrawnWeight weight) {
    std::string rest = text;
    while (!rest.empty()) {
        need(line_mm);
        const std::size_t end = fitting(font_, rest, right_mm - left_mm - indent);
        put(rest.substr(0, end), left_mm + indent, text_mm, weight);
        y_mm_ += line_mm;
        const std::size_t next = rest.find_first_not_of(' ', end);
        rest.erase(0, next == std::string::npos ? rest.size() : next);
        indent = indent_mm;
    }
}

void Paper::turn() {
    sheets_.emplace_back();
    y_mm_ = top_mm;
}

void Paper::need(double height_mm) {
    if (y_mm_ + height_mm > bottom_mm) {
        turn();
    }
}

} // namespace pleiade::pipeline
