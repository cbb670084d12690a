#include "store/signed_file.h"

#include "core/durable_file.h"
#include "core/hex.h"

#include <algorithm>
#include <system_error>

namespace pleiade::store {
namespace {

constexpr std::size_t most_bytes = 1U << 28U;           // chosen: the lists of the worst day
constexpr std::size_t most_signature_bytes = 1U << 16U; // chosen: 64 are right, more are said so

std::string ids_of(const std::vector<VerifyingKey>& keys) {
    std::string ids;
    for (const VerifyingKey& key : keys) {
        ids += (ids.empty() ? "" : ", ") + key.id();
    }
    return ids;
}

} // namespace

std::filesystem::path signature_file_of(const std::filesystem::path& file) {
    return file.string() + ".sig";
}

void write_signature(const std::filesystem::path& file, BytesView content, const SigningKey& key) {
    const Bytes signature = bytes_from_hex(key.signature_of(content)).value_or(Bytes{});
    write_durably(signature_file_of(file), signature);
}

SignatureCheck
check_signature(const std::filesystem::path& file, const std::vector<VerifyingKey>& believed) {
    const Bytes content = read_file(file, most_bytes);
    const std::filesystem::path beside = signature_file_of(file);
    std::error_code unknown;
    if (!std::filesystem::exists(beside, unknown)) {
        return {.what = "has no signature beside it: " + beside.filename().string()};
    }
    if (believed.empty()) {
        return {.what = "cannot be checked without a key. Name a public one with --key"};
    }
    const std::string signature = hex_of(read_file(beside, most_signature_bytes));
    const auto key = std::ranges::find_if(believed, [&](const VerifyingKey& each) {
        return each.signed_it(content, signature);
    });
    if (key == believed.end()) {
        return {
            .what = "does not fit its signature: it was altered, or signed with another key than " +
                    ids_of(believed)};
    }
    return {
        .good = true, .key_id = key->id(), .what = "is as it was signed, with key " + key->id()};
}

} // namespace pleiade::store
