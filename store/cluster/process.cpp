#include "store/cluster/process.h"

#include "core/failure.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fstream>
#include <system_error>

namespace pleiade::store::cluster {
namespace {

constexpr int could_not_begin = 127; // spec: POSIX.1-2017, shell, 2.8.2: command not found

Account account_of(const passwd& entry) {
    return {entry.pw_uid, entry.pw_gid, entry.pw_name};
}

void become(const Account& account) {
    if (::geteuid() != 0) {
        return;
    }
    if (::setgroups(1, &account.gid) != 0 || ::setgid(account.gid) != 0 ||
        ::setuid(account.uid) != 0) {
        ::_exit(could_not_begin);
    }
}

/// Undoes what our program may have set for itself: handlers end with exec, but blocked and ignored
/// signals would be inherited, and the server could then not be stopped.
void restore_signals() {
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGPIPE, SIGCHLD}) {
        ::signal(signal, SIG_DFL);
    }
}

/// Between fork and exec: only calls that are safe there (signal-safety(7)), nothing allocated.
[[noreturn]] void
exec_as(char* const* command, const Account& account, int log, Lifetime lifetime, pid_t parent) {
    // PATH for initdb, which calls postgres; a fixed locale and time zone keep the cluster the same
    // whoever starts it; PG* variables of the user must not reach it.
    static std::array<char, 6> path = {"PATH="};
    static std::array<char, 9> locale = {"LC_ALL=C"};
    static std::array<char, 7> zone = {"TZ=UTC"};
    const std::array<char*, 4> environment = {path.data(), locale.data(), zone.data(), nullptr};
    restore_signals();
    ::setsid();
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(log, STDOUT_FILENO) < 0 ||
        ::dup2(log, STDERR_FILENO) < 0 || ::chdir("/") != 0) {
        ::_exit(could_not_begin);
    }
    become(account);
    // After setuid, which clears it. The parent may be gone already: then it would never fire.
    if (lifetime == Lifetime::WithParent &&
        (::prctl(PR_SET_PDEATHSIG, SIGINT) != 0 || ::getppid() != parent)) {
        ::_exit(could_not_begin);
    }
    ::execve(command[0], command, environment.data());
    ::_exit(could_not_begin);
}

/// Whether the arguments of a process name `folder`; anybody may read them.
bool is_told_of(const std::filesystem::path& process, const std::filesystem::path& folder) {
    std::ifstream file(process / "cmdline", std::ios::binary);
    for (std::string argument; std::getline(file, argument, '\0');) {
        if (argument == folder) {
            return true;
        }
    }
    return false;
}

/// Containers may take from root the right to see where processes of other users work: there the
/// server is known by the folder it was told.
bool works_in(const std::filesystem::path& process, const std::filesystem::path& folder) {
    std::error_code error;
    const std::filesystem::path where = std::filesystem::read_symlink(process / "cwd", error);
    return error == std::errc::permission_denied ? is_told_of(process, folder) : where == folder;
}

pid_t to_pid(const std::string& text) {
    pid_t pid = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), pid);
    return error == std::errc() && end == text.data() + text.size() ? pid : 0;
}

int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            return could_not_begin;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : could_not_begin;
}

} // namespace

Account server_account() {
    std::array<char, 4096> buffer{}; // chosen: far more than an entry of /etc/passwd needs
    passwd entry{};
    passwd* found = nullptr;
    if (::geteuid() != 0) {
        ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
        return found != nullptr ? account_of(*found) : Account{::geteuid(), ::getegid(), ""};
    }
    ::getpwnam_r("postgres", &entry, buffer.data(), buffer.size(), &found);
    if (found == nullptr) {
        throw Error(
            Remedy::FixConfiguration,
            "there is no user postgres, as which root must run the database. Install the package "
            "postgresql-15"
        );
    }
    return account_of(*found);
}

pid_t start(
    const std::vector<std::string>& command,
    const Account& account,
    const std::filesystem::path& log,
    Lifetime lifetime
) {
    std::vector<std::string> copy = command;
    std::vector<char*> arguments;
    for (std::string& word : copy) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    constexpr mode_t owner_only = 0600;
    const int log_file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, owner_only);
    if (log_file < 0) {
        const int reason = errno;
        throw Error(
            Remedy::RetryLater, "cannot open " + log.string() + ": " + std::strerror(reason)
        );
    }
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        exec_as(arguments.data(), account, log_file, lifetime, parent);
    }
    const int reason = errno;
    ::close(log_file);
    if (child < 0) {
        throw Error(
            Remedy::RetryLater, "cannot start " + command.front() + ": " + std::strerror(reason)
        );
    }
    return child;
}

bool run(
    const std::vector<std::string>& command,
    const Account& account,
    const std::filesystem::path& log
) {
    return wait_for(start(command, account, log, Lifetime::WithParent)) == 0;
}

bool has_ended(pid_t pid) {
    int status = 0;
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    return ended == pid || (ended < 0 && errno == ECHILD);
}

bool can_use(const Account& account, const std::filesystem::path& folder) {
    const pid_t child = ::fork();
    if (child == 0) {
        become(account);
        ::_exit(::access(folder.c_str(), R_OK | W_OK | X_OK) == 0 ? 0 : 1);
    }
    return child > 0 && wait_for(child) == 0;
}

std::vector<pid_t> processes_in(const std::filesystem::path& folder) {
    std::vector<pid_t> found;
    std::error_code gone; // processes come and go while we look
    for (const auto& entry : std::filesystem::directory_iterator("/proc", gone)) {
        const pid_t pid = to_pid(entry.path().filename().string());
        if (pid != 0 && works_in(entry.path(), folder)) {
            found.push_back(pid);
        }
    }
    return found;
}

} // namespace pleiade::store::cluster
