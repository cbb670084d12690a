#pragma once
// Finds blobs that no row refers to and puts them aside: what a killed worker, a result that was
// thrown away or a reading that was replaced left behind. Nothing is removed but by purge().

#include "store/blob_trash.h"
#include "store/connection.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace pleiade::store {

enum class SweepMode {
    LookOnly,
    Move,
    MoveMany, ///< Also when so much is orphaned that the database may be the wrong one.
};

struct SweepOrder {
    Instant now;
    /// A blob is older than its row: what was put within it is left alone.
    std::chrono::hours grace{24 * 7};
    SweepMode mode = SweepMode::Move;
};

struct Sweep {
    long blobs = 0;                      ///< Looked at: those older than the grace period.
    std::vector<TrashedBlob> orphans;    ///< Moved into the trash, or to be moved.
    std::vector<TrashedBlob> given_back; ///< Were in the trash though a row refers to them.
};

struct Purge {
    std::vector<TrashedBlob> removed;
    std::vector<TrashedBlob> given_back; ///< A row refers to them after all.
};

/// One connection; one thread. Safe beside intake and workers, and when killed at any moment: each
/// blob is where it was, or in the trash, or in both.
///
/// Every verb throws Error(RetryLater) when database or storage are out of reach or full.
class BlobSweep {
public:
    BlobSweep(const std::string& url, std::filesystem::path root);

    /// @throws Error(FixConfiguration) when so many are orphaned that this may be another
    /// database's folder.
    [[nodiscard]] Sweep sweep(const SweepOrder& order);

    [[nodiscard]] std::vector<TrashedBlob> in_trash() const;

    /// Gives those that were brought back. @param wanted None: all.
    /// @throws Error(FixInput) when one is not in the trash; then none is brought back.
    std::vector<TrashedBlob> restore(const std::vector<BlobId>& wanted);

    /// For good: what lies in the trash for 30 days and more.
    [[nodiscard]] Purge purge(Instant now);

private:
    [[nodiscard]] std::vector<BlobId> used_of(const std::vector<BlobId>& blobs);
    std::vector<TrashedBlob> give_back_used(const std::vector<TrashedBlob>& trashed);

    Connection database_;
    std::filesystem::path root_;
    BlobTrash trash_;
};

} // namespace pleiade::store
