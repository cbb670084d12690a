#include "app/wire/message.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace pleiade::wire {
namespace {

// Layout: magic, number of blocks, length of each part (JSON first), then the parts.
constexpr std::uint32_t magic = 0x504C4531; // chosen: "PLE1"
constexpr std::size_t max_blocks = 8;       // chosen: no message of ours has more than three
constexpr std::uint64_t max_part =
    512ULL * 1024 * 1024; // chosen: twice a source file by default; reading.file_mb allows no more

struct Header {
    std::uint32_t magic_number = magic;
    std::uint32_t block_count = 0;
    std::array<std::uint64_t, max_blocks + 1> lengths{};
};

bool send_all(int socket, BytesView bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

class Deadline {
public:
    explicit Deadline(std::optional<std::chrono::milliseconds> timeout) {
        if (timeout) {
            end_ = std::chrono::steady_clock::now() + *timeout;
        }
    }

    /// Milliseconds for poll(): -1 without a deadline, 0 when it has passed.
    [[nodiscard]] int left() const {
        if (!end_) {
            return -1;
        }
        const auto rest =
            std::chrono::ceil<std::chrono::milliseconds>(*end_ - std::chrono::steady_clock::now());
        return rest.count() > 0 ? static_cast<int>(rest.count()) : 0;
    }

private:
    std::optional<std::chrono::steady_clock::time_point> end_;
};

/// Nothing when all bytes came.
std::optional<NoMessage>
receive_all(int socket, std::span<std::byte> bytes, const Deadline& deadline) {
    while (!bytes.empty()) {
        pollfd waiting{socket, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, deadline.left());
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready == 0) {
            return NoMessage::TimedOut;
        }
        const ssize_t got = ::recv(socket, bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return NoMessage::Closed;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return std::nullopt;
}

/// Room is made as bytes come: whoever only claims a length makes nobody allocate it.
template <typename Part>
std::optional<NoMessage>
receive_part(int socket, Part& part, std::uint64_t length, const Deadline& deadline) {
    constexpr std::uint64_t step = 4ULL * 1024 * 1024; // chosen: most pages in one go
    while (part.size() < length) {
        const std::size_t have = part.size();
        part.resize(static_cast<std::size_t>(std::min(length, have + step)));
        const auto rest = std::as_writable_bytes(std::span(part)).subspan(have);
        if (const auto trouble = receive_all(socket, rest, deadline)) {
            return trouble;
        }
    }
    return std::nullopt;
}

bool plausible(const Header& header) {
    if (header.magic_number != magic || header.block_count > max_blocks) {
        return false;
    }
    for (const std::uint64_t length : header.lengths) {
        if (length > max_part) {
            return false;
        }
    }
    return true;
}

} // namespace

bool send_message(int socket, const std::string& json, const std::vector<BytesView>& blocks) {
    Header header;
    header.block_count = static_cast<std::uint32_t>(blocks.size());
    header.lengths.at(0) = json.size();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        header.lengths.at(i + 1) = blocks[i].size();
    }
    if (!send_all(socket, std::as_bytes(std::span(&header, 1))) ||
        !send_all(socket, bytes_of(json))) {
        return false;
    }
    for (const BytesView block : blocks) {
        if (!send_all(socket, block)) {
            return false;
        }
    }
    return true;
}

Received receive_message(int socket, std::optional<std::chrono::milliseconds> timeout) {
    const Deadline deadline(timeout);
    Header header;
    if (const auto trouble =
            receive_all(socket, std::as_writable_bytes(std::span(&header, 1)), deadline)) {
        return {std::nullopt, *trouble};
    }
    if (!plausible(header)) {
        return {std::nullopt, NoMessage::Garbled};
    }
    Message message;
    if (const auto trouble = receive_part(socket, message.json, header.lengths.at(0), deadline)) {
        return {std::nullopt, *trouble};
    }
    for (std::uint32_t i = 0; i < header.block_count; ++i) {
        Bytes& block = message.blocks.emplace_back();
        if (const auto trouble = receive_part(socket, block, header.lengths.at(i + 1), deadline)) {
            return {std::nullopt, *trouble};
        }
    }
    return {std::move(message), NoMessage::Closed};
}

} // namespace pleiade::wire
