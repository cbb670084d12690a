#pragma once
// Whether anything was altered since it was sealed: `pleiade audit verify`. Only looks.

#include "store/signing_key.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace pleiade::store {

struct AuditScope {
    std::string caisse;                         ///< Empty = all.
    std::vector<VerifyingKey> keys;             ///< Whose signatures are believed.
    std::filesystem::path folder;               ///< Checkpoints as files; need not be there.
    std::filesystem::path stamp_certificates{}; ///< PEM; empty: who stamped is not looked at.
};

struct AuditFinding {
    std::string caisse;  ///< Empty when it is about all of them.
    std::string subject; ///< "event 812 (page 7, captured -> read)", "checkpoint 3".
    std::string what;    ///< Sentence without its subject.
};

struct AuditReport {
    long events = 0; ///< Sealed ones, all looked at.
    long checkpoints = 0;
    long stamped = 0;          ///< Checkpoints with a time stamp.
    long stamps_verified = 0;  ///< Of these, vouched for by a certificate.
    long after_checkpoint = 0; ///< Sealed, but signed by no checkpoint yet.
    long unsealed = 0;         ///< The tail: not sealed yet.
    std::chrono::seconds oldest_unsealed{0};
    std::vector<AuditFinding> findings;
};

/// Finds events that were altered, taken away, put in or moved, checkpoints that were altered or
/// that nobody we believe signed, and rows that name other blobs than were sealed. Not what the
/// bytes of the blobs are: that is blob_check.h.
/// @throws Error(RetryLater) when the database is out of reach, Error(FixConfiguration) when the
/// certificates cannot be read.
[[nodiscard]] AuditReport check_audit(const std::string& url, const AuditScope& scope);

} // namespace pleiade::store
