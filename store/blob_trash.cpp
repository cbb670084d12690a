#include "store/blob_trash.h"

#include "core/day.h"
#include "core/durable_file.h"
#include "core/failure.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace pleiade::store {
namespace {

namespace fs = std::filesystem;

bool is_blob_name(const std::string& name) {
    constexpr std::size_t sha256_digits = 64; // spec: FIPS 180-4, 256 bits
    return name.size() == sha256_digits &&
           name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

[[noreturn]] void fail(const std::string& step, const fs::path& file, int number) {
    throw Error(
        Remedy::RetryLater,
        "cannot " + step + " " + file.string() + ": " +
            std::error_code(number, std::generic_category()).message()
    );
}

/// Nothing when it is not there.
std::optional<TrashedBlob>
trashed_at(const fs::path& path, const BlobId& blob, std::chrono::sys_days day) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        fail("look at", path, errno);
    }
    return TrashedBlob{
        .blob = blob,
        .since = day,
        .bytes = static_cast<std::size_t>(status.st_size),
        .put_at = Instant(std::chrono::seconds(status.st_mtim.tv_sec))};
}

/// By name; what is none was put there by somebody else.
std::vector<TrashedBlob> blobs_in(const fs::path& folder, std::chrono::sys_days day) {
    std::vector<TrashedBlob> blobs;
    std::error_code error;
    for (fs::directory_iterator file(folder, error), end; !error && file != end;
         file.increment(error)) {
        const BlobId blob{file->path().filename().string()};
        auto trashed =
            is_blob_name(blob.sha256) ? trashed_at(file->path(), blob, day) : std::nullopt;
        if (trashed) {
            blobs.push_back(*std::move(trashed));
        }
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        fail("look into", folder, error.value());
    }
    std::ranges::sort(blobs, {}, [](const TrashedBlob& one) { return one.blob.sha256; });
    return blobs;
}

} // namespace

BlobTrash BlobTrash::of(const FolderBlobStore& images) {
    const BlobId any{std::string(64, '0')}; // spec: <root>/00/00/<name>
    return BlobTrash(images.path_of(any).parent_path().parent_path().parent_path());
}

fs::path BlobTrash::path_of(const TrashedBlob& trashed) const {
    return root_ / "trash" / iso_day(trashed.since) / trashed.blob.sha256;
}

std::optional<TrashedBlob> BlobTrash::take(const BlobId& blob, std::chrono::sys_days day) {
    const fs::path from = FolderBlobStore(root_).path_of(blob);
    const fs::path into = path_of({.blob = blob, .since = day, .bytes = 0, .put_at = {}});
    make_folder_below(root_, into.parent_path().lexically_relative(root_));
    if (::rename(from.c_str(), into.c_str()) != 0) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        fail("move into the trash", from, errno);
    }
    sync_folder(into.parent_path());
    sync_folder(from.parent_path());
    return trashed_at(into, blob, day);
}

void BlobTrash::give_back(const TrashedBlob& trashed) {
    const fs::path from = path_of(trashed);
    const fs::path into = FolderBlobStore(root_).path_of(trashed.blob);
    make_folder_below(root_, into.parent_path().lexically_relative(root_));
    // Never over what somebody put there meanwhile: two names for a moment, then one.
    if (::link(from.c_str(), into.c_str()) != 0) {
        if (errno == EEXIST) {
            return;
        }
        fail("bring back", from, errno);
    }
    sync_folder(into.parent_path());
    if (::unlink(from.c_str()) != 0 && errno != ENOENT) {
        fail("take out of the trash", from, errno);
    }
}

void BlobTrash::remove_for_good(const TrashedBlob& trashed) {
    const fs::path path = path_of(trashed);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        fail("remove", path, errno);
    }
    (void)::rmdir(path.parent_path().c_str()); // when it was the last of its day
}

std::vector<std::chrono::sys_days> BlobTrash::days() const {
    std::vector<std::chrono::sys_days> days;
    std::error_code error;
    for (fs::directory_iterator day(root_ / "trash", error), end; !error && day != end;
         day.increment(error)) {
        if (const auto named = day_from_iso(day->path().filename().string())) {
            days.push_back(*named);
        }
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        fail("look into", root_ / "trash", error.value());
    }
    std::ranges::sort(days);
    return days;
}

std::vector<TrashedBlob> BlobTrash::all() const {
    std::vector<TrashedBlob> all;
    for (const std::chrono::sys_days day : days()) {
        std::vector<TrashedBlob> of_day = blobs_in(root_ / "trash" / iso_day(day), day);
        all.insert(all.end(), of_day.begin(), of_day.end());
    }
    return all;
}

std::optional<TrashedBlob> BlobTrash::find(const BlobId& blob) const {
    if (!is_blob_name(blob.sha256)) {
        return std::nullopt; // typed by a person
    }
    for (const std::chrono::sys_days day : days()) {
        const fs::path path = path_of({.blob = blob, .since = day, .bytes = 0, .put_at = {}});
        if (auto trashed = trashed_at(path, blob, day)) {
            return trashed;
        }
    }
    return std::nullopt;
}

} // namespace pleiade::store
