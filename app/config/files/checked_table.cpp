#include "app/config/files/checked_table.h"

#include "core/durable_file.h"
#include "core/failure.h"

#include <sstream>
#include <utility>

namespace pleiade::config {
namespace {

constexpr std::size_t most_file_bytes = std::size_t{4} << 20; // chosen: a hundred times our largest

std::string quoted(std::string_view key) {
    return "\"" + std::string(key) + "\"";
}

} // namespace

void Problems::add(
    const std::string& file, const toml::source_region& where, const std::string& what
) {
    lines_.push_back(
        file + ":" + std::to_string(where.begin.line) + ":" + std::to_string(where.begin.column) +
        ": " + what
    );
}

void Problems::add(const std::string& where, const std::string& what) {
    lines_.push_back(where + ": " + what);
}

CheckedTable::CheckedTable(const toml::table& table, std::string file, Problems& problems)
    : table_(table), file_(std::move(file)), problems_(problems) {}

const toml::node* CheckedTable::find(std::string_view key, Need need) {
    asked_.emplace(key);
    const toml::node* node = table_.get(key);
    if (node == nullptr && need == Need::Required) {
        problems_.add(file_, table_.source(), "key " + quoted(key) + " is missing");
    }
    return node;
}

std::string CheckedTable::text(std::string_view key, Need need) {
    const toml::node* node = find(key, need);
    if (node == nullptr) {
        return {};
    }
    const auto* value = node->as_string();
    if (value == nullptr) {
        refuse(key, quoted(key) + " must be a text in quotes");
        return {};
    }
    if (value->get().empty() && need == Need::Required) {
        refuse(key, quoted(key) + " must not be empty");
    }
    return value->get();
}

std::string CheckedTable::folder(std::string_view key) {
    const std::string named = text(key, Need::Optional);
    if (named.empty()) {
        return named;
    }
    const std::filesystem::path beside = std::filesystem::absolute(file_).parent_path();
    return (beside / named).lexically_normal().string();
}

std::vector<std::string> CheckedTable::texts(std::string_view key, Need need) {
    const toml::array* list = array(key, need);
    std::vector<std::string> values;
    if (list == nullptr) {
        return values;
    }
    for (const toml::node& node : *list) {
        if (const auto* value = node.as_string(); value != nullptr && !value->get().empty()) {
            values.push_back(value->get());
        } else {
            problems_.add(file_, node.source(), quoted(key) + " must hold texts in quotes");
        }
    }
    return values;
}

std::optional<int> CheckedTable::whole(std::string_view key, Need need, WholeRange range) {
    const toml::node* node = find(key, need);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto* value = node->as_integer();
    if (value == nullptr || value->get() < range.least || value->get() > range.most) {
        refuse(
            key,
            quoted(key) + " must be a whole number from " + std::to_string(range.least) + " to " +
                std::to_string(range.most)
        );
        return std::nullopt;
    }
    return static_cast<int>(value->get());
}

std::optional<double>
CheckedTable::number(std::string_view key, Need need, double least, double most) {
    const toml::node* node = find(key, need);
    if (node == nullptr) {
        return std::nullopt;
    }
    const std::optional<double> value = node->value<double>();
    if (!node->is_number() || !value.has_value() || !(*value >= least && *value <= most)) {
        refuse(
            key,
            quoted(key) + " must be a number from " + short_text(least) + " to " + short_text(most)
        );
        return std::nullopt;
    }
    return value;
}

bool CheckedTable::flag(std::string_view key) {
    const toml::node* node = find(key, Need::Optional);
    if (node == nullptr) {
        return false;
    }
    const auto* value = node->as_boolean();
    if (value == nullptr) {
        refuse(key, quoted(key) + " must be true or false");
        return false;
    }
    return value->get();
}

const toml::table* CheckedTable::table(std::string_view key) {
    const toml::node* node = find(key, Need::Optional);
    if (node != nullptr && !node->is_table()) {
        refuse(key, quoted(key) + " must be a table");
    }
    return node == nullptr ? nullptr : node->as_table();
}

const toml::array* CheckedTable::array(std::string_view key, Need need) {
    const toml::node* node = find(key, need);
    if (node != nullptr && !node->is_array()) {
        refuse(key, quoted(key) + " must be a list in square brackets");
    }
    return node == nullptr ? nullptr : node->as_array();
}

void CheckedTable::refuse_other_keys() {
    for (const auto& [key, node] : table_) {
        if (!asked_.contains(key.str())) {
            problems_.add(file_, key.source(), "key " + quoted(key.str()) + " is unknown");
        }
    }
}

void CheckedTable::refuse(std::string_view key, const std::string& what) {
    const toml::node* node = table_.get(key);
    problems_.add(file_, node == nullptr ? table_.source() : node->source(), what);
}

std::optional<toml::table> parse_file(const std::filesystem::path& file, Problems& problems) {
    try {
        const Bytes bytes = read_file(file, most_file_bytes);
        return toml::parse(text_of(bytes), file.string());
    } catch (const toml::parse_error& error) {
        problems.add(file.string(), error.source(), std::string(error.description()));
    } catch (const Error& error) {
        problems.add(file.string(), error.what());
    }
    return std::nullopt;
}

std::string short_text(double number) {
    std::ostringstream text;
    text << number;
    return text.str();
}

} // namespace pleiade::config
