#include "app/config/files/seal_certificates.h"

#include "core/bytes.h"
#include "core/durable_file.h"
#include "core/failure.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace pleiade::config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 65536; // chosen: certificates have 1 to 3 kB
constexpr std::size_t id_length = 4;      // spec: 2D-Doc V3.3.9 chapter 4, of both
constexpr std::array<std::string_view, 4> endings{".pem", ".crt", ".cer", ".der"};

template <auto free_it>
struct Freed {
    void operator()(auto* thing) const { free_it(thing); }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Source = std::unique_ptr<BIO, Freed<BIO_free_all>>;

bool is_id_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

bool is_id(std::string_view text) {
    return text.size() == id_length && std::all_of(text.begin(), text.end(), is_id_character);
}

/// Authority and certificate at the end of "FR04_0001", "FR04-0001", "FR040001", "banque
/// FR04_0001".
std::optional<std::pair<std::string, std::string>> ids_in(std::string_view name) {
    if (name.size() < 2 * id_length) {
        return std::nullopt;
    }
    const std::string_view id = name.substr(name.size() - id_length);
    name.remove_suffix(id_length);
    if (name.back() == '_' || name.back() == '-') {
        name.remove_suffix(1);
    }
    if (name.size() < id_length) {
        return std::nullopt;
    }
    const std::string_view authority = name.substr(name.size() - id_length);
    name.remove_suffix(id_length);
    if (!is_id(id) || !is_id(authority) || (!name.empty() && is_id_character(name.back()))) {
        return std::nullopt;
    }
    return std::pair(std::string(authority), std::string(id));
}

Certificate certificate_in(const Bytes& bytes) {
    const auto source = [&] {
        return Source(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    };
    Certificate certificate(PEM_read_bio_X509(source().get(), nullptr, nullptr, nullptr));
    if (!certificate) {
        certificate.reset(d2i_X509_bio(source().get(), nullptr));
    }
    ERR_clear_error();
    return certificate;
}

/// The common name, when it is four characters as in the names of 2D-Doc authorities and signers.
std::string id_of(const X509_NAME* name) {
    std::array<char, id_length + 2> text{};
    const int length =
        X509_NAME_get_text_by_NID(name, NID_commonName, text.data(), static_cast<int>(text.size()));
    const std::string_view found(text.data());
    return length == static_cast<int>(id_length) && is_id(found) ? std::string(found)
                                                                 : std::string();
}

std::optional<std::chrono::sys_days> day_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return std::nullopt;
    }
    constexpr int tm_year_zero = 1900;
    const std::chrono::year_month_day day(
        std::chrono::year(parts.tm_year + tm_year_zero),
        std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
        std::chrono::day(static_cast<unsigned>(parts.tm_mday))
    );
    return day.ok() ? std::optional(std::chrono::sys_days(day)) : std::nullopt;
}

bool is_on_known_curve(const EVP_PKEY* key) {
    constexpr std::array<std::string_view, 3> curves{"prime256v1", "secp384r1", "secp521r1"};
    std::array<char, 64> name{};
    return key != nullptr &&
           EVP_PKEY_get_utf8_string_param(
               key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(), nullptr
           ) == 1 &&
           std::find(curves.begin(), curves.end(), name.data()) != curves.end();
}

Bytes encoded(const EVP_PKEY* key) {
    Bytes bytes(static_cast<std::size_t>(std::max(i2d_PUBKEY(key, nullptr), 0)));
    auto* at = reinterpret_cast<unsigned char*>(bytes.data());
    (void)i2d_PUBKEY(key, &at);
    return bytes;
}

class TrustList {
public:
    TrustList(std::chrono::days grace, Problems& problems) : grace_(grace), problems_(problems) {}

    void take(const fs::path& file) {
        const auto ids = ids_in(file.stem().string());
        if (!ids.has_value()) {
            problems_.add(
                file.string(),
                "a certificate is named by its authority and its own number: FR04_0001.pem"
            );
            return;
        }
        Bytes bytes;
        try {
            bytes = read_file(file, most_bytes);
        } catch (const Error& error) {
            problems_.add(file.string(), error.what());
            return;
        }
        if (const std::string fault = add(*ids, bytes); !fault.empty()) {
            problems_.add(file.string(), fault);
        }
    }

    [[nodiscard]] std::vector<SealCertificate> certificates() && {
        return std::move(certificates_);
    }

private:
    /// What is wrong with it, or nothing.
    [[nodiscard]] std::string
    add(const std::pair<std::string, std::string>& ids, const Bytes& bytes) {
        const auto& [authority, id] = ids;
        const Certificate certificate = certificate_in(bytes);
        if (!certificate) {
            return "is not a certificate, neither PEM nor DER";
        }
        const X509_NAME* issuer = X509_get_issuer_name(certificate.get());
        const X509_NAME* subject = X509_get_subject_name(certificate.get());
        const bool signed_by_itself = X509_NAME_cmp(issuer, subject) == 0;
        const std::string said_authority = signed_by_itself ? std::string() : id_of(issuer);
        const std::string said_id = id_of(subject);
        if ((!said_authority.empty() && said_authority != authority) ||
            (!said_id.empty() && said_id != id)) {
            return "is named " + authority + " " + id + " but is the certificate " +
                   (said_authority.empty() ? authority : said_authority) + " " +
                   (said_id.empty() ? id : said_id);
        }
        const EVP_PKEY* key = X509_get0_pubkey(certificate.get());
        if (!is_on_known_curve(key)) {
            return "its key is on none of the curves of 2D-Docs (P-256, P-384, P-521)";
        }
        const auto from = day_of(X509_get0_notBefore(certificate.get()));
        const auto until = day_of(X509_get0_notAfter(certificate.get()));
        if (!from.has_value() || !until.has_value()) {
            return "does not say from when to when it is valid";
        }
        if (!seen_.emplace(authority + id).second) {
            return "is there a second time";
        }
        constexpr std::chrono::sys_days never{std::chrono::year(9999) / 12 / 31};
        certificates_.push_back(
            {authority, id, *from, std::min(*until + grace_, never), encoded(key)}
        );
        return {};
    }

    std::chrono::days grace_;
    Problems& problems_;
    std::set<std::string> seen_;
    std::vector<SealCertificate> certificates_;
};

bool may_be_certificate(const fs::path& file) {
    return std::find(endings.begin(), endings.end(), file.extension().string()) != endings.end();
}

} // namespace

std::vector<SealCertificate>
read_seal_certificates(const fs::path& place, std::chrono::days grace, Problems& problems) {
    TrustList list(grace, problems);
    std::error_code trouble;
    if (fs::is_regular_file(place, trouble)) {
        list.take(place);
        return std::move(list).certificates();
    }
    std::vector<fs::path> files;
    for (fs::directory_iterator entry(place, trouble), end; !trouble && entry != end;
         entry.increment(trouble)) {
        if (may_be_certificate(entry->path())) {
            files.push_back(entry->path());
        }
    }
    if (trouble || files.empty()) {
        problems.add(
            place.string(),
            trouble ? "cannot be read: " + trouble.message()
                    : "no certificate in it. Without a trust list leave out two_d_doc.certificates"
        );
        return {};
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        list.take(file);
    }
    return std::move(list).certificates();
}

} // namespace pleiade::config
