#include "app/config/config.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace pleiade::config {
namespace {

const Config& shipped() {
    static const Config config =
        load(Places{std::string(PLEIADE_SOURCE_DIR) + "/samples", "/nowhere", {}}, {}).value();
    return config;
}

TEST(ShippedFiles, DescribeEveryDocumentTypeOfTheContract) {
    std::set<std::string> codes;
    for (const DocumentType& type : shipped().types) {
        codes.insert(type.code);
    }
    const std::set<std::string> contract = {
        "AAT",       "AAT-SEC",    "FSP",      "FSP-AUX",  "AS-MAL",   "AS-6M",   "AS-AT",
        "DAT",       "FAT",        "CM-AT",    "DMP",      "PSC",      "ALD",     "DAP",
        "PMT",       "DAP-T",      "TR-FRAIS", "CURE",     "C2S",      "DMT",     "RATT",
        "OUVDR",     "INV",        "GROS",     "CV",       "EUR",      "CRA",     "RECL",
        "LIBRE",     "RIB",        "PJ-ID",    "PJ-CIVIL", "PJ-IMPOT", "PJ-PAIE", "PJ-DOMICILE",
        "PJ-ORDO",   "PJ-FACTURE", "PJ-DEVIS", "FACT",     "CHQ",      "NPAI",    "AR",
        "ENVELOPPE", "SEPARATEUR", "BLANC",    "HORS",     "INCONNU"};
    EXPECT_EQ(codes, contract);
}

TEST(ShippedFiles, HoldTheFourteenCaissesWithAllWaysOfCeding) {
    std::map<Cession, int> cessions;
    for (const Caisse& caisse : shipped().caisses) {
        ++cessions[caisse.cession];
    }
    EXPECT_EQ(shipped().caisses.size(), 14U);
    EXPECT_EQ(cessions[Cession::ScanOnly], 1);
    EXPECT_EQ(cessions[Cession::Local], 1);
}

TEST(ShippedFiles, GiveEveryDeliverableTypeARouteInTheSharedPlan) {
    for (const Caisse& caisse : shipped().caisses) {
        if (caisse.cession == Cession::ScanOnly) {
            continue;
        }
        for (const DocumentType& type : shipped().types) {
            if (type.code != "SEPARATEUR" && type.code != "INCONNU") {
                EXPECT_TRUE(caisse.plan.contains(type.code)) << caisse.code << ' ' << type.code;
            }
        }
    }
}

TEST(ShippedFiles, KeepMedicalTypesInTheMedicalService) {
    for (const Caisse& caisse : shipped().caisses) {
        for (const DocumentType& type : shipped().types) {
            if (type.medical) {
                EXPECT_EQ(caisse.plan.at(type.code).service, "Service médical (ELSM)")
                    << caisse.code << ' ' << type.code;
            }
        }
    }
}

} // namespace
} // namespace pleiade::config
