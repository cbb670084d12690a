#pragma once
// What a pli is looked up by, and what its documents are found by when the next one comes.

#include "classify/understand.h"

#include <set>
#include <string>
#include <vector>

namespace pleiade::classify {

[[nodiscard]] std::vector<Question>
questions_about(const std::vector<PageReading>& pages, const ClassifySettings& settings);

/// The people named on these pages by a valid NIR. One that had to be repaired and is nearly
/// another that was plainly read is that one, badly read.
[[nodiscard]] std::set<std::string>
people_on(const std::vector<int>& page_indexes, const std::vector<PageReading>& pages);

[[nodiscard]] std::set<std::string>
accounts_on(const std::vector<int>& page_indexes, const std::vector<PageReading>& pages);

/// Whether an employer or a company speaks, on the document or on the one it is attached to.
[[nodiscard]] bool is_for_a_company(
    const ProposedDocument& document, const Decision& decision, const ClassifySettings& settings
);

/// Person, account and form number of every document.
///
/// An attachment without a NIR is about the one person its pli is about. An account is a person's
/// unless an employer or a company speaks, on it or on the document it is attached to.
void name_keys(Decision& decision, const ReadPli& pli, const ClassifySettings& settings);

[[nodiscard]] const DocumentType*
type_with_code(const std::string& code, const ClassifySettings& settings);

} // namespace pleiade::classify
