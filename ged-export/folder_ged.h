#pragma once
// A GED that is a folder: <root>/<caisse>/<date>/<stem>.pdf and .json. Why this order of writing:
// docs/adr/0021.

#include "core/clock.h"
#include "ged-export/ged_connector.h"

#include <filesystem>
#include <memory>

namespace pleiade::ged {

struct FolderGedSettings {
    std::filesystem::path root; ///< Must exist: a mount that is gone must not become a new folder.
};

/// A consumer may watch for *.json: whatever it sees has its PDF beside it, complete and final.
///
/// Nothing that stands in the folder is ever changed or removed, but what a killed try of ours left
/// half-written: such files lie in <root>/<caisse> and go after a day. A document is refused when
/// its name is taken by other bytes, or when its names could lead out of the folder.
/// @param clock must outlive the connector.
[[nodiscard]] std::unique_ptr<GedConnector>
make_folder_ged(const FolderGedSettings& settings, const Clock& clock);

} // namespace pleiade::ged
