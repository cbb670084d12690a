#pragma once
// How an event is chained to the one before it in its caisse: one hash over both. docs/adr/0031.

#include "core/mail.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::store::audit {

/// A row of table event.
struct Event {
    RowId id = 0;
    std::int64_t happened_us = 0; ///< Microseconds since 1970, UTC.
    std::string caisse;
    std::string subject;
    RowId subject_id = 0;
    std::string from_state;
    std::string to_state;
    std::optional<std::string> reason;
    std::string actor;
    std::string written_by; ///< Its transaction.
};

/// What is sealed of it besides.
struct Link {
    std::string caisse;
    std::int64_t position = 0; ///< 1-based.
    std::string blobs;         ///< Names, a blank between them.
    std::int64_t sealed_us = 0;
};

/// What the first link of a chain follows.
inline const std::string chain_start(64, '0');

/// SHA-256, hexadecimal, over all of it: no two different links give the same text to hash.
[[nodiscard]] std::string
hash_of(const std::string& previous, const Link& link, const Event& event);

} // namespace pleiade::store::audit
