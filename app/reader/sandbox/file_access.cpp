#include "app/reader/sandbox/file_access.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <string>
#include <system_error>

namespace pleiade::reader::sandbox {
namespace {

/// spec: landlock_ruleset_attr of Linux 6.12. Debian 12's header knows the first field only; older
/// kernels take the longer form as long as what they do not know is zero.
struct RulesetAttributes {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scoped = 0;
};

constexpr std::uint64_t read_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/// All that a kernel of this version can refuse.
RulesetAttributes everything(long version) {
    constexpr std::array<int, 5> file_rights{
        13, 14, 15, 15, 16};                                  // spec: landlock(7), versions 1 to 5
    constexpr std::uint64_t bind_and_connect_tcp = 3;         // since version 4
    constexpr std::uint64_t abstract_sockets_and_signals = 3; // since version 6
    constexpr long with_tcp = 4;
    constexpr long with_scopes = 6;
    const auto row =
        std::min<std::size_t>(static_cast<std::size_t>(version), file_rights.size()) - 1;
    return {
        .files = (std::uint64_t{1} << file_rights.at(row)) - 1,
        .network = version >= with_tcp ? bind_and_connect_tcp : 0,
        .scoped = version >= with_scopes ? abstract_sockets_and_signals : 0};
}

/// False when the kernel did not take the rule; what is not there needs none.
bool allow_reading(int ruleset, const std::filesystem::path& path) {
    const int place = ::open(path.c_str(), O_PATH | O_CLOEXEC);
    if (place < 0) {
        return errno == ENOENT;
    }
    struct stat status {};
    const bool is_folder = ::fstat(place, &status) == 0 && S_ISDIR(status.st_mode);
    landlock_path_beneath_attr rule{};
    rule.allowed_access = is_folder ? read_access : read_access & ~LANDLOCK_ACCESS_FS_READ_DIR;
    rule.parent_fd = place;
    const long added =
        ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(place);
    return added == 0;
}

wire::OpenDoor files_stay_open(const std::string& trouble) {
    return {
        "it can read every file that its user may read (Landlock: " + trouble + ")",
        "start Linux 5.13 or later with landlock in lsm=, or in a container allow the landlock_* "
        "calls; until then give pleiade a user that can read no configuration but its own"};
}

} // namespace

std::optional<wire::OpenDoor> leave_files(const std::vector<std::filesystem::path>& readable) {
    const long version =
        ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        return files_stay_open(std::generic_category().message(errno));
    }
    const RulesetAttributes attributes = everything(version);
    const int ruleset =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
    if (ruleset < 0) {
        return files_stay_open(std::generic_category().message(errno));
    }
    const bool taken =
        std::ranges::all_of(
            readable,
            [&](const std::filesystem::path& path) { return allow_reading(ruleset, path); }
        ) &&
        ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    const std::string trouble = std::generic_category().message(errno); // of the step that failed
    ::close(ruleset);
    return taken ? std::nullopt : std::optional(files_stay_open(trouble));
}

} // namespace pleiade::reader::sandbox
