#pragma once
// Where settings, document types and caisses are found, and their checked values. Every mistake of
// every file comes back at once, with file, line and column.

#include "app/config/settings.h"
#include "core/caisse.h"
#include "core/document_type.h"
#include "core/failure.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace pleiade::config {

/// Folders that may hold pleiade.toml, types.toml and caisses/*.toml. Each of the three is taken
/// from the first place that has it; the working directory is never one.
struct Places {
    std::optional<std::filesystem::path> named; ///< --config: a folder, or a settings file in one.
    std::filesystem::path system = "/etc/pleiade";
    std::filesystem::path program_folder; ///< Searched itself, then upwards for samples/types.toml.
};

/// The places of this process: `named` as given on the command line, /etc/pleiade, and the folder
/// of the running executable.
[[nodiscard]] Places usual_places(std::optional<std::filesystem::path> named);

struct Config {
    Settings settings;
    std::vector<DocumentType> types;
    std::vector<Caisse> caisses;              ///< By code.
    std::vector<std::filesystem::path> files; ///< Every file that was read, for `doctor`.
};

/// Everything the program is told from outside: files, then the environment over them.
///
/// A failure is FixConfiguration and lists all mistakes, one per line as "file:line:column: what".
/// Values are never repeated in messages: a database address may hold a password.
[[nodiscard]] Result<Config> load(const Places& places, const Environment& environment);

} // namespace pleiade::config
