#pragma once
// Where the cluster of a home lies, and whose it is.

#include "store/cluster/process.h"
#include "store/embedded_cluster.h"

#include <filesystem>
#include <optional>

namespace pleiade::store::cluster {

struct Place {
    Account account;
    std::filesystem::path root;    ///< Holds data and server.log; the account's own.
    std::filesystem::path data;    ///< PGDATA.
    std::filesystem::path sockets; ///< Short: a socket's path has at most 107 bytes.
};

/// The folder that holds the cluster of `home`, as a former start chose it. No file is touched.
[[nodiscard]] std::optional<std::filesystem::path> known_root(const std::filesystem::path& home);

/// Chooses the place, makes its folders and gives them to the account. Call with the home held.
/// @throws Error(FixConfiguration) when a folder is not writable or not ours, Error(RetryLater)
/// when the disk is full: to work, or to make a new cluster, room is needed.
[[nodiscard]] Place make_place(const std::filesystem::path& home, Purpose purpose);

/// Free space below what a server needs to start and go on.
[[nodiscard]] bool is_full(const std::filesystem::path& folder);

} // namespace pleiade::store::cluster
