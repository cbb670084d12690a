#include "ocr/two_d_doc/envelope.h"

#include "ocr/two_d_doc/base32.h"
#include "ocr/two_d_doc/separators.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace pleiade::ocr {
namespace {

using std::chrono::sys_days;

constexpr std::string_view marker = "DC";
constexpr std::size_t shortest_header = 22;
// spec: V3.3.9 chapter 4, length of the header by version
constexpr std::array<std::size_t, 4> header_lengths{22, 22, 24, 26};
constexpr std::string_view no_day = "FFFF";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_header_character(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z');
}

bool is_day(std::string_view text) {
    return text == no_day || day_from_hex(text).has_value();
}

std::optional<TwoDDocHeader> header_of(std::string_view text) {
    const int version = (text[2] - '0') * 10 + (text[3] - '0');
    if (version < 1 || version > static_cast<int>(header_lengths.size())) {
        return std::nullopt;
    }
    const std::size_t length = header_lengths.at(static_cast<std::size_t>(version - 1));
    if (text.size() < length ||
        !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length), [](char c) {
            return is_header_character(c);
        })) {
        return std::nullopt;
    }
    if (!is_day(text.substr(12, 4)) || !is_day(text.substr(16, 4))) {
        return std::nullopt;
    }
    TwoDDocHeader header;
    header.version = version;
    header.authority = text.substr(4, 4);
    header.certificate = text.substr(8, 4);
    header.issued_on = day_from_hex(text.substr(12, 4));
    header.signed_on = day_from_hex(text.substr(16, 4));
    header.type_code = text.substr(20, 2);
    header.perimeter = version >= 3 ? text.substr(22, 2) : std::string_view();
    header.country = version >= 4 ? text.substr(24, 2) : std::string_view();
    return header;
}

} // namespace

bool looks_like_two_d_doc(std::string_view content) {
    return content.size() >= shortest_header && content.starts_with(marker) &&
           is_digit(content[2]) && is_digit(content[3]);
}

std::optional<TwoDDocEnvelope> open_two_d_doc(std::string_view content) {
    if (!looks_like_two_d_doc(content)) {
        return std::nullopt;
    }
    std::optional<TwoDDocHeader> header = header_of(content);
    if (!header.has_value()) {
        return std::nullopt;
    }
    const auto version = static_cast<std::size_t>(header->version);
    TwoDDocEnvelope envelope;
    envelope.signed_bytes = content.substr(0, content.find(unit_separator));
    envelope.message = envelope.signed_bytes.substr(
        std::min(header_lengths.at(version - 1), envelope.signed_bytes.size())
    );
    envelope.header = std::move(*header);
    if (envelope.signed_bytes.size() == content.size()) {
        return envelope; // no signature
    }
    const std::string_view rest = content.substr(envelope.signed_bytes.size() + 1);
    if (version == 1) { // any byte may stand in a raw signature, so there is no annex
        const BytesView raw = bytes_of(rest);
        envelope.signature.assign(raw.begin(), raw.end());
        return envelope;
    }
    const std::string_view signature = rest.substr(0, rest.find(group_separator));
    envelope.signature = from_base32(signature).value_or(Bytes());
    if (signature.size() < rest.size()) {
        envelope.annex = rest.substr(signature.size() + 1);
    }
    return envelope;
}

std::optional<sys_days> day_from_hex(std::string_view text) {
    constexpr std::size_t digits = 4;
    constexpr sys_days first{std::chrono::year(2000) / 1 / 1};
    constexpr int hexadecimal = 16;
    unsigned days = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, days, hexadecimal);
    if (text.size() != digits || text == no_day || error != std::errc() || stopped != end) {
        return std::nullopt;
    }
    return first + std::chrono::days(days);
}

} // namespace pleiade::ocr
