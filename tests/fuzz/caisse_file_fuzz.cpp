// A caisse file: whatever stands in it is either understood or listed as mistakes.

#include "app/config/files/caisse_file.h"
#include "tests/fuzz/config_folder.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pleiade;
    static const fuzz::Folder folder;
    (void)folder.write("061.toml", fuzz::text_of(data, size));
    config::Problems problems;
    std::vector<std::filesystem::path> files;
    const std::vector<Caisse> caisses = config::read_caisses(
        folder.path(), std::set<std::string>{"AAT", "AS-MAL"}, files, problems
    );
    if (problems.empty()) {
        fuzz::require(
            caisses.size() == 1 && caisses[0].code.size() == 3,
            "a caisse has a code of three digits"
        );
    }
    return 0;
}
