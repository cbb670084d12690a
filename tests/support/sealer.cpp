#include "tests/support/sealer.h"

#include "core/bytes.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <stdexcept>
#include <vector>

namespace pleiade::test {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_days first_day{2025y / 1 / 1};
constexpr std::chrono::sys_days last_day{2026y / 12 / 31};

template <auto free_it>
struct Freed {
    void operator()(auto* thing) const { free_it(thing); }
};

void require(bool works) {
    if (!works) {
        throw std::runtime_error("OpenSSL does not do what the test needs");
    }
}

const char* name_of(SealCurve curve) {
    switch (curve) {
    case SealCurve::P384:
        return "P-384";
    case SealCurve::P521:
        return "P-521";
    case SealCurve::P256:
        break;
    }
    return "P-256";
}

const EVP_MD* digest_of(SealCurve curve) {
    switch (curve) {
    case SealCurve::P384:
        return EVP_sha384();
    case SealCurve::P521:
        return EVP_sha512();
    case SealCurve::P256:
        break;
    }
    return EVP_sha256();
}

int field_bytes_of(SealCurve curve) {
    switch (curve) {
    case SealCurve::P384:
        return 48;
    case SealCurve::P521:
        return 66;
    case SealCurve::P256:
        break;
    }
    return 32;
}

std::string base32(const std::string& bytes) {
    constexpr const char* alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bits;
    for (const char c : bytes) {
        for (int bit = 7; bit >= 0; --bit) {
            bits += ((static_cast<unsigned char>(c) >> bit) & 1) != 0 ? '1' : '0';
        }
    }
    bits.resize((bits.size() + 4) / 5 * 5, '0');
    std::string text;
    for (std::size_t i = 0; i < bits.size(); i += 5) {
        text += alphabet[std::stoul(bits.substr(i, 5), nullptr, 2)];
    }
    return text;
}

void name(X509_NAME* into, const std::string& common_name) {
    require(
        X509_NAME_add_entry_by_txt(
            into,
            "CN",
            MBSTRING_UTF8,
            reinterpret_cast<const unsigned char*>(common_name.c_str()),
            -1,
            -1,
            0
        ) == 1
    );
}

std::time_t seconds_of(std::chrono::sys_days day) {
    return std::chrono::duration_cast<std::chrono::seconds>(day.time_since_epoch()).count();
}

} // namespace

struct Sealer::Key {
    SealCurve curve;
    std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>> pair;
};

Sealer::Sealer(SealCurve curve)
    : key_(new Key{
          curve, decltype(Key::pair)(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", name_of(curve)))}) {
    require(key_->pair != nullptr);
}
Sealer::~Sealer() = default;

std::string Sealer::signature_of(const std::string& text) const {
    const std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>> digest(EVP_MD_CTX_new());
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t length = 0;
    require(
        EVP_DigestSignInit(
            digest.get(), nullptr, digest_of(key_->curve), nullptr, key_->pair.get()
        ) == 1
    );
    require(EVP_DigestSign(digest.get(), nullptr, &length, data, text.size()) == 1);
    std::vector<unsigned char> der(length);
    require(EVP_DigestSign(digest.get(), der.data(), &length, data, text.size()) == 1);
    const unsigned char* at = der.data();
    const std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>> pair(
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length))
    );
    require(pair != nullptr);
    const int half = field_bytes_of(key_->curve);
    std::vector<unsigned char> raw(2 * static_cast<std::size_t>(half));
    require(BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw.data(), half) == half);
    require(BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw.data() + half, half) == half);
    return {raw.begin(), raw.end()};
}

std::string Sealer::seal(const std::string& header_and_message) const {
    return header_and_message + '\x1F' + base32(signature_of(header_and_message));
}

std::string Sealer::seal_raw(const std::string& header_and_message) const {
    return header_and_message + '\x1F' + signature_of(header_and_message);
}

SealCertificate Sealer::trusted() const {
    Bytes key(static_cast<std::size_t>(i2d_PUBKEY(key_->pair.get(), nullptr)));
    auto* at = reinterpret_cast<unsigned char*>(key.data());
    (void)i2d_PUBKEY(key_->pair.get(), &at);
    return {"FR99", "T001", first_day, last_day, key};
}

std::string Sealer::certificate_pem(const std::string& authority, const std::string& id) const {
    const std::unique_ptr<X509, Freed<X509_free>> certificate(X509_new());
    require(certificate != nullptr);
    name(X509_get_subject_name(certificate.get()), id);
    name(X509_get_issuer_name(certificate.get()), authority.empty() ? id : authority);
    require(
        ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds_of(first_day)) != nullptr
    );
    require(ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds_of(last_day)) != nullptr);
    require(X509_set_pubkey(certificate.get(), key_->pair.get()) == 1);
    require(X509_sign(certificate.get(), key_->pair.get(), EVP_sha256()) > 0);
    const std::unique_ptr<BIO, Freed<BIO_free_all>> memory(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(memory.get(), certificate.get()) == 1);
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

std::string seal_header(const std::string& type_code) {
    return "DC04FR99T00125542554" + type_code + "01FR";
}

std::string bank_account_message() {
    return "30MME LOPEZ CLAIRE\x1D"
           "31FR7630006000011234567890189\x1D"
           "32AGRIFRPP\x1D";
}

} // namespace pleiade::test
