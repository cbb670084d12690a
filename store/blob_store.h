#pragma once
// Where the bytes of page images and PDFs lie: immutable, named by their SHA-256.

#include "core/bytes.h"

#include <filesystem>

namespace pleiade::store {

/// The name that `bytes` have in every blob store.
[[nodiscard]] BlobId blob_id_of(BytesView bytes);

/// Immutable bytes by name. Safe to use from several threads and processes at once.
class BlobStore {
public:
    BlobStore() = default;
    BlobStore(const BlobStore&) = delete;
    BlobStore& operator=(const BlobStore&) = delete;
    BlobStore(BlobStore&&) = delete;
    BlobStore& operator=(BlobStore&&) = delete;
    virtual ~BlobStore() = default;

    /// Gives back only when the bytes are durable; bytes already there are fine.
    /// @throws Error(RetryLater) naming step and file; "no space left" when the disk is full.
    virtual BlobId put(BytesView bytes) = 0;

    /// The bytes, checked against their name.
    /// @throws Error(FixInput) when they are damaged, Error(RetryLater) when they cannot be had:
    /// a name is only kept of bytes that were put, so the storage is at fault, not the mail.
    [[nodiscard]] virtual Bytes get(const BlobId& id) const = 0;
};

/// Blobs as files: <root>/ab/cd/abcd... (the full SHA-256). While one is written it lies in the
/// root as ".<name>.<pid>.<n>.part".
class FolderBlobStore final : public BlobStore {
public:
    /// The root is never made here: put() and get() fail with Error(RetryLater) while it is away.
    explicit FolderBlobStore(std::filesystem::path root);

    BlobId put(BytesView bytes) override;
    [[nodiscard]] Bytes get(const BlobId& id) const override;

    /// Where its file lies, or would.
    [[nodiscard]] std::filesystem::path path_of(const BlobId& id) const;

private:
    std::filesystem::path root_;
};

} // namespace pleiade::store
