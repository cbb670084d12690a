#include "store/blob_store.h"

#include "core/durable_file.h"
#include "core/failure.h"
#include "core/hex.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <limits>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace pleiade::store {

BlobId blob_id_of(BytesView bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) !=
        1) {
        throw std::logic_error("this OpenSSL has no SHA-256");
    }
    return {hex_of(std::as_bytes(std::span(digest).first(length)))};
}

namespace {

enum class Renewal { Done, NotThere, NotAllowed };

/// Says of bytes that are there that they were put now: a sweep leaves alone what was put a short
/// while ago, whether a row refers to it yet or not.
Renewal renewed(const std::filesystem::path& path) {
    std::error_code unknown; // then it is written, which says what is wrong
    if (!std::filesystem::is_regular_file(path, unknown)) {
        return Renewal::NotThere;
    }
    if (::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0) {
        return Renewal::Done;
    }
    return errno == ENOENT ? Renewal::NotThere : Renewal::NotAllowed; // moved; another user's
}

} // namespace

FolderBlobStore::FolderBlobStore(std::filesystem::path root) : root_(std::move(root)) {}

std::filesystem::path FolderBlobStore::path_of(const BlobId& id) const {
    constexpr std::size_t sha256_digits = 64; // spec: FIPS 180-4, 256 bits
    if (id.sha256.size() != sha256_digits ||
        id.sha256.find_first_not_of("0123456789abcdef") != std::string::npos) {
        throw std::logic_error("not a blob name: " + id.sha256);
    }
    return root_ / id.sha256.substr(0, 2) / id.sha256.substr(2, 2) / id.sha256;
}

BlobId FolderBlobStore::put(BytesView bytes) {
    BlobId id = blob_id_of(bytes);
    const std::filesystem::path path = path_of(id);
    // Also on the way to bytes that are there: whoever put them may not have made them durable yet.
    make_folder_below(root_, path.parent_path().lexically_relative(root_));
    switch (renewed(path)) {
    case Renewal::Done:
        sync_folder(path.parent_path());
        break;
    case Renewal::NotThere:
        // Somebody else having put the same bytes meanwhile is as good.
        (void)write_durably_once(path, bytes, root_);
        break;
    case Renewal::NotAllowed:
        write_durably(path, bytes);
        break;
    }
    return id;
}

Bytes FolderBlobStore::get(const BlobId& id) const {
    const std::filesystem::path path = path_of(id);
    Bytes bytes;
    try {
        bytes = read_file(path, std::numeric_limits<std::size_t>::max());
    } catch (const Error& failed) {
        // Not even "not a regular file" is the fault of the mail.
        throw Error(Remedy::RetryLater, failed.what());
    }
    if (blob_id_of(bytes) != id) {
        throw Error(
            Remedy::FixInput,
            "blob " + path.string() +
                " is damaged: its bytes no longer match its name. Restore it from a backup"
        );
    }
    return bytes;
}

} // namespace pleiade::store
