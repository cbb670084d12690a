#include "core/failure.h"
#include "store/migrate.h"
#include "tests/support/temp_database.h"

#include <gtest/gtest.h>

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
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'v')
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
