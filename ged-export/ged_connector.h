#pragma once
// The document management system (GED) of a caisse, as the pipeline sees it.

#include "core/bytes.h"
#include "core/clock.h"

#include <optional>
#include <string>
#include <variant>

namespace pleiade::ged {

/// One delivery. Same `key` = same delivery, also when it is tried again.
struct GedDocument {
    std::string key;
    std::string caisse;    ///< "061".
    std::string date;      ///< Day it belongs to, "2026-03-14".
    std::string file_stem; ///< Name without suffix, unique for the key; no path parts.
    Bytes pdf;
    std::string index_json;
};

/// Proof that the GED holds the document.
struct Receipt {
    std::string location; ///< Where a person finds it in that GED.
    std::string sha256;   ///< Of the PDF as read back from the GED, 64 hexadecimal digits.
    Instant at;
};

struct Delivered {
    Receipt receipt;
    bool already_there = false; ///< An earlier try had got through; nothing was written now.
};

/// The GED will not take this document as it is; nothing was changed there.
struct Refused {
    std::string reason;
};

using DeliveryOutcome = std::variant<Delivered, Refused>;

class GedConnector {
public:
    GedConnector() = default;
    GedConnector(const GedConnector&) = delete;
    GedConnector& operator=(const GedConnector&) = delete;
    GedConnector(GedConnector&&) = delete;
    GedConnector& operator=(GedConnector&&) = delete;
    virtual ~GedConnector() = default;

    /// Puts the document there, once however often it is called.
    /// @throws Error(RetryLater) when the GED is out of reach or full,
    ///         Error(FixConfiguration) when no document can pass,
    ///         Error(CheckOutcome) when it may have arrived: ask look().
    [[nodiscard]] virtual DeliveryOutcome deliver(const GedDocument& document) = 0;

    /// The receipt of this very document when the GED holds it completely. Changes nothing.
    /// @throws as deliver().
    [[nodiscard]] virtual std::optional<Receipt> look(const GedDocument& document) = 0;
};

} // namespace pleiade::ged
