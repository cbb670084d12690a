#pragma once
// Nobody in particular instead of root, and no special rights.

#include "app/wire/reader_protocol.h"

#include <optional>

namespace pleiade::reader::sandbox {

/// Root becomes "nobody"; whoever else stays who he is. Capabilities go in any case.
[[nodiscard]] std::optional<wire::OpenDoor> give_up_rights();

} // namespace pleiade::reader::sandbox
