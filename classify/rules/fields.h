#pragma once
// The values of a document: what stands right of or below its printed label, in its column or its
// box, or the only value of its kind; days and numbers that contradict each other made doubtful.

#include "classify/rules/layout.h"
#include "core/decision.h"
#include "core/document_type.h"
#include "core/page_reading.h"

#include <chrono>
#include <vector>

namespace pleiade::classify {

/// The pages of the pli and how their words lie.
struct LaidPages {
    const std::vector<PageReading>& pages;
    const std::vector<Layout>& layouts;
};

/// @param page_indexes The document's pages, into those of the pli.
/// @param today Days after it are no birth dates; the epoch = not known.
[[nodiscard]] std::vector<Field> read_fields(
    const DocumentType& type,
    const std::vector<int>& page_indexes,
    const LaidPages& pli,
    std::chrono::sys_days today
);

} // namespace pleiade::classify
