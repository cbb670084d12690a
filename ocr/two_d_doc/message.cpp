#include "ocr/two_d_doc/message.h"

#include "core/day.h"
#include "ocr/barcode/mark_text.h"
#include "ocr/two_d_doc/envelope.h"
#include "ocr/two_d_doc/field_table.h"
#include "ocr/two_d_doc/separators.h"

#include <algorithm>
#include <string>

namespace pleiade::ocr {
namespace {

constexpr std::size_t id_length = 2;

/// "25111973" as "1973-11-25"; as it stands when that is no day.
std::string day_of(std::string_view text) {
    constexpr std::size_t length = 8;
    if (text.size() != length) {
        return std::string(text);
    }
    const std::string iso = std::string(text.substr(4)) + "-" + std::string(text.substr(2, 2)) +
                            "-" + std::string(text.substr(0, 2));
    return day_from_iso(iso).has_value() ? iso : std::string(text);
}

std::string value_of(std::string_view text, ValueKind kind) {
    if (kind == ValueKind::Day) {
        return keepable_text(day_of(text));
    }
    if (kind == ValueKind::HexDay) {
        if (const auto day = day_from_hex(text)) {
            return iso_day(*day);
        }
    }
    return keepable_text(text);
}

bool is_separator(char c) {
    return c == group_separator || c == record_separator;
}

} // namespace

std::vector<SealedField> fields_of(std::string_view message, FieldNames names) {
    std::vector<SealedField> fields;
    while (!message.empty()) {
        if (is_separator(message.front())) {
            message.remove_prefix(1);
            continue;
        }
        const std::string_view id = message.substr(0, id_length);
        message.remove_prefix(id.size());
        const KnownField* known = names == FieldNames::Ants ? known_field(id) : nullptr;
        const std::size_t longest =
            known == nullptr || known->longest == 0 ? message.size() : known->longest;
        // A value of fixed length has no separator, one of variable length needs none when it is
        // as long as it may be; both may have one all the same.
        const std::size_t room = std::min(longest, message.size());
        const auto* const end = std::find_if(message.begin(), message.begin() + room, [](char c) {
            return is_separator(c);
        });
        const auto length = static_cast<std::size_t>(end - message.begin());
        SealedField field;
        field.id = keepable_text(id);
        field.name = known == nullptr ? field.id : std::string(known->name);
        field.value =
            value_of(message.substr(0, length), known == nullptr ? ValueKind::Text : known->kind);
        message.remove_prefix(length);
        if (!message.empty() && is_separator(message.front())) {
            field.truncated = message.front() == record_separator;
            message.remove_prefix(1);
        }
        fields.push_back(std::move(field));
    }
    return fields;
}

} // namespace pleiade::ocr
