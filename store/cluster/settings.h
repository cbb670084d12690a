#pragma once
// Which PostgreSQL is used, and how a new cluster of ours is set.

#include "store/cluster/place.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pleiade::store::cluster {

inline constexpr int port = 5432; ///< Only part of the socket's name: every home has its folder.

/// The folder with postgres and initdb that fits `data`: of its version, or the newest from 15 on
/// when there is no cluster yet.
/// @throws Error(FixConfiguration) naming the package to install.
[[nodiscard]] std::filesystem::path programs_for(const std::filesystem::path& data);

[[nodiscard]] std::vector<std::string>
initdb_command(const std::filesystem::path& programs, const std::filesystem::path& data);

/// Makes all files of a new cluster durable at once.
[[nodiscard]] std::vector<std::string>
sync_command(const std::filesystem::path& programs, const std::filesystem::path& data);

[[nodiscard]] std::vector<std::string>
server_command(const std::filesystem::path& programs, const Place& place);

/// Writes settings and access rules into a cluster that initdb just made.
void write_settings(const std::filesystem::path& data, const Account& account);

[[nodiscard]] std::string url_of(const std::filesystem::path& sockets, const std::string& database);

} // namespace pleiade::store::cluster
