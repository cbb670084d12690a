#include "core/failure.h"
#include "ged-export/drawing_pdf.h"
#include "ged-export/pdf/archive.h"
#include "ged-export/pdf/file.h"
#include "ged-export/pdf/metadata.h"
#include "ged-export/pdf/number.h"
#include "ged-export/pdf/unicode.h"

#include <string>

namespace pleiade::ged {
namespace {

using Object = QPDFObjectHandle;

double points(Millimetres length) {
    return length.value * points_per_inch / mm_per_inch;
}

/// A string in parentheses, with what would end it escaped.
std::string literal(const std::string& bytes) {
    std::string text = "(";
    for (const char byte : bytes) {
        if (byte == '(' || byte == ')' || byte == '\\') {
            text += '\\';
        }
        text += byte;
    }
    return text + ")";
}

/// What comes before the words: the font, and how it is laid on.
using Face = std::string (*)(const DrawnText&);

std::string own_face(const DrawnText& text) {
    return (text.weight == DrawnWeight::Bold ? "/Bold " : "/Text ") + number(points(text.size)) +
           " Tf ";
}

std::string outlined_face(const DrawnText& text) {
    constexpr double stroke = 0.03; // chosen: of the type size, as black as Helvetica Bold
    const std::string face = "/Text " + number(points(text.size)) + " Tf ";
    return text.weight == DrawnWeight::Bold ? face + number(points(text.size) * stroke) + " w 2 Tr "
                                            : face + "0 Tr ";
}

std::string content_of(const Drawing& drawing, Face face) {
    const double height = points(drawing.height);
    std::string content;
    for (const DrawnRectangle& rectangle : drawing.rectangles) {
        content += number(points(rectangle.x)) + " " +
                   number(height - points(rectangle.y) - points(rectangle.height)) + " " +
                   number(points(rectangle.width)) + " " + number(points(rectangle.height)) +
                   " re f\n";
    }
    for (const DrawnText& text : drawing.texts) {
        content += "BT " + face(text) + number(points(text.x)) + " " +
                   number(height - points(text.baseline_y)) + " Td " +
                   literal(windows_1252(text.text)) + " Tj ET\n";
    }
    return content;
}

Object standard_font(QPDF& pdf, const std::string& name) {
    return pdf.makeIndirectObject(Object::parse(
        "<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /" + name + " >>"
    ));
}

/// spec: PDF Reference 1.4, 5.5.1, 5.7 and 5.8.
Object embedded_font(QPDF& pdf, const PrintFont& font) {
    constexpr std::size_t first_code = 32;
    Object file =
        add_stream(pdf, text_of(font.program).substr(0, font.clear_bytes + font.encrypted_bytes));
    const auto length = [](std::size_t bytes) {
        return Object::newInteger(static_cast<long long>(bytes));
    };
    file.getDict().replaceKey("/Length1", length(font.clear_bytes));
    file.getDict().replaceKey("/Length2", length(font.encrypted_bytes));
    file.getDict().replaceKey("/Length3", length(0));

    const std::string ascent = std::to_string(font.box[3]);
    const std::string descent = std::to_string(font.box[1]);
    std::string box;
    for (const int side : font.box) {
        box += std::to_string(side) + " ";
    }
    constexpr const char* nonsymbolic = "32"; // spec: PDF Reference 1.4, 5.7.1
    Object descriptor = Object::parse(
        "<< /Type /FontDescriptor /FontName /" + font.name + " /Flags " + nonsymbolic +
        " /ItalicAngle 0 /StemV 80 /Ascent " + ascent + " /Descent " + descent + " /CapHeight " +
        ascent + " /FontBBox [" + box + "] >>"
    );
    descriptor.replaceKey("/FontFile", file);

    std::string widths;
    for (std::size_t code = first_code; code < font.widths.size(); ++code) {
        widths += std::to_string(font.widths[code]) + " ";
    }
    Object dictionary = Object::parse(
        "<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /" + font.name +
        " /FirstChar " + std::to_string(first_code) + " /LastChar 255 /Widths [" + widths + "] >>"
    );
    dictionary.replaceKey("/FontDescriptor", pdf.makeIndirectObject(descriptor));
    return pdf.makeIndirectObject(dictionary);
}

/// Gives back about how many bytes they take.
std::size_t
add_pages(QPDF& pdf, const std::vector<Drawing>& drawings, const Object& fonts, Face face) {
    Object resources = Object::newDictionary();
    resources.replaceKey("/Font", fonts);
    const Object shared = pdf.makeIndirectObject(resources);
    std::size_t expected = 0;
    for (const Drawing& drawing : drawings) {
        const std::string content = content_of(drawing, face);
        expected += content.size();
        Object page = Object::parse("<< /Type /Page >>");
        page.replaceKey(
            "/MediaBox",
            Object::parse(
                "[0 0 " + number(points(drawing.width)) + " " + number(points(drawing.height)) + "]"
            )
        );
        page.replaceKey("/Resources", shared);
        page.replaceKey("/Contents", add_stream(pdf, content));
        pdf.addPage(pdf.makeIndirectObject(page), false);
    }
    return expected;
}

void require_drawings(const std::vector<Drawing>& drawings) {
    if (drawings.empty()) {
        throw Error(Remedy::FixInput, "there is nothing to draw");
    }
}

} // namespace

Bytes drawing_pdf(const std::vector<Drawing>& drawings) {
    require_drawings(drawings);
    QPDF pdf;
    pdf.emptyPDF();
    Object fonts = Object::newDictionary();
    fonts.replaceKey("/Text", standard_font(pdf, "Helvetica"));
    fonts.replaceKey("/Bold", standard_font(pdf, "Helvetica-Bold"));
    const std::size_t expected = add_pages(pdf, drawings, fonts, own_face);
    return written(pdf, expected);
}

Bytes drawing_pdf_a(
    const std::vector<Drawing>& drawings,
    const PrintFont& font,
    const std::string& title,
    Instant created
) {
    require_drawings(drawings);
    QPDF pdf;
    pdf.emptyPDF();
    Object fonts = Object::newDictionary();
    fonts.replaceKey("/Text", embedded_font(pdf, font));
    const std::size_t expected = add_pages(pdf, drawings, fonts, outlined_face);
    describe_archive(pdf, title, created, xmp_packet(title, created));
    return written(pdf, expected + font.program.size());
}

} // namespace pleiade::ged
