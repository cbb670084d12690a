// pleiade-reader: decodes, cleans, reads and understands pages for pleiade, and nothing else.
// Foreign bytes are decoded here, so that what breaks on them breaks alone.

#include "app/reader/conversation.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdio>
#include <new>

namespace {

constexpr int parent_socket = 3; // spec: app/pipeline/reader_process.cpp
constexpr int exit_wrong_use = 2;
constexpr int exit_out_of_memory = 5;

void limit(int resource, rlim_t most) {
    const rlimit value{most, most};
    ::setrlimit(static_cast<__rlimit_resource>(resource), &value);
}

} // namespace

int main() {
    struct stat status {};
    if (::fstat(parent_socket, &status) != 0 || !S_ISSOCK(status.st_mode)) {
        std::fputs("pleiade-reader is started by pleiade, not by hand\n", stderr);
        return exit_wrong_use;
    }
    ::prctl(
        PR_SET_PDEATHSIG, SIGKILL
    ); // a page that never ends must not outlive the program that asked
    ::signal(
        SIGINT, SIG_IGN
    ); // Ctrl-C at the terminal is for the parent: it lets us finish the page
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    try {
        pleiade::reader::converse(parent_socket);
    } catch (const std::bad_alloc&) {
        return exit_out_of_memory;
    }
    return 0;
}
