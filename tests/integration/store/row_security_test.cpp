#include "store/truth.h"
#include "tests/integration/store/mail_room.h"

#include <gtest/gtest.h>

#include <string>

namespace pleiade::store {
namespace {

constexpr const char* mail_tables[] = {
    "lot",
    "pli",
    "lot_file",
    "page",
    "page_reading",
    "document",
    "document_page",
    "document_field",
    "page_print",
    "page_band",
    "document_key",
    "delivery",
    "work_item",
    "truth",
    "truth_page",
    "truth_field",
    "sample",
    "event"};

/// One delivered pli of caisse 061 and one of 201.
struct TwoCaisses : MailRoom {
    TwoCaisses() {
        sample_percent = 100.0;
        for (const char* caisse : {"061", "201"}) {
            const RowId lot = open_lot(caisse, caisse);
            add(lot, "0001.tif");
            close(lot, {"0001.tif"});
            read_everything();
            split(lot);
            (void)understood(lot);
            deliver_everything();
            Statement known{.page_numbers = {}, .type = "AAT", .fields = {{"nir", "1"}}};
            known.subject = database.value("select max(pli_id) from pli");
            known.who = "Lucette";
            (void)Truth(database.url()).keep({known});
        }
    }

    /// What a count gives to a role that named these caisses.
    [[nodiscard]] std::string
    seen_by(const std::string& role, const std::string& caisses, const std::string& count) const {
        return database.value(
            count, "set local role " + role + "; set local pleiade.caisses = '" + caisses + "'"
        );
    }
};

TEST(RowSecurity, SessionOfOneCaisseSeesNoRowOfAnother) {
    const TwoCaisses room;
    for (const char* role : {"pleiade_web", "pleiade_worker"}) {
        for (const std::string table : mail_tables) {
            const std::string caisses =
                "select string_agg(distinct caisse_id, ' ' order by caisse_id) from " + table;
            EXPECT_EQ(room.seen_by(role, "061", caisses), "061") << role << " " << table;
            EXPECT_EQ(room.seen_by(role, "061,201", caisses), "061 201") << role << " " << table;
            EXPECT_EQ(room.seen_by(role, "", caisses), "") << role << " " << table;
        }
    }
}

TEST(RowSecurity, OnlyWorkersSeeJobsOfAllCaisses) {
    const TwoCaisses room;
    const std::string caisses = "select count(distinct caisse_id) from job";
    EXPECT_EQ(room.seen_by("pleiade_worker", "061", caisses), "2");
    EXPECT_EQ(room.seen_by("pleiade_web", "061", caisses), "1");
}

TEST(RowSecurity, RolesCannotBypassIt) {
    const test::TempDatabase database;
    EXPECT_EQ(
        database.number("select count(*) from pg_roles where rolname like 'pleiade\\_%' "
                        "and not rolbypassrls and not rolsuper and rolcanlogin"),
        2
    );
    EXPECT_EQ(
        database.number(
            "select count(*) from information_schema.columns c "
            "join pg_class on relname = table_name "
            "where column_name = 'caisse_id' and table_schema = 'public' "
            "and table_name <> 'caisse' and not (relrowsecurity and relforcerowsecurity)"
        ),
        0
    );
}

} // namespace
} // namespace pleiade::store
