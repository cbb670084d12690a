#include "tests/support/page_painter.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace pleiade::test {
namespace {

cv::Mat as_mat(PageImage& page) {
    return {page.height_px, page.width_px, CV_8UC1, page.pixels.data()};
}

void take(PageImage& page, const cv::Mat& pixels) {
    PageImage next;
    next.width_px = pixels.cols;
    next.height_px = pixels.rows;
    next.dpi = page.dpi;
    next.pixels.resize(pixels.total());
    cv::Mat view = as_mat(next);
    pixels.copyTo(view);
    page = std::move(next);
}

constexpr std::array sentences{
    "Madame, Monsieur, je vous prie de bien vouloir trouver ci-joint",
    "les pieces que vous m'avez demandees au sujet de mon dossier.",
    "Le paiement de mes indemnites journalieres n'a pas encore ete fait",
    "depuis le debut du mois ; mon employeur a pourtant envoye tous les",
    "papiers. Je reste a votre disposition pour tout renseignement et",
    "vous remercie par avance de la suite que vous donnerez a ma lettre.",
    "Dans l'attente de votre reponse, veuillez recevoir, Madame, Monsieur,",
    "l'expression de mes salutations distinguees."};

void write(cv::Mat pixels, cv::Point at, const std::string& text, double height_px, int ink) {
    constexpr double hershey_capital_px = 21.0; // of FONT_HERSHEY_COMPLEX at scale 1
    cv::putText(
        pixels,
        text,
        at,
        cv::FONT_HERSHEY_COMPLEX,
        height_px / hershey_capital_px,
        cv::Scalar(ink),
        std::max(1, cvRound(height_px / 11.0)),
        cv::LINE_AA
    );
}

} // namespace

PagePainter::PagePainter(const Sheet& sheet) : sheet_(sheet), random_(sheet.seed) {
    page_.width_px = px(sheet.width_mm);
    page_.height_px = px(sheet.height_mm);
    page_.dpi = sheet.dpi;
    page_.pixels.assign(
        static_cast<std::size_t>(page_.width_px) * static_cast<std::size_t>(page_.height_px),
        static_cast<std::uint8_t>(sheet.paper)
    );
}

int PagePainter::px(double millimetres) const {
    return cvRound(millimetres * sheet_.dpi / 25.4);
}

PagePainter&
PagePainter::line(double x_mm, double y_mm, const std::string& text, double height_mm) {
    write(as_mat(page_), {px(x_mm), px(y_mm)}, text, px(height_mm), 20);
    return *this;
}

PagePainter& PagePainter::paragraphs(double from_mm, double to_mm, double height_mm) {
    std::size_t next = 0;
    for (double y = from_mm + height_mm; y < to_mm; y += 2.0 * height_mm) {
        line(20.0, y, sentences.at(next++ % sentences.size()), height_mm);
    }
    return *this;
}

PagePainter& PagePainter::signature(double x_mm, double y_mm, int ink) {
    std::vector<cv::Point> curve;
    for (int i = 0; i <= 120; ++i) {
        const double t = i / 120.0;
        curve.emplace_back(
            px(x_mm + 35.0 * t), px(y_mm + 6.0 * std::sin(19.0 * t) * std::cos(5.0 * t))
        );
    }
    cv::polylines(as_mat(page_), curve, false, cv::Scalar(ink), px(0.4), cv::LINE_AA);
    return *this;
}

PagePainter& PagePainter::stamp(double x_mm, double y_mm, int ink) {
    cv::Mat pixels = as_mat(page_);
    const cv::Rect frame(px(x_mm), px(y_mm), px(30.0), px(12.0));
    cv::rectangle(pixels, frame, cv::Scalar(ink), px(0.5));
    write(pixels, {frame.x + px(3.0), frame.y + px(8.0)}, "RECU", px(4.0), ink);
    return *this;
}

PagePainter& PagePainter::barcode(double x_mm, double y_mm) {
    cv::Mat pixels = as_mat(page_);
    double x = x_mm;
    for (int bar = 0; bar < 40; ++bar) {
        const double width = 0.25 * static_cast<double>(1 + random_() % 3);
        cv::rectangle(
            pixels, {px(x), px(y_mm)}, {px(x + width), px(y_mm + 10.0)}, cv::Scalar(10), cv::FILLED
        );
        x += width + 0.25 * static_cast<double>(1 + random_() % 3);
    }
    return *this;
}

PagePainter& PagePainter::squares(double x_mm, double y_mm) {
    constexpr int count = 25;
    constexpr double square_mm = 1.2;
    for (int at = 0; at < count * count; ++at) {
        if (random_() % 2 == 0) {
            continue;
        }
        const double x = x_mm + square_mm * (at % count);
        const double y = y_mm + square_mm * (at / count);
        cv::rectangle(
            as_mat(page_),
            {px(x), px(y)},
            {px(x + square_mm) - 1, px(y + square_mm) - 1},
            cv::Scalar(10),
            cv::FILLED
        );
    }
    return *this;
}

PagePainter& PagePainter::punch_holes(int level) {
    const double middle = sheet_.height_mm / 2.0;
    for (const double y : {middle - 40.0, middle + 40.0}) { // spec: ISO 838
        cv::circle(
            as_mat(page_), {px(12.0), px(y)}, px(3.0), cv::Scalar(level), cv::FILLED, cv::LINE_AA
        );
    }
    return *this;
}

PagePainter& PagePainter::staple_holes() {
    for (const double x : {8.0, 18.0}) {
        cv::circle(as_mat(page_), {px(x), px(9.0)}, px(0.35), cv::Scalar(60), cv::FILLED);
    }
    return *this;
}

PagePainter& PagePainter::staple(double x_mm, double y_mm, double clockwise_deg) {
    constexpr double length_mm = 12.0; // spec: staples 24/6 and 26/6
    const double angle = clockwise_deg * CV_PI / 180.0;
    cv::line(
        as_mat(page_),
        {px(x_mm), px(y_mm)},
        {px(x_mm + length_mm * std::cos(angle)), px(y_mm + length_mm * std::sin(angle))},
        cv::Scalar(70),
        std::max(1, px(0.5)),
        cv::LINE_AA
    );
    return *this;
}

PagePainter& PagePainter::ruled(double step_mm, int level, bool across) {
    cv::Mat pixels = as_mat(page_);
    const int thickness = std::max(1, px(0.2));
    for (double y = 2.0 * step_mm; y < sheet_.height_mm; y += step_mm) {
        cv::line(pixels, {0, px(y)}, {pixels.cols, px(y)}, cv::Scalar(level), thickness);
    }
    for (double x = step_mm; across && x < sheet_.width_mm; x += step_mm) {
        cv::line(pixels, {px(x), 0}, {px(x), pixels.rows}, cv::Scalar(level), thickness);
    }
    return *this;
}

PagePainter& PagePainter::watermark(int level) {
    write(as_mat(page_), {px(30.0), px(140.0)}, "COPIE", px(25.0), level);
    return *this;
}

PagePainter& PagePainter::hole_shadows(int depth) {
    cv::Mat shade(page_.height_px, page_.width_px, CV_8UC1, cv::Scalar(0));
    const double middle = sheet_.height_mm / 2.0;
    for (const double y : {middle - 40.0, middle + 40.0}) {
        cv::circle(shade, {px(13.0), px(y + 1.0)}, px(3.6), cv::Scalar(depth), cv::FILLED);
    }
    cv::GaussianBlur(shade, shade, {}, px(0.5));
    cv::Mat pixels = as_mat(page_);
    cv::subtract(pixels, shade, pixels);
    return *this;
}

PagePainter& PagePainter::dust(int count, double largest_mm) {
    for (int i = 0; i < count; ++i) {
        const cv::Point at(
            static_cast<int>(random_() % static_cast<unsigned>(page_.width_px)),
            static_cast<int>(random_() % static_cast<unsigned>(page_.height_px))
        );
        const double size = largest_mm * (0.3 + 0.7 * static_cast<double>(random_() % 100) / 100.0);
        cv::circle(as_mat(page_), at, std::max(1, px(size / 2.0)), cv::Scalar(70), cv::FILLED);
    }
    return *this;
}

PagePainter& PagePainter::streak(double x_mm, int level) {
    cv::line(
        as_mat(page_),
        {px(x_mm), 0},
        {px(x_mm), page_.height_px - 1},
        cv::Scalar(level),
        std::max(1, px(0.25))
    );
    return *this;
}

PagePainter& PagePainter::fold(double y_mm, int depth) {
    cv::Mat pixels = as_mat(page_);
    for (int y = 0; y < pixels.rows; ++y) {
        const double distance_mm = std::abs(y - px(y_mm)) * 25.4 / sheet_.dpi;
        const double shade = depth * std::exp(-distance_mm * distance_mm / 8.0);
        pixels.row(y) -= cv::Scalar(shade);
    }
    return *this;
}

PagePainter& PagePainter::bleed_through(int depth) {
    cv::Mat pixels = as_mat(page_);
    cv::Mat back(pixels.size(), CV_8UC1, cv::Scalar(0));
    std::size_t next = 0;
    for (int y = px(40.0); y < px(sheet_.height_mm - 30.0); y += px(6.0)) {
        write(back, {px(20.0), y}, sentences.at(next++ % sentences.size()), px(3.0), depth);
    }
    cv::flip(back, back, 1);
    cv::GaussianBlur(back, back, {}, px(0.15));
    cv::subtract(pixels, back, pixels);
    return *this;
}

PagePainter& PagePainter::shine_through(const PagePainter& front, double strength) {
    PageImage front_page = front.grey();
    cv::Mat ink;
    cv::subtract(cv::Scalar(front.sheet_.paper), as_mat(front_page), ink);
    cv::flip(ink, ink, 1);
    cv::GaussianBlur(ink, ink, {}, px(0.2));
    cv::Mat pixels = as_mat(page_);
    cv::scaleAdd(ink, -strength, pixels, pixels);
    return *this;
}

PagePainter& PagePainter::edge_shadow(double reach_mm, double darkest) {
    cv::Mat pixels = as_mat(page_);
    const int reach = px(reach_mm);
    for (int y = 0; y < std::min(reach, pixels.rows); ++y) {
        cv::Mat row = pixels.row(pixels.rows - 1 - y);
        row *= darkest + (1.0 - darkest) * y / reach;
    }
    return *this;
}

PagePainter& PagePainter::missing_corner(double leg_mm, int background) {
    const int right = page_.width_px - 1;
    const std::vector<cv::Point> corner{{right - px(leg_mm), 0}, {right, 0}, {right, px(leg_mm)}};
    cv::fillConvexPoly(as_mat(page_), corner, cv::Scalar(background));
    return *this;
}

PagePainter& PagePainter::second_sheet(double right_mm, double down_mm, int background) {
    const cv::Mat sheet = as_mat(page_);
    const cv::Point shift(px(right_mm), px(down_mm));
    cv::Mat both(sheet.rows + shift.y, sheet.cols + shift.x, CV_8UC1, cv::Scalar(background));
    both(cv::Rect(shift, sheet.size())).setTo(sheet_.paper);
    sheet.copyTo(both(cv::Rect({0, 0}, sheet.size())));
    take(page_, both);
    return *this;
}

PagePainter& PagePainter::noise(double deviation) {
    // Three dice: near enough to a bell curve, and the same with every standard library. All three
    // come out of one number, and what they add up to is worked out once: a page has millions.
    constexpr unsigned faces = 1024;
    constexpr unsigned die_bits = 10;
    std::vector<int> change(3 * faces);
    for (std::size_t eyes = 0; eyes < change.size(); ++eyes) {
        const double sum = static_cast<double>(eyes) * 2.0 / (faces - 1) - 3.0;
        change[eyes] = cvRound(sum * deviation);
    }
    for (std::uint8_t& value : page_.pixels) {
        const auto thrown = random_();
        const std::size_t eyes =
            thrown % faces + (thrown >> die_bits) % faces + (thrown >> (2 * die_bits)) % faces;
        value = cv::saturate_cast<std::uint8_t>(value + change[eyes]);
    }
    return *this;
}

PagePainter& PagePainter::blur(double pixels) {
    cv::Mat view = as_mat(page_);
    cv::GaussianBlur(view, view, {}, pixels);
    return *this;
}

PagePainter& PagePainter::lay_on_glass(double clockwise_deg, double margin_mm, int background) {
    cv::Mat sheet = as_mat(page_);
    const int margin = px(margin_mm);
    const cv::Size glass(sheet.cols + 2 * margin, sheet.rows + 2 * margin);
    cv::Mat turning = cv::getRotationMatrix2D(
        {static_cast<float>(sheet.cols) / 2.0F, static_cast<float>(sheet.rows) / 2.0F},
        -clockwise_deg,
        1.0
    );
    turning.at<double>(0, 2) += margin;
    turning.at<double>(1, 2) += margin;
    cv::Mat laid;
    cv::warpAffine(
        sheet, laid, turning, glass, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(background)
    );
    take(page_, laid);
    return *this;
}

PagePainter& PagePainter::skew(double clockwise_deg) {
    return lay_on_glass(clockwise_deg, 0.0, sheet_.paper);
}

PagePainter& PagePainter::turn(int clockwise_deg) {
    cv::Mat turned;
    switch (clockwise_deg) {
    case 90:
        cv::rotate(as_mat(page_), turned, cv::ROTATE_90_CLOCKWISE);
        break;
    case 180:
        cv::rotate(as_mat(page_), turned, cv::ROTATE_180);
        break;
    case 270:
        cv::rotate(as_mat(page_), turned, cv::ROTATE_90_COUNTERCLOCKWISE);
        break;
    default:
        return *this;
    }
    take(page_, turned);
    return *this;
}

PageImage PagePainter::grey() const {
    return page_;
}

PageImage PagePainter::bitonal(int threshold) const {
    PageImage page = page_;
    page.depth = ColourDepth::Bitonal;
    for (std::uint8_t& value : page.pixels) {
        value = value < threshold ? 0 : 255;
    }
    return page;
}

PageImage PagePainter::colour(int red, int green, int blue) const {
    PageImage page = page_;
    page.channels = 3;
    page.depth = ColourDepth::Colour;
    page.pixels.resize(page_.pixels.size() * 3);
    const std::array tint{red, green, blue};
    for (std::size_t i = 0; i < page_.pixels.size(); ++i) {
        for (std::size_t channel = 0; channel < 3; ++channel) {
            page.pixels[3 * i + channel] = cv::saturate_cast<std::uint8_t>(
                page_.pixels[i] * tint.at(channel) / static_cast<double>(sheet_.paper)
            );
        }
    }
    return page;
}

} // namespace pleiade::test
