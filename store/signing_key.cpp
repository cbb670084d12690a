#include "store/signing_key.h"

#include "core/durable_file.h"
#include "core/failure.h"
#include "core/hex.h"
#include "store/blob_store.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace pleiade::store {
namespace {

constexpr std::size_t key_bytes = 32;             // spec: RFC 8032, 5.1.5
constexpr std::size_t signature_bytes = 64;       // spec: RFC 8032, 5.1.6
constexpr std::size_t most_pem_bytes = 1U << 16U; // chosen: a key has a few hundred

template <auto free_it>
struct Freed {
    void operator()(auto* thing) const { free_it(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

void require(bool works) {
    if (!works) {
        throw std::logic_error("this OpenSSL has no Ed25519");
    }
}

/// Private or public, whichever the file holds.
Key read_key(const std::filesystem::path& file, const Bytes& pem) {
    const auto size = static_cast<int>(pem.size());
    const Memory memory(BIO_new_mem_buf(pem.data(), size));
    Key key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
    if (!key) {
        const Memory again(BIO_new_mem_buf(pem.data(), size));
        key.reset(PEM_read_bio_PUBKEY(again.get(), nullptr, nullptr, nullptr));
    }
    if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
        throw Error(
            Remedy::FixConfiguration,
            file.string() + " holds no Ed25519 key. One is made by: openssl genpkey -algorithm "
                            "ed25519 -out FILE"
        );
    }
    return key;
}

std::string public_hex(const EVP_PKEY* key) {
    std::array<unsigned char, key_bytes> raw{};
    std::size_t length = raw.size();
    require(EVP_PKEY_get_raw_public_key(key, raw.data(), &length) == 1);
    return hex_of(std::as_bytes(std::span(raw)));
}

std::string text_in(const Memory& memory) {
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

void make_key(const std::filesystem::path& file) {
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    require(key != nullptr);
    const Memory secret(BIO_new(BIO_s_mem()));
    const Memory open(BIO_new(BIO_s_mem()));
    require(
        PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
            1 &&
        PEM_write_bio_PUBKEY(open.get(), key.get()) == 1
    );
    // Whoever was faster has made the one that counts.
    if (write_durably_once(file, bytes_of(text_in(secret)), {}, FileRights::OwnerOnly)) {
        write_durably(file.string() + ".pub", bytes_of(text_in(open)));
    }
}

} // namespace

VerifyingKey VerifyingKey::from_file(const std::filesystem::path& pem) {
    return {public_hex(read_key(pem, read_file(pem, most_pem_bytes)).get())};
}

std::string VerifyingKey::id() const {
    constexpr std::size_t digits = 16; // chosen: enough to tell the keys of one platform apart
    return blob_id_of(bytes_of(hex)).sha256.substr(0, digits);
}

bool VerifyingKey::signed_it(BytesView message, const std::string& signature_hex) const {
    const auto raw = bytes_from_hex(hex);
    const auto signature = bytes_from_hex(signature_hex);
    if (!raw || raw->size() != key_bytes || !signature || signature->size() != signature_bytes) {
        return false;
    }
    const Key key(EVP_PKEY_new_raw_public_key(
        EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(raw->data()), raw->size()
    ));
    const Digest digest(EVP_MD_CTX_new());
    return key && EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(
               digest.get(),
               reinterpret_cast<const unsigned char*>(signature->data()),
               signature->size(),
               reinterpret_cast<const unsigned char*>(message.data()),
               message.size()
           ) == 1;
}

struct SigningKey::Pair {
    Key key;
};

SigningKey::SigningKey(std::unique_ptr<Pair> pair) : pair_(std::move(pair)) {}
SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

SigningKey SigningKey::from_file_or_new(const std::filesystem::path& pem) {
    struct stat status {};
    if (::stat(pem.c_str(), &status) != 0) {
        make_key(pem);
    }
    return from_file(pem);
}

SigningKey SigningKey::from_file(const std::filesystem::path& pem) {
    struct stat status {};
    if (::stat(pem.c_str(), &status) != 0) {
        throw Error(
            Remedy::FixConfiguration,
            "the key " + pem.string() +
                " is not there. Put it back; the first one is made by: openssl genpkey -algorithm "
                "ed25519 -out " +
                pem.string() + ", then chmod 600"
        );
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        throw Error(
            Remedy::FixConfiguration,
            "others than its owner may read the key " + pem.string() + ". chmod 600 " + pem.string()
        );
    }
    auto pair = std::make_unique<Pair>(Pair{read_key(pem, read_file(pem, most_pem_bytes))});
    std::size_t length = 0;
    if (EVP_PKEY_get_raw_private_key(pair->key.get(), nullptr, &length) != 1) {
        throw Error(
            Remedy::FixConfiguration,
            pem.string() + " holds only the public half of a key: nothing can be signed with it"
        );
    }
    return SigningKey(std::move(pair));
}

VerifyingKey SigningKey::public_half() const {
    return {public_hex(pair_->key.get())};
}

std::string SigningKey::signature_of(BytesView message) const {
    const Digest digest(EVP_MD_CTX_new());
    std::array<unsigned char, signature_bytes> signature{};
    std::size_t length = signature.size();
    require(
        EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, pair_->key.get()) == 1 &&
        EVP_DigestSign(
            digest.get(),
            signature.data(),
            &length,
            reinterpret_cast<const unsigned char*>(message.data()),
            message.size()
        ) == 1
    );
    return hex_of(std::as_bytes(std::span(signature)));
}

} // namespace pleiade::store
