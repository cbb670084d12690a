#include "comb_page_painter.h"

#include <opencv2/imgproc.hpp>
#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <array>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace pleiade::test {
namespace {

constexpr double points_per_mm = 72.0 / 25.4;
constexpr double page_height_points = 842.0; // A4
constexpr std::array fonts = {"Helvetica", "Courier", "Courier-Bold", "Times-Roman"};
constexpr int dpi = 300;

double from_top(double y_mm) {
    return page_height_points - y_mm * points_per_mm;
}

std::string font_name(const std::string& font) {
    for (std::size_t i = 0; i < fonts.size(); ++i) {
        if (font == fonts[i]) {
            return "/F" + std::to_string(i);
        }
    }
    throw std::logic_error("not a font of the painter: " + font);
}

std::string pdf_of(const std::string& content) {
    std::vector<std::string> objects = {
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "",
        "<</Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream"};
    std::string names;
    for (std::size_t i = 0; i < fonts.size(); ++i) {
        names +=
            "/F" + std::to_string(i) + "<</Type/Font/Subtype/Type1/BaseFont/" + fonts[i] + ">>";
    }
    objects[2] =
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<<" +
        names + ">>>>>>";
    std::string pdf = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        std::string offset = std::to_string(pdf.size());
        table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(pdf.size());
    return pdf + "xref\n0 5\n" + table + "trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n" + start +
           "\n%%EOF\n";
}

cv::Mat rendered(const std::string& pdf) {
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size()))
    );
    if (document == nullptr) {
        throw std::runtime_error("the painter wrote a PDF that poppler refuses");
    }
    const std::unique_ptr<poppler::page> page(document->create_page(0));
    poppler::page_renderer renderer;
    renderer.set_image_format(poppler::image::format_gray8);
    renderer.set_render_hint(poppler::page_renderer::antialiasing);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
    poppler::image image = renderer.render_page(page.get(), dpi, dpi);
    return cv::Mat(
               image.height(),
               image.width(),
               CV_8UC1,
               image.data(),
               static_cast<std::size_t>(image.bytes_per_row())
    )
        .clone();
}

} // namespace

void PagePainter::text(
    double x_mm, double y_mm, const std::string& font, double points, const std::string& text
) {
    std::ostringstream out;
    out << "BT " << font_name(font) << ' ' << points << " Tf 0 g " << x_mm * points_per_mm << ' '
        << from_top(y_mm) << " Td (" << text << ") Tj ET\n";
    content_ += out.str();
}

void PagePainter::line(
    double x0_mm, double y0_mm, double x1_mm, double y1_mm, double grey, double width_mm
) {
    std::ostringstream out;
    out << grey << " G " << width_mm * points_per_mm << " w " << x0_mm * points_per_mm << ' '
        << from_top(y0_mm) << " m " << x1_mm * points_per_mm << ' ' << from_top(y1_mm) << " l S\n";
    content_ += out.str();
}

PageImage PagePainter::scanned(const ScanDefects& defects) const {
    cv::Mat page = rendered(pdf_of(content_));
    const cv::Point2f centre(static_cast<float>(page.cols) / 2, static_cast<float>(page.rows) / 2);
    const cv::Mat turn = cv::getRotationMatrix2D(centre, -defects.skew_deg, 1.0);
    cv::Mat turned;
    cv::warpAffine(page, turned, turn, page.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, 255);
    cv::Mat noise(turned.size(), CV_16SC1);
    cv::RNG seeded(20260314);
    seeded.fill(noise, cv::RNG::NORMAL, 0, defects.noise);
    cv::Mat wide;
    turned.convertTo(wide, CV_16SC1);
    wide += noise;
    wide.convertTo(turned, CV_8UC1);
    if (defects.bitonal) {
        cv::threshold(turned, turned, 150, 255, cv::THRESH_BINARY);
    }
    PageImage image;
    image.width_px = turned.cols;
    image.height_px = turned.rows;
    image.dpi = dpi;
    image.pixels.assign(turned.datastart, turned.dataend);
    return image;
}

double paint_comb(
    PagePainter& page, double x_mm, double y_mm, const CombLook& look, const std::string& cells
) {
    constexpr double high_mm = 5.5;
    constexpr double tick_mm = 1.6;
    const bool separate = look.style == CombStyle::SeparateBoxes;
    const double cell_mm = separate ? look.pitch_mm - 1.0 : look.pitch_mm;
    const double end = x_mm + look.pitch_mm * static_cast<double>(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const double x = x_mm + look.pitch_mm * static_cast<double>(i);
        const bool full = look.style != CombStyle::Ticks || i == 0;
        const double top = y_mm - (full ? high_mm : tick_mm);
        page.line(x, y_mm, x + cell_mm, y_mm, look.grey);
        page.line(x, y_mm, x, top, look.grey);
        if (look.style != CombStyle::Ticks) {
            page.line(x, top, x + cell_mm, top, look.grey);
        }
        if (separate) {
            page.line(x + cell_mm, y_mm, x + cell_mm, top, look.grey);
        }
        page.text(x + cell_mm / 2 - 1.2, y_mm - 1.0, look.font, 12, std::string(1, cells[i]));
    }
    if (!separate) {
        page.line(end, y_mm, end, y_mm - high_mm, look.grey);
    }
    return end;
}

} // namespace pleiade::test
