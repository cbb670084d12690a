#include "app/config/config.h"

#include "app/config/files/caisse_file.h"
#include "app/config/files/checked_table.h"
#include "app/config/files/settings_file.h"
#include "app/config/files/types_file.h"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace pleiade::config {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
    std::error_code ignored; // a place that cannot be looked into has nothing for us
    return fs::is_regular_file(path, ignored);
}

bool holds_caisses(const fs::path& folder) {
    std::error_code ignored; // as above
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (is_caisse_file(entry.path())) {
            return true;
        }
    }
    return false;
}

/// The folder of the program, or the samples/ of the nearest folder above it that has types.
std::vector<fs::path> program_places(const fs::path& program_folder) {
    std::vector<fs::path> found;
    if (program_folder.empty()) {
        return found;
    }
    found.push_back(program_folder);
    for (fs::path above = program_folder;; above = above.parent_path()) {
        if (is_file(above / "samples" / "types.toml")) {
            found.push_back(above / "samples");
            break;
        }
        if (above == above.parent_path()) {
            break;
        }
    }
    return found;
}

struct Found {
    std::optional<fs::path> settings;
    std::optional<fs::path> types;
    std::optional<fs::path> caisses;

    void look_into(const fs::path& folder) {
        if (!settings.has_value() && is_file(folder / "pleiade.toml")) {
            settings = folder / "pleiade.toml";
        }
        if (!types.has_value() && is_file(folder / "types.toml")) {
            types = folder / "types.toml";
        }
        if (!caisses.has_value() && holds_caisses(folder / "caisses")) {
            caisses = folder / "caisses";
        }
    }
};

/// What was named must exist and hold something: a mistyped --config may not pass unseen.
void look_into_named(const fs::path& named, Found& found, Problems& problems) {
    if (is_file(named)) {
        found.settings = named;
        found.look_into(named.parent_path());
        return;
    }
    found.look_into(named);
    if (!found.settings.has_value() && !found.types.has_value() && !found.caisses.has_value()) {
        problems.add(
            named.string(),
            "neither a settings file nor a folder with pleiade.toml, types.toml or caisses/"
        );
    }
}

Found find_files(const Places& places, Problems& problems) {
    Found found;
    if (places.named.has_value()) {
        look_into_named(*places.named, found, problems);
    }
    found.look_into(places.system);
    for (const fs::path& folder : program_places(places.program_folder)) {
        found.look_into(folder);
    }
    if (!found.types.has_value()) {
        problems.add("types.toml", "not found. Give its folder with --config");
    }
    if (!found.caisses.has_value()) {
        problems.add("caisses/", "no caisse file found. Give their folder with --config");
    }
    return found;
}

/// Medical mail never goes where everybody's does, not even for want of a line in the plan.
void require_medical_routes(const Config& config, Problems& problems) {
    for (const Caisse& caisse : config.caisses) {
        for (const DocumentType& type : config.types) {
            if (type.medical && !caisse.plan.contains(type.code)) {
                problems.add(
                    "caisse " + caisse.code,
                    "type " + type.code + " is medical and has no line in the plan. Add one that " +
                        "names the corbeille of the medical channel"
                );
            }
        }
    }
}

} // namespace

Places usual_places(std::optional<fs::path> named) {
    std::error_code unreadable; // without /proc only --config and /etc remain
    const fs::path program = fs::read_symlink("/proc/self/exe", unreadable);
    Places places;
    if (named.has_value()) {
        places.named = fs::absolute(*named);
    }
    places.program_folder = program.parent_path();
    return places;
}

Environment process_environment() {
    constexpr std::string_view prefix = "PLEIADE_";
    Environment variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::size_t equals = text.find('=');
        if (text.substr(0, prefix.size()) == prefix && equals != std::string_view::npos) {
            variables.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return variables;
}

Result<Config> load(const Places& places, const Environment& environment) {
    Problems problems;
    const Found found = find_files(places, problems);
    Config config;
    config.settings = read_settings(found.settings, environment, problems);
    if (found.settings.has_value()) {
        config.files.push_back(*found.settings);
    }
    std::set<std::string> type_codes;
    if (found.types.has_value()) {
        config.types = read_types(*found.types, problems);
        config.files.push_back(*found.types);
        for (const DocumentType& type : config.types) {
            type_codes.insert(type.code);
        }
    }
    if (found.caisses.has_value()) {
        config.caisses = read_caisses(*found.caisses, type_codes, config.files, problems);
    }
    if (problems.empty()) { // a file with mistakes may lack anything
        require_medical_routes(config, problems);
    }
    if (!problems.empty()) {
        return Failure{Remedy::FixConfiguration, problems.text()};
    }
    return config;
}

} // namespace pleiade::config
