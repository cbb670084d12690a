#pragma once
// A configuration folder made for one test, holding little but valid files until a test spoils one.

#include "app/config/config.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace pleiade::config::test {

inline constexpr const char* small_types = R"([[type]]
code = "AAT"
title = "Avis d'arrêt de travail"
service = "IJ"
anchors = [{ cerfa = "10170", weight = 6.0 }]

[[type]]
code = "INCONNU"
title = "Inconnu"
service = "-"
)";

inline constexpr const char* small_caisse = R"(code = "061"
organisme = "010610000"
name = "CPAM des Alpes-Maritimes"
cedex_lines = ["06180 NICE CEDEX 2"]
cession = "full"
retention_days = 180

[other]
service = "Accueil"
corbeille = "courriers"
priority = 5
deadline_days = 15
)";

class ConfigFolder {
public:
    ConfigFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "config-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
        std::filesystem::create_directory(path_ / "caisses");
        write("types.toml", small_types);
        write("caisses/061.toml", small_caisse);
    }
    ConfigFolder(const ConfigFolder&) = delete;
    ConfigFolder& operator=(const ConfigFolder&) = delete;
    ConfigFolder(ConfigFolder&&) = delete;
    ConfigFolder& operator=(ConfigFolder&&) = delete;
    ~ConfigFolder() { std::filesystem::remove_all(path_); }

    void write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
    }
    void remove(const std::string& name) const { std::filesystem::remove_all(path_ / name); }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    [[nodiscard]] Result<Config> load(const Environment& environment = {}) const {
        return config::load(Places{path_, path_ / "no-system", {}}, environment);
    }
    [[nodiscard]] std::string complaint() const {
        const Result<Config> result = load();
        return result.ok() ? std::string() : result.failure().what;
    }

private:
    std::filesystem::path path_;
};

/// `text` with the first `from` replaced by `to`.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

} // namespace pleiade::config::test
