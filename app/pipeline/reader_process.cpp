#include "app/pipeline/reader_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr int socket_in_child = 3;    // chosen: the first descriptor after the standard three
constexpr auto look_every = 250ms;    // chosen: how late a runaway child may be noticed
constexpr auto rest_of_message = 30s; // chosen: once it has begun an answer comes at memory speed

std::string took_too_long(std::chrono::seconds most) {
    return "a pris plus de " + std::to_string(most.count()) + " s de processeur";
}

/// What became of a child, for people: after "le processus de lecture ".
std::string ending(int status, const wire::Configure& limits) {
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) {
        return "a tenté un appel système qui lui est interdit";
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
        return took_too_long(std::chrono::seconds(limits.cpu_seconds));
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == wire::exit_out_of_memory) {
        return "a manqué de mémoire : il n'a droit qu'à " + std::to_string(limits.memory_mb) +
               " Mo";
    }
    const std::string fell = "est tombé : ";
    if (WIFSIGNALED(status)) {
        const char* name = ::sigabbrev_np(WTERMSIG(status)); // a text of its own, never shared
        return fell + "arrêté par le signal " +
               (name == nullptr ? std::string("?") : std::string("SIG") + name);
    }
    return fell + "code de sortie " + std::to_string(WEXITSTATUS(status));
}

std::chrono::nanoseconds cpu_time_of(pid_t process) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0) {
        return 0ns;
    }
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// What the child needs to know of its surroundings, and nothing else: it decodes foreign bytes,
/// and our environment may hold the password of the database.
std::vector<char*> environment_for_child() {
    std::vector<char*> kept;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::string_view name = text.substr(0, text.find('='));
        if (name == "LANG" || name.starts_with("LC_") || name == "TZ" ||
            name == "TESSDATA_PREFIX" || name.ends_with("SAN_OPTIONS")) {
            kept.push_back(*entry);
        }
    }
    kept.push_back(nullptr);
    return kept;
}

class SpawnActions {
public:
    SpawnActions() { ::posix_spawn_file_actions_init(&actions_); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
    SpawnActions(SpawnActions&&) = delete;
    SpawnActions& operator=(SpawnActions&&) = delete;
    ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }

    [[nodiscard]] posix_spawn_file_actions_t* get() { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

} // namespace

struct ReaderProcess::Child {
    explicit Child(const std::filesystem::path& executable) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
            throw Error(
                Remedy::RetryLater,
                std::string("cannot make a socket pair: ") + std::strerror(errno)
            );
        }
        socket = ends[0];
        SpawnActions actions;
        // Nothing a page contains may reach our terminal: image libraries complain there.
        ::posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(actions.get(), STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addopen(actions.get(), STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_adddup2(actions.get(), ends[1], socket_in_child);
        std::string name = executable.string();
        std::array<char*, 2> arguments{name.data(), nullptr};
        const std::vector<char*> environment = environment_for_child();
        const int error = ::posix_spawn(
            &process, name.c_str(), actions.get(), nullptr, arguments.data(), environment.data()
        );
        ::close(ends[1]);
        if (error != 0) {
            ::close(socket);
            throw Error(
                Remedy::FixConfiguration,
                "cannot start " + name + ": " + std::strerror(error) + ". It belongs beside pleiade"
            );
        }
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    Child(Child&&) = delete;
    Child& operator=(Child&&) = delete;
    ~Child() {
        ::close(socket);
        if (process > 0) {
            ::kill(process, SIGKILL);
            (void)wait_for_end();
        }
    }

    [[nodiscard]] int wait_for_end() {
        int status = 0;
        while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
        }
        process = 0;
        return status;
    }

    /// Waits until the child has something to say, or gives the reason why it must be given up.
    [[nodiscard]] std::string wait_for_answer(const ReaderSettings& settings) const {
        const auto cpu_before = cpu_time_of(process);
        const auto end = std::chrono::steady_clock::now() + settings.most_wall;
        for (;;) {
            pollfd waiting{socket, POLLIN, 0};
            if (::poll(&waiting, 1, static_cast<int>(look_every.count())) > 0) {
                return {};
            }
            if (cpu_time_of(process) - cpu_before > settings.most_cpu) {
                return took_too_long(settings.most_cpu);
            }
            if (std::chrono::steady_clock::now() > end) {
                return "n'a pas répondu pendant " + std::to_string(settings.most_wall.count()) +
                       " s";
            }
        }
    }

    pid_t process = 0;
    int socket = -1;
};

ReaderProcess::ReaderProcess(ReaderSettings settings) : settings_(std::move(settings)) {}
ReaderProcess::~ReaderProcess() = default;
ReaderProcess::ReaderProcess(ReaderProcess&&) noexcept = default;
ReaderProcess& ReaderProcess::operator=(ReaderProcess&&) noexcept = default;

void ReaderProcess::start() {
    open_ = {};
    handled_ = 0;
    child_ = std::make_unique<Child>(settings_.executable);
    const wire::Answer answer = ask(settings_.configuration);
    const auto* ready = std::get_if<wire::Ready>(&answer);
    if (ready == nullptr) {
        const auto* failure = std::get_if<Failure>(&answer);
        child_.reset();
        throw Error(
            Remedy::FixConfiguration,
            failure != nullptr ? failure->what
                               : "pleiade-reader and pleiade are of different versions"
        );
    }
    open_doors_ = ready->open_doors;
}

wire::Answer ReaderProcess::ask(const wire::Request& request) {
    if (!child_) {
        start();
    }
    // Whatever leaves this function early leaves no half-finished dialogue behind.
    std::unique_ptr<Child> child = std::move(child_);
    const wire::Outgoing outgoing = wire::encode(request);
    const bool sent = wire::send_message(child->socket, outgoing.json, outgoing.blocks);
    if (sent) {
        if (const std::string trouble = child->wait_for_answer(settings_); !trouble.empty()) {
            throw ReaderLost("le processus de lecture " + trouble);
        }
    }
    wire::Received received = wire::receive_message(child->socket, rest_of_message);
    if (!received.message) {
        if (received.why_not == wire::NoMessage::Closed) {
            throw ReaderLost(
                "le processus de lecture " + ending(child->wait_for_end(), settings_.configuration)
            );
        }
        throw ReaderLost("le processus de lecture a donné une réponse incompréhensible");
    }
    try {
        wire::Answer answer = wire::answer_from(std::move(*received.message));
        child_ = std::move(child);
        return answer;
    } catch (const Error& trouble) {
        throw ReaderLost(
            "le processus de lecture a donné une réponse incompréhensible : " +
            std::string(trouble.what())
        );
    }
}

namespace {

/// The wanted kind of answer, or the failure the reader reported.
template <typename Wanted>
Result<Wanted> expect(wire::Answer answer) {
    if (auto* failure = std::get_if<Failure>(&answer)) {
        return std::move(*failure);
    }
    if (auto* wanted = std::get_if<Wanted>(&answer)) {
        return std::move(*wanted);
    }
    throw ReaderLost("le processus de lecture a répondu à une autre question");
}

} // namespace

Result<int> ReaderProcess::open(BytesView bytes, const BlobId& name) {
    open_ = {};
    if (handled_ >= settings_.pages_per_process) {
        child_.reset(); // between two files: what was read of one stays with it
    }
    ++handled_;
    const auto opened = expect<wire::Opened>(ask(wire::Open{bytes}));
    if (!opened.ok()) {
        return opened.failure();
    }
    open_ = name;
    return opened.value().page_count;
}

bool ReaderProcess::is_open(const BlobId& name) const {
    return child_ && !name.sha256.empty() && open_ == name;
}

Result<PageRead> ReaderProcess::read(int page_index) {
    ++handled_;
    return expect<PageRead>(ask(wire::Read{page_index}));
}

Result<bool> ReaderProcess::only_shines_through(const wire::CompareSides& sides) {
    const auto compared = expect<wire::Compared>(ask(sides));
    if (!compared.ok()) {
        return compared.failure();
    }
    return compared.value().only_shines_through;
}

Result<std::vector<Question>> ReaderProcess::ask_about(const std::vector<std::string>& readings) {
    auto asked = expect<wire::Asked>(ask(wire::Ask{readings}));
    if (!asked.ok()) {
        return asked.failure();
    }
    return std::move(asked).value().questions;
}

Result<Decision> ReaderProcess::understand(const wire::Understand& pli) {
    return expect<Decision>(ask(pli));
}

} // namespace pleiade::pipeline
