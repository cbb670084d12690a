#include "capture/separator/symbol.h"
#include "capture/separator_code.h"
#include "capture/separator_sheet.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace pleiade::capture {
namespace {

// chosen: feeders cut or shade the outer centimetre; 180 mm stay for the widest code
constexpr double margin_mm = 15.0;
constexpr double usable_mm = 180.0;

Millimetres mm(double value) {
    return {value};
}

struct Place {
    double x_mm = 0.0;
    double y_mm = 0.0;
    double module_width_mm = 0.0;
    double module_height_mm = 0.0;
};

void add_symbol(Drawing& drawing, const Symbol& symbol, const Place& place) {
    for (const ModuleRectangle& part : symbol.rectangles) {
        drawing.rectangles.push_back(
            {mm(place.x_mm + part.x * place.module_width_mm),
             mm(place.y_mm + part.y * place.module_height_mm),
             mm(part.width * place.module_width_mm),
             mm(part.height * place.module_height_mm)}
        );
    }
}

void add_codes(Drawing& drawing, const std::string& code) {
    constexpr double widest_bar_mm = 0.6; // chosen: six pixels at 250 dpi, more adds nothing
    constexpr double bar_height_mm = 40.0;
    constexpr double bars_top_mm = 115.0;
    constexpr double qr_top_mm = 175.0;
    constexpr double qr_side_mm = 60.0;
    const Symbol bars = code_128(code);
    const double bar_mm = std::min(widest_bar_mm, usable_mm / bars.width);
    add_symbol(drawing, bars, {margin_mm, bars_top_mm, bar_mm, bar_height_mm});
    const Symbol squares = qr_code(code);
    const double square_mm = qr_side_mm / squares.width;
    add_symbol(drawing, squares, {margin_mm, qr_top_mm, square_mm, square_mm});
}

/// Type size at which `text` stays within the sheet, at most `largest_mm`.
double fitting_size_mm(const std::string& text, double largest_mm) {
    constexpr double widest_letter =
        0.72; // measured: mean capital of Helvetica-Bold, in type sizes
    const auto letters = std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; // not the rest of a UTF-8 sequence
    });
    const double wanted_mm =
        widest_letter * static_cast<double>(std::max(letters, decltype(letters){1}));
    return std::min(largest_mm, usable_mm / wanted_mm);
}

void add_heading(Drawing& drawing, const std::string& text, double largest_mm, double baseline_mm) {
    if (!text.empty()) {
        drawing.texts.push_back(
            {text,
             mm(margin_mm),
             mm(baseline_mm),
             mm(fitting_size_mm(text, largest_mm)),
             DrawnWeight::Bold}
        );
    }
}

struct Words {
    std::string title;
    std::vector<std::string> advice;
};

Words words_for(SeparatorKind kind) {
    switch (kind) {
    case SeparatorKind::LotHeader:
        return {
            "EN-TÊTE DE LOT",
            {"Une seule fois, tout en haut du lot.",
             "Code vers le haut ou vers le bas,",
             "face imprimée côté recto."}};
    case SeparatorKind::Pli:
        return {
            "SÉPARATEUR DE PLI",
            {"Devant chaque pli (enveloppe).",
             "Face imprimée côté recto.",
             "La feuille peut resservir."}};
    case SeparatorKind::Document:
        return {
            "SÉPARATEUR DE DOCUMENT",
            {"Entre deux documents",
             "d'un même pli.",
             "Face imprimée côté recto.",
             "La feuille peut resservir."}};
    }
    return {};
}

void add_words(Drawing& drawing, const Separator& separator, const std::string& caisse_name) {
    const Words words = words_for(separator.kind);
    add_heading(drawing, words.title, 16.0, 60.0);
    if (separator.kind == SeparatorKind::LotHeader) {
        const bool mixed = separator.caisse.empty() || separator.caisse == "000";
        add_heading(drawing, mixed ? "Courrier de plusieurs caisses" : caisse_name, 11.0, 77.0);
        add_heading(drawing, mixed ? "" : "Caisse " + separator.caisse, 11.0, 91.0);
        add_heading(drawing, separator.label, 9.0, 104.0);
    }
    constexpr double advice_left_mm = 85.0;
    constexpr double advice_size_mm = 6.5;
    double baseline_mm = 190.0;
    for (const std::string& line : words.advice) {
        drawing.texts.push_back({line, mm(advice_left_mm), mm(baseline_mm), mm(advice_size_mm)});
        baseline_mm += 1.5 * advice_size_mm;
    }
    drawing.texts.push_back({to_code(separator), mm(margin_mm), mm(165.0), mm(5.0)});
}

/// Patch T along the upper edge, and once more along the lower one the other way round: read from
/// the wrong end it is a Patch 3.
///
/// Source: Kodak A-61599 "Patch Code Information": narrow and wide bars in turn, spaces narrow.
void add_patch_t(Drawing& drawing) {
    constexpr double inch = mm_per_inch;
    constexpr std::array<double, 4> bars_mm = {0.08 * inch, 0.20 * inch, 0.08 * inch, 0.20 * inch};
    constexpr double space_mm = 0.08 * inch;
    constexpr double from_edge_mm = 10.0; // spec: at least 6 mm, at most 40 mm
    double y_mm = from_edge_mm;
    for (const double bar_mm : bars_mm) {
        for (const double top_mm : {y_mm, drawing.height.value - y_mm - bar_mm}) {
            drawing.rectangles.push_back({mm(margin_mm), mm(top_mm), mm(usable_mm), mm(bar_mm)});
        }
        y_mm += bar_mm + space_mm;
    }
}

} // namespace

Drawing
separator_sheet(const Separator& separator, const std::string& caisse_name, PatchBars patch_bars) {
    Drawing drawing;
    add_words(drawing, separator, caisse_name);
    add_codes(drawing, to_code(separator));
    if (patch_bars == PatchBars::PatchT && separator.kind == SeparatorKind::Pli) {
        add_patch_t(drawing);
    }
    return drawing;
}

} // namespace pleiade::capture
