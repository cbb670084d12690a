#include "tests/support/painted_sheets.h"

#include "tests/support/page_painter.h"

#include <array>
#include <random>

namespace pleiade::test {
namespace {

using Dice = std::mt19937; // its numbers are fixed by the standard

double between(Dice& dice, double least, double most) {
    constexpr unsigned steps = 1000;
    return least + (most - least) * static_cast<double>(dice() % (steps + 1)) / steps;
}

PagePainter paper(Dice& dice) {
    return PagePainter(
        {.dpi = 200,
         .paper = static_cast<int>(between(dice, 235, 252)),
         .seed = static_cast<unsigned>(dice())}
    );
}

PagePainter letter(Dice& dice) {
    PagePainter front = paper(dice);
    front.line(25.0, 30.0, "AVIS D'ARRET DE TRAVAIL", between(dice, 4.0, 7.0));
    front.paragraphs(between(dice, 50.0, 90.0), between(dice, 150.0, 230.0));
    front.barcode(between(dice, 20.0, 120.0), 265.0);
    return front;
}

PagePainter separator(Dice& dice) {
    PagePainter front = paper(dice);
    front.barcode(60.0, 25.0).line(45.0, 90.0, "NOUVEAU PLI", 12.0).squares(85.0, 150.0);
    return front;
}

/// What a hand or a typewriter left, somewhere on the sheet.
void write(PagePainter& side, Dice& dice, unsigned what) {
    const double x = between(dice, 25.0, 110.0);
    const double y = between(dice, 40.0, 250.0);
    switch (what % 4) {
    case 0:
        side.line(x, y, "lu et approuve", 1.6)
            .line(x, y + 4.0, "le 3 mars 2026", 1.6)
            .line(x, y + 8.0, "a Digne", 1.6);
        return;
    case 1:
        side.signature(x, y, static_cast<int>(between(dice, 40.0, 110.0)));
        return;
    case 2:
        side.line(x, y, "Merci", 2.2);
        return;
    default:
        side.stamp(x, y, static_cast<int>(between(dice, 80.0, 140.0)));
    }
}

/// The dirt that any paper may carry.
void soil(PagePainter& side, Dice& dice) {
    if (dice() % 2 == 0) {
        side.punch_holes();
    }
    if (dice() % 2 == 0) {
        side.dust(static_cast<int>(dice() % 40));
    }
}

constexpr int scanner_threshold = 150; // as scanners that keep pale writing

struct Sides {
    PagePainter front;
    PagePainter back;
    bool black_and_white = false;

    /// Each side skewed for itself: they pass two cameras, or are scanned one after the other.
    PaintedSheet scanned(const std::string& kind, bool written, Dice& dice) {
        front.skew(between(dice, -2.0, 2.0)).noise(3.0);
        back.skew(between(dice, -2.0, 2.0)).noise(black_and_white ? 9.0 : 3.0);
        return {
            kind,
            written,
            black_and_white ? back.bitonal(scanner_threshold) : back.grey(),
            black_and_white ? front.bitonal(scanner_threshold) : front.grey()};
    }
};

Sides shone_through(PagePainter front, Dice& dice, bool black_and_white) {
    PagePainter back = paper(dice);
    back.shine_through(
        front, black_and_white ? between(dice, 0.36, 0.42) : between(dice, 0.25, 0.38)
    );
    return {std::move(front), std::move(back), black_and_white};
}

struct Kind {
    const char* name;
    PaintedSheet (*paint)(const char* name, Dice& dice);
};

PaintedSheet alone(const char* name, bool written, PageImage back) {
    return {name, written, std::move(back), std::nullopt};
}

template <unsigned what>
PaintedSheet written_alone(const char* name, Dice& dice) {
    PagePainter back = paper(dice);
    soil(back, dice);
    write(back, dice, what);
    if (dice() % 3 == 0) {
        back.streak(between(dice, 20.0, 190.0), 110);
    }
    back.noise(3.0);
    return alone(name, true, dice() % 2 == 0 ? back.grey() : back.bitonal(scanner_threshold));
}

template <unsigned what, bool black_and_white>
PaintedSheet written_over_bleed(const char* name, Dice& dice) {
    Sides sides =
        shone_through(dice() % 2 == 0 ? letter(dice) : separator(dice), dice, black_and_white);
    soil(sides.back, dice);
    write(sides.back, dice, what);
    return sides.scanned(name, true, dice);
}

const std::array kinds{
    Kind{
        "white paper",
        [](const char* name, Dice& dice) {
            return alone(name, false, paper(dice).noise(between(dice, 1.0, 4.0)).grey());
        }},
    Kind{
        "coloured paper",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice).noise(3.0);
            const auto tint = [&] { return static_cast<int>(between(dice, 150.0, 235.0)); };
            const int red = tint();
            const int green = tint();
            return alone(name, false, back.colour(red, green, tint()));
        }},
    Kind{
        "pale bleed-through",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.shine_through(letter(dice), between(dice, 0.08, 0.2)).noise(3.0);
            return alone(name, false, back.grey());
        }},
    Kind{
        "heavy bleed-through of a letter",
        [](const char* name, Dice& dice) {
            return shone_through(letter(dice), dice, false).scanned(name, false, dice);
        }},
    Kind{
        "heavy bleed-through of a separator",
        [](const char* name, Dice& dice) {
            return shone_through(separator(dice), dice, false).scanned(name, false, dice);
        }},
    Kind{
        "bleed-through of a separator in black and white",
        [](const char* name, Dice& dice) {
            return shone_through(separator(dice), dice, true).scanned(name, false, dice);
        }},
    Kind{
        "bleed-through among dirt",
        [](const char* name, Dice& dice) {
            Sides sides = shone_through(separator(dice), dice, dice() % 2 == 0);
            soil(sides.back, dice);
            return sides.scanned(name, false, dice);
        }},
    Kind{
        "punch and staple holes",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.punch_holes(static_cast<int>(between(dice, 10.0, 100.0)))
                .staple_holes()
                .noise(3.0);
            return alone(name, false, dice() % 2 == 0 ? back.grey() : back.bitonal());
        }},
    Kind{
        "specks",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.dust(static_cast<int>(between(dice, 10.0, 80.0)));
            return alone(name, false, dice() % 2 == 0 ? back.noise(3.0).grey() : back.bitonal());
        }},
    Kind{
        "streaks of the feeder",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            for (unsigned i = 0; i <= dice() % 3; ++i) {
                back.streak(between(dice, 10.0, 200.0), static_cast<int>(between(dice, 60, 160)));
            }
            return alone(name, false, back.noise(3.0).grey());
        }},
    Kind{
        "shadow of the edge in black and white",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.edge_shadow(between(dice, 15.0, 30.0), between(dice, 0.4, 0.55)).noise(9.0);
            return alone(name, false, back.bitonal(scanner_threshold));
        }},
    Kind{"three tiny lines", written_alone<0>},
    Kind{"a signature", written_alone<1>},
    Kind{"one short line", written_alone<2>},
    Kind{"a stamp", written_alone<3>},
    Kind{"three tiny lines over bleed-through", written_over_bleed<0, false>},
    Kind{"a signature over bleed-through", written_over_bleed<1, false>},
    Kind{"three tiny lines over bleed-through in black and white", written_over_bleed<0, true>},
    Kind{"a signature over bleed-through in black and white", written_over_bleed<1, true>},
    Kind{
        "a second page of the same letter",
        [](const char* name, Dice& dice) {
            PagePainter front = letter(dice);
            return Sides{front, letter(dice), dice() % 2 == 0}.scanned(name, true, dice);
        }},
    Kind{
        "writing paper",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            const double step = between(dice, 5.0, 10.0);
            const auto level = static_cast<int>(between(dice, 150.0, 215.0));
            back.ruled(step, level, dice() % 2 == 0).noise(3.0);
            return alone(name, false, back.grey());
        }},
    Kind{
        "a staple",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            const bool left = dice() % 2 == 0;
            back.staple(
                left ? between(dice, 5.0, 12.0) : between(dice, 186.0, 193.0),
                between(dice, 6.0, 14.0),
                between(dice, -45.0, 45.0)
            );
            back.noise(3.0);
            return alone(name, false, dice() % 2 == 0 ? back.grey() : back.bitonal());
        }},
    Kind{
        "dark border of the feeder",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.dust(10).noise(3.0);
            back.lay_on_glass(between(dice, -2.5, 2.5), between(dice, 3.0, 12.0), 20);
            return alone(name, false, dice() % 2 == 0 ? back.grey() : back.bitonal());
        }},
    Kind{
        "a folded corner",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.missing_corner(between(dice, 8.0, 35.0), static_cast<int>(between(dice, 10, 110)));
            back.fold(between(dice, 90.0, 200.0)).noise(3.0);
            back.lay_on_glass(between(dice, -1.5, 1.5), 6.0, 25);
            return alone(name, false, back.grey());
        }},
    Kind{
        "a watermark",
        [](const char* name, Dice& dice) {
            PagePainter back({.dpi = 200, .paper = 248, .seed = static_cast<unsigned>(dice())});
            back.watermark(static_cast<int>(between(dice, 215.0, 236.0))).noise(3.0);
            return alone(name, false, back.grey());
        }},
    Kind{
        "punch holes with their shadow",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.hole_shadows(static_cast<int>(between(dice, 30.0, 90.0)));
            back.punch_holes(static_cast<int>(between(dice, 10.0, 200.0))).noise(3.0);
            back.turn(static_cast<int>(dice() % 4) * 90);
            return alone(name, false, back.grey());
        }},
    Kind{
        "a page number",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.line(
                between(dice, 95.0, 180.0),
                285.0,
                "- " + std::to_string(10 + dice() % 80) + " -",
                2.4
            );
            back.noise(3.0);
            return alone(name, true, dice() % 2 == 0 ? back.grey() : back.bitonal());
        }},
    Kind{
        "a line in pencil",
        [](const char* name, Dice& dice) {
            PagePainter back({.dpi = 200, .paper = 248, .seed = static_cast<unsigned>(dice())});
            back.signature(
                between(dice, 25.0, 110.0),
                between(dice, 40.0, 250.0),
                static_cast<int>(between(dice, 120.0, 160.0))
            );
            back.noise(3.0);
            return alone(name, true, back.grey());
        }},
    Kind{
        "three tiny lines on writing paper",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.ruled(8.0, static_cast<int>(between(dice, 170.0, 215.0)));
            write(back, dice, 0);
            back.noise(3.0);
            return alone(name, true, back.grey());
        }},
    Kind{
        "a signature beside a staple and a folded corner",
        [](const char* name, Dice& dice) {
            PagePainter back = paper(dice);
            back.staple(8.0, 9.0, between(dice, -30.0, 30.0)).missing_corner(15.0, 25);
            write(back, dice, 1);
            back.noise(3.0);
            return alone(name, true, back.grey());
        }},
};

} // namespace

std::size_t kinds_of_sheets() {
    return kinds.size();
}

PaintedSheet painted_sheet(std::size_t kind, unsigned seed) {
    Dice dice(seed * static_cast<unsigned>(kinds.size()) + static_cast<unsigned>(kind));
    return kinds.at(kind).paint(kinds.at(kind).name, dice);
}

} // namespace pleiade::test
