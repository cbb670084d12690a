#pragma once
// Lot, pli and page with the states the database knows. Arrows between states: store/schema.sql.

#include "core/bytes.h"
#include "core/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pleiade {

using RowId = std::int64_t; ///< Primary key of a row of mail; 0 = not stored yet.

/// How a pli reached the mail room.
enum class Channel { Post, Counter, Email };

[[nodiscard]] std::string to_text(Channel channel); ///< "post", "counter", "email".
[[nodiscard]] std::optional<Channel> channel_from(std::string_view text);

enum class LotState { Open, Closed, Done };
enum class PageState { Captured, Read, Blank, Void, SetAside, RescanWanted, Replaced };
enum class PliState {
    Captured,
    Read,
    Understood,
    ToVerify,
    Verified,
    Delivering,
    Delivered,
    SetAside,
    Superseded,
};
enum class DocumentState { Proposed, Confirmed, Delivered, Superseded };
enum class DeliveryState { Waiting, Sent, InDoubt, Acknowledged, Refused };

struct Lot {
    RowId id = 0;
    std::string caisse;
    std::string source; ///< Where it was taken from, for people: a folder or a station.
    Channel channel = Channel::Post;
    LotState state = LotState::Open;
    Instant received_at;
};

struct Pli {
    RowId id = 0;
    RowId lot = 0;
    std::string caisse;
    Channel channel = Channel::Post;
    PliState state = PliState::Captured;
    std::string name; ///< "061-nice/0003.tif": what a person calls it.
};

struct Page {
    RowId id = 0;
    RowId pli = 0;
    int page_index = 0; ///< 0-based within the pli.
    std::string file;   ///< Source file name within the lot.
    int file_index = 0; ///< 0-based within that file.
    BlobId blob;        ///< The source file's bytes.
    PageState state = PageState::Captured;
};

} // namespace pleiade
