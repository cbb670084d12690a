#include "store/audit/records.h"

#include "store/postgres/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <system_error>

namespace pleiade::store::audit {

Event event_of(const pqxx::row& row) {
    using postgres::text_of;
    Event event;
    event.id = row["event_id"].as<RowId>();
    event.happened_us = row["happened_us"].as<std::int64_t>();
    event.caisse = text_of(row["caisse_id"]);
    event.subject = text_of(row["subject"]);
    event.subject_id = row["subject_id"].as<RowId>();
    event.from_state = text_of(row["from_state"]);
    event.to_state = text_of(row["to_state"]);
    if (!row["reason"].is_null()) {
        event.reason = text_of(row["reason"]);
    }
    event.actor = text_of(row["actor"]);
    event.written_by = text_of(row["written_by"]);
    return event;
}

std::string file_stem(std::int64_t number) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%08" PRId64, number);
    return text.data();
}

std::int64_t number_of(const std::filesystem::path& file) {
    const std::string stem = file.stem().string();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    const bool is_number = error == std::errc() && end == stem.data() + stem.size();
    return file.extension() == ".txt" && is_number ? number : 0;
}

std::int64_t last_file_in(const std::filesystem::path& folder) {
    std::int64_t last = 0;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator(folder, gone)) {
        last = std::max(last, number_of(entry.path()));
    }
    return last;
}

} // namespace pleiade::store::audit
