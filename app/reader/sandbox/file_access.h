#pragma once
// Landlock: the kernel opens no file any more but those named here, and these for reading only.
//
// Source: landlock(7); Linux 5.13 or later with "landlock" among its security modules.

#include "app/wire/reader_protocol.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace pleiade::reader::sandbox {

/// Where the kernel knows how, TCP, abstract sockets and signals to others go too.
[[nodiscard]] std::optional<wire::OpenDoor>
leave_files(const std::vector<std::filesystem::path>& readable);

} // namespace pleiade::reader::sandbox
