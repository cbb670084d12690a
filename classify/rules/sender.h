#pragma once
// Who sent a document, by the address block at its top left or on its envelope, and the number of
// the registered letter it came in. Source: NF Z10-011; docs/domain.md 2.5, 2.6.

#include "classify/rules/address.h"
#include "core/decision.h"
#include "core/page_reading.h"

#include <optional>
#include <vector>

namespace pleiade::classify {

/// "sender_name" and "sender_postcode" of the first sender's block that is not a caisse's own.
[[nodiscard]] std::vector<Field> sender_fields(
    const std::vector<int>& page_indexes,
    PageKind kind,
    const std::vector<Layout>& layouts,
    const std::vector<Caisse>& caisses
);

/// "registered_number": a valid number of a registered item on any page of the pli. Nothing where
/// two stand: one of them is spoken of, not travelled with.
[[nodiscard]] std::optional<Field> registered_number(const std::vector<PageReading>& pages);

} // namespace pleiade::classify
