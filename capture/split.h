#pragma once
// From the pages of a lot, in the order they were scanned, to plis.

#include "core/separator.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::capture {

/// What is known of a page when the lot is split.
struct LotPage {
    std::string file; ///< Source file name within the lot; pages of one file are neighbours.
    bool blank = false;
    std::optional<Separator> separator;
};

/// Pages that are one pli.
struct PliPages {
    std::string name;                      ///< "0003", or the file name when each file is one.
    std::vector<std::size_t> page_indexes; ///< Into the pages given, rising; never empty.
    /// Into page_indexes: where a document begins after a document separator; never 0.
    std::vector<std::size_t> document_starts;
    std::optional<Separator> lot_header; ///< The last one above this pli.
};

struct LotSplit {
    std::vector<PliPages> plis;
    std::optional<Separator> lot_header;    ///< The first one of the lot.
    std::vector<std::size_t> sheet_indexes; ///< Separator sheets and their blank backs.
    std::vector<std::string> complaints;    ///< For people: a second, different lot header.
};

enum class Sides { Simplex, Duplex };

/// Every page index is in exactly one pli or in sheet_indexes.
///
/// Without any pli separator, each file is one pli. With one, pages before the first separator are
/// a pli of their own, and files do not matter. Document separators only mark where a document
/// starts within its pli. A lot header also starts a pli: it stands on top of a lot.
/// @param sides in Duplex the blank page right after a separator sheet is the back of that sheet.
[[nodiscard]] LotSplit split_lot(const std::vector<LotPage>& pages, Sides sides);

} // namespace pleiade::capture
