#pragma once
// Where blobs lie that no row refers to, until a person removes them for good: a folder inside that
// of the blobs, so that the way there and back is one step that happens or does not.

#include "core/clock.h"
#include "store/blob_store.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::store {

struct TrashedBlob {
    BlobId blob;
    std::chrono::sys_days since; ///< The day it was put there.
    std::size_t bytes = 0;
    Instant put_at; ///< When its bytes were last put into the store.
};

/// <root>/trash/<day>/<sha256>. Safe beside anybody who puts and gets blobs.
///
/// Every verb throws Error(RetryLater) naming the file when the storage is out of reach or full.
class BlobTrash {
public:
    explicit BlobTrash(std::filesystem::path root) : root_(std::move(root)) {}

    /// That of the blobs.
    [[nodiscard]] static BlobTrash of(const FolderBlobStore& images);

    /// Gives it as it lies in the trash; nothing when somebody else moved it meanwhile.
    std::optional<TrashedBlob> take(const BlobId& blob, std::chrono::sys_days day);

    /// Back to where it came from; whatever lies there by now is left as it is, and so is this.
    void give_back(const TrashedBlob& trashed);

    void remove_for_good(const TrashedBlob& trashed);

    /// Oldest first.
    [[nodiscard]] std::vector<TrashedBlob> all() const;

    [[nodiscard]] std::optional<TrashedBlob> find(const BlobId& blob) const;

private:
    [[nodiscard]] std::filesystem::path path_of(const TrashedBlob& trashed) const;
    [[nodiscard]] std::vector<std::chrono::sys_days> days() const;

    std::filesystem::path root_;
};

} // namespace pleiade::store
