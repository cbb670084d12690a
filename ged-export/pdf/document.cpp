#include "core/failure.h"
#include "ged-export/pdf/archive.h"
#include "ged-export/pdf/file.h"
#include "ged-export/pdf/glyphless_font.h"
#include "ged-export/pdf/metadata.h"
#include "ged-export/pdf/number.h"
#include "ged-export/pdf/page_picture.h"
#include "ged-export/pdf/text_layer.h"
#include "ged-export/pdf_document.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace pleiade::ged {
namespace {

using Object = QPDFObjectHandle;

constexpr std::size_t most_pages = 8191;        // spec: ISO 19005-1 6.1.12, elements of an array
constexpr double longest_side_points = 14400.0; // spec: PDF Reference 1.4, appendix C

void require_pages(const std::vector<PdfPage>& pages) {
    if (pages.empty() || pages.size() > most_pages) {
        throw Error(
            Remedy::FixInput, "a PDF cannot be made of " + std::to_string(pages.size()) + " pages"
        );
    }
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const EncodedImage& image = pages[i].image;
        if (image.bytes.empty() || image.width_px <= 0 || image.height_px <= 0 || image.dpi <= 0 ||
            (image.channels != 1 && image.channels != 3)) {
            throw Error(
                Remedy::FixInput, "page " + std::to_string(i + 1) + " has no usable picture"
            );
        }
    }
}

/// Points per pixel as the resolution says, or less when the sheet would be larger than PDF allows.
double points_per_px(const EncodedImage& image) {
    const double longest_px = std::max(image.width_px, image.height_px);
    return std::min(points_per_inch / image.dpi, longest_side_points / longest_px);
}

Object
page_object(QPDF& pdf, const PdfPage& page, const Object& font_resources, ShapeFonts& fonts) {
    const double scale = points_per_px(page.image);
    const double height = page.image.height_px * scale;
    const std::string width_text = number(page.image.width_px * scale);
    const std::string height_text = number(height);
    const PagePicture picture = page_picture(pdf, page.image, scale);
    const std::string content = picture.content + text_layer(page.text, {scale, height}, fonts);

    Object resources = Object::newDictionary();
    resources.replaceKey("/XObject", picture.images);
    resources.replaceKey("/Font", font_resources);

    Object object = Object::parse("<< /Type /Page >>");
    object.replaceKey("/MediaBox", Object::parse("[0 0 " + width_text + " " + height_text + "]"));
    object.replaceKey("/Resources", resources);
    object.replaceKey("/Contents", add_stream(pdf, content));
    return pdf.makeIndirectObject(object);
}

/// The parts that the font has in common for every shape of word.
struct FontParts {
    Object file;
    Object glyph_map;
    Object to_unicode;
    Object character_collection;
};

FontParts add_font_parts(QPDF& pdf) {
    const std::string truetype = glyphless_truetype();
    FontParts parts{
        add_stream(pdf, truetype),
        add_stream(pdf, every_code_to_glyph_1()),
        add_stream(pdf, code_is_character()),
        pdf.makeIndirectObject(
            Object::parse("<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>")
        )};
    parts.file.getDict().replaceKey(
        "/Length1", Object::newInteger(static_cast<long long>(truetype.size()))
    );
    return parts;
}

Object shape_font(QPDF& pdf, const WordShape& shape, FontParts& parts) {
    const std::string ascent = std::to_string(shape.ascent);
    const std::string descent = std::to_string(-shape.descent);
    Object descriptor = Object::parse(
        "<< /Type /FontDescriptor /FontName /PleiadeGlyphless /Flags 4 /ItalicAngle 0 /StemV 80"
        " /Ascent " +
        ascent + " /Descent " + descent + " /CapHeight " + ascent + " /FontBBox [0 " + descent +
        " " + std::to_string(glyph_advance) + " " + ascent + "] >>"
    );
    descriptor.replaceKey("/FontFile2", parts.file);

    Object cid_font = Object::parse(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /PleiadeGlyphless /DW " +
        std::to_string(glyph_advance) + " >>"
    );
    cid_font.replaceKey("/CIDSystemInfo", parts.character_collection);
    cid_font.replaceKey("/FontDescriptor", pdf.makeIndirectObject(descriptor));
    cid_font.replaceKey("/CIDToGIDMap", parts.glyph_map);

    Object font = Object::parse(
        "<< /Type /Font /Subtype /Type0 /BaseFont /PleiadeGlyphless /Encoding /Identity-H >>"
    );
    Object descendants = Object::newArray();
    descendants.appendItem(pdf.makeIndirectObject(cid_font));
    font.replaceKey("/DescendantFonts", descendants);
    font.replaceKey("/ToUnicode", parts.to_unicode);
    return pdf.makeIndirectObject(font);
}

void add_fonts(QPDF& pdf, Object font_resources, const ShapeFonts& fonts) {
    if (fonts.all().empty()) {
        return;
    }
    FontParts parts = add_font_parts(pdf);
    for (const auto& [shape, name] : fonts.all()) {
        font_resources.replaceKey("/" + name, shape_font(pdf, shape, parts));
    }
}

std::size_t expected_bytes(const std::vector<PdfPage>& pages) {
    constexpr std::size_t per_file = 32U * 1024; // chosen: profile, fonts, metadata
    constexpr std::size_t per_page = 8U * 1024;  // chosen: page object and packed text
    std::size_t sum = per_file;
    for (const PdfPage& page : pages) {
        sum += page.image.bytes.size() + per_page;
    }
    return sum;
}

} // namespace

Bytes build_pdf(const std::vector<PdfPage>& pages, const PdfMetadata& metadata) {
    require_pages(pages);
    QPDF pdf;
    pdf.emptyPDF();
    Object font_resources = pdf.makeIndirectObject(Object::newDictionary());
    ShapeFonts fonts;
    for (const PdfPage& page : pages) {
        pdf.addPage(page_object(pdf, page, font_resources, fonts), false);
    }
    add_fonts(pdf, font_resources, fonts);
    describe_archive(pdf, pdf_title(metadata), metadata.created, xmp_packet(metadata));
    return written(pdf, expected_bytes(pages));
}

} // namespace pleiade::ged
