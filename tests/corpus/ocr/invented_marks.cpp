#include "tests/corpus/ocr/invented_marks.h"

#include "tests/corpus/ocr/invented_paper.h"
#include "tests/corpus/ocr/invented_symbols.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <stdexcept>

namespace pleiade::test {
namespace {

/// A page of text with places left free for symbols: the four corners of the middle of the page.
struct Sheet {
    int dpi = 300;
    cv::Mat grey;
    std::vector<InventedMark> marks;
    std::vector<cv::Point2d> places;
};

Sheet written_sheet(int dpi, Dice& dice) {
    Sheet sheet{dpi, paper(dpi), {}, {}};
    const int margin = dpi / 2;
    const int width = sheet.grey.cols - 2 * margin;
    const int line = sheet.grey.rows / 10;
    write_text(sheet.grey, {margin, margin, width, line}, dpi, dice);
    write_text(sheet.grey, {margin, 5 * line - line / 3, width, line}, dpi, dice);
    rule_table(sheet.grey, {margin, 9 * line - line / 4, width, line / 2}, dpi, dice);
    for (const double y : {0.285, 0.7}) {
        for (const double x : {0.3, 0.72}) {
            sheet.places.emplace_back(sheet.grey.cols * x, sheet.grey.rows * y);
        }
    }
    std::shuffle(
        sheet.places.begin(),
        sheet.places.end(),
        std::mt19937(static_cast<unsigned>(dice.whole(0, 9999)))
    );
    return sheet;
}

/// Puts a symbol into the next free place, with the text under it that such symbols have.
/// @return Where it lies.
cv::Rect add_symbol(Sheet& sheet, const Kind& kind, Laying laying, Dice& dice) {
    const Content content = content_of(kind.symbology, dice);
    cv::Mat modules = modules_of(kind, content.given, dice);
    const cv::Point2d place = sheet.places.back();
    sheet.places.pop_back();
    const double room = sheet.grey.cols * 0.21;
    cv::Point2d half = half_size(modules, laying);
    while (std::max(half.x, half.y) > room && laying.module_px > 2.0) {
        laying.module_px -= 0.25;
        half = half_size(modules, laying);
    }
    const cv::Point2d at(
        place.x + dice.between(-0.02, 0.02) * sheet.grey.cols,
        place.y + dice.between(-0.03, 0.03) * sheet.grey.rows
    );
    lay(sheet.grey, modules, at, laying);
    const cv::Rect area = cv::Rect(
                              static_cast<int>(at.x - half.x),
                              static_cast<int>(at.y - half.y),
                              static_cast<int>(2 * half.x),
                              static_cast<int>(2 * half.y)
                          ) &
                          cv::Rect(0, 0, sheet.grey.cols, sheet.grey.rows);
    const Box box{area.x, area.y, area.x + area.width, area.y + area.height};
    sheet.marks.push_back({kind.format, content.read, box});
    return area;
}

/// Each page takes the next symbologies of the list, so that every kind sees all of them.
Kind symbology_for(int number, int place) {
    return symbologies[static_cast<std::size_t>(number * 2 + place * 5) % symbologies.size()];
}

double quarter(Dice& dice) {
    return 90.0 * dice.whole(0, 3);
}

Sheet small_symbols(int dpi, double low_px, double high_px, int number, Dice& dice) {
    Sheet sheet = written_sheet(dpi, dice);
    for (int i = 0; i < 2; ++i) {
        add_symbol(
            sheet,
            symbology_for(number, i),
            {.module_px = dice.between(low_px, high_px),
             .angle_deg = quarter(dice) + dice.between(-1.5, 1.5)},
            dice
        );
    }
    return sheet;
}

Sheet at_any_angle(int number, Dice& dice) {
    Sheet sheet = written_sheet(300, dice);
    for (int i = 0; i < 2; ++i) {
        add_symbol(
            sheet,
            symbology_for(number, i),
            {.module_px = dice.between(3.0, 4.0), .angle_deg = dice.between(0.0, 360.0)},
            dice
        );
    }
    return sheet;
}

/// spec: ITU-T T.4, 204 dots per inch along the line and 98 or 196 lines per inch, black and white
Sheet by_fax(int number, Dice& dice) {
    constexpr int dpi = 204;
    Sheet sheet = written_sheet(dpi, dice);
    for (int i = 0; i < 2; ++i) {
        add_symbol(
            sheet,
            symbology_for(number, i),
            {.module_px = dice.between(3.2, 4.5),
             .angle_deg = quarter(dice) + dice.between(-0.7, 0.7)},
            dice
        );
    }
    const double lines_per_inch = number % 2 == 0 ? 196.0 : 98.0;
    cv::Mat sent;
    cv::resize(sheet.grey, sent, {}, 1.0, lines_per_inch / dpi, cv::INTER_AREA);
    cv::threshold(sent, sent, dice.between(110.0, 150.0), 255.0, cv::THRESH_BINARY);
    cv::resize(sent, sheet.grey, sheet.grey.size(), 0.0, 0.0, cv::INTER_NEAREST);
    return sheet;
}

Sheet out_of_focus(int number, Dice& dice) {
    Sheet sheet = small_symbols(300, 3.0, 4.0, number, dice);
    cv::GaussianBlur(sheet.grey, sheet.grey, {}, dice.between(1.0, 1.8));
    return sheet;
}

void add_noise(cv::Mat& grey, double deviation, double specks, Dice& dice) {
    cv::RNG random(static_cast<std::uint64_t>(dice.whole(1, 1 << 30)));
    cv::Mat noise(grey.size(), CV_16SC1);
    random.fill(noise, cv::RNG::NORMAL, 0.0, deviation);
    cv::add(grey, noise, grey, cv::noArray(), CV_8U);
    const auto count = static_cast<int>(specks * static_cast<double>(grey.total()));
    for (int i = 0; i < count; ++i) {
        grey.at<uchar>(random.uniform(0, grey.rows), random.uniform(0, grey.cols)) =
            random.uniform(0, 2) == 0 ? 255 : 0;
    }
}

Sheet noisy(int number, Dice& dice) {
    Sheet sheet = small_symbols(300, 3.0, 4.0, number, dice);
    add_noise(sheet.grey, dice.between(5.0, 30.0), dice.between(0.0, 0.03), dice);
    return sheet;
}

/// A stroke of a pen across the symbol, or a corner of it torn away.
Sheet damaged(int number, Dice& dice) {
    Sheet sheet = written_sheet(300, dice);
    for (int i = 0; i < 2; ++i) {
        const Kind kind = symbology_for(number, i);
        const double angle = quarter(dice) + dice.between(-1.0, 1.0);
        const cv::Rect area = add_symbol(
            sheet, kind, {.module_px = dice.between(3.5, 4.5), .angle_deg = angle}, dice
        );
        if ((number + i) % 2 == 0) {
            const cv::Point from(area.x, area.y + dice.whole(0, area.height));
            const cv::Point to(area.x + area.width, area.y + dice.whole(0, area.height));
            cv::line(sheet.grey, from, to, cv::Scalar(60.0), dice.whole(4, 9), cv::LINE_AA);
        } else {
            const double part = kind.linear ? 0.45 : 0.14;
            const int width = static_cast<int>(area.width * part);
            const int height = static_cast<int>(area.height * part);
            const std::array<cv::Point, 3> torn{
                cv::Point(area.x, area.y),
                cv::Point(area.x + width, area.y),
                cv::Point(area.x, area.y + height)};
            cv::fillConvexPoly(sheet.grey, torn, cv::Scalar(250.0));
        }
    }
    return sheet;
}

Sheet several(int number, Dice& dice) {
    Sheet sheet = written_sheet(300, dice);
    for (int i = 0; i < 4; ++i) {
        add_symbol(
            sheet,
            symbology_for(number, i),
            {.module_px = dice.between(2.5, 4.0), .angle_deg = quarter(dice) + dice.between(-1, 1)},
            dice
        );
    }
    return sheet;
}

/// White on a dark label.
Sheet inverted(int number, Dice& dice) {
    Sheet sheet = written_sheet(300, dice);
    for (int i = 0; i < 2; ++i) {
        add_symbol(
            sheet,
            symbology_for(number, i),
            {.module_px = dice.between(3.0, 4.5),
             .angle_deg = quarter(dice) + dice.between(-1.0, 1.0),
             .ink = 245.0,
             .paper = dice.between(20.0, 60.0)},
            dice
        );
    }
    return sheet;
}

/// Coloured bars on coloured paper, as grey as their colours are, with a shadow over the page.
Sheet coloured(int number, Dice& dice) {
    Sheet sheet = written_sheet(300, dice);
    for (int i = 0; i < 2; ++i) {
        const double paper_grey = dice.between(150.0, 225.0);
        add_symbol(
            sheet,
            symbology_for(number, i),
            {.module_px = dice.between(3.0, 4.0),
             .angle_deg = quarter(dice) + dice.between(-1.5, 1.5),
             .ink = paper_grey - dice.between(60.0, 110.0),
             .paper = paper_grey},
            dice
        );
    }
    cv::Mat shade(1, sheet.grey.cols, CV_32FC1);
    for (int x = 0; x < shade.cols; ++x) {
        shade.at<float>(0, x) =
            0.65F + 0.35F * static_cast<float>(x) / static_cast<float>(shade.cols);
    }
    cv::Mat shadow;
    cv::repeat(shade, sheet.grey.rows, 1, shadow);
    cv::multiply(sheet.grey, shadow, sheet.grey, 1.0, CV_8U);
    add_noise(sheet.grey, 4.0, 0.0, dice);
    return sheet;
}

Sheet without_symbols(int number, Dice& dice) {
    const int dpi = number % 2 == 0 ? 300 : 200;
    Sheet sheet = written_sheet(dpi, dice);
    const int side = sheet.grey.cols / 3;
    const auto area_at = [&](std::size_t place) {
        const cv::Point2d& middle = sheet.places[place];
        return cv::Rect(
            static_cast<int>(middle.x) - side / 2, static_cast<int>(middle.y) - side / 2, side, side
        );
    };
    print_halftone(sheet.grey, area_at(0), dpi, dice);
    cv::Rect bars = area_at(1);
    bars.height = static_cast<int>(dice.between(3.0, 15.0) / mm_per_inch * dpi);
    draw_bars(sheet.grey, bars, dice);
    cv::Rect mosaic = area_at(2);
    mosaic.width /= dice.whole(1, 4);
    mosaic.height = mosaic.width;
    draw_mosaic(sheet.grey, mosaic, dice);
    rule_table(sheet.grey, area_at(3), dpi, dice);
    write_text(sheet.grey, area_at(3), dpi, dice);
    if (number % 3 == 0) {
        add_noise(sheet.grey, 15.0, 0.01, dice);
    }
    if (number % 5 == 0) {
        const cv::Point2f middle(
            static_cast<float>(sheet.grey.cols) / 2.0F, static_cast<float>(sheet.grey.rows) / 2.0F
        );
        const cv::Mat turn = cv::getRotationMatrix2D(middle, dice.between(-40.0, 40.0), 1.0);
        cv::warpAffine(
            sheet.grey.clone(),
            sheet.grey,
            turn,
            sheet.grey.size(),
            cv::INTER_LINEAR,
            cv::BORDER_CONSTANT,
            cv::Scalar(250.0)
        );
    }
    return sheet;
}

using Inventor = std::function<Sheet(int number, Dice& dice)>;

const std::map<std::string, Inventor>& inventors() {
    static const std::map<std::string, Inventor> all{
        {"small-300dpi",
         [](int number, Dice& dice) { return small_symbols(300, 2.0, 3.0, number, dice); }},
        {"small-200dpi",
         [](int number, Dice& dice) { return small_symbols(200, 2.0, 3.0, number, dice); }},
        {"any-angle", at_any_angle},
        {"fax", by_fax},
        {"blurred", out_of_focus},
        {"noisy", noisy},
        {"damaged", damaged},
        {"several", several},
        {"inverted", inverted},
        {"coloured", coloured},
        {"no-symbols", without_symbols},
    };
    return all;
}

} // namespace

const std::vector<std::string>& invented_kinds() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const auto& [name, inventor] : inventors()) {
            all.push_back(name);
        }
        return all;
    }();
    return names;
}

InventedPage invented_page(const std::string& kind, int number) {
    const auto inventor = inventors().find(kind);
    if (inventor == inventors().end()) {
        throw std::logic_error("no such kind of page: " + kind);
    }
    unsigned seed = 20260316U;
    for (const char letter : kind) {
        seed = seed * 31U + static_cast<unsigned char>(letter);
    }
    Dice dice(seed + static_cast<unsigned>(number) * 7919U);
    const Sheet sheet = inventor->second(number, dice);
    InventedPage page;
    page.marks = sheet.marks;
    page.grey.width_px = sheet.grey.cols;
    page.grey.height_px = sheet.grey.rows;
    page.grey.dpi = sheet.dpi;
    page.grey.pixels.assign(sheet.grey.begin<uchar>(), sheet.grey.end<uchar>());
    return page;
}

} // namespace pleiade::test
