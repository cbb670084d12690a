#include "ocr/two_d_doc/signature.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <optional>
#include <string_view>
#include <vector>

namespace pleiade::ocr {
namespace {

template <auto free_it>
struct Freed {
    void operator()(auto* thing) const { free_it(thing); }
};

using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Pair = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;

/// spec: V3.3.9 chapter 4.4, curves and their digests
struct Curve {
    std::string_view name; ///< OpenSSL's.
    std::size_t field_bytes = 0;
    const EVP_MD* (*digest)() = nullptr;
};
constexpr std::array<Curve, 3> curves{{
    {"prime256v1", 32, EVP_sha256},
    {"secp384r1", 48, EVP_sha384},
    {"secp521r1", 66, EVP_sha512},
}};

const unsigned char* data_of(BytesView bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

Key key_of(BytesView public_key) {
    const unsigned char* at = data_of(public_key);
    return Key(d2i_PUBKEY(nullptr, &at, static_cast<long>(public_key.size())));
}

std::optional<Curve> curve_of(const EVP_PKEY* key) {
    std::array<char, 64> name{};
    if (key == nullptr || EVP_PKEY_get_utf8_string_param(
                              key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(), nullptr
                          ) != 1) {
        return std::nullopt;
    }
    const auto* found = std::find_if(curves.begin(), curves.end(), [&](const Curve& curve) {
        return curve.name == name.data();
    });
    return found == curves.end() ? std::nullopt : std::optional(*found);
}

/// The signature as OpenSSL wants it: a sequence of two numbers, DER.
std::vector<unsigned char> as_der(BytesView signature) {
    const std::size_t half = signature.size() / 2;
    const auto number = [](BytesView bytes) {
        return Number(BN_bin2bn(data_of(bytes), static_cast<int>(bytes.size()), nullptr));
    };
    const Pair pair(ECDSA_SIG_new());
    Number r = number(signature.first(half));
    Number s = number(signature.subspan(half));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) {
        throw std::bad_alloc();
    }
    (void)r.release(); // both belong to the pair now
    (void)s.release();
    std::vector<unsigned char> der(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)));
    unsigned char* at = der.data();
    (void)i2d_ECDSA_SIG(pair.get(), &at);
    return der;
}

} // namespace

SignatureVerdict
judge_signature(BytesView signed_bytes, BytesView signature, BytesView public_key) {
    // No configuration file: readers open none.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    const Key key = key_of(public_key);
    const std::optional<Curve> curve = curve_of(key.get());
    if (!curve.has_value()) {
        return SignatureVerdict::KeyUnusable;
    }
    if (signature.size() != 2 * curve->field_bytes) {
        return SignatureVerdict::DoesNotHold;
    }
    const std::vector<unsigned char> der = as_der(signature);
    const Digest digest(EVP_MD_CTX_new());
    if (!digest ||
        EVP_DigestVerifyInit(digest.get(), nullptr, curve->digest(), nullptr, key.get()) != 1) {
        return SignatureVerdict::KeyUnusable;
    }
    const int answer = EVP_DigestVerify(
        digest.get(), der.data(), der.size(), data_of(signed_bytes), signed_bytes.size()
    );
    return answer == 1 ? SignatureVerdict::Holds : SignatureVerdict::DoesNotHold;
}

} // namespace pleiade::ocr
