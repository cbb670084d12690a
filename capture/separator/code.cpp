#include "capture/separator_code.h"
#include "core/failure.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace pleiade::capture {
namespace {

constexpr std::string_view prefix = "PLEIADE1;";
constexpr std::string_view digits = "0123456789ABCDEF";

/// Two hexadecimal digits. spec: AUTOSAR CRC library, CRC-8H2F: begins and ends with all ones
std::string check_characters(std::string_view text) {
    unsigned remainder = 0xFFU;
    for (const char c : text) {
        remainder ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            remainder = (remainder & 0x80U) != 0 ? ((remainder << 1U) ^ 0x2FU) : remainder << 1U;
            remainder &= 0xFFU;
        }
    }
    remainder ^= 0xFFU;
    return {digits[remainder >> 4U], digits[remainder & 0xFU]};
}

bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '.' || c == '_' || c == ' ';
}

/// Every other byte as "%E9": readers of Code 128 disagree on anything beyond ASCII.
std::string escaped(const std::string& label) {
    std::string text;
    for (const char c : label) {
        if (is_plain(c)) {
            text += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        text += '%';
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string label;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            if (!is_plain(text[i])) {
                return std::nullopt;
            }
            label += text[i];
            continue;
        }
        const std::size_t high = i + 1 < text.size() ? digits.find(text[i + 1]) : digits.npos;
        const std::size_t low = i + 2 < text.size() ? digits.find(text[i + 2]) : digits.npos;
        if (high == digits.npos || low == digits.npos) {
            return std::nullopt;
        }
        label += static_cast<char>(high * digits.size() + low);
        i += 2;
    }
    return label;
}

bool is_caisse(std::string_view text) {
    return text.empty() || (text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) {
                                return c >= '0' && c <= '9';
                            }));
}

/// A lot header from "061;label".
std::optional<Separator> parse_lot_header(std::string_view text) {
    const std::size_t end = text.find(';');
    if (end == text.npos || !is_caisse(text.substr(0, end))) {
        return std::nullopt;
    }
    const std::string_view written = text.substr(end + 1);
    const std::optional<std::string> label = unescaped(written);
    if (!label || written.size() > longest_label || escaped(*label) != written) {
        return std::nullopt;
    }
    return Separator{SeparatorKind::LotHeader, std::string(text.substr(0, end)), *label};
}

int strength(SeparatorKind kind) {
    switch (kind) {
    case SeparatorKind::LotHeader:
        return 3;
    case SeparatorKind::Pli:
        return 2;
    case SeparatorKind::Document:
        return 1;
    }
    return 0;
}

} // namespace

std::string to_code(const Separator& separator) {
    std::string text(prefix);
    switch (separator.kind) {
    case SeparatorKind::LotHeader: {
        const std::string label = escaped(separator.label);
        if (!is_caisse(separator.caisse)) {
            throw Error(
                Remedy::FixInput, "\"" + separator.caisse + "\" is not the code of a caisse"
            );
        }
        if (label.size() > longest_label) {
            throw Error(
                Remedy::FixInput,
                "the label is too long for a separator sheet: it takes " +
                    std::to_string(label.size()) + " characters, at most " +
                    std::to_string(longest_label) +
                    " are possible, and only letters without accent and digits count one"
            );
        }
        text += "LOT;" + separator.caisse + ";" + label + ";";
        break;
    }
    case SeparatorKind::Pli:
        text += "PLI;";
        break;
    case SeparatorKind::Document:
        text += "DOC;";
        break;
    }
    return text + check_characters(text);
}

std::optional<Separator> parse_separator(const std::string& text) {
    const std::string_view all = text;
    const std::size_t last = all.rfind(';');
    if (all.substr(0, prefix.size()) != prefix || last < prefix.size() ||
        all.substr(last + 1) != check_characters(all.substr(0, last + 1))) {
        return std::nullopt;
    }
    const std::string_view body = all.substr(prefix.size(), last - prefix.size());
    if (body == "PLI") {
        return Separator{SeparatorKind::Pli, {}, {}};
    }
    if (body == "DOC") {
        return Separator{SeparatorKind::Document, {}, {}};
    }
    constexpr std::string_view lot = "LOT;";
    return body.substr(0, lot.size()) == lot ? parse_lot_header(body.substr(lot.size()))
                                             : std::nullopt;
}

std::optional<Separator> separator_on(const std::vector<Mark>& marks) {
    std::optional<Separator> strongest;
    bool patch_t = false;
    for (const Mark& mark : marks) {
        if (mark.check == Check::Bad) {
            continue;
        }
        patch_t = patch_t || mark.format == "PatchT";
        if (mark.format != "QRCode" && mark.format != "Code128") {
            continue;
        }
        const std::optional<Separator> found = parse_separator(mark.text);
        if (found && (!strongest || strength(found->kind) > strength(strongest->kind))) {
            strongest = found;
        }
    }
    if (!strongest && patch_t) {
        strongest = Separator{SeparatorKind::Pli, {}, {}};
    }
    return strongest;
}

} // namespace pleiade::capture
