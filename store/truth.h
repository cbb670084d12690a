#pragma once
// What people say documents are: kept for ever with who and when, and never changed. And the
// samples: automatic documents that people key without knowing what the machine decided.
//
// A truth moves no state: mail that was delivered wrong is put right elsewhere.

#include "core/clock.h"
#include "core/mail.h"
#include "store/connection.h"
#include "store/reports.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::store {

/// A value by the name of its field. Empty: the field stands nowhere on the paper.
struct NamedValue {
    std::string name;
    std::string value;

    bool operator==(const NamedValue&) const = default;
};

/// Where a truth comes from.
enum class Origin {
    Correction, ///< A person who saw what the machine decided.
    Import,     ///< The same, from a file.
    Sample,     ///< A person who did not see it.
};

/// What a person says of one document.
struct Statement {
    /// The key of a document ("061-12-1", as its index has it), or its pli by number or name
    /// ("061-nice/0003.tif"). A sample: its number.
    std::string subject;
    std::vector<int> page_numbers; ///< 1-based within the pli. Empty: those the document has.
    std::string type;
    std::vector<NamedValue> fields; ///< Those that are known; a name may come several times.
    std::string who;
    Instant when;
    Origin origin = Origin::Correction;
    std::string where{}; ///< Put before what is wrong with it: "corrections.jsonl:3".
};

/// A statement that was kept.
struct Kept {
    RowId truth = 0;
    RowId pli = 0;
    int position = 0;         ///< Of the document in its pli; 0 = it was no document yet.
    std::string type_decided; ///< Empty when it was no document, and for a sample.
};

struct KnownDocument {
    std::string type;
    std::vector<int> page_indexes; ///< Into KnownPli::readings, in order.
};

/// A pli of which people know something.
struct KnownPli {
    RowId pli = 0;
    std::string caisse;
    std::string name;
    std::vector<std::string> readings; ///< JSON, a page each; empty for one that says nothing.
    std::vector<KnownDocument> documents;
};

/// A page of the pli a sample lies in.
struct SamplePage {
    int page_number = 0; ///< 1-based within the pli.
    std::string file;
    bool asked = false;         ///< The document that this page belongs to is to be keyed.
    std::string preview_sha256; ///< Empty when the page could not be read.
};

/// Shows nothing of what was decided.
struct OpenSample {
    RowId sample = 0;
    std::string caisse;
    std::string pli_name;
    std::string received_on; ///< ISO 8601.
    std::string source;      ///< Where the lot was taken from.
    std::vector<SamplePage> pages;
};

/// A document as the machine decided it, beside what people say it is.
struct KeyedSample {
    RowId sample = 0;
    std::string type;
    std::string true_type;
    bool pages_said = false;
    bool same_pages = true;
    std::vector<NamedValue> fields;
    std::vector<NamedValue> true_fields;
};

struct SampleCount {
    std::string type;   ///< As decided.
    long automatic = 0; ///< Documents that went without a person.
    long chosen = 0;    ///< Of these, as samples.
};

struct KeyedSamples {
    std::vector<KeyedSample> samples;
    std::vector<SampleCount> counts;
};

/// Uses one connection, its own or a shared one, and belongs to one thread.
///
/// Every verb throws Error(RetryLater) when the database is out of reach.
class Truth {
public:
    explicit Truth(const std::string& url);
    explicit Truth(Connection connection);
    ~Truth();
    Truth(Truth&&) noexcept;
    Truth& operator=(Truth&&) noexcept;
    Truth(const Truth&) = delete;
    Truth& operator=(const Truth&) = delete;

    /// Keeps all of the statements or none; an event of each pli says who said what, without
    /// values. A later one of the same pages replaces an earlier one in effect.
    /// @throws Error(FixInput) when it is not clear which document is meant, the pages are not
    /// there, or a sample was keyed already.
    std::vector<Kept> keep(const std::vector<Statement>& statements);

    /// Plis of which something is known, in order. @param caisse Empty = all.
    [[nodiscard]] std::vector<RowId> known_plis(const std::string& caisse);
    [[nodiscard]] KnownPli known_pli(RowId pli);

    /// Samples that nobody has keyed yet.
    [[nodiscard]] std::vector<OpenSample> open_samples(const Scope& scope);

    /// Those that were keyed, and how many there are by type.
    [[nodiscard]] KeyedSamples keyed_samples(const Scope& scope);

private:
    Connection database_;
};

} // namespace pleiade::store
