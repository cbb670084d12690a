#include "tests/corpus/ocr/invented_symbols.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pleiade::test {
namespace {

const std::string digits = "0123456789";
const std::string capitals = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";

/// spec: GS1 General Specifications 7.9, weights 3 and 1 from the right
std::string with_check_digit(const std::string& text) {
    int sum = 0;
    int weight = 3;
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit) {
        sum += (*digit - '0') * weight;
        weight = 4 - weight;
    }
    return text + static_cast<char>('0' + (10 - sum % 10) % 10);
}

} // namespace

Content content_of(Symbology symbology, Dice& dice) {
    const auto same = [](std::string text) { return Content{text, text}; };
    const auto checked = [](const std::string& text) {
        return Content{text, with_check_digit(text)};
    };
    switch (symbology) {
    case Symbology::Code128:
        return same("RK" + dice.text_of(digits, dice.whole(6, 11)) + "FR");
    case Symbology::Code39:
        return same(dice.text_of(capitals, dice.whole(5, 10)));
    case Symbology::Code93:
        return same(dice.text_of(capitals, dice.whole(5, 12)));
    case Symbology::Itf:
        return same(dice.text_of(digits, 2 * dice.whole(4, 7)));
    case Symbology::Ean13:
        return checked("3" + dice.text_of(digits, 11));
    case Symbology::Ean8:
        return checked("3" + dice.text_of(digits, 6));
    case Symbology::UpcA:
        return checked("1" + dice.text_of(digits, 10));
    case Symbology::DataBar: {
        const std::string item = "0" + dice.text_of(digits, 12);
        return {item, with_check_digit(item)};
    }
    case Symbology::Codabar: {
        const std::string number = dice.text_of(digits, dice.whole(7, 12));
        return {"A" + number + "B", number};
    }
    case Symbology::DataMatrix:
        return same("ARLAPOSTE;01;" + dice.text_of(capitals, 12) + ";" + dice.one_of(digits));
    case Symbology::Qr:
        return same("https://example.org/lot/" + dice.text_of(digits, dice.whole(3, 24)));
    default:
        return same("FEUILLE DE SOINS " + dice.text_of(capitals, dice.whole(4, 20)));
    }
}

cv::Mat modules_of(const Kind& kind, const std::string& given, Dice& dice) {
    const PageImage image = encoded(kind.symbology, given);
    cv::Mat modules(image.height_px, image.width_px, CV_8UC1);
    std::copy(image.pixels.begin(), image.pixels.end(), modules.begin<uchar>());
    if (kind.linear && kind.symbology != Symbology::DataBar) {
        modules = modules.rowRange(0, std::min(modules.rows, dice.whole(24, 50)));
    }
    const int quiet = kind.linear ? 11 : kind.symbology == Symbology::Qr ? 4 : 2;
    cv::Mat framed;
    cv::copyMakeBorder(modules, framed, 3, 3, quiet, quiet, cv::BORDER_CONSTANT, cv::Scalar(255.0));
    if (!kind.linear) {
        cv::copyMakeBorder(framed, framed, 1, 1, 0, 0, cv::BORDER_CONSTANT, cv::Scalar(255.0));
    }
    return framed;
}

cv::Point2d half_size(const cv::Mat& modules, const Laying& laying) {
    const double angle = laying.angle_deg * std::numbers::pi / 180.0;
    const double width = modules.cols * laying.module_px / 2.0;
    const double height = modules.rows * laying.module_px / 2.0;
    const double cosine = std::abs(std::cos(angle));
    const double sine = std::abs(std::sin(angle));
    return {width * cosine + height * sine + 2.0, width * sine + height * cosine + 2.0};
}

void lay(cv::Mat& page, const cv::Mat& modules, cv::Point2d middle, const Laying& laying) {
    constexpr int points = 4;
    const double angle = laying.angle_deg * std::numbers::pi / 180.0;
    const double cosine = std::cos(angle) / laying.module_px;
    const double sine = std::sin(angle) / laying.module_px;
    const cv::Point2d half = half_size(modules, laying);
    const cv::Rect area = cv::Rect(
                              static_cast<int>(middle.x - half.x),
                              static_cast<int>(middle.y - half.y),
                              static_cast<int>(2.0 * half.x),
                              static_cast<int>(2.0 * half.y)
                          ) &
                          cv::Rect(0, 0, page.cols, page.rows);
    for (int y = area.y; y < area.y + area.height; ++y) {
        for (int x = area.x; x < area.x + area.width; ++x) {
            double sum = 0.0;
            int inside = 0;
            for (int i = 0; i < points * points; ++i) {
                const double dx = x + (i % points + 0.5) / points - middle.x;
                const double dy = y + (i / points + 0.5) / points - middle.y;
                const double u = dx * cosine + dy * sine + modules.cols / 2.0;
                const double v = -dx * sine + dy * cosine + modules.rows / 2.0;
                if (u < 0.0 || v < 0.0 || u >= modules.cols || v >= modules.rows) {
                    continue;
                }
                ++inside;
                const bool black = modules.at<uchar>(static_cast<int>(v), static_cast<int>(u)) == 0;
                sum += black ? laying.ink : laying.paper;
            }
            uchar& pixel = page.at<uchar>(y, x);
            const double under = (points * points - inside) * static_cast<double>(pixel);
            pixel = cv::saturate_cast<uchar>((sum + under) / (points * points));
        }
    }
}

} // namespace pleiade::test
