#include "core/mail.h"

namespace pleiade {

std::string to_text(Channel channel) {
    switch (channel) {
    case Channel::Counter:
        return "counter";
    case Channel::Email:
        return "email";
    case Channel::Post:
        break;
    }
    return "post";
}

std::optional<Channel> channel_from(std::string_view text) {
    for (const Channel channel : {Channel::Post, Channel::Counter, Channel::Email}) {
        if (to_text(channel) == text) {
            return channel;
        }
    }
    return std::nullopt;
}

} // namespace pleiade
