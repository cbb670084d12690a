#pragma once
// Where the third-party data lies that is not part of the repository: ../shared or $PLEIADE_SHARED.

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>

namespace pleiade::test {

/// The folder of third-party data, or nothing, said loudly: the caller then skips its test.
inline std::optional<std::filesystem::path> shared_data() {
    const char* named =
        std::getenv("PLEIADE_SHARED"); // NOLINT(concurrency-mt-unsafe): tests set no environment
    const std::filesystem::path folder =
        named != nullptr ? std::filesystem::path(named)
                         : std::filesystem::path(PLEIADE_SOURCE_DIR) / ".." / "shared";
    if (std::filesystem::is_directory(folder)) {
        return std::filesystem::canonical(folder);
    }
    std::cerr << "*** THIRD-PARTY DATA NOT FOUND at " << folder
              << ": this test checks nothing ***\n";
    return std::nullopt;
}

} // namespace pleiade::test
