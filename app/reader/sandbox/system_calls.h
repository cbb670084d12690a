#pragma once
// seccomp: the list of what reading asks of the kernel; all else is refused.

#include "app/wire/reader_protocol.h"

#include <optional>

namespace pleiade::reader::sandbox {

/// What no reading code does by itself (start a program, make a socket, look into another process)
/// ends the process; anything else that is not on the list fails with EPERM.
[[nodiscard]] std::optional<wire::OpenDoor> leave_system_calls();

} // namespace pleiade::reader::sandbox
