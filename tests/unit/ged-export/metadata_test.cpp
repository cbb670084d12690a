#include "ged-export/pdf/metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::ged {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr std::chrono::sys_days day = std::chrono::year(2026) / 3 / 4;

PdfMetadata metadata() {
    return {"d-1", "061", "AAT", "Avis d'arrêt de travail", day, day + 9h + 5min + 7s + 999ms};
}

TEST(PdfTitle, IsInFrenchAndMended) {
    EXPECT_EQ(pdf_title(metadata()), "Avis d'arrêt de travail – 061 – 04/03/2026");
    PdfMetadata bare = metadata();
    bare.type_title.clear();
    EXPECT_EQ(pdf_title(bare), "AAT – 061 – 04/03/2026");
    bare.type_title = "a\n\xFFz";
    EXPECT_EQ(pdf_title(bare), "a\uFFFDz – 061 – 04/03/2026");
}

TEST(Dates, AreInWholeSecondsOfUtc) {
    EXPECT_EQ(pdf_date(metadata().created), "D:20260304090507+00'00'");
    EXPECT_EQ(iso_date(metadata().created), "2026-03-04T09:05:07+00:00");
}

TEST(XmpPacket, SaysWhatTheDocumentIsAndDescribesItsProperties) {
    const std::string xmp = xmp_packet(metadata());
    EXPECT_THAT(xmp, HasSubstr("<pleiade:documentId>d-1</pleiade:documentId>"));
    EXPECT_THAT(xmp, HasSubstr("<pleiade:caisse>061</pleiade:caisse>"));
    EXPECT_THAT(xmp, HasSubstr("<pleiade:typeCode>AAT</pleiade:typeCode>"));
    EXPECT_THAT(xmp, HasSubstr("<pleiade:receivedDate>2026-03-04</pleiade:receivedDate>"));
    for (const char* property : {"documentId", "caisse", "typeCode", "typeTitle", "receivedDate"}) {
        EXPECT_THAT(
            xmp, HasSubstr("<pdfaProperty:name>" + std::string(property) + "</pdfaProperty:name>")
        );
    }
}

} // namespace
} // namespace pleiade::ged
