#include "store/cluster/lock.h"

#include "core/failure.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

namespace pleiade::store {
namespace {

constexpr const char* lock_name = "pleiade.lock";

struct flock whole_file() {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

std::string own_command() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    std::string command((std::istreambuf_iterator<char>(file)), {});
    if (!command.empty()) {
        command.pop_back(); // the NUL after the last argument
    }
    std::replace(command.begin(), command.end(), '\0', ' ');
    return command;
}

Holder read_holder(const std::filesystem::path& path) {
    std::ifstream file(path);
    Holder holder;
    file >> holder.pid;
    file.ignore();
    std::getline(file, holder.command);
    return holder;
}

} // namespace

std::optional<Holder> holder_of(const std::filesystem::path& home) {
    const std::filesystem::path path = home / lock_name;
    // Asking for the lock of an open file description does not take it, unlike flock(2).
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return std::nullopt;
    }
    struct flock lock = whole_file();
    const bool held = ::fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    ::close(descriptor);
    if (!held) {
        return std::nullopt;
    }
    return read_holder(path);
}

namespace cluster {

HomeLock::HomeLock(const std::filesystem::path& home) {
    const std::filesystem::path path = home / lock_name;
    constexpr mode_t owner_and_group = 0640; // chosen: as for files of mail
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_and_group);
    if (descriptor_ < 0) {
        const int reason = errno;
        throw Error(
            reason == ENOSPC ? Remedy::RetryLater : Remedy::FixConfiguration,
            "cannot write " + path.string() + ": " +
                (reason == ENOSPC ? "no space left on the disk. Make room"
                                  : std::string(std::strerror(reason)) +
                                        ". Make the folder writable, or name another with --home")
        );
    }
    struct flock lock = whole_file();
    if (::fcntl(descriptor_, F_OFD_SETLK, &lock) != 0) {
        ::close(descriptor_);
        const Holder holder = read_holder(path);
        throw Error(
            Remedy::FixConfiguration,
            home.string() + " is held by process " + std::to_string(holder.pid) + " (" +
                holder.command + "). Wait until it ends, or name another folder with --home"
        );
    }
    const std::string text = std::to_string(::getpid()) + " " + own_command() + "\n";
    // For people only: a lock file without a name in it still locks.
    if (::ftruncate(descriptor_, 0) == 0) {
        (void)!::pwrite(descriptor_, text.data(), text.size(), 0);
    }
}

HomeLock::~HomeLock() {
    ::close(descriptor_);
}

} // namespace cluster
} // namespace pleiade::store
