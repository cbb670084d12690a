#pragma once
// Writing a file so that it is either there completely or not at all, also after a power cut.

#include "core/bytes.h"

#include <chrono>
#include <filesystem>
#include <string_view>

namespace pleiade {

/// Who may read a file that is written.
enum class FileRights {
    OwnerAndGroup, ///< Mail is nobody else's business.
    OwnerOnly,     ///< A key.
};

/// Writes temp file, fsync, checked close, rename over `target`, fsync of the folder.
///
/// The temporary file lies beside `target` as ".<name>.<pid>.<n>.part" and is removed on failure.
/// @throws Error(RetryLater) naming the step and the file; "no space left" when the disk is full.
void write_durably(const std::filesystem::path& target, BytesView bytes);

/// The same, but never replaces: gives false when `target` exists already, whose entry is then
/// durable too.
/// @param parts Folder of the temporary file, on the disk of `target`; empty = beside it. One
/// folder for many targets is what remove_stale_parts() can sweep.
[[nodiscard]] bool write_durably_once(
    const std::filesystem::path& target,
    BytesView bytes,
    const std::filesystem::path& parts = {},
    FileRights rights = FileRights::OwnerAndGroup
);

/// Removes the temporary files in `folder`, not below, that writers killed more than `age` ago left
/// there. Nothing else is touched, and what cannot be removed stays.
void remove_stale_parts(const std::filesystem::path& folder, std::chrono::hours age);

/// Makes the names in `folder` survive a power cut, also those that somebody else put there.
/// @throws Error(RetryLater) naming the folder.
void sync_folder(const std::filesystem::path& folder);

/// All bytes of a file.
/// @throws Error(FixInput) when it is not a regular file, larger than `limit` bytes or not for us
/// to read, Error(RetryLater) when it is out of reach for any other reason: gone, disk or share
/// away.
[[nodiscard]] Bytes read_file(const std::filesystem::path& source, std::size_t limit);

/// Creates `folder` and its parents and makes the new entries durable.
/// @throws Error(RetryLater) naming the folder.
void make_folder_durably(const std::filesystem::path& folder);

/// Creates `relative` below `root`, never `root` itself: a share that is not mounted must not
/// become a local folder.
/// @throws Error(RetryLater) naming the folder, also when `root` is not there.
void make_folder_below(const std::filesystem::path& root, const std::filesystem::path& relative);

/// For a folder that people configured.
/// @param name As in "the GED folder".
/// @throws Error(FixConfiguration) when it is not there, saying what to do; Error(RetryLater) when
/// it cannot be looked at.
void require_folder(std::string_view name, const std::filesystem::path& folder);

} // namespace pleiade
