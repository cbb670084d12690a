#include "ged-export/pdf/metadata.h"

#include "core/day.h"
#include "ged-export/pdf/unicode.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace pleiade::ged {
namespace {

constexpr const char* own_namespace = "urn:pleiade:ns:document:1#";

/// A date and time of day in whole seconds, UTC.
struct Moment {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
};

Moment moment_of(Instant instant) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(instant);
    const auto midnight = std::chrono::floor<std::chrono::days>(whole);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss time(whole - midnight);
    return {
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())};
}

std::string digits(int value, int width) {
    std::array<char, 16> buffer{};
    (void)std::snprintf(buffer.data(), buffer.size(), "%0*d", width, value);
    return buffer.data();
}

std::string digits(unsigned value, int width) {
    return digits(static_cast<int>(value), width);
}

struct OwnProperty {
    const char* name;
    const char* type;
    const char* meaning;
};

constexpr std::array<OwnProperty, 5> own_properties = {{
    {"documentId", "Text", "Identifier of the document on the platform that made this file"},
    {"caisse", "Text", "Code of the caisse the document was addressed to"},
    {"typeCode", "Text", "Code of the document type"},
    {"typeTitle", "Text", "Name of the document type"},
    {"receivedDate", "Date", "Day on which the paper was received"},
}};

/// spec: ISO 19005-1 6.7.8 and TechNote 0008: properties of no standard schema describe themselves.
std::string extension_schema() {
    std::string properties;
    for (const OwnProperty& property : own_properties) {
        properties += std::string("<rdf:li rdf:parseType=\"Resource\">") +             //
                      "<pdfaProperty:name>" + property.name + "</pdfaProperty:name>" + //
                      "<pdfaProperty:valueType>" + property.type +                     //
                      "</pdfaProperty:valueType>" +                                    //
                      "<pdfaProperty:category>external</pdfaProperty:category>" +      //
                      "<pdfaProperty:description>" + property.meaning +                //
                      "</pdfaProperty:description></rdf:li>\n";
    }
    return std::string("<rdf:Description rdf:about=\"\""
                       " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                       " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                       " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                       "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
                       "<pdfaSchema:schema>Pleiade document</pdfaSchema:schema>\n"
                       "<pdfaSchema:namespaceURI>") +
           own_namespace +
           "</pdfaSchema:namespaceURI>\n"
           "<pdfaSchema:prefix>pleiade</pdfaSchema:prefix>\n"
           "<pdfaSchema:property><rdf:Seq>\n" +
           properties +
           "</rdf:Seq></pdfaSchema:property>\n"
           "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n";
}

std::string element(const std::string& name, std::string_view text) {
    return "<" + name + ">" + xml_text(text) + "</" + name + ">\n";
}

std::string own_description(const PdfMetadata& metadata) {
    return std::string("<rdf:Description rdf:about=\"\" xmlns:pleiade=\"") + own_namespace +
           "\">\n" + element("pleiade:documentId", metadata.document_id) +
           element("pleiade:caisse", metadata.caisse) +
           element("pleiade:typeCode", metadata.type_code) +
           element("pleiade:typeTitle", metadata.type_title) +
           element("pleiade:receivedDate", iso_day(metadata.received)) + "</rdf:Description>\n";
}

std::string standard_descriptions(const std::string& title, Instant moment) {
    const std::string created = iso_date(moment);
    return "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n" +
           element("pdfaid:part", "1") + element("pdfaid:conformance", "B") +
           "</rdf:Description>\n"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n" +
           element("dc:format", "application/pdf") +
           "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + xml_text(title) +
           "</rdf:li></rdf:Alt></dc:title>\n<dc:language><rdf:Bag><rdf:li>" + language +
           "</rdf:li></rdf:Bag></dc:language>\n</rdf:Description>\n"
           "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n" +
           element("xmp:CreatorTool", producer) + element("xmp:CreateDate", created) +
           element("xmp:ModifyDate", created) + element("xmp:MetadataDate", created) +
           "</rdf:Description>\n"
           "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n" +
           element("pdf:Producer", producer) + "</rdf:Description>\n";
}

std::string packet_of(const std::string& descriptions) {
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
           descriptions + "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

} // namespace

std::string pdf_date(Instant instant) {
    const Moment m = moment_of(instant);
    return "D:" + digits(m.year, 4) + digits(m.month, 2) + digits(m.day, 2) + digits(m.hours, 2) +
           digits(m.minutes, 2) + digits(m.seconds, 2) + "+00'00'";
}

std::string iso_date(Instant instant) {
    const Moment m = moment_of(instant);
    return digits(m.year, 4) + "-" + digits(m.month, 2) + "-" + digits(m.day, 2) + "T" +
           digits(m.hours, 2) + ":" + digits(m.minutes, 2) + ":" + digits(m.seconds, 2) + "+00:00";
}

std::string pdf_title(const PdfMetadata& metadata) {
    const std::chrono::year_month_day date(metadata.received);
    const std::string& type =
        metadata.type_title.empty() ? metadata.type_code : metadata.type_title;
    return mended(type) + " – " + mended(metadata.caisse) + " – " +
           digits(static_cast<unsigned>(date.day()), 2) + "/" +
           digits(static_cast<unsigned>(date.month()), 2) + "/" +
           digits(static_cast<int>(date.year()), 4);
}

std::string xmp_packet(const PdfMetadata& metadata) {
    return packet_of(
        standard_descriptions(pdf_title(metadata), metadata.created) + extension_schema() +
        own_description(metadata)
    );
}

std::string xmp_packet(const std::string& title, Instant created) {
    return packet_of(standard_descriptions(title, created));
}

} // namespace pleiade::ged
