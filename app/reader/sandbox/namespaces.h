#pragma once
// A network of its own with nothing in it, not even a loopback that is up.

#include "app/wire/reader_protocol.h"

#include <optional>

namespace pleiade::reader::sandbox {

/// Needs the right to administer the system, or user namespaces for everybody.
[[nodiscard]] std::optional<wire::OpenDoor> leave_network();

} // namespace pleiade::reader::sandbox
