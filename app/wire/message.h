#pragma once
// Messages over the socket pair between pleiade and its child processes: one JSON text and any
// number of byte blocks. What the messages mean: app/wire/reader_protocol.h.

#include "core/bytes.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::wire {

struct Message {
    std::string json;
    std::vector<Bytes> blocks;
};

/// How waiting for a message ended when none came.
enum class NoMessage {
    Closed,   ///< The other side is gone.
    TimedOut, ///< It is still there, and silent.
    Garbled,  ///< What came is not a message: the other side must not be trusted any more.
};

struct Received {
    std::optional<Message> message;
    NoMessage why_not = NoMessage::Closed; ///< Only meaningful without a message.
};

/// Sends the whole message. Blocks are taken as views so that a page is not copied to be sent.
///
/// Gives false when the other side is gone. Never raises SIGPIPE.
[[nodiscard]] bool
send_message(int socket, const std::string& json, const std::vector<BytesView>& blocks);

/// Waits for one whole message. A length beyond the limits is refused; within them, room is made
/// only as bytes come.
///
/// @param timeout For the whole message; none = for ever.
[[nodiscard]] Received
receive_message(int socket, std::optional<std::chrono::milliseconds> timeout);

} // namespace pleiade::wire
