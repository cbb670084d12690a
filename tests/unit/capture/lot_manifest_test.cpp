#include "capture/lot_folder.h"
#include "core/failure.h"

#include <gtest/gtest.h>

namespace pleiade::capture {
namespace {

TEST(LotManifest, EverythingItMaySayIsTaken) {
    const LotManifest manifest = parse_manifest(
        R"({"caisse":"061","channel":"counter","label":"Guichet de Grasse",
            "received":"2026-03-14","expected_files":9})",
        "lot.json"
    );
    EXPECT_EQ(manifest.caisse, "061");
    EXPECT_EQ(manifest.channel, Channel::Counter);
    EXPECT_EQ(manifest.label, "Guichet de Grasse");
    EXPECT_EQ(manifest.received, std::chrono::sys_days(std::chrono::year(2026) / 3 / 14));
    EXPECT_EQ(manifest.expected_files, 9);
}

TEST(LotManifest, NothingIsRequired) {
    const LotManifest manifest = parse_manifest("{}", "lot.json");
    EXPECT_FALSE(manifest.caisse.has_value());
    EXPECT_FALSE(manifest.expected_files.has_value());
}

TEST(LotManifest, AnythingElseIsRefusedByName) {
    for (const auto& [json, named] : std::vector<std::pair<std::string, std::string>>{
             {R"({"caise":"061"})", "caise"},
             {R"({"caisse":61})", "caisse"},
             {R"({"caisse":"61"})", "caisse"},
             {R"({"caisse":"06a"})", "caisse"},
             {R"({"caisse":"061","caisse":"131"})", "twice"},
             {R"({"channel":"pigeon"})", "pigeon"},
             {R"({"label":""})", "label"},
             {R"({"received":"2026-02-30"})", "2026-02-30"},
             {R"({"received":"14/03/2026"})", "14/03/2026"},
             {R"({"expected_files":0})", "expected_files"},
             {R"({"expected_files":2.5})", "expected_files"},
             {R"({"expected_files":99999999999999999999})", "expected_files"},
             {R"(["061"])", "object"},
             {R"({"caisse":"061")", "not JSON"},
             {"", "not JSON"}}) {
        try {
            (void)parse_manifest(json, "lots/a/lot.json");
            ADD_FAILURE() << json << " was accepted";
        } catch (const Error& error) {
            const std::string what = error.what();
            EXPECT_EQ(error.remedy(), Remedy::FixInput);
            EXPECT_NE(what.find("lots/a/lot.json"), std::string::npos) << what;
            EXPECT_NE(what.find(named), std::string::npos) << what;
        }
    }
}

} // namespace
} // namespace pleiade::capture
