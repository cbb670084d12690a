#pragma once
// The day of one caisse as it files it: a value, and a page in French. Holds numbers of plis, never
// names of files or people. Signing and writing is the caller's business.

#include "core/bytes.h"
#include "core/clock.h"
#include "ged-export/print_font.h"
#include "store/ledger.h"

#include <chrono>
#include <string>

namespace pleiade::pipeline {

struct DayStatement {
    std::string caisse; ///< "061"; everything below is of this one.
    std::string caisse_name;
    std::chrono::sys_days day;
    int number = 1;       ///< Counted per caisse and day: a day goes on changing.
    std::string replaces; ///< Name of the one before, without ending; empty for the first.
    Instant made_at;
    std::string key_id;
    store::Ledger ledger;
};

/// The counts of its caisse; all 0 when there was no mail.
[[nodiscard]] store::CaisseSteps steps_of(const DayStatement& statement);

/// A reason as it may leave the house: what was read (values stand behind a colon) and the name of
/// the file are left out. Heuristic: it relies on how reasons are worded, and hides too much
/// rather.
[[nodiscard]] std::string filed_reason(const std::string& reason, const std::string& pli_name);

/// The font of statements, as it is installed.
/// @throws Error(FixConfiguration) saying what to install.
[[nodiscard]] ged::PrintFont statement_font();

/// A4, PDF/A-1b, as many pages as it takes. Same input, same bytes.
[[nodiscard]] Bytes statement_pdf(const DayStatement& statement, const ged::PrintFont& font);

} // namespace pleiade::pipeline
