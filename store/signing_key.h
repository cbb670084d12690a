#pragma once
// The key that the platform signs checkpoints and statements with, and its public half.
//
// Source: RFC 8032 (Ed25519), RFC 8410 (its PEM files).

#include "core/bytes.h"

#include <filesystem>
#include <memory>
#include <string>

namespace pleiade::store {

/// Who may be believed: 32 bytes as hexadecimal digits.
struct VerifyingKey {
    std::string hex;

    /// @throws Error(FixConfiguration) when the file holds no Ed25519 key, public or private.
    [[nodiscard]] static VerifyingKey from_file(const std::filesystem::path& pem);

    /// Short name, made from the key.
    [[nodiscard]] std::string id() const;
    [[nodiscard]] bool signed_it(BytesView message, const std::string& signature_hex) const;

    auto operator<=>(const VerifyingKey&) const = default;
};

class SigningKey {
public:
    /// The key of a PEM file that somebody made.
    /// @throws Error(FixConfiguration) when it is not there, no Ed25519 key, or others may read it.
    [[nodiscard]] static SigningKey from_file(const std::filesystem::path& pem);

    /// The key of a PEM file; makes one, for its owner's eyes only, when the file is not there,
    /// with its public half beside it as "<name>.pub".
    /// @throws Error(FixConfiguration) when it is no Ed25519 key or others may read it;
    /// Error(RetryLater) when it cannot be made: disk full, folder not there.
    [[nodiscard]] static SigningKey from_file_or_new(const std::filesystem::path& pem);

    ~SigningKey();
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;

    [[nodiscard]] VerifyingKey public_half() const;

    /// 64 bytes as hexadecimal digits.
    [[nodiscard]] std::string signature_of(BytesView message) const;

private:
    struct Pair; // keeps OpenSSL out of this header
    explicit SigningKey(std::unique_ptr<Pair> pair);

    std::unique_ptr<Pair> pair_;
};

} // namespace pleiade::store
