// In place of pleiade-reader, for tests that run the same mail again and again: asks the true
// reader, which lies beside it as "true-reader", and gives the same answer to the same question
// ever after, from the folder "answers" there.

#include "app/wire/reader_protocol.h"
#include "core/durable_file.h"
#include "store/blob_store.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace pleiade;
namespace fs = std::filesystem;

constexpr int parent_socket = 3; // spec: app/pipeline/reader_process.cpp

std::vector<BytesView> views_of(const wire::Message& message) {
    return {message.blocks.begin(), message.blocks.end()};
}

/// The bytes of a message in one row, each part after its length and a blank.
Bytes flat(const wire::Message& message) {
    std::string text;
    const auto add = [&](const std::string& part) {
        text += std::to_string(part.size()) + " " + part;
    };
    add(message.json);
    for (const Bytes& block : message.blocks) {
        add(text_of(block));
    }
    const BytesView bytes = bytes_of(text);
    return {bytes.begin(), bytes.end()};
}

wire::Message from_flat(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t blank = text.find(' ', at);
        parts.push_back(text.substr(blank + 1, std::stoul(text.substr(at, blank - at))));
        at = blank + 1 + parts.back().size();
    }
    wire::Message message{parts.front(), {}};
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const BytesView bytes = bytes_of(parts[i]);
        message.blocks.emplace_back(bytes.begin(), bytes.end());
    }
    return message;
}

/// Started when there is a question nobody asked before.
class TrueReader {
public:
    explicit TrueReader(const fs::path& program) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
            std::abort();
        }
        socket_ = ends[0];
        posix_spawn_file_actions_t actions{};
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], parent_socket);
        std::string name = program.string();
        std::array<char*, 2> arguments{name.data(), nullptr};
        pid_t process = 0;
        if (::posix_spawn(&process, name.c_str(), &actions, nullptr, arguments.data(), environ) !=
            0) {
            std::abort();
        }
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
    }

    /// Nothing when it broke.
    [[nodiscard]] std::optional<wire::Message> ask(const wire::Message& question) const {
        if (!wire::send_message(socket_, question.json, views_of(question))) {
            return std::nullopt;
        }
        return wire::receive_message(socket_, std::nullopt).message;
    }

private:
    int socket_ = -1; ///< Closed with the process, as the reader ends with us.
};

class RememberingReader {
public:
    explicit RememberingReader(fs::path folder) : folder_(std::move(folder)) {}

    [[nodiscard]] std::optional<wire::Message> answer(wire::Message question) {
        const wire::Request kind = wire::request_from(question);
        const bool configures = std::holds_alternative<wire::Configure>(kind);
        const bool opens = std::holds_alternative<wire::Open>(kind);
        const bool reads = std::holds_alternative<wire::Read>(kind);
        const std::string asked = store::blob_id_of(flat(question)).sha256;
        const std::string known_before =
            (configured_ ? configured_->second : "") + (reads && opened_ ? opened_->second : "");
        const fs::path file =
            folder_ / "answers" / store::blob_id_of(bytes_of(known_before + asked)).sha256;
        std::optional<wire::Message> said;
        if (fs::exists(file)) {
            said = from_flat(text_of(read_file(file, std::numeric_limits<std::size_t>::max())));
        } else if ((said = ask_the_true_one(question, configures))) {
            write_durably(file, flat(*said));
        }
        if (configures) {
            configured_ = {std::move(question), asked};
        } else if (opens) {
            opened_ = {std::move(question), asked};
        }
        return said;
    }

private:
    std::optional<wire::Message> ask_the_true_one(const wire::Message& question, bool configures) {
        if (!reader_) {
            reader_.emplace(folder_ / "true-reader");
            // What it was told before, it was told when another one answered.
            if (!configures && configured_ && !reader_->ask(configured_->first)) {
                return std::nullopt;
            }
        }
        if (opened_ && !reader_->ask(opened_->first)) {
            return std::nullopt;
        }
        return reader_->ask(question);
    }

    using Told = std::pair<wire::Message, std::string>; ///< With its name.

    fs::path folder_;
    std::optional<Told> configured_;
    std::optional<Told> opened_;
    std::optional<TrueReader> reader_;
};

} // namespace

int main() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)::signal(SIGINT, SIG_IGN);
    RememberingReader reader(fs::read_symlink("/proc/self/exe").parent_path());
    for (;;) {
        wire::Received question = wire::receive_message(parent_socket, std::nullopt);
        if (!question.message) {
            return 0;
        }
        const auto answer = reader.answer(std::move(*question.message));
        if (!answer || !wire::send_message(parent_socket, answer->json, views_of(*answer))) {
            return 1;
        }
    }
}
