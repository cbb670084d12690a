#include "store/reports.h"

#include "core/day.h"
#include "store/postgres/database.h"
#include "store/postgres/ledger_rows.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <algorithm>

namespace pleiade::store {

struct Reports::Database : postgres::Database {
    using postgres::Database::Database;
};

namespace {

using postgres::text_of;
using Look = postgres::Database::Snapshot;

/// ISO 8601, or empty for no limit.
std::string day_of(const std::optional<std::chrono::year_month_day>& day) {
    if (!day) {
        return {};
    }
    return iso_day(*day);
}

pqxx::result ask(Look& look, const char* question, const Scope& scope) {
    return look.exec_params(
        question, day_of(scope.first_day), day_of(scope.last_day), scope.caisse
    );
}

/// The counts that rows of status_counts are about.
std::map<std::string, long>& counts_of(CaisseStatus& status, const std::string& what) {
    if (what == "pli") {
        return status.plis;
    }
    if (what == "page") {
        return status.pages;
    }
    return what == "document" ? status.documents : status.work_items;
}

std::vector<NamedException> exceptions_of(Look& look, const Scope& scope) {
    std::vector<NamedException> exceptions;
    for (const pqxx::row& row : ask(look, sql::exceptions, scope)) {
        const RowId pli = row["pli_id"].as<RowId>();
        if (exceptions.empty() || exceptions.back().pli != pli) {
            exceptions.push_back(NamedException{
                .caisse = text_of(row["caisse_id"]),
                .pli = pli,
                .pli_name = text_of(row["name"]),
                .state = text_of(row["state"]),
                .reasons = {}});
        }
        exceptions.back().reasons.push_back(text_of(row["reason"]));
    }
    return exceptions;
}

std::vector<CaisseBalance> balances_of(Look& look, const Scope& scope) {
    std::vector<CaisseBalance> balances;
    for (const pqxx::row& row : ask(look, sql::balances, scope)) {
        balances.push_back(CaisseBalance{
            .caisse = text_of(row["caisse_id"]),
            .name = text_of(row["name"]),
            .received = row["received"].as<long>(),
            .delivered = row["delivered"].as<long>(),
            .to_verify = row["to_verify"].as<long>(),
            .set_aside = row["set_aside"].as<long>(),
            .in_work = row["in_work"].as<long>(),
            .held = row["held"].as<long>()});
    }
    return balances;
}

std::vector<Unexplained> unexplained_of(Look& look, const Scope& scope) {
    std::vector<Unexplained> findings;
    for (const pqxx::row& row : ask(look, sql::unexplained, scope)) {
        findings.push_back(Unexplained{
            .caisse = text_of(row["caisse_id"]),
            .subject = text_of(row["subject"]),
            .what = text_of(row["what"]),
            .filed = {text_of(row["number"]), text_of(row["filed"])}});
    }
    return findings;
}

std::vector<Remark> remarks_of(Look& look, const char* question, const Scope& scope) {
    std::vector<Remark> remarks;
    for (const pqxx::row& row : ask(look, question, scope)) {
        remarks.push_back(Remark{
            .caisse = text_of(row["caisse_id"]),
            .subject = text_of(row["subject"]),
            .what = text_of(row["what"]),
            .filed = {text_of(row["number"]), text_of(row["filed"])}});
    }
    return remarks;
}

/// What is unfinished and not unexplained already; with nobody at work it is.
void settle_unfinished(Reconciliation& result, Hands hands) {
    std::erase_if(result.unfinished, [&](const Remark& remark) {
        return std::ranges::any_of(result.unexplained, [&](const Unexplained& finding) {
            return finding.subject == remark.subject;
        });
    });
    if (hands == Hands::AtWork) {
        return;
    }
    for (const Remark& remark : result.unfinished) {
        result.unexplained.push_back(
            {remark.caisse,
             remark.subject,
             remark.what + ", and nobody is at work",
             {remark.filed.subject, remark.filed.what + ", et personne n'y travaille"}}
        );
    }
    result.unfinished.clear();
}

Reconciliation reconciliation_of(Look& look, const Scope& scope, Hands hands) {
    Reconciliation result{
        .caisses = balances_of(look, scope),
        .exceptions = exceptions_of(look, scope),
        .unexplained = unexplained_of(look, scope),
        .unfinished = remarks_of(look, sql::unfinished, scope),
        .complaints = remarks_of(look, sql::lot_complaints, scope)};
    settle_unfinished(result, hands);
    for (CaisseBalance& balance : result.caisses) {
        for (const Unexplained& finding : result.unexplained) {
            balance.unexplained += finding.caisse == balance.caisse ? 1 : 0;
        }
    }
    return result;
}

template <typename Value>
std::vector<Value> rows_of(const pqxx::result& rows, Value (*value_of)(const pqxx::row&)) {
    std::vector<Value> values;
    for (const pqxx::row& row : rows) {
        values.push_back(value_of(row));
    }
    return values;
}

} // namespace

Reports::Reports(const std::string& url) : database_(std::make_unique<Database>(url)) {}
Reports::~Reports() = default;
Reports::Reports(Reports&&) noexcept = default;
Reports& Reports::operator=(Reports&&) noexcept = default;

std::vector<CaisseStatus> Reports::status(const Scope& scope) {
    return database_->look([&](Look& look) {
        std::vector<CaisseStatus> statuses;
        for (const pqxx::row& row : ask(look, sql::status_counts, scope)) {
            const std::string caisse = text_of(row["caisse_id"]);
            if (statuses.empty() || statuses.back().caisse != caisse) {
                statuses.emplace_back();
                statuses.back().caisse = caisse;
                statuses.back().name = text_of(row["name"]);
            }
            counts_of(statuses.back(), text_of(row["what"]))[text_of(row["state"])] =
                row["number"].as<long>();
        }
        return statuses;
    });
}

Reconciliation Reports::reconcile(const Scope& scope, Hands hands) {
    return database_->look([&](Look& look) { return reconciliation_of(look, scope, hands); });
}

Ledger Reports::ledger(const Scope& scope, Hands hands, Instant now) {
    return database_->look([&](Look& look) {
        return Ledger{
            .caisses = rows_of(ask(look, sql::ledger, scope), postgres::caisse_steps_of),
            .machines = rows_of(ask(look, sql::machine_counts, scope), postgres::machine_count_of),
            .balance = reconciliation_of(look, scope, hands),
            .given_away = rows_of(ask(look, sql::given_away, scope), postgres::given_away_of),
            .unread_pages = rows_of(ask(look, sql::unread_pages, scope), postgres::unread_page_of),
            .late = rows_of(
                look.exec_params(
                    sql::late_documents,
                    day_of(scope.last_day),
                    scope.caisse,
                    postgres::microseconds_of(now)
                ),
                postgres::late_document_of
            )};
    });
}

std::vector<MissingCount> Reports::completeness(const Scope& scope) {
    return database_->look([&](Look& look) {
        std::vector<MissingCount> counts;
        for (const pqxx::row& row : ask(look, sql::completeness, scope)) {
            counts.push_back(MissingCount{
                .caisse = text_of(row["caisse_id"]),
                .sender = text_of(row["sender"]),
                .type = text_of(row["type"]),
                .field = text_of(row["field"]),
                .why = text_of(row["why"]),
                .documents = row["number"].as<long>()});
        }
        return counts;
    });
}

std::vector<DecidedPli> Reports::decided_plis(const Scope& scope, RowId after) {
    return database_->look([&](Look& look) {
        std::vector<DecidedPli> plis;
        for (const pqxx::row& row : look.exec_params(
                 sql::recent_plis,
                 day_of(scope.first_day),
                 day_of(scope.last_day),
                 scope.caisse,
                 after
             )) {
            plis.push_back({row["pli_id"].as<RowId>(), text_of(row["facts"])});
        }
        return plis;
    });
}

LotReport Reports::report_on(const std::vector<RowId>& lots) {
    return database_->look([&](Look& look) {
        const pqxx::row row = look.exec_params1(sql::lot_report, postgres::array_of(lots));
        return LotReport{
            .plis_set_aside = row["plis_set_aside"].as<long>(),
            .pages_set_aside = row["pages_set_aside"].as<long>(),
            .complaints = postgres::texts_of(row["complaints"]),
            .held = postgres::texts_of(row["held"])};
    });
}

bool Reports::has_live_lease() {
    return database_->look([](Look& look) { return look.exec1(sql::live_lease)["live"].as<bool>(); }
    );
}

std::optional<OldestJob> Reports::oldest_open_job() {
    return database_->look([](Look& look) -> std::optional<OldestJob> {
        const pqxx::result rows = look.exec(sql::oldest_open_job);
        if (rows.empty()) {
            return std::nullopt;
        }
        return OldestJob{
            .kind = text_of(rows[0]["kind"]),
            .state = text_of(rows[0]["state"]),
            .age = std::chrono::seconds(rows[0]["age_s"].as<std::int64_t>())};
    });
}

std::vector<OpenJobs> Reports::open_jobs(const std::string& caisse) {
    return database_->look([&](Look& look) {
        std::vector<OpenJobs> all;
        for (const pqxx::row& row : look.exec_params(sql::open_jobs, caisse)) {
            all.push_back(OpenJobs{
                .caisse = text_of(row["caisse_id"]),
                .kind = text_of(row["kind"]),
                .waiting = row["waiting"].as<long>(),
                .running = row["running"].as<long>(),
                .held = row["held"].as<long>(),
                .oldest = std::chrono::seconds(row["oldest_s"].as<std::int64_t>())});
        }
        return all;
    });
}

} // namespace pleiade::store
