#pragma once
// types.toml: document types with the printed evidence they are known by.

#include "app/config/files/checked_table.h"
#include "core/document_type.h"

#include <filesystem>
#include <vector>

namespace pleiade::config {

[[nodiscard]] std::vector<DocumentType>
read_types(const std::filesystem::path& file, Problems& problems);

} // namespace pleiade::config
