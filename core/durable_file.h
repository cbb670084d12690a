#pragma once
// Writing a file so that it is either there completely or not at all, also after a power cut.

#include "core/bytes.h"

#include <filesystem>

namespace pleiade {

/// Writes temp file, fsync, checked close, rename over `target`, fsync of the folder.
///
/// The temporary file lies beside `target` as ".<name>.<pid>.<n>.part" and is removed on failure.
/// @throws Error(RetryLater) naming the step and the file; "no space left" when the disk is full.
void write_durably(const std::filesystem::path& target, BytesView bytes);

/// The same, but never replaces: gives false and writes nothing when `target` exists already.
[[nodiscard]] bool write_durably_once(const std::filesystem::path& target, BytesView bytes);

/// All bytes of a file.
/// @throws Error(FixInput) when it is not a readable regular file or larger than `limit` bytes.
[[nodiscard]] Bytes read_file(const std::filesystem::path& source, std::size_t limit);

/// Creates `folder` and its parents and makes the new entries durable.
/// @throws Error(RetryLater) naming the folder.
void make_folder_durably(const std::filesystem::path& folder);

} // namespace pleiade
