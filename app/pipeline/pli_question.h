#pragma once
// A stored pli as the reader is asked about it.

#include "app/wire/reader_protocol.h"
#include "store/journey.h"

#include <chrono>
#include <vector>

namespace pleiade::pipeline {

/// The pages that belong to documents: not separator sheets, not pages replaced by a rescan.
[[nodiscard]] std::vector<store::ReadPage> content_of(const store::PliToUnderstand& pli);

/// @param pages Of the pli, as content_of() gives them. Of the facts only the days are filled in.
[[nodiscard]] wire::Understand question_about(
    const store::PliToUnderstand& pli,
    const std::vector<store::ReadPage>& pages,
    std::chrono::sys_days today
);

} // namespace pleiade::pipeline
