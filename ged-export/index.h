#pragma once
// What a caisse's document system is told about a delivered document, as JSON beside the PDF.

#include "core/decision.h"
#include "core/mail.h"

#include <chrono>
#include <string>
#include <vector>

namespace pleiade::ged {

/// A page of the source files that went into the document, or a blank side left out of it.
struct IndexSource {
    std::string file;    ///< Name within its lot.
    int page_number = 1; ///< 1-based within that file.
};

/// A page of the document that could not be read and is not in the PDF.
struct MissingPage {
    std::string file;
    int page_number = 1; ///< As in IndexSource.
    std::string reason;
};

struct IndexField {
    std::string name; ///< "nir", "siret", "start_date" ...
    std::string value;
    double confidence = 0.0;
};

/// Something the document should hold and does not.
struct IndexMissing {
    std::string field;
    std::string why; ///< French, for people: "absent", "illisible", "non signé".
};

struct DocumentIndex {
    std::string document_id;
    std::string key; ///< Idempotency key: the same delivery has the same key.
    std::string caisse;
    std::string lot;
    std::string pli;
    Channel channel = Channel::Post;
    std::chrono::sys_days received;

    std::string type_code;
    std::string type_title;
    double confidence = 0.0; ///< Of the type, 0 to 1.
    DecidedBy decided_by = DecidedBy::Automatic;
    std::vector<std::string> why; ///< Short reasons a person can check.

    std::vector<IndexField> fields;
    std::vector<IndexMissing> missing_fields; ///< All of them, so that the sender is asked once.
    std::vector<std::string> notes;           ///< For the back office, in French.

    std::string service;
    std::string corbeille;
    int priority = 5;
    std::chrono::sys_days due;

    int page_count = 0; ///< Pages of the PDF.
    std::vector<IndexSource> pages;
    std::vector<IndexSource> blank_sides_left_out;
    std::vector<MissingPage> missing_pages;
    std::string pdf_sha256;
};

/// JSON text, indented, keys always in the same order, first one "format": "pleiade-index-1".
///
/// Fields with the same name stay several entries, in the order given. Text that is not UTF-8 is
/// mended with U+FFFD: an index is never refused for a character.
[[nodiscard]] std::string index_json(const DocumentIndex& index);

} // namespace pleiade::ged
