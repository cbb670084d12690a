#pragma once
// Room kept back on the disk of a cluster: with it the server can be started for reports when
// everything else is full.

#include <filesystem>

namespace pleiade::store::cluster {

/// Takes what is missing of the room, as far as there is any. Nobody is told when there is none.
void keep_room(const std::filesystem::path& root);

/// Gives whether there was any.
bool give_room(const std::filesystem::path& root);

} // namespace pleiade::store::cluster
