#include "ged-export/pdf/archive.h"

#include "ged-export/pdf/colour_profile.h"
#include "ged-export/pdf/file.h"
#include "ged-export/pdf/metadata.h"

namespace pleiade::ged {
namespace {

using Object = QPDFObjectHandle;

Object output_intent(QPDF& pdf) {
    Object profile = add_stream(pdf, srgb_profile());
    profile.getDict().replaceKey("/N", Object::newInteger(3));
    Object intent = Object::parse(
        "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
        " /Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org) >>"
    );
    intent.replaceKey("/DestOutputProfile", profile);
    Object intents = Object::newArray();
    intents.appendItem(pdf.makeIndirectObject(intent));
    return intents;
}

} // namespace

void describe_archive(
    QPDF& pdf, const std::string& title, Instant created, const std::string& packet
) {
    Object catalog = pdf.getRoot();
    Object metadata = add_stream(pdf, packet);
    metadata.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    catalog.replaceKey("/Metadata", metadata);
    catalog.replaceKey("/OutputIntents", output_intent(pdf));
    catalog.replaceKey("/Lang", Object::newString(language));
    catalog.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));

    Object info = Object::newDictionary();
    const std::string date = pdf_date(created);
    info.replaceKey("/Title", Object::newUnicodeString(title));
    info.replaceKey("/Creator", Object::newString(producer));
    info.replaceKey("/Producer", Object::newString(producer));
    info.replaceKey("/CreationDate", Object::newString(date));
    info.replaceKey("/ModDate", Object::newString(date));
    pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

} // namespace pleiade::ged
