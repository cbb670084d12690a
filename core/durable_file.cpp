#include "core/durable_file.h"

#include "core/failure.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

namespace pleiade {
namespace {

[[noreturn]] void fail(const char* step, const std::filesystem::path& path, int error) {
    const char* reason =
        error == ENOSPC || error == EDQUOT ? "no space left on the disk" : std::strerror(error);
    throw Error(
        Remedy::RetryLater, std::string("cannot ") + step + " " + path.string() + ": " + reason
    );
}

/// A file descriptor whose close is checked by the caller on the good path and silent on the bad
/// one.
class Descriptor {
public:
    Descriptor(const char* step, const std::filesystem::path& path, int flags)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC)) {
        if (descriptor_ < 0) {
            fail(step, path, errno);
        }
    }
    explicit Descriptor(int opened) : descriptor_(opened) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }

    [[nodiscard]] int get() const { return descriptor_; }

    [[nodiscard]] int close() {
        const int result = ::close(descriptor_);
        descriptor_ = -1;
        return result;
    }

private:
    int descriptor_;
};

void write_all(int descriptor, BytesView bytes, const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            fail("write", path, errno);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

/// A new file under a name of its own, removed unless the rename took it away.
class TemporaryFile {
public:
    TemporaryFile(
        const std::filesystem::path& target,
        const std::filesystem::path& folder,
        FileRights rights = FileRights::OwnerAndGroup
    )
        : file_(create(target, folder, rights, path_)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    TemporaryFile(TemporaryFile&&) = delete;
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile() {
        if (!released_) {
            ::unlink(path_.c_str());
        }
    }

    void fill(BytesView bytes) {
        write_all(file_.get(), bytes, path_);
        if (::fsync(file_.get()) != 0) {
            fail("make durable", path_, errno);
        }
        if (file_.close() != 0) {
            fail("close", path_, errno);
        }
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void release() { released_ = true; }

private:
    /// The next number that is free: a killed run may have left the name of our process id, and
    /// another host may be using it right now.
    static int create(
        const std::filesystem::path& target,
        const std::filesystem::path& folder,
        FileRights rights,
        std::filesystem::path& path
    ) {
        const mode_t mode = rights == FileRights::OwnerOnly ? 0600 : 0640;
        constexpr int most_tries = 10000; // chosen: a folder that full of them is no accident
        static std::atomic<unsigned> counter{0};
        const std::string stem =
            "." + target.filename().string() + "." + std::to_string(::getpid()) + ".";
        for (int tries = 1;; ++tries) {
            path = folder / (stem + std::to_string(counter++) + ".part");
            const int opened = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
            if (opened >= 0) {
                return opened;
            }
            if (errno != EEXIST || tries == most_tries) {
                fail("create", path, errno);
            }
        }
    }

    std::filesystem::path path_;
    Descriptor file_; // after path_, which it fills in
    bool released_ = false;
};

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether a name is one that TemporaryFile gives.
bool is_part(std::string_view name) {
    constexpr std::string_view suffix = ".part";
    if (name.empty() || name.front() != '.' || !name.ends_with(suffix)) {
        return false;
    }
    name.remove_suffix(suffix.size());
    for (int numbers = 0; numbers < 2; ++numbers) {
        const std::size_t dot = name.rfind('.');
        if (dot == 0 || dot == std::string_view::npos || !is_number(name.substr(dot + 1))) {
            return false;
        }
        name = name.substr(0, dot);
    }
    return name.size() > 1;
}

/// One folder whose parent is there. Its entry is made durable also when it was there already: who
/// made it may not have come to that yet.
void make_one(const std::filesystem::path& folder) {
    constexpr mode_t owner_and_group = 0750; // chosen: as for files
    if (::mkdir(folder.c_str(), owner_and_group) != 0 && errno != EEXIST) {
        fail("create folder", folder, errno);
    }
    sync_folder(folder_of(folder));
}

} // namespace

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened("open folder", folder, O_RDONLY | O_DIRECTORY);
    if (::fsync(opened.get()) != 0) {
        fail("make durable the folder", folder, errno);
    }
}

void write_durably(const std::filesystem::path& target, BytesView bytes) {
    TemporaryFile temporary(target, folder_of(target));
    temporary.fill(bytes);
    if (::rename(temporary.path().c_str(), target.c_str()) != 0) {
        fail("rename into place", target, errno);
    }
    temporary.release();
    sync_folder(folder_of(target));
}

bool write_durably_once(
    const std::filesystem::path& target,
    BytesView bytes,
    const std::filesystem::path& parts,
    FileRights rights
) {
    TemporaryFile temporary(target, parts.empty() ? folder_of(target) : parts, rights);
    temporary.fill(bytes);
    // A hard link, unlike rename, fails when the name is taken: no window between look and leap.
    const bool linked = ::link(temporary.path().c_str(), target.c_str()) == 0;
    if (!linked && errno != EEXIST) {
        fail("link into place", target, errno);
    }
    sync_folder(folder_of(target)); // whoever was faster may not have come to it yet
    return linked;
}

void remove_stale_parts(const std::filesystem::path& folder, std::chrono::hours age) {
    const auto oldest = std::filesystem::file_time_type::clock::now() - age;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    while (!error && entry != std::filesystem::directory_iterator()) {
        std::error_code gone; // somebody else sweeps too, or it may not be removed: it does no harm
        if (is_part(entry->path().filename().string()) &&
            entry->symlink_status(gone).type() == std::filesystem::file_type::regular &&
            entry->last_write_time(gone) < oldest && !gone) {
            ::unlink(entry->path().c_str());
        }
        entry.increment(error);
    }
}

Bytes read_file(const std::filesystem::path& source, std::size_t limit) {
    // Non-blocking: opening a pipe that nobody writes to would wait for ever.
    const int opened = ::open(source.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (opened < 0 && (errno == EACCES || errno == EPERM)) {
        // No different in a minute: a person gives the right.
        throw Error(
            Remedy::FixInput, "cannot read " + source.string() + ": " + std::strerror(errno)
        );
    }
    if (opened < 0) {
        fail("read", source, errno);
    }
    const Descriptor file(opened);
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) {
        fail("read", source, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        throw Error(Remedy::FixInput, "cannot read " + source.string() + ": not a regular file");
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > limit) {
        throw Error(
            Remedy::FixInput,
            source.string() + " has " + std::to_string(size) + " bytes, more than the limit of " +
                std::to_string(limit)
        );
    }
    Bytes bytes(size);
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t got = ::read(file.get(), bytes.data() + filled, size - filled);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            fail("read", source, errno);
        }
        if (got == 0) {
            break; // shorter than it was a moment ago: still being written, or cut
        }
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

void make_folder_durably(const std::filesystem::path& folder) {
    std::error_code unknown; // what cannot be looked at cannot be made either, and that says why
    if (folder.empty() || std::filesystem::is_directory(folder, unknown)) {
        return;
    }
    make_folder_durably(folder.parent_path());
    make_one(folder);
}

void make_folder_below(const std::filesystem::path& root, const std::filesystem::path& relative) {
    std::filesystem::path folder = root;
    for (const std::filesystem::path& part : relative) {
        folder /= part;
        make_one(folder);
    }
}

void require_folder(std::string_view name, const std::filesystem::path& folder) {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(folder, error);
    const std::string what = "the " + std::string(name) + " " + folder.string();
    if (status.type() == std::filesystem::file_type::not_found) {
        throw Error(
            Remedy::FixConfiguration,
            what + " is not there. Is its disk or share mounted? If it is to be new: mkdir -p " +
                folder.string()
        );
    }
    if (error) {
        throw Error(Remedy::RetryLater, "cannot look at " + what + ": " + error.message());
    }
    if (status.type() != std::filesystem::file_type::directory) {
        throw Error(Remedy::FixConfiguration, what + " is not a folder");
    }
}

} // namespace pleiade
