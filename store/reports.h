#pragma once
// Counts per caisse, and the reconciliation: everything received is somewhere, by name.

#include "core/clock.h"
#include "core/mail.h"
#include "store/journey.h"
#include "store/ledger.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::store {

/// Which mail a report is about: by day of reception (in France), both days included.
struct Scope {
    std::optional<std::chrono::year_month_day> first_day;
    std::optional<std::chrono::year_month_day> last_day;
    std::string caisse; ///< Empty = all.
};

/// Counts by state name ("captured", "to_verify" ...); superseded and replaced rows included.
struct CaisseStatus {
    std::string caisse;
    std::string name;
    std::map<std::string, long> plis;
    std::map<std::string, long> pages;
    std::map<std::string, long> documents;
    std::map<std::string, long> work_items;
};

/// Whether anybody is at work on the mail; what is not finished while nobody is, is unexplained.
enum class Hands { AtWork, None };

/// What became of some lots.
struct LotReport {
    long plis_set_aside = 0;
    long pages_set_aside = 0; ///< Of plis that are not settled.
    std::vector<std::string> complaints;
    std::vector<std::string> held; ///< Lots and plis, with who and why, in sentences.
};

/// How many documents of a sender lack something. Without a SIRET on them the sender is empty.
struct MissingCount {
    std::string caisse;
    std::string sender; ///< SIRET.
    std::string type;
    std::string field;
    std::string why;
    long documents = 0;
};

struct OldestJob {
    std::string kind;
    std::string state;
    std::chrono::seconds age{0};
};

/// What is open of one kind for one caisse.
struct OpenJobs {
    std::string caisse;
    std::string kind;
    long waiting = 0;
    long running = 0;
    long held = 0;
    std::chrono::seconds oldest{0}; ///< Age of the first that is not held; 0 when all are.
};

/// Owns one connection and belongs to one thread. Each report is one consistent snapshot.
///
/// Every verb throws Error(RetryLater) when the database is out of reach.
class Reports {
public:
    explicit Reports(const std::string& url);
    ~Reports();
    Reports(Reports&&) noexcept;
    Reports& operator=(Reports&&) noexcept;
    Reports(const Reports&) = delete;
    Reports& operator=(const Reports&) = delete;

    [[nodiscard]] std::vector<CaisseStatus> status(const Scope& scope);
    [[nodiscard]] Reconciliation reconcile(const Scope& scope, Hands hands);
    /// @param now Late is what was due on an earlier day, in France.
    [[nodiscard]] Ledger ledger(const Scope& scope, Hands hands, Instant now);
    [[nodiscard]] std::vector<MissingCount> completeness(const Scope& scope);
    /// Plis that were decided, oldest first, a few hundred at a time: those after the one named, 0
    /// for the first. None: there are no more.
    [[nodiscard]] std::vector<DecidedPli> decided_plis(const Scope& scope, RowId after = 0);
    [[nodiscard]] LotReport report_on(const std::vector<RowId>& lots);

    /// True when a worker holds a job of this database right now.
    [[nodiscard]] bool has_live_lease();

    /// The open job that waits longest, if any is open.
    [[nodiscard]] std::optional<OldestJob> oldest_open_job();

    /// By caisse and kind, where something is open.
    /// @param caisse Empty: all.
    [[nodiscard]] std::vector<OpenJobs> open_jobs(const std::string& caisse);

private:
    struct Database; // keeps libpqxx out of this header
    std::unique_ptr<Database> database_;
};

} // namespace pleiade::store
