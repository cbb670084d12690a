// Preloaded into pleiade by tests (LD_PRELOAD): every call that changes a file, and every commit
// that changes the database, passes here and is counted. One of them goes wrong as asked. Not for
// the processes that pleiade starts.
//
//   FAULT_LOG=FILE   a line per call: its number, its name, what it is about
//   FAULT_POINT=N    which call goes wrong, from 1 on; without it, none does
//   FAULT_WAY=...    error         not done, and said so: EIO or ENOSPC; a connection that breaks
//   before the COMMIT
//                    half          half of a write; else done, and answered with an error: a COMMIT
//                    whose answer is lost crash-before  the process is killed instead crash-after
//                    the process is killed when it is done
//
// Not seen: what libc does for itself (stdio but for opening, posix_spawn), and copy_file_range().

#include <dlfcn.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace {

enum class Way { None, Error, Half, CrashBefore, CrashAfter, DayAhead, DayBack };

constexpr std::int64_t a_day = 86400; // s
std::atomic<std::int64_t> clock_is_off_by{0};

thread_local bool is_ours = false; ///< What this file does itself is not counted.

struct Ours {
    bool before = is_ours;

    Ours() { is_ours = true; }
    ~Ours() { is_ours = before; }
    Ours(const Ours&) = delete;
    Ours& operator=(const Ours&) = delete;
    Ours(Ours&&) = delete;
    Ours& operator=(Ours&&) = delete;
};

/// The call that would have been made without us.
template <typename Function>
Function next_in_line(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

std::string taken_from_environment(const char* name) {
    const char* value = std::getenv(name);
    std::string text = value == nullptr ? "" : value;
    ::unsetenv(name);
    return text;
}

Way way_called(std::string_view name) {
    if (name == "error") {
        return Way::Error;
    }
    if (name == "half") {
        return Way::Half;
    }
    if (name.starts_with("day-")) {
        return name == "day-ahead" ? Way::DayAhead : Way::DayBack;
    }
    return name == "crash-before" ? Way::CrashBefore : Way::CrashAfter;
}

class Counter {
public:
    Counter() {
        const Ours ours;
        ::unsetenv("LD_PRELOAD");
        const std::string log = taken_from_environment("FAULT_LOG");
        wanted_ = std::atol(taken_from_environment("FAULT_POINT").c_str());
        way_ = way_called(taken_from_environment("FAULT_WAY"));
        log_ = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
        process_ = ::getpid();
    }

    /// A child that has not yet become another program is none of ours.
    [[nodiscard]] bool counts() const { return !is_ours && ::getpid() == process_; }

    Way next(const char* call, const std::string& about) {
        const Ours ours;
        const std::scoped_lock lock(mutex_);
        const std::string line = std::to_string(++number_) + "\t" + call + "\t" + about + "\n";
        (void)!::write(log_, line.data(), line.size());
        if (number_ != wanted_) {
            return Way::None;
        }
        if (way_ != Way::DayAhead && way_ != Way::DayBack) {
            return way_;
        }
        clock_is_off_by = way_ == Way::DayAhead ? a_day : -a_day;
        return Way::None;
    }

    /// What is done in a transaction, by the names of its statements.
    void remember(PGconn* connection, const std::string& statement) {
        const std::scoped_lock lock(mutex_);
        if (statement.starts_with("BEGIN")) {
            statements_[connection].clear();
        }
        if (statement.starts_with("-- ")) {
            // As in store/sql; a migration has no name.
            const std::size_t end = statement.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", 3);
            const bool named = end != std::string::npos && statement[end] == '(';
            statements_[connection].push_back(named ? statement.substr(3, end - 3) : "migration");
        }
    }
    std::string remembered(PGconn* connection) {
        const std::scoped_lock lock(mutex_);
        std::vector<std::string>& names = statements_[connection];
        names.erase(std::unique(names.begin(), names.end()), names.end());
        std::string text;
        for (const std::string& name : names) {
            text += (text.empty() ? "" : " ") + name;
        }
        names.clear();
        return text;
    }

private:
    std::mutex mutex_;
    std::map<PGconn*, std::vector<std::string>> statements_;
    pid_t process_ = 0;
    int log_ = -1;
    long number_ = 0;
    long wanted_ = 0;
    Way way_ = Way::None;
};

Counter* counter = nullptr; ///< Never taken down: threads may still work while the process ends.

[[gnu::constructor]] void begin() {
    counter = new Counter;
}

bool counts() {
    return counter != nullptr && counter->counts();
}

[[noreturn]] void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;) {
        ::pause();
    }
}

std::string path_of(int descriptor) {
    std::array<char, 4096> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    return ::readlink(link.c_str(), path.data(), path.size() - 1) > 0 ? path.data() : "?";
}

bool is_file(int descriptor) {
    const Ours ours;
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 &&
           (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

bool is_written_to(int descriptor) {
    const int flags = ::fcntl(descriptor, F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY && is_file(descriptor);
}

/// Makes the call, or what goes wrong instead. `half` is the call half done.
template <typename Call, typename Half>
auto pass(const char* name, const std::string& about, Call call, Half half) -> decltype(call()) {
    const Way way = counter->next(name, about);
    switch (way) {
    case Way::None:
    case Way::DayAhead:
    case Way::DayBack:
        break;
    case Way::Error:
        // Both are met in the field; which one makes no difference to who has to cope.
        errno = about.size() % 2 == 0 ? EIO : ENOSPC;
        return -1;
    case Way::Half:
        return half();
    case Way::CrashBefore:
        die();
    case Way::CrashAfter:
        (void)call();
        die();
    }
    return call();
}

template <typename Call>
auto pass(const char* name, const std::string& about, Call call) -> decltype(call()) {
    return pass(name, about, call, [&] {
        (void)call();
        errno = EIO;
        return decltype(call()){-1};
    });
}

void cut(PGconn* connection) {
    ::shutdown(PQsocket(connection), SHUT_RDWR);
}

using Exec = PGresult* (*)(PGconn*, const char*);

Exec real_exec() {
    static const auto real = next_in_line<Exec>("PQexec");
    return real;
}

/// Whether the transaction wrote anything: a commit of nothing cannot be lost.
bool has_written(PGconn* connection) {
    PGresult* asked =
        real_exec()(connection, "select pg_current_xact_id_if_assigned() is not null");
    const bool has = PQresultStatus(asked) == PGRES_TUPLES_OK && *PQgetvalue(asked, 0, 0) == 't';
    PQclear(asked);
    return has;
}

PGresult* pass_commit(PGconn* connection, const char* statement, const std::string& about) {
    switch (counter->next("commit", about)) {
    case Way::None:
    case Way::DayAhead:
    case Way::DayBack:
        break;
    case Way::Error:
        cut(connection);
        break;
    case Way::Half:
        PQclear(real_exec()(connection, statement));
        cut(connection);
        return real_exec()(connection, "select 1");
    case Way::CrashBefore:
        die();
    case Way::CrashAfter:
        PQclear(real_exec()(connection, statement));
        die();
    }
    return real_exec()(connection, statement);
}

} // namespace

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): those of libc are reserved
extern "C" {

int open(const char* path, int flags, ...) {
    static const auto real = next_in_line<int (*)(const char*, int, ...)>("open");
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    const auto call = [&] { return real(path, flags, mode); };
    return (flags & O_CREAT) != 0 && counts() ? pass("create", path, call) : call();
}

FILE* fopen64(const char* path, const char* mode) {
    static const auto real = next_in_line<FILE* (*)(const char*, const char*)>("fopen64");
    FILE* opened = nullptr;
    const auto call = [&] {
        opened = real(path, mode);
        return opened == nullptr ? -1 : 0;
    };
    if (std::string_view(mode).find_first_of("wa") == std::string_view::npos || !counts()) {
        (void)call();
        return opened;
    }
    if (pass("create", path, call) != 0 && opened != nullptr) {
        (void)std::fclose(opened); // done, and answered with an error
        opened = nullptr;
    }
    return opened;
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
    static const auto real = next_in_line<ssize_t (*)(int, const void*, size_t)>("write");
    const auto call = [&] { return real(descriptor, bytes, size); };
    if (!counts() || !is_file(descriptor)) {
        return call();
    }
    return pass("write", path_of(descriptor), call, [&] {
        return real(descriptor, bytes, std::max<size_t>(1, size / 2));
    });
}

ssize_t writev(int descriptor, const iovec* parts, int count) {
    static const auto real = next_in_line<ssize_t (*)(int, const iovec*, int)>("writev");
    const auto call = [&] { return real(descriptor, parts, count); };
    if (!counts() || !is_file(descriptor)) {
        return call();
    }
    return pass("write", path_of(descriptor), call, [&] { return real(descriptor, parts, 1); });
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
    static const auto real = next_in_line<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
    const auto call = [&] { return real(descriptor, bytes, size, offset); };
    if (!counts()) {
        return call();
    }
    return pass("write", path_of(descriptor), call, [&] {
        return real(descriptor, bytes, std::max<size_t>(1, size / 2), offset);
    });
}

int ftruncate(int descriptor, off_t size) noexcept {
    static const auto real = next_in_line<int (*)(int, off_t)>("ftruncate");
    const auto call = [&] { return real(descriptor, size); };
    return counts() ? pass("truncate", path_of(descriptor), call) : call();
}

int posix_fallocate(int descriptor, off_t offset, off_t size) {
    static const auto real = next_in_line<int (*)(int, off_t, off_t)>("posix_fallocate");
    const auto call = [&] { return real(descriptor, offset, size); };
    return counts() ? pass("allocate", path_of(descriptor), call) : call();
}

int fsync(int descriptor) {
    static const auto real = next_in_line<int (*)(int)>("fsync");
    const auto call = [&] { return real(descriptor); };
    return counts() ? pass("fsync", path_of(descriptor), call) : call();
}

int close(int descriptor) {
    static const auto real = next_in_line<int (*)(int)>("close");
    const auto call = [&] { return real(descriptor); };
    if (!counts() || !is_written_to(descriptor)) {
        return call();
    }
    const int result = pass("close", path_of(descriptor), call);
    if (result != 0) {
        (void)call(); // Linux takes the descriptor away whatever it answers
        errno = EIO;
    }
    return result;
}

int rename(const char* from, const char* to) noexcept {
    static const auto real = next_in_line<int (*)(const char*, const char*)>("rename");
    const auto call = [&] { return real(from, to); };
    return counts() ? pass("rename", to, call) : call();
}

int link(const char* from, const char* to) noexcept {
    static const auto real = next_in_line<int (*)(const char*, const char*)>("link");
    const auto call = [&] { return real(from, to); };
    return counts() ? pass("link", to, call) : call();
}

int unlink(const char* path) noexcept {
    static const auto real = next_in_line<int (*)(const char*)>("unlink");
    const auto call = [&] { return real(path); };
    return counts() ? pass("remove", path, call) : call();
}

int remove(const char* path) noexcept {
    static const auto real = next_in_line<int (*)(const char*)>("remove");
    const auto call = [&] { return real(path); };
    return counts() ? pass("remove", path, call) : call();
}

int unlinkat(int folder, const char* path, int flags) noexcept {
    static const auto real = next_in_line<int (*)(int, const char*, int)>("unlinkat");
    const auto call = [&] { return real(folder, path, flags); };
    return counts() ? pass("remove", path, call) : call();
}

int mkdir(const char* path, mode_t mode) noexcept {
    static const auto real = next_in_line<int (*)(const char*, mode_t)>("mkdir");
    const auto call = [&] { return real(path, mode); };
    return counts() ? pass("mkdir", path, call) : call();
}

int chown(const char* path, uid_t user, gid_t group) noexcept {
    static const auto real = next_in_line<int (*)(const char*, uid_t, gid_t)>("chown");
    const auto call = [&] { return real(path, user, group); };
    return counts() ? pass("chown", path, call) : call();
}

int fchmodat(int folder, const char* path, mode_t mode, int flags) noexcept {
    static const auto real = next_in_line<int (*)(int, const char*, mode_t, int)>("fchmodat");
    const auto call = [&] { return real(folder, path, mode, flags); };
    return counts() ? pass("chmod", path, call) : call();
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    static const auto real = next_in_line<int (*)(clockid_t, timespec*)>("clock_gettime");
    const int result = real(clock, time);
    if (clock == CLOCK_REALTIME) {
        time->tv_sec += clock_is_off_by;
    }
    return result;
}

PGresult* PQexec(PGconn* connection, const char* statement) {
    if (!counts()) {
        return real_exec()(connection, statement);
    }
    const Ours ours;
    counter->remember(connection, statement);
    const bool creates =
        std::string_view(statement).find("create database") != std::string_view::npos;
    const bool commits = std::string_view(statement).starts_with("COMMIT");
    if (!creates && !(commits && has_written(connection))) {
        return real_exec()(connection, statement);
    }
    return pass_commit(connection, statement, counter->remembered(connection));
}

PGresult* PQexecParams(
    PGconn* connection,
    const char* statement,
    int count,
    const Oid* types,
    const char* const* values,
    const int* lengths,
    const int* formats,
    int result_format
) {
    static const auto real = next_in_line<decltype(&PQexecParams)>("PQexecParams");
    if (counts()) {
        counter->remember(connection, statement);
    }
    const Ours ours;
    return real(connection, statement, count, types, values, lengths, formats, result_format);
}

} // extern "C"
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
