#pragma once
// An issuer of 2D-Docs that lives as long as one test: nothing it signs is anybody's paper.

#include "core/sealed_document.h"

#include <memory>
#include <string>

namespace pleiade::test {

enum class SealCurve { P256, P384, P521 };

class Sealer {
public:
    explicit Sealer(SealCurve curve = SealCurve::P256);
    ~Sealer();
    Sealer(const Sealer&) = delete;
    Sealer& operator=(const Sealer&) = delete;
    Sealer(Sealer&&) = delete;
    Sealer& operator=(Sealer&&) = delete;

    /// Header and message, US, and the signature of both in Base32.
    [[nodiscard]] std::string seal(const std::string& header_and_message) const;

    /// The same with the signature as it is, 64 bytes of anything.
    [[nodiscard]] std::string seal_raw(const std::string& header_and_message) const;

    /// FR99 T001, valid in 2025 and 2026.
    [[nodiscard]] SealCertificate trusted() const;

    /// A certificate for the same key and days, PEM.
    /// @param authority The issuer's common name; empty = it signed itself.
    [[nodiscard]] std::string
    certificate_pem(const std::string& authority, const std::string& id) const;

private:
    struct Key;

    [[nodiscard]] std::string signature_of(const std::string& text) const;

    std::unique_ptr<Key> key_;
};

/// A header of FR99 T001, signed on 2026-03-01: version 4 of France, perimeter 01.
[[nodiscard]] std::string seal_header(const std::string& type_code);

/// A bank account as its bank seals it: an invented holder.
[[nodiscard]] std::string bank_account_message();

} // namespace pleiade::test
