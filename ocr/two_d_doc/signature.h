#pragma once
// Whether an elliptic-curve signature is that of a key over some bytes. The one place in reading
// that talks to OpenSSL.

#include "core/bytes.h"

namespace pleiade::ocr {

enum class SignatureVerdict {
    Holds,
    DoesNotHold,
    KeyUnusable, ///< Not a public key on P-256, P-384 or P-521: nothing can be said.
};

/// ECDSA; the digest follows from the curve: SHA-256, SHA-384, SHA-512.
/// @param signature r and s one behind the other, each as long as the curve's field.
/// @param public_key SubjectPublicKeyInfo, DER.
[[nodiscard]] SignatureVerdict
judge_signature(BytesView signed_bytes, BytesView signature, BytesView public_key);

} // namespace pleiade::ocr
