#pragma once
// Statements of a day as files: JSON and PDF, each with its signature beside it.

#include "app/pipeline/platform.h"
#include "store/reports.h"

#include <chrono>
#include <filesystem>
#include <string>

namespace pleiade::cli {

struct StatementOrder {
    std::filesystem::path folder;
    std::chrono::sys_days day;
    std::string caisse; ///< Empty: each that has mail of the day.
    store::Hands hands = store::Hands::None;
};

/// @throws Error(FixInput) when the folder is none.
void check_statement_folder(const std::filesystem::path& folder);

/// Writes statement-<caisse>-<day>.json and .pdf per caisse and says so on standard error. One that
/// is there already and says the same is left; when it says something else, the new one gets the
/// next number behind its name.
/// @throws Error(FixConfiguration) when there is no key or font.
void write_statements(
    const StatementOrder& order, store::Reports& reports, const pipeline::Platform& platform
);

} // namespace pleiade::cli
