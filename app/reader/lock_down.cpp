#include "app/reader/lock_down.h"

#include "app/reader/sandbox/file_access.h"
#include "app/reader/sandbox/identity.h"
#include "app/reader/sandbox/namespaces.h"
#include "app/reader/sandbox/system_calls.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>
#include <optional>

namespace pleiade::reader {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool sanitized = false;
#endif

constexpr rlim_t most_files = 64; // chosen: a PDF page opens a few fonts at a time

void limit(__rlimit_resource resource, rlim_t most) {
    const rlimit value{most, most};
    ::setrlimit(resource, &value); // of ours downwards: cannot fail
}

void add(std::vector<wire::OpenDoor>& doors, std::optional<wire::OpenDoor> door) {
    if (door) {
        doors.push_back(std::move(*door));
    }
}

} // namespace

LockDown fonts_only() {
    return {.readable = {"/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/poppler"}};
}

std::vector<wire::OpenDoor> lock_down(const LockDown& settings) {
    if (sanitized) { // its runtime reads files, starts threads and maps terabytes
        return {
            {"it was built with a sanitizer and is not locked in at all",
             "use the release preset for mail"}};
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, most_files);
    limit(RLIMIT_NPROC, 0);
    std::vector<wire::OpenDoor> doors;
    add(doors, sandbox::leave_network());
    add(doors, sandbox::give_up_rights());
    // The kernel forgets this when a process changes its user.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); // the two that follow are refused without
    add(doors, sandbox::leave_files(settings.readable));
    add(doors, sandbox::leave_system_calls());
    return doors;
}

void limit_memory(std::size_t bytes) {
    if (!sanitized) {
        limit(RLIMIT_AS, bytes);
    }
}

void limit_cpu_from_now(std::chrono::seconds most) {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    constexpr rlim_t begun = 2; // two clocks, each within its second
    const auto seconds = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + begun;
    const rlimit value{seconds + static_cast<rlim_t>(most.count()), RLIM_INFINITY};
    ::setrlimit(RLIMIT_CPU, &value);
}

} // namespace pleiade::reader
