#include "app/wire/message.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <thread>

namespace pleiade::wire {
namespace {

using namespace std::chrono_literals;

class Message : public ::testing::Test {
protected:
    Message() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_.data()), 0); }
    ~Message() override {
        close_end(0);
        close_end(1);
    }

    void close_end(std::size_t end) {
        if (ends_.at(end) >= 0) {
            ::close(ends_.at(end));
            ends_.at(end) = -1;
        }
    }

    std::array<int, 2> ends_{-1, -1};
};

TEST_F(Message, ArrivesWholeHoweverLong) {
    const std::string long_text(3'000'000, 'x');
    std::jthread sender([&] {
        EXPECT_TRUE(send_message(ends_[0], R"({"a":1})", {bytes_of(long_text), bytes_of("")}));
    });
    const Received received = receive_message(ends_[1], 10s);
    ASSERT_TRUE(received.message);
    EXPECT_EQ(received.message->json, R"({"a":1})");
    ASSERT_EQ(received.message->blocks.size(), 2U);
    EXPECT_EQ(text_of(received.message->blocks[0]), long_text);
    EXPECT_TRUE(received.message->blocks[1].empty());
}

TEST_F(Message, FromADeadPeerIsClosedAndSendingToItIsFalse) {
    close_end(0);
    EXPECT_EQ(receive_message(ends_[1], 10s).why_not, NoMessage::Closed);
    EXPECT_FALSE(send_message(ends_[1], "{}", {}));
}

TEST_F(Message, FromASilentPeerTimesOut) {
    EXPECT_EQ(receive_message(ends_[1], 1ms).why_not, NoMessage::TimedOut);
}

TEST_F(Message, WithAnAbsurdLengthIsGarbledAndNothingIsAllocated) {
    std::array<std::uint64_t, 10> header{};
    header.fill(~std::uint64_t{0});
    ASSERT_EQ(
        ::send(ends_[0], header.data(), sizeof header, 0), static_cast<ssize_t>(sizeof header)
    );
    EXPECT_EQ(receive_message(ends_[1], 10s).why_not, NoMessage::Garbled);
}

} // namespace
} // namespace pleiade::wire
