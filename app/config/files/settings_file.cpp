#include "app/config/files/settings_file.h"

#include <array>
#include <cctype>
#include <charconv>
#include <map>
#include <variant>

namespace pleiade::config {
namespace {

struct TextSetting {
    std::string& (*place)(Settings&);
};

/// A folder or a file. In a file it may be relative to the folder of that file; a variable has none
/// to start from.
struct FolderSetting {
    std::string& (*place)(Settings&);
};

struct WholeSetting {
    int& (*place)(Settings&);
    WholeRange range;
};

struct NumberSetting {
    double& (*place)(Settings&);
    double least = 0.0;
    double most = 0.0;
};

/// The one list of settings: file key, variable, type and place all follow from a row.
struct Setting {
    const char* section;
    const char* key;
    std::variant<TextSetting, FolderSetting, WholeSetting, NumberSetting> value;
};

constexpr double most_percent = 100.0; // spec: a share

// chosen: ranges keep typing errors out, defaults stand in settings.h
const std::array settings_table = {
    Setting{
        "database", "url", TextSetting{[](Settings& s) -> std::string& { return s.database.url; }}},
    Setting{"images", "folder", FolderSetting{[](Settings& s) -> std::string& {
                return s.images.folder;
            }}},
    Setting{
        "ged", "folder", FolderSetting{[](Settings& s) -> std::string& { return s.ged.folder; }}},
    Setting{"reading", "language", TextSetting{[](Settings& s) -> std::string& {
                return s.reading.language;
            }}},
    Setting{
        "reading",
        "seconds_per_page",
        WholeSetting{[](Settings& s) -> int& { return s.reading.seconds_per_page; }, {1, 600}}},
    Setting{
        "reading",
        "memory_mb",
        WholeSetting{[](Settings& s) -> int& { return s.reading.memory_mb; }, {256, 65536}}},
    Setting{
        "reading",
        "megapixels",
        WholeSetting{[](Settings& s) -> int& { return s.reading.megapixels; }, {1, 2000}}},
    Setting{
        "reading",
        "file_mb",
        // spec: app/wire/message.cpp, no part of a message to the reader may be larger
        WholeSetting{[](Settings& s) -> int& { return s.reading.file_mb; }, {1, 512}}},
    Setting{
        "reading",
        "pages_per_file",
        WholeSetting{[](Settings& s) -> int& { return s.reading.pages_per_file; }, {1, 100000}}},
    Setting{
        "reading",
        "pages_per_process",
        WholeSetting{
            [](Settings& s) -> int& { return s.reading.pages_per_process; }, {1, 1000000}}},
    Setting{"two_d_doc", "certificates", FolderSetting{[](Settings& s) -> std::string& {
                return s.two_d_doc.certificates;
            }}},
    Setting{
        "two_d_doc",
        "grace_days",
        WholeSetting{[](Settings& s) -> int& { return s.two_d_doc.grace_days; }, {0, 36500}}},
    Setting{"referential", "file", FolderSetting{[](Settings& s) -> std::string& {
                return s.referential.file;
            }}},
    Setting{"referential", "url", TextSetting{[](Settings& s) -> std::string& {
                return s.referential.url;
            }}},
    Setting{"referential", "table", TextSetting{[](Settings& s) -> std::string& {
                return s.referential.table;
            }}},
    Setting{"audit", "key", FolderSetting{[](Settings& s) -> std::string& { return s.audit.key; }}},
    Setting{"audit", "stamp_url", TextSetting{[](Settings& s) -> std::string& {
                return s.audit.stamp_url;
            }}},
    Setting{"audit", "stamp_certificates", FolderSetting{[](Settings& s) -> std::string& {
                return s.audit.stamp_certificates;
            }}},
    Setting{
        "sampling",
        "percent",
        NumberSetting{
            [](Settings& s) -> double& { return s.sampling.percent; }, 0.0, most_percent}},
    Setting{
        "run",
        "workers",
        // spec: store/cluster/settings.cpp, a connection for each
        WholeSetting{[](Settings& s) -> int& { return s.run.workers; }, {0, 256}}},
    Setting{
        "run",
        "lease_seconds",
        WholeSetting{[](Settings& s) -> int& { return s.run.lease_seconds; }, {10, 3600}}},
};

std::string variable_of(const Setting& setting) {
    std::string name = std::string("PLEIADE_") + setting.section + "_" + setting.key;
    for (char& c : name) {
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return name;
}

void take(const Setting& setting, CheckedTable& section, Settings& settings) {
    if (!section.raw().contains(setting.key)) {
        return;
    }
    if (const auto* text = std::get_if<TextSetting>(&setting.value); text != nullptr) {
        text->place(settings) = section.text(setting.key, Need::Optional);
        return;
    }
    if (const auto* folder = std::get_if<FolderSetting>(&setting.value); folder != nullptr) {
        folder->place(settings) = section.folder(setting.key);
        return;
    }
    if (const auto* number = std::get_if<NumberSetting>(&setting.value); number != nullptr) {
        number->place(settings) =
            section.number(setting.key, Need::Optional, number->least, number->most)
                .value_or(number->place(settings));
        return;
    }
    const auto& whole = std::get<WholeSetting>(setting.value);
    if (const auto value = section.whole(setting.key, Need::Optional, whole.range)) {
        whole.place(settings) = *value;
    }
}

void take_file(const std::filesystem::path& file, Settings& settings, Problems& problems) {
    const std::optional<toml::table> root = parse_file(file, problems);
    if (!root.has_value()) {
        return;
    }
    CheckedTable top(*root, file.string(), problems);
    std::map<std::string, CheckedTable> sections;
    for (const Setting& setting : settings_table) {
        const toml::table* table =
            sections.contains(setting.section) ? nullptr : top.table(setting.section);
        if (table != nullptr) {
            sections.emplace(setting.section, CheckedTable(*table, file.string(), problems));
        }
        if (const auto section = sections.find(setting.section); section != sections.end()) {
            take(setting, section->second, settings);
        }
    }
    top.refuse_other_keys();
    for (auto& [name, section] : sections) {
        section.refuse_other_keys();
    }
}

/// A whole text that is a number within its range.
template <typename Number>
std::optional<Number> number_in(const std::string& text, Number least, Number most) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole_text = error == std::errc() && end == text.data() + text.size();
    return whole_text && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

void take_variable(
    const Setting& setting, const std::string& text, Settings& settings, Problems& problems
) {
    if (const auto* named = std::get_if<TextSetting>(&setting.value); named != nullptr) {
        named->place(settings) = text;
        return;
    }
    if (const auto* folder = std::get_if<FolderSetting>(&setting.value); folder != nullptr) {
        if (!text.empty() && std::filesystem::path(text).is_relative()) {
            problems.add(
                "environment variable " + variable_of(setting),
                "must be an absolute path: which folder it starts from would depend on where the "
                "program is started"
            );
            return;
        }
        folder->place(settings) = text;
        return;
    }
    if (const auto* number = std::get_if<NumberSetting>(&setting.value); number != nullptr) {
        if (const auto value = number_in(text, number->least, number->most)) {
            number->place(settings) = *value;
        } else {
            problems.add(
                "environment variable " + variable_of(setting),
                "must be a number from " + short_text(number->least) + " to " +
                    short_text(number->most)
            );
        }
        return;
    }
    const auto& whole = std::get<WholeSetting>(setting.value);
    if (const auto value = number_in(text, whole.range.least, whole.range.most)) {
        whole.place(settings) = *value;
    } else {
        problems.add(
            "environment variable " + variable_of(setting),
            "must be a whole number from " + std::to_string(whole.range.least) + " to " +
                std::to_string(whole.range.most)
        );
    }
}

} // namespace

Settings read_settings(
    const std::optional<std::filesystem::path>& file,
    const Environment& environment,
    Problems& problems
) {
    Settings settings;
    if (file.has_value()) {
        take_file(*file, settings, problems);
    }
    for (const Setting& setting : settings_table) {
        if (const auto found = environment.find(variable_of(setting)); found != environment.end()) {
            take_variable(setting, found->second, settings, problems);
        }
    }
    return settings;
}

std::vector<SettingName> known_settings() {
    std::vector<SettingName> names;
    for (const Setting& setting : settings_table) {
        names.push_back({std::string(setting.section) + "." + setting.key, variable_of(setting)});
    }
    return names;
}

} // namespace pleiade::config
