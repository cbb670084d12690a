#include "core/day.h"
#include "ocr/sealed_document_reader.h"
#include "ocr/two_d_doc/envelope.h"
#include "ocr/two_d_doc/field_table.h"
#include "ocr/two_d_doc/message.h"
#include "ocr/two_d_doc/signature.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace pleiade::ocr {
namespace {

constexpr std::size_t longest_content =
    8192; // chosen: the largest symbol, a QR code, has 7089 figures

/// spec: V3.3.9 chapter 3, DataMatrix; others are read where an issuer printed one
bool may_hold_one(const Mark& mark) {
    constexpr std::array<std::string_view, 4> formats{"DataMatrix", "QRCode", "Aztec", "PDF417"};
    return std::find(formats.begin(), formats.end(), mark.format) != formats.end();
}

std::string content_of(const Mark& mark) {
    return mark.bytes.empty() ? mark.text : text_of(mark.bytes);
}

/// spec: V3.3.9 chapter 5, the family of codes that are not text: this byte, then the version
bool is_binary(std::string_view content) {
    return content.size() >= 2 && content[0] == '\xDC' && content[1] >= 1 && content[1] <= 4;
}

class Judge {
public:
    Judge(const TwoDDocEnvelope& envelope, const std::vector<SealCertificate>& trusted)
        : envelope_(envelope), trusted_(trusted) {}
    Judge(TwoDDocEnvelope&&, const std::vector<SealCertificate>&) = delete;
    Judge(const TwoDDocEnvelope&, std::vector<SealCertificate>&&) = delete;

    void judge(SealedDocument& document) const {
        const SealCertificate* certificate = find();
        if (certificate == nullptr) {
            document.state = SealState::Untrusted;
            document.reason = "signature non vérifiée : " + missing();
            return;
        }
        const SignatureVerdict verdict = judge_signature(
            bytes_of(envelope_.signed_bytes), envelope_.signature, certificate->public_key
        );
        if (verdict == SignatureVerdict::DoesNotHold) {
            document.signature = Check::Bad;
            document.state = SealState::Forged;
            document.reason = "signature fausse";
            return;
        }
        const std::string doubt = verdict == SignatureVerdict::KeyUnusable
                                      ? "clé inutilisable dans le certificat " + name()
                                      : doubt_about_day(*certificate);
        document.signature = verdict == SignatureVerdict::Holds ? Check::Good : Check::None;
        document.state = doubt.empty() ? SealState::Verified : SealState::Untrusted;
        document.reason = doubt.empty() ? "" : "signature non vérifiée : " + doubt;
    }

private:
    [[nodiscard]] std::string name() const {
        return envelope_.header.authority + " " + envelope_.header.certificate;
    }

    [[nodiscard]] const SealCertificate* find() const {
        const auto found =
            std::find_if(trusted_.begin(), trusted_.end(), [&](const SealCertificate& known) {
                return known.authority == envelope_.header.authority &&
                       known.id == envelope_.header.certificate;
            });
        return found == trusted_.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::string missing() const {
        if (trusted_.empty()) {
            return "aucune liste de confiance (" + name() + ")";
        }
        const bool authority_known =
            std::any_of(trusted_.begin(), trusted_.end(), [&](const SealCertificate& known) {
                return known.authority == envelope_.header.authority;
            });
        return authority_known ? "certificat inconnu " + name()
                               : "autorité inconnue " + envelope_.header.authority;
    }

    [[nodiscard]] std::string doubt_about_day(const SealCertificate& certificate) const {
        const auto& day = envelope_.header.signed_on;
        if (!day.has_value()) {
            return "sans date de signature";
        }
        if (*day < certificate.valid_from) {
            return "signée le " + iso_day(*day) + ", certificat " + name() + " valable dès le " +
                   iso_day(certificate.valid_from);
        }
        if (*day > certificate.valid_until) {
            return "signée le " + iso_day(*day) + ", certificat " + name() + " expiré le " +
                   iso_day(certificate.valid_until);
        }
        return {};
    }

    const TwoDDocEnvelope& envelope_;
    const std::vector<SealCertificate>& trusted_;
};

std::vector<SealedField> all_fields_of(const TwoDDocEnvelope& envelope) {
    const std::string& perimeter = envelope.header.perimeter;
    const FieldNames names =
        perimeter.empty() || perimeter == "01" ? FieldNames::Ants : FieldNames::Unknown;
    std::vector<SealedField> fields = fields_of(envelope.message, names);
    for (SealedField& field : fields_of(envelope.annex, names)) {
        field.sealed = false;
        fields.push_back(std::move(field));
    }
    return fields;
}

SealedDocument
document_of(const std::string& content, const std::vector<SealCertificate>& trusted) {
    SealedDocument document;
    if (is_binary(content)) {
        document.reason = "2D-Doc binaire, non lu";
        return document;
    }
    const std::optional<TwoDDocEnvelope> envelope =
        content.size() > longest_content ? std::nullopt : open_two_d_doc(content);
    if (!envelope.has_value()) {
        document.reason = "2D-Doc illisible : en-tête inconnu";
        return document;
    }
    const TwoDDocHeader& header = envelope->header;
    document.version = header.version;
    document.authority = header.authority;
    document.certificate = header.certificate;
    document.country = header.country;
    document.perimeter = header.perimeter;
    document.type_code = header.type_code;
    if (header.perimeter.empty() || header.perimeter == "01") {
        document.type_name = type_name_of(header.type_code);
    }
    document.issued_on = header.issued_on;
    document.signed_on = header.signed_on;
    document.fields = all_fields_of(*envelope);
    Judge(*envelope, trusted).judge(document);
    return document;
}

} // namespace

std::vector<SealedDocument>
read_sealed_documents(const std::vector<Mark>& marks, const std::vector<SealCertificate>& trusted) {
    std::vector<SealedDocument> documents;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const std::string content = content_of(marks[i]);
        if (!may_hold_one(marks[i]) || !(looks_like_two_d_doc(content) || is_binary(content))) {
            continue;
        }
        SealedDocument document = document_of(content, trusted);
        document.box_px = marks[i].box_px;
        document.mark_index = static_cast<int>(i);
        documents.push_back(std::move(document));
    }
    return documents;
}

} // namespace pleiade::ocr
