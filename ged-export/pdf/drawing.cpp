#include "core/failure.h"
#include "ged-export/drawing_pdf.h"
#include "ged-export/pdf/file.h"
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

std::string content_of(const Drawing& drawing) {
    const double height = points(drawing.height);
    std::string content;
    for (const DrawnRectangle& rectangle : drawing.rectangles) {
        content += number(points(rectangle.x)) + " " +
                   number(height - points(rectangle.y) - points(rectangle.height)) + " " +
                   number(points(rectangle.width)) + " " + number(points(rectangle.height)) +
                   " re f\n";
    }
    for (const DrawnText& text : drawing.texts) {
        content += std::string("BT ") + (text.weight == DrawnWeight::Bold ? "/Bold " : "/Text ") +
                   number(points(text.size)) + " Tf " + number(points(text.x)) + " " +
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

} // namespace

Bytes drawing_pdf(const std::vector<Drawing>& drawings) {
    if (drawings.empty()) {
        throw Error(Remedy::FixInput, "there is nothing to draw");
    }
    QPDF pdf;
    pdf.emptyPDF();
    Object fonts = Object::newDictionary();
    fonts.replaceKey("/Text", standard_font(pdf, "Helvetica"));
    fonts.replaceKey("/Bold", standard_font(pdf, "Helvetica-Bold"));
    Object resources = Object::newDictionary();
    resources.replaceKey("/Font", fonts);
    const Object shared = pdf.makeIndirectObject(resources);

    std::size_t expected = 0;
    for (const Drawing& drawing : drawings) {
        const std::string content = content_of(drawing);
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
    return written(pdf, expected);
}

} // namespace pleiade::ged
