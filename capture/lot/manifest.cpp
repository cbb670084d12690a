#include "capture/lot_folder.h"
#include "core/day.h"
#include "core/failure.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string_view>

namespace pleiade::capture {
namespace {

using Json = nlohmann::json;

/// Says what is wrong, and where.
class Complaint {
public:
    explicit Complaint(std::string where) : where_(std::move(where)) {}

    [[noreturn]] void raise(const std::string& what) const {
        throw Error(Remedy::FixInput, where_ + ": " + what);
    }

private:
    std::string where_;
};

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string text_of_key(const std::string& key, const Json& value, const Complaint& complaint) {
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
        complaint.raise("\"" + key + "\" must be a text that is not empty");
    }
    return value.get<std::string>();
}

std::chrono::sys_days date_in(const std::string& text, const Complaint& complaint) {
    if (const auto day = day_from_iso(text)) {
        return *day;
    }
    complaint.raise("\"received\" must be a date like 2026-03-14, not \"" + text + "\"");
}

void take(
    LotManifest& manifest, const std::string& key, const Json& value, const Complaint& complaint
) {
    if (key == "expected_files") {
        constexpr int most = 1000000; // chosen: no feeder holds more; catches slips of the hand
        if (!value.is_number_integer() || value < 1 || value > most) {
            complaint.raise("\"expected_files\" must be a whole number from 1 to 1000000");
        }
        manifest.expected_files = value.get<int>();
        return;
    }
    const std::string known = "caisse channel label received";
    if ((" " + known + " ").find(" " + key + " ") == std::string::npos) {
        complaint.raise("\"" + key + "\" is not known. Known are: " + known + " expected_files");
    }
    const std::string text = text_of_key(key, value, complaint);
    if (key == "caisse") {
        if (text.size() != 3 || !all_digits(text)) {
            complaint.raise("\"caisse\" must be three digits, not \"" + text + "\"");
        }
        manifest.caisse = text;
    } else if (key == "channel") {
        manifest.channel = channel_from(text);
        if (manifest.channel != Channel::Post && manifest.channel != Channel::Counter) {
            complaint.raise("\"channel\" must be \"post\" or \"counter\", not \"" + text + "\"");
        }
    } else if (key == "label") {
        manifest.label = text;
    } else {
        manifest.received = date_in(text, complaint);
    }
}

Json parsed(const std::string& json, const Complaint& complaint) {
    std::set<std::string> keys;
    // The parser keeps the last of two equal keys in silence; a manifest that says both says none.
    const auto no_key_twice = [&keys, &complaint](int, Json::parse_event_t event, Json& value) {
        if (event == Json::parse_event_t::key && !keys.insert(value.get<std::string>()).second) {
            complaint.raise("\"" + value.get<std::string>() + "\" is there twice");
        }
        return true;
    };
    try {
        return Json::parse(json, no_key_twice);
    } catch (const Json::exception& error) {
        complaint.raise(std::string("not JSON: ") + error.what());
    }
}

} // namespace

LotManifest parse_manifest(const std::string& json, const std::string& where) {
    const Complaint complaint(where);
    const Json content = parsed(json, complaint);
    if (!content.is_object()) {
        complaint.raise("must be one object in braces");
    }
    LotManifest manifest;
    for (const auto& item : content.items()) {
        take(manifest, item.key(), item.value(), complaint);
    }
    return manifest;
}

} // namespace pleiade::capture
