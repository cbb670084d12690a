#include "app/config/config.h"

#include "app/config/files/caisse_file.h"
#include "app/config/files/checked_table.h"
#include "app/config/files/seal_certificates.h"
#include "app/config/files/settings_file.h"
#include "app/config/files/types_file.h"
#include "core/durable_file.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
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

/// The model that models/current names; a name that leads nowhere is said when it is read.
void look_for_model(const fs::path& folder, Sources& found) {
    constexpr std::size_t longest_name = 4096;
    const fs::path current = folder / "models" / current_model_name;
    if (found.type_model.has_value() || !is_file(current)) {
        return;
    }
    std::string name;
    try {
        name = text_of(read_file(current, longest_name));
    } catch (const Error&) {
        found.type_model = current; // why is said when it is read as a model
        return;
    }
    name.erase(std::find(name.begin(), name.end(), '\n'), name.end());
    found.type_model = folder / "models" / fs::path(name).filename();
}

void look_into(const fs::path& folder, Sources& found) {
    look_for_model(folder, found);
    if (!found.settings.has_value() && is_file(folder / "pleiade.toml")) {
        found.settings = folder / "pleiade.toml";
    }
    if (!found.types.has_value() && is_file(folder / "types.toml")) {
        found.types = folder / "types.toml";
    }
    if (!found.caisses.has_value() && holds_caisses(folder / "caisses")) {
        found.caisses = folder / "caisses";
    }
}

/// What was named must hold everything that is needed: neither a mistyped --config nor a forgotten
/// part may pass unseen.
Sources find_named(const fs::path& named, Problems& problems) {
    Sources found;
    fs::path folder = named;
    if (is_file(named)) {
        found.settings = named;
        folder = named.parent_path();
    }
    look_into(folder, found);
    if (!found.settings.has_value() && !found.types.has_value() && !found.caisses.has_value()) {
        problems.add(
            named.string(),
            "neither a settings file nor a folder with pleiade.toml, types.toml or caisses/"
        );
        return found;
    }
    constexpr const char* whole = "A folder named with --config holds types and caisses too";
    if (!found.types.has_value()) {
        problems.add((folder / "types.toml").string(), std::string("is missing. ") + whole);
    }
    if (!found.caisses.has_value()) {
        problems.add((folder / "caisses").string(), std::string("no caisse file in it. ") + whole);
    }
    return found;
}

Sources find_files(const Places& places, Problems& problems) {
    if (places.named.has_value()) {
        return find_named(*places.named, problems);
    }
    Sources found;
    if (places.home.has_value()) {
        look_for_model(*places.home, found);
    }
    look_into(places.system, found);
    for (const fs::path& folder : program_places(places.program_folder)) {
        look_into(folder, found);
    }
    if (!found.types.has_value()) {
        problems.add("types.toml", "not found. Give its folder with --config");
    }
    if (!found.caisses.has_value()) {
        problems.add("caisses/", "no caisse file found. Give their folder with --config");
    }
    return found;
}

/// The codes a plan may speak of; nothing when the types have mistakes: what is missing among them
/// would be said of every caisse again.
std::optional<std::set<std::string>> read_types_of(Config& config, Problems& problems) {
    if (!config.sources.types.has_value()) {
        return std::nullopt;
    }
    const std::size_t before = problems.lines().size();
    config.types = read_types(*config.sources.types, problems);
    config.files.push_back(*config.sources.types);
    if (problems.lines().size() > before) {
        return std::nullopt;
    }
    std::set<std::string> codes;
    for (const DocumentType& type : config.types) {
        codes.insert(type.code);
        for (const FieldRoute& route : type.routes) {
            codes.insert(route.plan_row);
        }
    }
    return codes;
}

void read_type_model(Config& config, Problems& problems) {
    constexpr std::size_t most_bytes = 64 * 1024 * 1024; // chosen: twenty times the usual
    if (!config.sources.type_model.has_value()) {
        return;
    }
    try {
        config.type_model = read_file(*config.sources.type_model, most_bytes);
    } catch (const Error& error) {
        problems.add(config.sources.type_model->string(), error.what());
    }
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

Draft draft(const Places& places, const Environment& environment) {
    Draft draft;
    Config& config = draft.config;
    Problems problems;
    config.sources = find_files(places, problems);
    config.settings = read_settings(config.sources.settings, environment, problems);
    draft.settings_are_right = problems.empty(); // nor is it sure that they are the ones meant
    if (config.sources.settings.has_value()) {
        config.files.push_back(*config.sources.settings);
    }
    if (!config.settings.two_d_doc.certificates.empty()) {
        config.seal_certificates = read_seal_certificates(
            config.settings.two_d_doc.certificates,
            std::chrono::days(config.settings.two_d_doc.grace_days),
            problems
        );
    }
    const std::optional<std::set<std::string>> type_codes = read_types_of(config, problems);
    if (config.sources.caisses.has_value()) {
        config.caisses = read_caisses(*config.sources.caisses, type_codes, config.files, problems);
    }
    read_type_model(config, problems);
    if (problems.empty()) { // a file with mistakes may lack anything
        require_medical_routes(config, problems);
    }
    draft.mistakes = problems.lines();
    return draft;
}

Result<Config> load(const Places& places, const Environment& environment) {
    Draft read = draft(places, environment);
    if (read.mistakes.empty()) {
        return std::move(read.config);
    }
    std::string all;
    for (const std::string& mistake : read.mistakes) {
        all += (all.empty() ? "" : "\n") + mistake;
    }
    return Failure{Remedy::FixConfiguration, all};
}

} // namespace pleiade::config
