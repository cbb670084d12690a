// lot.json, as whoever fills the folder writes it.

#include "capture/lot_folder.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pleiade;
    fuzz::may_refuse([&] {
        const capture::LotManifest manifest =
            capture::parse_manifest(fuzz::text_of(data, size), "lot.json");
        fuzz::require(
            !manifest.caisse.has_value() || manifest.caisse->size() == 3,
            "a caisse has three digits"
        );
        fuzz::require(
            !manifest.expected_files.has_value() || *manifest.expected_files > 0,
            "files are expected in positive numbers"
        );
    });
    return 0;
}
