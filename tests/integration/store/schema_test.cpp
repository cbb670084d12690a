#include "core/failure.h"
#include "store/migrate.h"
#include "tests/support/temp_database.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace pleiade::store {
namespace {

std::string schema_file() {
    std::ifstream file(std::string(PLEIADE_SOURCE_DIR) + "/store/schema.sql");
    return {std::istreambuf_iterator<char>(file), {}};
}

/// What a database is made of, from its catalogs, one sentence per piece. The table in which the
/// migrations are written down is no part of it.
std::vector<std::vector<std::string>> pieces_of(const test::TempDatabase& database) {
    return database.rows(R"(
        select 'column', table_name || '.' || column_name, data_type || coalesce(column_default, '')
            || is_nullable || is_identity || ordinal_position
        from information_schema.columns
        where table_schema = 'public' and table_name <> 'schema_version'
        union all
        select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
        from pg_constraint
        where connamespace = 'public'::regnamespace and conrelid <> coalesce(to_regclass('schema_version'), 0)
        union all
        select 'index', indexname, indexdef from pg_indexes
        where schemaname = 'public' and tablename <> 'schema_version'
        union all
        select 'function', proname, pg_get_functiondef(oid) from pg_proc
        where pronamespace = 'public'::regnamespace
        union all
        select 'trigger', tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        union all
        select 'policy', tablename || '.' || policyname,
            cmd || roles::text || coalesce(qual, '') || coalesce(with_check, '')
        from pg_policies
        union all
        select 'table', relname,
            coalesce(relacl::text, '') || relrowsecurity || relforcerowsecurity
        from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S', 'v')
            and relname <> 'schema_version'
        union all
        select 'caisse', caisse_id, name from caisse
        order by 1, 2, 3)");
}

TEST(Schema, IsWhatTheMigrationsGive) {
    const test::TempDatabase migrated(test::TempDatabase::Schema::None);
    migrate(migrated.url());
    const test::TempDatabase direct(test::TempDatabase::Schema::None);
    direct.exec(schema_file());
    const auto pieces = pieces_of(migrated);
    EXPECT_GT(pieces.size(), 200U);
    EXPECT_EQ(pieces, pieces_of(direct));
}

TEST(Migrate, AgainChangesNothing) {
    const test::TempDatabase database;
    const auto before = pieces_of(database);
    migrate(database.url());
    EXPECT_EQ(pieces_of(database), before);
    EXPECT_EQ(database.number("select max(version) from schema_version"), schema_version());
}

/// As a program of that version left it.
void migrate_up_to(const test::TempDatabase& database, int last) {
    database.exec("create table schema_version (version integer, name text, applied_at timestamptz "
                  "default now())");
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::string(PLEIADE_SOURCE_DIR) + "/store/migrations"
         )) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& path : files) {
        const int version = std::stoi(path.filename().string());
        if (version <= last) {
            std::ifstream file(path);
            database.exec(std::string(std::istreambuf_iterator<char>(file), {}));
            database.exec(
                "insert into schema_version values (" + std::to_string(version) + ", 'before')"
            );
        }
    }
}

TEST(Migrate, KeepsEventsWhenTheyGetMonths) {
    const test::TempDatabase database(test::TempDatabase::Schema::None);
    migrate_up_to(database, 17);
    database.exec("insert into event (happened_at, caisse_id, subject, subject_id, from_state, "
                  "to_state, actor) select now() - n * interval '40 days', '000', 'pli', n, '', "
                  "'captured', 'before' from generate_series(1, 5) n");
    database.exec("insert into event (happened_at, caisse_id, subject, subject_id, from_state, "
                  "to_state, actor) values ('1970-01-01', '000', 'pli', 6, '', 'captured', 'x')");
    const std::string digest =
        "select md5(string_agg(event::text, '|' order by event_id)) from event";
    const std::string before = database.value(digest);
    migrate(database.url());
    EXPECT_EQ(database.value(digest), before);
    EXPECT_EQ(database.number("select count(*) from event_of_other_months"), 1); // of 1970
    EXPECT_LT(database.number("select count(*) from pg_class where relispartition"), 1000);
    database.exec("insert into event (caisse_id, subject, subject_id, from_state, to_state, actor) "
                  "values ('000', 'pli', 6, '', 'captured', 'after')");
    EXPECT_EQ(database.number("select max(event_id) from event where actor = 'after'"), 7);
}

TEST(Months, HoldWhatIsOfNone) {
    const test::TempDatabase database;
    const std::string far =
        "insert into event (happened_at, caisse_id, subject, subject_id, "
        "from_state, to_state, actor) values ("
        "date_trunc('month', now()) + interval '5 months', '000', 'pli', 1, '', "
        "'captured', 'clock gone wrong')";
    database.exec(far);
    EXPECT_EQ(database.number("select count(*) from event_of_other_months"), 1);
    migrate(database.url()); // nothing of it is lost, and nothing stops
    EXPECT_EQ(database.number("select count(*) from event"), 1);
    EXPECT_ANY_THROW(database.exec("delete from event"));
    EXPECT_ANY_THROW(database.exec("truncate event_of_other_months"));
}

TEST(Migrate, RefusesADatabaseNewerThanTheProgram) {
    const test::TempDatabase database;
    database.exec("insert into schema_version values (9999, 'from the future')");
    try {
        migrate(database.url());
        FAIL() << "a database of the future was accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
    }
}

} // namespace
} // namespace pleiade::store
