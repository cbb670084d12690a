#pragma once
// Whether every blob that rows name is there and is what it was: all of them are hashed again.

#include "store/blob_store.h"

#include <functional>
#include <string>
#include <vector>

namespace pleiade::store {

/// A blob that is not what a row says.
struct BlobFault {
    std::string caisse;
    std::string where; ///< "picture of page 2 of pli 7 (061-nice/0003.tif), lot 41 (/scans/061)".
    BlobId blob;
    std::string what; ///< Sentence without its subject: "is missing".
};

struct BlobCheck {
    long blobs = 0; ///< Looked at.
    std::vector<BlobFault> faults;
};

/// Takes as long as the disk needs to read them; nobody waits for it meanwhile.
/// @param caisse empty = all.
/// @param on_blob called with how many were looked at so far.
/// @throws Error(RetryLater) when the database is out of reach.
[[nodiscard]] BlobCheck check_blobs(
    const std::string& url,
    const FolderBlobStore& images,
    const std::string& caisse,
    const std::function<void(long)>& on_blob
);

} // namespace pleiade::store
