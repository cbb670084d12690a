#include "store/holds.h"

#include "core/failure.h"
#include "store/postgres/database.h"
#include "store/postgres/values.h"
#include "store/sql.h"

namespace pleiade::store {
namespace {

using postgres::text_of;

std::optional<Hold> hold_of(const pqxx::row& row) {
    if (row["held_why"].is_null()) {
        return std::nullopt;
    }
    return Hold{text_of(row["held_why"]), text_of(row["held_by"]), text_of(row["held_at"])};
}

[[noreturn]] void refuse(const std::string& what) {
    throw Error(Remedy::FixInput, what);
}

pqxx::row row_of(pqxx::work& work, const char* question, const std::string& name, RowId id) {
    const pqxx::result rows = work.exec_params(question, id);
    if (rows.empty()) {
        refuse("there is no " + name);
    }
    return rows[0];
}

void refuse_if_held(const std::string& name, const std::optional<Hold>& hold) {
    if (hold) {
        refuse(
            name + " is held already, by " + hold->who + " since " + hold->since + ": " + hold->why
        );
    }
}

/// Why a pli in this state cannot be stopped; empty: it can.
std::string settled_text(const pqxx::row& pli) {
    const std::string state = text_of(pli["state"]);
    if (state == "delivered") {
        return "is delivered: the GED has it";
    }
    if (state == "set_aside") {
        return "is set aside already";
    }
    if (state == "superseded") {
        return "became pli " + text_of(pli["superseded_by"]);
    }
    return {};
}

HoldOutcome outcome_of(pqxx::work& work, const pqxx::row& done, RowId lot, RowId pli) {
    const pqxx::row left = work.exec_params1(sql::out_of_reach_of_hold, lot, pli);
    return {
        .jobs = done["jobs"].as<long>(),
        .delivered = left["delivered"].as<long>(),
        .under_way = left["under_way"].as<long>()};
}

} // namespace

Holds::Holds(const std::string& url) : database_(connect(url)) {}

HoldOutcome Holds::hold_lot(RowId lot, const HoldOrder& order) {
    const std::string name = "lot " + std::to_string(lot);
    return database_->transact([&](pqxx::work& work) {
        const pqxx::row row = row_of(work, sql::lot_to_hold, name, lot);
        if (text_of(row["state"]) == "done") {
            refuse(name + " is done: every pli of it is delivered or set aside");
        }
        refuse_if_held(name, hold_of(row));
        return outcome_of(
            work, work.exec_params1(sql::hold_lot, lot, order.why, order.who), lot, 0
        );
    });
}

HoldOutcome Holds::resume_lot(RowId lot, const HoldOrder& order) {
    const std::string name = "lot " + std::to_string(lot);
    return database_->transact([&](pqxx::work& work) {
        const pqxx::row done = work.exec_params1(sql::resume_lot, lot, order.why, order.who);
        if (done["jobs"].is_null()) {
            refuse(name + " is not held, or there is none");
        }
        return outcome_of(work, done, lot, 0);
    });
}

HoldOutcome Holds::hold_pli(RowId pli, const HoldOrder& order) {
    const std::string name = "pli " + std::to_string(pli);
    return database_->transact([&](pqxx::work& work) {
        const pqxx::row row = row_of(work, sql::pli_to_hold, name, pli);
        const std::string settled = settled_text(row);
        if (!settled.empty()) {
            refuse(name + " " + settled);
        }
        refuse_if_held(name, hold_of(row));
        HoldOutcome outcome =
            outcome_of(work, work.exec_params1(sql::hold_pli, pli, order.why, order.who), 0, pli);
        outcome.whole_lot = row["whole_lot"].as<bool>();
        return outcome;
    });
}

HoldOutcome Holds::resume_pli(RowId pli, const HoldOrder& order) {
    const std::string name = "pli " + std::to_string(pli);
    return database_->transact([&](pqxx::work& work) {
        const pqxx::row row = row_of(work, sql::pli_to_hold, name, pli);
        const bool whole_lot = row["whole_lot"].as<bool>();
        if (!hold_of(row)) {
            const std::string lot = text_of(row["lot_id"]);
            refuse(
                name + " is not held" +
                (whole_lot ? " itself, its lot is: pleiade lot resume " + lot : "")
            );
        }
        HoldOutcome outcome =
            outcome_of(work, work.exec_params1(sql::resume_pli, pli, order.why, order.who), 0, pli);
        outcome.whole_lot = whole_lot;
        return outcome;
    });
}

std::vector<LotInWork> Holds::lots_in_work(const std::string& caisse) {
    return database_->look([&](auto& look) {
        std::vector<LotInWork> lots;
        for (const pqxx::row& row : look.exec_params(sql::lots_in_work, caisse)) {
            lots.push_back(
                {.id = row["lot_id"].template as<RowId>(),
                 .caisse = text_of(row["caisse_id"]),
                 .source = text_of(row["source"]),
                 .state = text_of(row["state"]),
                 .received_on = text_of(row["received_on"]),
                 .hold = hold_of(row),
                 .plis = row["plis"].template as<long>(),
                 .delivered = row["delivered"].template as<long>(),
                 .to_verify = row["to_verify"].template as<long>(),
                 .set_aside = row["set_aside"].template as<long>(),
                 .in_work = row["in_work"].template as<long>(),
                 .held = row["held"].template as<long>()}
            );
        }
        return lots;
    });
}

std::vector<PliOfLot> Holds::plis_of(RowId lot) {
    return database_->look([&](auto& look) {
        std::vector<PliOfLot> plis;
        for (const pqxx::row& row : look.exec_params(sql::plis_of_lot, lot)) {
            plis.push_back(
                {.id = row["pli_id"].template as<RowId>(),
                 .caisse = text_of(row["caisse_id"]),
                 .name = text_of(row["name"]),
                 .state = text_of(row["state"]),
                 .hold = hold_of(row)}
            );
        }
        return plis;
    });
}

} // namespace pleiade::store
