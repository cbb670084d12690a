#pragma once
// Time stamps: an authority signs that a text was there at a moment.
//
// Source: RFC 3161. The request over HTTP: its 3.4.

#include "core/bytes.h"

#include <filesystem>
#include <string>

namespace pleiade::store::audit {

/// Asks the authority at `url` ("http://...") for a stamp of `text`. Gives its answer as it is
/// (DER), which fits the question and grants it.
/// @throws Error(RetryLater) when it is out of reach or gives no such answer;
/// Error(FixConfiguration) when the address cannot be one.
[[nodiscard]] Bytes stamp_of(const std::string& text, const std::string& url);

struct StampCheck {
    std::string wrong;        ///< Sentence; empty when the stamp is of this text.
    bool is_verified = false; ///< The certificates vouch for it too.
    std::string at;           ///< As the authority says it: "Nov 22 16:00:00 2026 GMT".
};

/// @param certificates PEM file of the authorities that are believed; empty: only the text is
/// compared.
[[nodiscard]] StampCheck
check_stamp(BytesView response, const std::string& text, const std::filesystem::path& certificates);

} // namespace pleiade::store::audit
