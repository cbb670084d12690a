// The arrows of docs/architecture.md, "State": every pair of states of every table, legal or not.

#include "tests/support/temp_database.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pleiade::store {
namespace {

using Arrow = std::pair<std::string, std::string>;

struct Table {
    std::string name;
    std::vector<std::string> states;
    std::set<Arrow> arrows;
    std::string always;                       ///< Columns that any state may have.
    std::map<std::string, std::string> needs; ///< Columns that differ by state.
    std::string otherwise;                    ///< The same for the other states.
};

const std::vector<Table>& tables() {
    static const std::vector<Table> all = {
        {"lot",
         {"open", "closed", "done"},
         {{"open", "closed"}, {"closed", "done"}},
         "expected_files = 0",
         {},
         ""},
        {"page",
         {"captured", "read", "blank", "void", "set_aside", "rescan_wanted", "replaced"},
         {{"captured", "read"},
          {"captured", "blank"},
          {"captured", "void"},
          {"captured", "set_aside"},
          {"read", "captured"},
          {"blank", "captured"},
          {"set_aside", "captured"},
          {"captured", "rescan_wanted"},
          {"read", "rescan_wanted"},
          {"blank", "rescan_wanted"},
          {"void", "rescan_wanted"},
          {"set_aside", "rescan_wanted"},
          {"rescan_wanted", "replaced"}},
         "reason = 'why'",
         {},
         ""},
        {"pli",
         {"captured",
          "read",
          "understood",
          "to_verify",
          "verified",
          "delivering",
          "delivered",
          "set_aside",
          "superseded"},
         {{"captured", "read"},        {"read", "understood"},       {"understood", "to_verify"},
          {"to_verify", "verified"},   {"understood", "delivering"}, {"verified", "delivering"},
          {"delivering", "delivered"}, {"captured", "set_aside"},    {"read", "set_aside"},
          {"understood", "set_aside"}, {"to_verify", "set_aside"},   {"verified", "set_aside"},
          {"delivering", "set_aside"}, {"set_aside", "captured"},    {"set_aside", "understood"},
          {"captured", "superseded"},  {"read", "superseded"},       {"understood", "superseded"},
          {"to_verify", "superseded"}, {"verified", "superseded"},   {"set_aside", "superseded"}},
         "reason = 'why', verify_reasons = '{why}'",
         {{"superseded", "superseded_by = 2"}},
         "superseded_by = null"},
        {"document",
         {"proposed", "confirmed", "delivered", "superseded"},
         {{"proposed", "confirmed"},
          {"confirmed", "delivered"},
          {"proposed", "superseded"},
          {"confirmed", "superseded"}},
         "pdf_sha256 = repeat('a', 64)",
         {{"superseded", "superseded_by = 2"}},
         "superseded_by = null"},
        {"delivery",
         {"waiting", "sent", "in_doubt", "acknowledged", "refused"},
         {{"waiting", "sent"},
          {"sent", "acknowledged"},
          {"sent", "in_doubt"},
          {"in_doubt", "acknowledged"},
          {"in_doubt", "waiting"},
          {"waiting", "refused"},
          {"sent", "refused"},
          {"refused", "waiting"}},
         "reason = 'why', receipt_sha256 = repeat('a', 64), receipt_location = 'here', "
         "receipt_at = now()",
         {},
         ""},
        {"work_item",
         {"new", "claimed", "done", "returned", "forwarded"},
         {{"new", "claimed"},
          {"claimed", "done"},
          {"claimed", "new"},
          {"claimed", "returned"},
          {"returned", "new"},
          {"claimed", "forwarded"},
          {"forwarded", "new"}},
         "reason = 'why', forwarded_to = 'there'",
         {},
         ""},
    };
    return all;
}

/// One row of each table with id 1, and a second pli and document to be superseded by.
constexpr const char* one_of_each = R"(
insert into caisse values ('061', 'CPAM de Nice');
insert into lot (caisse_id, source, channel, received_at) values ('061', 'here', 'post', now());
insert into pli (caisse_id, lot_id, name, channel, received_at)
select '061', 1, 'pli ' || n, 'post', now() from generate_series(1, 3) n;
insert into lot_file (caisse_id, lot_id, source, pli_id, name, sha256, bytes, pages)
values ('061', 1, 'here', 3, 'a.tif', repeat('a', 64), 1, 1);
insert into page (caisse_id, pli_id, page_index, lot_file_id, file_index)
values ('061', 3, 0, 1, 0);
insert into document (caisse_id, pli_id, position, type, confidence, decided_by, service, corbeille,
    priority, deadline_days, clear_days, due_on)
select '061', 1, n, 'DAT', 1, 'auto', '', '', 5, 15, false, '2026-01-01' from generate_series(1, 2) n;
insert into delivery (caisse_id, document_id, idempotency_key) values ('061', 1, 'key');
insert into work_item (caisse_id, document_id, corbeille, service, priority, due_on)
values ('061', 1, 'AT', 'AT', 5, '2026-01-01');
)";

std::string put_into(const Table& table, const std::string& state) {
    const auto need = table.needs.find(state);
    const std::string own = need == table.needs.end() ? table.otherwise : need->second;
    return "update " + table.name + " set state = '" + state + "', " + table.always +
           (own.empty() ? "" : ", " + own) + " where " + table.name + "_id = 1;";
}

/// Complains unless exactly one event of this move was written in this transaction.
std::string require_event(const Table& table, const Arrow& move) {
    return "do $do$ begin if (select count(*) from event where subject = '" + table.name +
           "' and subject_id = 1 and caisse_id = '061' and from_state = '" + move.first +
           "' and to_state = '" + move.second +
           "') <> 1 then raise exception 'not one event'; end if; end $do$;";
}

std::string refusal_of(const test::TempDatabase& database, const Table& table, const Arrow& move) {
    return database.refusal(
        "set local session_replication_role = replica;" + put_into(table, move.first) +
        "set local session_replication_role = origin;" + put_into(table, move.second) +
        require_event(table, move)
    );
}

TEST(StateArrows, AreFollowedOrRefusedForEveryPairOfEveryTable) {
    const test::TempDatabase database;
    database.exec(one_of_each);
    for (const Table& table : tables()) {
        for (const std::string& from : table.states) {
            for (const std::string& to : table.states) {
                if (from == to) {
                    continue;
                }
                const std::string refusal = refusal_of(database, table, {from, to});
                if (table.arrows.count({from, to}) != 0) {
                    EXPECT_EQ(refusal, "") << table.name << " " << from << " -> " << to;
                } else {
                    EXPECT_NE(refusal.find("may not go from"), std::string::npos)
                        << table.name << " " << from << " -> " << to << ": " << refusal;
                }
            }
        }
    }
}

TEST(StateArrows, BeginAtTheFirstStateOnly) {
    const test::TempDatabase database;
    database.exec(one_of_each);
    EXPECT_NE(
        database
            .refusal("insert into pli (caisse_id, lot_id, name, channel, received_at, state) "
                     "values ('061', 1, 'x', 'post', now(), 'delivered')")
            .find("may not go from"),
        std::string::npos
    );
}

TEST(StateArrows, StatesThatNeedAReasonOrASuccessorAreRefusedWithout) {
    const test::TempDatabase database;
    database.exec(one_of_each);
    for (const char* statement :
         {"update pli set state = 'set_aside' where pli_id = 1",
          "update pli set state = 'set_aside', reason = '' where pli_id = 1",
          "update pli set state = 'superseded' where pli_id = 1",
          "update pli set state = 'superseded', superseded_by = 1 where pli_id = 1",
          "update page set state = 'set_aside' where page_id = 1",
          "update document set state = 'superseded' where document_id = 1",
          "update delivery set state = 'refused' where delivery_id = 1",
          "update lot set state = 'closed' where lot_id = 1"}) {
        EXPECT_NE(database.refusal(statement).find("violates check constraint"), std::string::npos)
            << statement;
    }
}

TEST(Events, AreNeverChangedAndHoldNoNir) {
    const test::TempDatabase database;
    database.exec(one_of_each);
    database.exec("update pli set state = 'set_aside', reason = 'NIR 1 84 05 06 088 001 95 of page "
                  "2, 184050608800195' where pli_id = 1");
    EXPECT_EQ(
        database.value("select reason from event where to_state = 'set_aside'"),
        "NIR (NIR) of page 2, (NIR)"
    );
    EXPECT_NE(
        database.refusal("update event set actor = 'x'").find("never changed"), std::string::npos
    );
    EXPECT_NE(database.refusal("delete from event").find("never changed"), std::string::npos);
    EXPECT_NE(database.refusal("truncate event").find("never changed"), std::string::npos);
}

} // namespace
} // namespace pleiade::store
