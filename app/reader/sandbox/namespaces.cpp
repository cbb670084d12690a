#include "app/reader/sandbox/namespaces.h"

#include <sched.h>

#include <cerrno>
#include <system_error>

namespace pleiade::reader::sandbox {

std::optional<wire::OpenDoor> leave_network() {
    constexpr int wanted = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
    if (::unshare(wanted) == 0 || ::unshare(CLONE_NEWUSER | wanted) == 0) {
        return std::nullopt;
    }
    return wire::OpenDoor{
        std::string("it stays in the network of the machine (unshare: ") +
            std::generic_category().message(errno) +
            "); only the filter of system calls keeps it from it",
        "allow user namespaces to the user that runs pleiade (sysctl user.max_user_namespaces, and "
        "kernel.apparmor_restrict_unprivileged_userns or kernel.unprivileged_userns_clone where "
        "there is one), or in a container the call unshare"};
}

} // namespace pleiade::reader::sandbox
