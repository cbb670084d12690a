#include "app/cli/commands/signals.h"

#include "app/cli/commands/command.h"

#include <unistd.h>

#include <csignal>
#include <ctime>
#include <string>
#include <string_view>
#include <thread>

namespace pleiade::cli {
namespace {

sigset_t stop_signals() {
    sigset_t set{};
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGINT);
    ::sigaddset(&set, SIGTERM);
    ::sigaddset(&set, SIGHUP); // the terminal was closed
    return set;
}

/// Whoever read our messages may be gone: of this thread that must not end the program.
void block_broken_pipe() {
    sigset_t set{};
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

/// At once, past the buffers of other threads; on a terminal over the line of progress.
void say(std::string_view sentence) {
    const std::string text =
        (::isatty(STDERR_FILENO) == 1 ? "\r\x1b[K" : "") + std::string(sentence);
    (void)!::write(STDERR_FILENO, text.data(), text.size());
}

} // namespace

struct StopOnSignal::Watcher {
    explicit Watcher(const std::string& ended_at_once)
        : farewell("pleiade: " + ended_at_once + "\n") {
        ::pthread_sigmask(SIG_BLOCK, &signals, &before);
        thread = std::jthread([this](const std::stop_token& over) { watch(over); });
    }
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;
    Watcher(Watcher&&) = delete;
    Watcher& operator=(Watcher&&) = delete;
    ~Watcher() {
        thread.request_stop();
        thread.join();
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    void watch(const std::stop_token& over) {
        block_broken_pipe();
        constexpr timespec look_every{
            0, 100'000'000}; // chosen: the program ends at most so much later
        while (!over.stop_requested()) {
            if (::sigtimedwait(&signals, nullptr, &look_every) < 0) {
                continue;
            }
            if (source.stop_requested()) {
                say(farewell);
                ::_exit(exit_other); // asked twice: durability does not depend on a clean end
            }
            say("pleiade: stopping after the pages in hand; Ctrl-C again stops at once\n");
            source.request_stop();
        }
    }

    std::string farewell;
    sigset_t signals = stop_signals();
    sigset_t before{};
    std::stop_source source;
    std::jthread thread;
};

StopOnSignal::StopOnSignal(const std::string& ended_at_once)
    : watcher_(std::make_unique<Watcher>(ended_at_once)) {}
StopOnSignal::~StopOnSignal() = default;

std::stop_token StopOnSignal::token() const {
    return watcher_->source.get_token();
}

} // namespace pleiade::cli
