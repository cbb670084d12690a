#pragma once
// Counts per caisse, and the reconciliation: everything received is somewhere, by name.

#include "core/mail.h"
#include "store/journey.h"

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

/// received = delivered + to_verify + set_aside + in_work, always; superseded plis are not received
/// a second time.
struct CaisseBalance {
    std::string caisse;
    std::string name;
    long received = 0;
    long delivered = 0;
    long to_verify = 0; ///< Waits for a person, or was just verified.
    long set_aside = 0;
    long in_work = 0;
    long held = 0;        ///< Of those in work: somebody holds the pli or its lot.
    long unexplained = 0; ///< Lines of Reconciliation::unexplained for this caisse.
};

/// Something a person must look at, with its reason: no fault of the counts.
struct NamedException {
    std::string caisse;
    RowId pli = 0;
    std::string pli_name;
    std::string state; ///< "to_verify", "set_aside" or "held".
    std::vector<std::string> reasons;
};

/// Something that should be impossible, or is not finished though nobody works on it.
struct Unexplained {
    std::string caisse;
    std::string subject; ///< "lot 41", "pli 7 (061-nice/0003.tif)", "document 12".
    std::string what;    ///< Sentence.
};

/// Something about a lot or a pli that is no difference, in a sentence.
struct Remark {
    std::string caisse;
    std::string subject; ///< "lot 41 (/scans/061)", "pli 7 (061-nice/0003.tif)".
    std::string what;
};

struct Reconciliation {
    std::vector<CaisseBalance> caisses; ///< Those with mail, by code.
    std::vector<NamedException> exceptions;
    std::vector<Unexplained> unexplained;
    std::vector<Remark> unfinished; ///< Plis in work and open lots, while somebody is at work.
    std::vector<Remark> complaints; ///< What was odd about lots: a second lot header ...
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
