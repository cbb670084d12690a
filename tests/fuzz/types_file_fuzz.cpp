// types.toml: whatever stands in it is either understood or listed as mistakes.

#include "app/config/files/types_file.h"
#include "tests/fuzz/config_folder.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pleiade;
    static const fuzz::Folder folder;
    const auto file = folder.write("types.toml", fuzz::text_of(data, size));
    config::Problems problems;
    const std::vector<DocumentType> types = config::read_types(file, problems);
    if (problems.empty()) {
        for (const DocumentType& type : types) {
            fuzz::require(!type.code.empty(), "a type has a code");
        }
    }
    return 0;
}
