#pragma once
// A paper's code that its issuer has signed (2D-Doc): what it says and whether the signature
// vouches for it. How it is read: ocr/sealed_document_reader.h.

#include "core/box.h"
#include "core/bytes.h"
#include "core/mark.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pleiade {

enum class SealState {
    Unreadable, ///< It begins like a 2D-Doc and then is none that we know.
    Untrusted,  ///< The trust list does not hold its certificate, or not for the day of signature.
    Forged,     ///< Its certificate is known and says that something was altered.
    Verified,   ///< The issuer named there has signed exactly this.
};

/// "unreadable", "untrusted", "forged", "verified".
[[nodiscard]] std::string to_text(SealState state);

/// The way back. @throws Error(FixInput) when there is no such state.
[[nodiscard]] SealState seal_state_from(const std::string& text);

struct SealedField {
    std::string id;         ///< Two characters: "31".
    std::string name;       ///< Stable, French: "iban"; the id itself where we know no name.
    std::string value;      ///< Days as ISO 8601, all else as it stands in the code.
    bool truncated = false; ///< The issuer had no room for all of it.
    bool sealed = true;     ///< False in the annex behind the signature: anybody may write there.
};

struct SealedDocument {
    SealState state = SealState::Unreadable;
    std::string reason;            ///< French: why it is not verified; empty when it is.
    Check signature = Check::None; ///< Against the key of its certificate; None: not computed.
    int version = 0;
    std::string authority;   ///< Who vouches for the signer: "FR04".
    std::string certificate; ///< Of the signer, within its authority: "0001".
    std::string country;     ///< Since version 4: "FR".
    std::string perimeter;   ///< Since version 3, whose types and fields these are: "01" is ANTS.
    std::string type_code;   ///< "06".
    std::string type_name;   ///< French; empty where we know none.
    std::optional<std::chrono::sys_days> issued_on;
    std::optional<std::chrono::sys_days> signed_on;
    std::vector<SealedField> fields;
    Box box_px;
    int mark_index = 0; ///< Of the mark it was read from, in PageReading::marks.
};

/// A certificate of the trust list, as far as it is needed to verify.
struct SealCertificate {
    std::string authority; ///< "FR04".
    std::string id;        ///< "0001".
    std::chrono::sys_days valid_from;
    std::chrono::sys_days valid_until; ///< The last day on which it may sign.
    Bytes public_key;                  ///< SubjectPublicKeyInfo, DER.
};

} // namespace pleiade
