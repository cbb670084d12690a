#pragma once
// JSON as the commands print it: keys in the order they were put.

#include <nlohmann/json.hpp>

#include <string>

namespace pleiade::cli {

using Json = nlohmann::ordered_json;

/// One line; bytes that are not UTF-8 become U+FFFD instead of an exception.
[[nodiscard]] inline std::string line_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace pleiade::cli
