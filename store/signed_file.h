#pragma once
// Files with a signature beside them, as "<name>.sig": whoever is given both can check them alone.

#include "store/signing_key.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pleiade::store {

/// "<file>.sig".
[[nodiscard]] std::filesystem::path signature_file_of(const std::filesystem::path& file);

/// Writes the 64 bytes of the signature, as `openssl pkeyutl -sigfile` takes them. Replaces one
/// that is there: it signs what was.
/// @throws Error(RetryLater) as write_durably does.
void write_signature(const std::filesystem::path& file, BytesView content, const SigningKey& key);

struct SignatureCheck {
    bool good = false;
    std::string key_id; ///< Whose it is; empty unless it is good.
    std::string what;   ///< Sentence about the file.
};

/// Whether one of the believed keys signed the file as it is.
/// @throws Error when the file itself cannot be read.
[[nodiscard]] SignatureCheck
check_signature(const std::filesystem::path& file, const std::vector<VerifyingKey>& believed);

} // namespace pleiade::store
