#pragma once
// A checkpoint as text: one fact a line, signed and stamped as it stands.

#include "core/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::store::audit {

/// The head of a caisse's chain, and the blobs it brought since the checkpoint before.
struct ChainHead {
    std::string caisse;
    std::int64_t position = 0;
    std::string hash;
    std::int64_t blobs = 0;
    std::string blobs_root;
};

struct CheckpointText {
    std::int64_t number = 1;
    std::string made_at;  ///< "2026-03-14T16:00:00.000000Z".
    std::string previous; ///< SHA-256 of the text of the one before; chain_start for the first.
    std::vector<ChainHead> heads;
};

/// The text, ended by the Merkle root over the lines of its heads.
[[nodiscard]] std::string to_text(const CheckpointText& checkpoint);

/// Nothing unless the text is what to_text() writes.
[[nodiscard]] std::optional<CheckpointText> checkpoint_from(const std::string& text);

[[nodiscard]] std::string iso_instant(std::int64_t microseconds);

} // namespace pleiade::store::audit
