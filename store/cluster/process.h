#pragma once
// Starting the programs of PostgreSQL as the right user, and finding processes that work in a
// folder.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace pleiade::store::cluster {

/// A user of this machine.
struct Account {
    uid_t uid = 0;
    gid_t gid = 0;
    std::string name;
};

/// Who the server runs as: user postgres when we are root, else ourselves.
/// @throws Error(FixConfiguration) when we are root and there is no user postgres.
[[nodiscard]] Account server_account();

enum class Lifetime {
    Own,        ///< Ends by itself.
    WithParent, ///< Gets SIGINT when the thread that started it ends.
};

/// Starts `command` (path and arguments) as `account`, in a session of its own, so that Ctrl-C on
/// our terminal does not reach it; output is appended to `log`.
/// @throws Error(RetryLater) when no process can be made.
[[nodiscard]] pid_t start(
    const std::vector<std::string>& command,
    const Account& account,
    const std::filesystem::path& log,
    Lifetime lifetime
);

/// Starts, waits, gives whether it ended with exit code 0.
[[nodiscard]] bool
run(const std::vector<std::string>& command,
    const Account& account,
    const std::filesystem::path& log);

/// Whether our child `pid` has ended; takes its exit status away if so.
[[nodiscard]] bool has_ended(pid_t pid);

/// Whether `account` may read, write and enter `folder`, asked as that user.
[[nodiscard]] bool can_use(const Account& account, const std::filesystem::path& folder);

/// Processes whose working folder is `folder`: a PostgreSQL server and all its children; the server
/// alone where we may not see that of other users.
[[nodiscard]] std::vector<pid_t> processes_in(const std::filesystem::path& folder);

} // namespace pleiade::store::cluster
