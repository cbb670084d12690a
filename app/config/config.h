#pragma once
// Where settings, document types and caisses are found, and their checked values. Every mistake of
// every file comes back at once, with file, line and column.

#include "app/config/settings.h"
#include "core/bytes.h"
#include "core/caisse.h"
#include "core/document_type.h"
#include "core/failure.h"
#include "core/sealed_document.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::config {

/// Folders that may hold pleiade.toml, types.toml, caisses/*.toml and models/ with learned types. A
/// named place is the only one, and must hold types and caisses: those of another place in their
/// stead would send mail wrong; models it may hold. Otherwise each of them is taken from the first
/// place that has it; the working directory is never one.
struct Places {
    std::optional<std::filesystem::path> named; ///< --config: a folder, or a settings file in one.
    std::filesystem::path system = "/etc/pleiade";
    std::filesystem::path program_folder; ///< Searched itself, then upwards for samples/types.toml.
    std::optional<std::filesystem::path> home; ///< --home; holds nothing but models, comes first.
};

/// The places of this process: `named` as given on the command line, /etc/pleiade, and the folder
/// of the running executable.
[[nodiscard]] Places usual_places(std::optional<std::filesystem::path> named);

/// Where each part was taken from; nothing where no place has it.
struct Sources {
    std::optional<std::filesystem::path> settings;   ///< A file.
    std::optional<std::filesystem::path> types;      ///< A file.
    std::optional<std::filesystem::path> caisses;    ///< A folder.
    std::optional<std::filesystem::path> type_model; ///< A file; without one the anchors decide.
};

/// The file in a models/ folder that names the model in use.
inline constexpr const char* current_model_name = "current";

struct Config {
    Settings settings;
    std::vector<DocumentType> types;
    std::vector<Caisse> caisses;                    ///< By code.
    std::vector<SealCertificate> seal_certificates; ///< The trust list for 2D-Docs.
    Bytes type_model;                         ///< The file as it is; the reader looks into it.
    std::vector<std::filesystem::path> files; ///< Every file that was read.
    Sources sources;
};

/// What could be read, for `doctor`; only without mistakes it may be worked with.
struct Draft {
    Config config;
    std::vector<std::string> mistakes; ///< "file:line:column: what".
    bool settings_are_right = true;    ///< And were found where they were looked for.
};

/// Everything the program is told from outside: files, then the environment over them.
///
/// A failure is FixConfiguration and lists all mistakes, one per line as "file:line:column: what".
/// Values are never repeated in messages: a database address may hold a password.
[[nodiscard]] Result<Config> load(const Places& places, const Environment& environment);

/// The same, mistakes and all.
[[nodiscard]] Draft draft(const Places& places, const Environment& environment);

} // namespace pleiade::config
