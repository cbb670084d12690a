#include "app/reader/sandbox/identity.h"

#include <grp.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace pleiade::reader::sandbox {
namespace {

constexpr uid_t nobody = 65534; // spec: Debian policy 9.2.2, "nobody" and "nogroup"

/// Not through libcap: it would be a library for one call.
bool drop_capabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
    return ::syscall(SYS_capset, &header, none.data()) == 0;
}

} // namespace

std::optional<wire::OpenDoor> give_up_rights() {
    std::string trouble;
    if (::geteuid() == 0 &&
        (::setgroups(0, nullptr) != 0 || ::setresgid(nobody, nobody, nobody) != 0 ||
         ::setresuid(nobody, nobody, nobody) != 0)) {
        trouble = std::generic_category().message(errno);
    }
    if (!drop_capabilities() && trouble.empty()) {
        trouble = std::generic_category().message(errno);
    }
    if (trouble.empty()) {
        return std::nullopt;
    }
    return wire::OpenDoor{
        "it keeps the rights of root (" + trouble + ")",
        "run pleiade as a user of its own, or in a container leave it the capabilities SETUID and "
        "SETGID"};
}

} // namespace pleiade::reader::sandbox
