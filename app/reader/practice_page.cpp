#include "app/reader/practice_page.h"

#include <array>
#include <string>

namespace pleiade::reader {
namespace {

/// One font of the standard fourteen, one that is only known by a name of its own.
constexpr const char* fonts = "<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
                              "/F2<</Type/Font/Subtype/TrueType/BaseFont/Arial>>>>";
constexpr const char* page_text = "BT /F1 12 Tf 20 80 Td (Avis d'arret de travail) Tj "
                                  "0 -20 Td (NIR 1 84 05 06 088 001 95) Tj "
                                  "/F2 12 Tf 0 -20 Td (du 16/03/2026 au 20/03/2026) Tj ET";

/// spec: ISO 32000-1 7.5, a body, where its objects lie, and where that is said.
std::string made_page() {
    const std::array objects = {
        std::string("<</Type/Catalog/Pages 2 0 R>>"),
        std::string("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        std::string("<</Type/Page/Parent 2 0 R/MediaBox[0 0 260 110]/Contents 4 0 R"
                    "/Resources<</Font") +
            fonts + ">>>>",
        "<</Length " + std::to_string(std::string(page_text).size()) + ">>stream\n" + page_text +
            "\nendstream"};
    std::string pdf = "%PDF-1.4\n";
    std::string places = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        constexpr std::size_t digits = 10;
        const std::string place = std::to_string(pdf.size());
        places += std::string(digits - place.size(), '0') + place + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects.at(i) + "\nendobj\n";
    }
    const std::string count = std::to_string(objects.size() + 1);
    const std::string start = std::to_string(pdf.size());
    return pdf + "xref\n0 " + count + "\n" + places + "trailer<</Size " + count +
           "/Root 1 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
}

} // namespace

BytesView practice_page() {
    static const std::string page = made_page();
    return bytes_of(page);
}

} // namespace pleiade::reader
