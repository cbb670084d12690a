#pragma once
// What other document types would have made of mail that is known: nothing is stored or delivered.

#include "app/pipeline/inspect.h"
#include "app/pipeline/reader_process.h"
#include "core/document_type.h"
#include "store/journey.h"

#include <string>
#include <vector>

namespace pleiade::pipeline {

/// The types in use with the tried ones: one of a known code takes its place, the others are added.
[[nodiscard]] std::vector<DocumentType>
with_tried(std::vector<DocumentType> types, const std::vector<DocumentType>& tried);

/// What one document was taken for.
struct TriedGuess {
    std::string type;
    double confidence = 0.0;
    bool automatic = false;         ///< No person would have looked at it.
    std::vector<std::string> why{}; ///< What spoke for the type, the strongest first.

    [[nodiscard]] bool same_fate(const TriedGuess& other) const {
        return type == other.type && automatic == other.automatic;
    }
};

/// A document as it is cut now, and what its first page would be part of with the tried types.
struct TriedDocument {
    std::string pli;               ///< Name of the pli, or of the file.
    std::vector<int> page_numbers; ///< 1-based within it.
    TriedGuess before;
    TriedGuess after;
};

/// The two ways to decide; each has a child process of its own.
class TypeTrial {
public:
    TypeTrial(ReaderSettings settings, const std::vector<DocumentType>& tried);

    /// A pli that was decided, with what was known of other mail then.
    /// @throws Error(FixInput) when a reader cannot take it.
    [[nodiscard]] std::vector<TriedDocument>
    of_stored(const store::PliToUnderstand& pli, const store::DecidedPli& decided);

    /// A file of pages, as mail of this caisse.
    /// @throws Error(FixInput) when it cannot be read.
    [[nodiscard]] std::vector<TriedDocument> of_file(
        const std::filesystem::path& file,
        std::size_t most_bytes,
        const Facts& facts,
        const std::string& caisse
    );

private:
    [[nodiscard]] std::vector<TriedDocument>
    both(const std::string& name, const wire::Understand& question, bool doubted);

    ReaderProcess before_;
    ReaderProcess after_;
};

} // namespace pleiade::pipeline
