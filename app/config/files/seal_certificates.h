#pragma once
// The trust list for 2D-Docs: certificates in files named by authority and certificate.

#include "app/config/files/checked_table.h"
#include "core/sealed_document.h"

#include <chrono>
#include <filesystem>
#include <vector>

namespace pleiade::config {

/// @param place A folder, of which the files .pem, .crt, .cer and .der are taken, or one such file.
/// Names end with authority and certificate, FR04_0001.pem. Each holds one certificate, PEM or DER.
/// @param grace Added to the last day of each.
[[nodiscard]] std::vector<SealCertificate> read_seal_certificates(
    const std::filesystem::path& place, std::chrono::days grace, Problems& problems
);

} // namespace pleiade::config
