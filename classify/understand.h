#pragma once
// From the readings of a pli to its documents: type, caisse, fields, route, how sure and why.
// Pure functions of values: no file, clock or database. Rules are data: DocumentType, Caisse.

#include "classify/type_model.h"
#include "core/caisse.h"
#include "core/decision.h"
#include "core/document_type.h"
#include "core/mail.h"
#include "core/page_reading.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::classify {

/// The pages of one pli, in order.
struct ReadPli {
    std::vector<PageReading> pages;         ///< A page that could not be read is a default reading.
    std::vector<int> missing_page_indexes;  ///< Which ones those are, 0-based.
    std::vector<std::string> missing_names; ///< What a person calls them, same order; may be empty.
    std::vector<int> document_starts; ///< Pages before which a document separator stood, rising.
    Channel channel = Channel::Post;
    std::string lot_caisse = unknown_caisse; ///< "000" (or empty) when the lot does not say.
};

struct ClassifySettings {
    std::vector<DocumentType> types;
    std::vector<Caisse> caisses;
    std::optional<TypeModel> model = std::nullopt; ///< Without one the anchors alone decide.
};

/// What to look up before `understand`: every valid NIR, SIRET and IBAN on the pages and the
/// numbers of secured forms, once each, and the print of every page that says something.
[[nodiscard]] std::vector<Question>
ask(const std::vector<PageReading>& pages, const ClassifySettings& settings);

/// The whole decision about a pli, with its evidence and, in French, why a person must look at it.
[[nodiscard]] Decision
understand(const ReadPli& pli, const ClassifySettings& settings, const Facts& facts);

} // namespace pleiade::classify
