#pragma once
// Who holds a home: one lock file, let go of by the kernel when its holder dies.

#include "store/embedded_cluster.h"

#include <filesystem>
#include <optional>

namespace pleiade::store::cluster {

class HomeLock {
public:
    /// @throws Error(FixConfiguration) naming the holder.
    explicit HomeLock(const std::filesystem::path& home);
    ~HomeLock();
    HomeLock(const HomeLock&) = delete;
    HomeLock& operator=(const HomeLock&) = delete;
    HomeLock(HomeLock&&) = delete;
    HomeLock& operator=(HomeLock&&) = delete;

private:
    int descriptor_ = -1;
};

} // namespace pleiade::store::cluster
