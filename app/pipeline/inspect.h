#pragma once
// Reading files and saying everything seen, without database: `pleiade inspect`.

#include "app/pipeline/reader_process.h"
#include "core/decision.h"
#include "core/page_reading.h"

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace pleiade::pipeline {

/// One page as read, with what the decision about its whole file says of it.
struct InspectedPage {
    PageReading reading;
    TypeGuess type;
    CaisseGuess caisse;
    std::vector<Field> fields;
};

/// A page, or why it could not be read.
using PageOrTrouble = std::variant<InspectedPage, std::string>;

struct InspectedFile {
    std::string trouble; ///< Why the file could not be opened; empty when it could.
    std::vector<PageOrTrouble> pages;
    std::string not_understood{}; ///< Why its pages have no type; empty when they were understood.
};

/// The whole file is taken as one pli of an unknown caisse, received on `facts.today`.
/// Never throws for what is in the file: a reader that breaks on a page is that page's trouble.
/// @param most_bytes A larger file is not read.
[[nodiscard]] InspectedFile inspect(
    const std::filesystem::path& file,
    std::size_t most_bytes,
    const Facts& facts,
    ReaderProcess& reader
);

/// The file as the reader is asked about it.
[[nodiscard]] wire::Understand question_about(const InspectedFile& file, const Facts& facts);

} // namespace pleiade::pipeline
