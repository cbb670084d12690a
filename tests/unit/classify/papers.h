#pragma once
// Papers as they arrive, painted with the painter: invented people, layouts of our own.

#include "app/config/config.h"
#include "classify/understand.h"
#include "tests/unit/classify/painter.h"

namespace pleiade::classify::test {

/// The types and caisses that are shipped: what a user gets without configuring anything.
inline const ClassifySettings& shipped() {
    static const ClassifySettings settings = [] {
        const config::Places places{std::string(PLEIADE_SOURCE_DIR) + "/samples", "/nowhere", {}};
        config::Config config = config::load(places, {}).value();
        return ClassifySettings{std::move(config.types), std::move(config.caisses)};
    }();
    return settings;
}

inline Decision decide(std::vector<PageReading> pages, const std::string& lot_caisse = "061") {
    return understand(
        ReadPli{.pages = std::move(pages), .lot_caisse = lot_caisse}, shipped(), Facts{}
    );
}

inline Painter sick_note() {
    Painter page;
    page.line(150, 200, "N° 10170*07", 30)
        .line(900, 200, "AVIS D'ARRÊT DE TRAVAIL", 60)
        .line(150, 500, "initial de prolongation")
        .line(150, 650, "les renseignements médicaux")
        .line(150, 800, "Numéro d'immatriculation")
        .identifier(900, 800, IdentifierKind::Nir, "184050608800195")
        .line(150, 900, "Prescrit un arrêt de travail jusqu'au")
        .identifier(1200, 900, IdentifierKind::Date, "2026-03-20")
        .line(2200, 3400, "S 3116 g", 26);
    return page;
}

inline Painter letter(const std::string& body) {
    Painter page;
    page.block(150, 200, "Jeanne MARTIN\n12 rue des Lilas\n06000 NICE")
        .block(1400, 600, "CPAM des Alpes-Maritimes\nService courrier\n06180 NICE CEDEX 2")
        .line(1400, 900, "Nice, le 3 mars 2026")
        .line(150, 1200, "Madame, Monsieur,")
        .block(150, 1400, body)
        .line(150, 2800, "Je vous prie de recevoir mes salutations distinguées.")
        .line(1500, 3000, "J. Martin");
    return page;
}

inline Painter envelope() {
    Painter page(2600, 1300);
    page.block(1200, 700, "CPAM des Alpes-Maritimes\n06180 NICE CEDEX 2")
        .line(1900, 100, "LETTRE VERTE");
    return page;
}

inline Painter bank_details() {
    Painter page;
    page.line(800, 300, "RELEVÉ D'IDENTITÉ BANCAIRE", 55)
        .line(150, 600, "Titulaire du compte : Jeanne MARTIN")
        .line(150, 800, "Code banque Code guichet Clé RIB")
        .line(150, 1000, "IBAN")
        .identifier(500, 1000, IdentifierKind::Iban, "FR7630006000011234567890189")
        .line(150, 1100, "BIC AGRIFRPP");
    return page;
}

} // namespace pleiade::classify::test
