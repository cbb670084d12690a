#include "core/durable_file.h"

#include "core/failure.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>

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
    Descriptor(const char* step, const std::filesystem::path& path, int flags, mode_t mode = 0)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
        if (descriptor_ < 0) {
            fail(step, path, errno);
        }
    }
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

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened("open folder", folder, O_RDONLY | O_DIRECTORY);
    if (::fsync(opened.get()) != 0) {
        fail("make durable the folder", folder, errno);
    }
}

/// Removes the temporary file unless the rename took it away.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::filesystem::path& target) {
        static std::atomic<unsigned> counter{0};
        path_ = folder_of(target) /
                ("." + target.filename().string() + "." + std::to_string(::getpid()) + "." +
                 std::to_string(counter++) + ".part");
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    TemporaryFile(TemporaryFile&&) = delete;
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile() {
        if (!released_) {
            ::unlink(path_.c_str());
        }
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void release() { released_ = true; }

private:
    std::filesystem::path path_;
    bool released_ = false;
};

void fill(const std::filesystem::path& path, BytesView bytes) {
    constexpr mode_t owner_and_group = 0640; // chosen: mail is nobody else's business
    Descriptor file("create", path, O_WRONLY | O_CREAT | O_EXCL, owner_and_group);
    write_all(file.get(), bytes, path);
    if (::fsync(file.get()) != 0) {
        fail("make durable", path, errno);
    }
    if (file.close() != 0) {
        fail("close", path, errno);
    }
}

} // namespace

void write_durably(const std::filesystem::path& target, BytesView bytes) {
    TemporaryFile temporary(target);
    fill(temporary.path(), bytes);
    if (::rename(temporary.path().c_str(), target.c_str()) != 0) {
        fail("rename into place", target, errno);
    }
    temporary.release();
    sync_folder(folder_of(target));
}

bool write_durably_once(const std::filesystem::path& target, BytesView bytes) {
    const TemporaryFile temporary(target);
    fill(temporary.path(), bytes);
    // A hard link, unlike rename, fails when the name is taken: no window between look and leap.
    if (::link(temporary.path().c_str(), target.c_str()) != 0) {
        if (errno == EEXIST) {
            return false;
        }
        fail("link into place", target, errno);
    }
    sync_folder(folder_of(target));
    return true;
}

Bytes read_file(const std::filesystem::path& source, std::size_t limit) {
    const int opened = ::open(source.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status {};
    if (opened < 0 || ::fstat(opened, &status) != 0 || !S_ISREG(status.st_mode)) {
        const std::string reason = opened < 0 ? std::strerror(errno) : "not a regular file";
        if (opened >= 0) {
            ::close(opened);
        }
        throw Error(Remedy::FixInput, "cannot read " + source.string() + ": " + reason);
    }
    ::close(opened);
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > limit) {
        throw Error(
            Remedy::FixInput,
            source.string() + " has " + std::to_string(size) + " bytes, more than the limit of " +
                std::to_string(limit)
        );
    }
    Descriptor file("open", source, O_RDONLY);
    Bytes bytes(size);
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t got = ::read(file.get(), bytes.data() + filled, size - filled);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            throw Error(
                Remedy::FixInput, "cannot read " + source.string() + ": " + std::strerror(errno)
            );
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
    if (folder.empty() || std::filesystem::is_directory(folder)) {
        return;
    }
    make_folder_durably(folder.parent_path());
    constexpr mode_t owner_and_group = 0750; // chosen: as for files
    if (::mkdir(folder.c_str(), owner_and_group) != 0 && errno != EEXIST) {
        fail("create folder", folder, errno);
    }
    sync_folder(folder_of(folder));
}

} // namespace pleiade
