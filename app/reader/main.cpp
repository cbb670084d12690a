// pleiade-reader: decodes, cleans, reads and understands pages for pleiade, and nothing else.
// Foreign bytes are decoded here, so that what breaks on them breaks alone.

#include "app/reader/conversation.h"
#include "app/wire/reader_protocol.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <new>

namespace {

constexpr int parent_socket = 3; // spec: app/pipeline/reader_process.cpp
constexpr int exit_wrong_use = 2;

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
    // Whatever else the parent may have open is none of our business.
    (void)::close_range(parent_socket + 1, std::numeric_limits<unsigned>::max(), 0);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): there is one thread
    ::setenv("TZ", "UTC0", 1); // other zones are files, looked up when a page is read
    try {
        pleiade::reader::converse(parent_socket);
    } catch (const std::bad_alloc&) {
        return pleiade::wire::exit_out_of_memory;
    }
    return 0;
}
