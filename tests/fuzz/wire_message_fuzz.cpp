// What comes over the socket from a reader process that foreign bytes may have taken over.

#include "app/wire/message.h"
#include "tests/fuzz/fuzz_target.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pleiade;
    std::array<int, 2> ends{};
    fuzz::require(
        ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0, "there is a socket pair"
    );
    // chosen: fits the buffer of a socket, so that one thread can write all and then read
    constexpr std::size_t most = 32 * std::size_t{1024};
    const std::size_t count = std::min(size, most);
    fuzz::require(
        ::send(ends[0], data, count, MSG_NOSIGNAL) == static_cast<ssize_t>(count),
        "all bytes are sent"
    );
    ::close(ends[0]);
    const wire::Received received = wire::receive_message(ends[1], std::nullopt);
    if (received.message.has_value()) {
        std::size_t got = received.message->json.size();
        for (const Bytes& block : received.message->blocks) {
            got += block.size();
        }
        fuzz::require(got < size, "a message has no more bytes than came");
    }
    ::close(ends[1]);
    return 0;
}
