#pragma once
// Takes from this process what reading never needs: network, other processes, files except fonts.
// For pleiade-reader, between its own preparations and the first foreign byte. There is no way
// back. What each layer is for and what it costs: docs/adr/0029.

#include "app/wire/reader_protocol.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <vector>

namespace pleiade::reader {

struct LockDown {
    /// Folders and files that may still be read; those that are not there are left out.
    std::vector<std::filesystem::path> readable;
};

/// What a page may need of the disk: a PDF names fonts that it does not hold, and character sets.
[[nodiscard]] LockDown fonts_only();

/// Shuts every door it can, also when another one stays open, and gives back those that do. Only
/// while the process has one thread.
[[nodiscard]] std::vector<wire::OpenDoor> lock_down(const LockDown& settings);

/// Of the whole process, for good. What wants more fails or throws std::bad_alloc. Nothing where a
/// sanitizer wants terabytes of addresses for itself.
void limit_memory(std::size_t bytes);

/// The kernel ends the process when it takes this much processor time from now on. The parent looks
/// more closely; this is for a page that never ends under a parent that hangs.
void limit_cpu_from_now(std::chrono::seconds most);

} // namespace pleiade::reader
