#include "store/audit/time_stamp.h"

#include "core/failure.h"
#include "core/hex.h"
#include "store/blob_store.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <ctime>
#include <memory>
#include <stdexcept>

namespace pleiade::store::audit {
namespace {

constexpr int most_seconds = 10; // chosen: nobody waits for it, the next look asks again
constexpr std::size_t most_response_bytes = 1U << 20U; // chosen: an answer has some kilobytes
constexpr std::size_t nonce_bytes = 8; // chosen: no answer to another question fits by chance

template <auto free_it>
struct Freed {
    void operator()(auto* thing) const { free_it(thing); }
};
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Request = std::unique_ptr<TS_REQ, Freed<TS_REQ_free>>;
using Response = std::unique_ptr<TS_RESP, Freed<TS_RESP_free>>;
using Check = std::unique_ptr<TS_VERIFY_CTX, Freed<TS_VERIFY_CTX_free>>;

void require(bool works) {
    if (!works) {
        throw std::logic_error("OpenSSL cannot make a request for a time stamp");
    }
}

/// What OpenSSL complains of, for a sentence.
std::string complaint() {
    const unsigned long code = ERR_peek_last_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    ERR_clear_error();
    return reason == nullptr ? "no reason given" : reason;
}

Request request_for(const std::string& text) {
    Bytes digest = bytes_from_hex(blob_id_of(bytes_of(text)).sha256).value();
    std::array<unsigned char, nonce_bytes> random{};
    require(RAND_bytes(random.data(), static_cast<int>(random.size())) == 1);
    random[0] = static_cast<unsigned char>(random[0] & 0x7FU); // positive
    const std::unique_ptr<BIGNUM, Freed<BN_free>> number(
        BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr)
    );
    const std::unique_ptr<ASN1_INTEGER, Freed<ASN1_INTEGER_free>> nonce(
        BN_to_ASN1_INTEGER(number.get(), nullptr)
    );
    const std::unique_ptr<X509_ALGOR, Freed<X509_ALGOR_free>> algorithm(X509_ALGOR_new());
    const std::unique_ptr<TS_MSG_IMPRINT, Freed<TS_MSG_IMPRINT_free>> imprint(TS_MSG_IMPRINT_new());
    Request request(TS_REQ_new());
    X509_ALGOR_set_md(algorithm.get(), EVP_sha256());
    require(
        TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
        TS_MSG_IMPRINT_set_msg(
            imprint.get(),
            reinterpret_cast<unsigned char*>(digest.data()),
            static_cast<int>(digest.size())
        ) == 1 &&
        TS_REQ_set_version(request.get(), 1) == 1 &&
        TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
        TS_REQ_set_nonce(request.get(), nonce.get()) == 1 &&
        TS_REQ_set_cert_req(request.get(), 1) == 1
    );
    return request;
}

/// The parts of an address, each to be freed.
struct Address {
    explicit Address(const std::string& url) {
        int with_tls = 0;
        char* server_text = nullptr;
        char* port_text = nullptr;
        char* path_text = nullptr;
        if (OSSL_HTTP_parse_url(
                url.c_str(),
                &with_tls,
                nullptr,
                &server_text,
                &port_text,
                nullptr,
                &path_text,
                nullptr,
                nullptr
            ) != 1 ||
            with_tls != 0) {
            ERR_clear_error();
            throw Error(
                Remedy::FixConfiguration,
                "audit.stamp_url must be an address like http://authority.example/tsr; a time "
                "stamp is signed, it needs no https"
            );
        }
        server.reset(server_text);
        port.reset(port_text);
        path.reset(path_text);
    }

    struct Free {
        void operator()(char* text) const { OPENSSL_free(text); }
    };
    std::unique_ptr<char, Free> server;
    std::unique_ptr<char, Free> port;
    std::unique_ptr<char, Free> path;
};

Response post(const Request& request, const Address& address) {
    const Memory body(BIO_new(BIO_s_mem()));
    require(i2d_TS_REQ_bio(body.get(), request.get()) == 1);
    const Memory answer(OSSL_HTTP_transfer(
        nullptr,
        address.server.get(),
        address.port.get(),
        address.path.get(),
        0,
        nullptr,
        nullptr,
        nullptr,
        nullptr,
        nullptr,
        nullptr,
        0,
        nullptr,
        "application/timestamp-query",
        body.get(),
        "application/timestamp-reply",
        1,
        most_response_bytes,
        most_seconds,
        0
    ));
    Response response(answer ? d2i_TS_RESP_bio(answer.get(), nullptr) : nullptr);
    if (!response) {
        throw Error(
            Remedy::RetryLater, "the time stamping authority gives no answer: " + complaint()
        );
    }
    return response;
}

std::time_t time_of(const TS_RESP* response) {
    std::tm time{};
    TS_TST_INFO* info = TS_RESP_get_tst_info(const_cast<TS_RESP*>(response));
    ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &time);
    return ::timegm(&time);
}

std::string time_text(const TS_RESP* response) {
    const Memory memory(BIO_new(BIO_s_mem()));
    TS_TST_INFO* info = TS_RESP_get_tst_info(const_cast<TS_RESP*>(response));
    ASN1_TIME_print(memory.get(), TS_TST_INFO_get_time(info));
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

/// The certificates, asked as of the moment of the stamp: they may have ended since.
X509_STORE* believed(const std::filesystem::path& certificates, std::time_t moment) {
    X509_STORE* store = X509_STORE_new();
    if (X509_STORE_load_file(store, certificates.c_str()) != 1) {
        X509_STORE_free(store);
        throw Error(
            Remedy::FixConfiguration,
            "cannot read certificates of time stamping authorities from " + certificates.string() +
                ": " + complaint()
        );
    }
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), moment);
    return store;
}

} // namespace

Bytes stamp_of(const std::string& text, const std::string& url) {
    const Address address(url);
    const Request request = request_for(text);
    const Response response = post(request, address);
    const Check check(TS_REQ_to_TS_VERIFY_CTX(request.get(), nullptr));
    if (!check || TS_RESP_verify_response(check.get(), response.get()) != 1) {
        throw Error(
            Remedy::RetryLater,
            "the time stamping authority's answer is no stamp of what was asked: " + complaint()
        );
    }
    Bytes der(static_cast<std::size_t>(i2d_TS_RESP(response.get(), nullptr)));
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    (void)i2d_TS_RESP(response.get(), &at);
    return der;
}

StampCheck check_stamp(
    BytesView response_bytes, const std::string& text, const std::filesystem::path& certificates
) {
    const auto* at = reinterpret_cast<const unsigned char*>(response_bytes.data());
    const Response response(d2i_TS_RESP(nullptr, &at, static_cast<long>(response_bytes.size())));
    if (!response || TS_RESP_get_tst_info(response.get()) == nullptr) {
        ERR_clear_error();
        return {.wrong = "cannot be understood"};
    }
    const Check check(TS_VERIFY_CTX_new());
    unsigned flags = TS_VFY_VERSION | TS_VFY_DATA;
    // The check frees both.
    TS_VERIFY_CTX_set_data(
        check.get(), BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))
    );
    if (!certificates.empty()) {
        flags |= TS_VFY_SIGNATURE;
        TS_VERIFY_CTX_set_store(check.get(), believed(certificates, time_of(response.get())));
    }
    TS_VERIFY_CTX_set_flags(check.get(), static_cast<int>(flags));
    if (TS_RESP_verify_response(check.get(), response.get()) != 1) {
        return {.wrong = "does not fit: " + complaint()};
    }
    return {.wrong = "", .is_verified = !certificates.empty(), .at = time_text(response.get())};
}

} // namespace pleiade::store::audit
