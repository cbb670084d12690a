// Every table, function, view and sequence of the database, taken from its catalogs: what was added
// without a wall fails here.

#include "tests/integration/store/neighbours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace pleiade::store {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;

const char* const roles[] = {"pleiade_web", "pleiade_worker"};

/// What holds no mail: whoever reads all of these learns nothing about any. The names of caisses
/// are public; the seed of the samples is a secret from people, not from workers, who also see
/// which schema they work with.
const std::set<std::pair<std::string, std::string>> open_to{
    {"pleiade_web", "caisse"},
    {"pleiade_worker", "caisse"},
    {"pleiade_worker", "sampling"},
    {"pleiade_worker", "schema_version"}};

std::vector<std::string> column(const test::TempDatabase& database, const std::string& query) {
    std::vector<std::string> values;
    for (const std::vector<std::string>& row : database.rows(query)) {
        values.push_back(row.at(0));
    }
    return values;
}

std::vector<std::string> tables_with_a_caisse(const test::TempDatabase& database) {
    return column(database, R"(
        select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'caisse'
            and exists (
                select from pg_attribute
                where attrelid = pg_class.oid and attname = 'caisse_id' and not attisdropped)
        order by relname)");
}

/// Those that rows are put into: not the months that some of them are made of.
std::vector<std::string> whole_tables_with_a_caisse(const test::TempDatabase& database) {
    std::vector<std::string> tables = tables_with_a_caisse(database);
    std::erase_if(tables, [&](const std::string& table) {
        return database.value(
                   "select relispartition from pg_class where oid = '" + table + "'::regclass"
               ) == "t";
    });
    return tables;
}

/// Whether the role may do something of this with a column of the table at least.
bool may(
    const test::TempDatabase& database,
    const std::string& role,
    const std::string& table,
    const std::string& privileges
) {
    return database.value(
               "select has_any_column_privilege('" + role + "', '" + table + "', '" + privileges +
               "')"
           ) == "t";
}

bool may_delete(
    const test::TempDatabase& database, const std::string& role, const std::string& table
) {
    return database.value(
               "select has_table_privilege('" + role + "', '" + table + "', 'delete')"
           ) == "t";
}

/// Workers claim jobs of all caisses.
bool is_shared(const std::string& role, const std::string& table) {
    return role == "pleiade_worker" && table == "job";
}

TEST(Walls, StandAroundEveryTableThatALoginRoleMayTouch) {
    const test::TempDatabase database;
    for (const auto& row : database.rows(R"(
        select role, relname, relrowsecurity and relforcerowsecurity
        from pg_class cross join unnest(array['pleiade_web', 'pleiade_worker']) role
        where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
            and relkind in ('r', 'p', 'v', 'm', 'f')
            and (has_any_column_privilege(role, pg_class.oid, 'select, insert, update, references')
                or has_table_privilege(role, pg_class.oid, 'delete, truncate, trigger')))")) {
        if (open_to.count({row[0], row[1]}) == 0) {
            EXPECT_EQ(row[2], "t") << row[0] << " may touch " << row[1];
        } else {
            EXPECT_FALSE(may(database, row[0], row[1], "insert, update")) << row[0] << row[1];
            EXPECT_FALSE(may_delete(database, row[0], row[1])) << row[0] << row[1];
        }
    }
}

TEST(Walls, StandAroundEveryTableThatHasACaisse) {
    const test::TempDatabase database;
    for (const std::string& table : tables_with_a_caisse(database)) {
        EXPECT_EQ(
            database.value(
                "select relrowsecurity and relforcerowsecurity from pg_class where oid = '" +
                table + "'::regclass"
            ),
            "t"
        ) << table;
        EXPECT_THAT(
            column(
                database,
                "select policyname || ' ' || cmd from pg_policies where tablename = '" + table +
                    "' and roles && '{public}'"
            ),
            IsEmpty()
        ) << table;
    }
}

/// Row security does not look at who empties a table, nor at what a foreign key tells.
TEST(Walls, NobodyMayDoWhatRowSecurityDoesNotSee) {
    const test::TempDatabase database;
    EXPECT_THAT(
        column(database, R"(
            select role || ' ' || relname
            from pg_class cross join unnest(array['pleiade_web', 'pleiade_worker']) role
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
                and has_table_privilege(role, pg_class.oid, 'truncate, references, trigger')
            union all
            select role || ' ' || relname
            from pg_class cross join unnest(array['pleiade_web', 'pleiade_worker']) role
            where relnamespace = 'public'::regnamespace and relkind = 'S'
                and has_sequence_privilege(role, pg_class.oid, 'usage, select, update')
            union all
            select role || ' creates in ' || nspname
            from pg_namespace cross join unnest(array['pleiade_web', 'pleiade_worker']) role
            where has_schema_privilege(role, pg_namespace.oid, 'create')
            union all
            select role || ' is a ' || rolname
            from pg_roles cross join unnest(array['pleiade_web', 'pleiade_worker']) role
            where rolname <> role and pg_has_role(role, pg_roles.oid, 'member'))"),
        IsEmpty()
    );
}

/// A view is asked with the rights of whoever made it, unless it says otherwise; a materialised one
/// always shows everything.
TEST(Walls, ViewsAreAskedWithTheRightsOfWhoeverAsks) {
    const test::TempDatabase database;
    EXPECT_THAT(
        column(database, R"(
            select relname from pg_class
            where relnamespace = 'public'::regnamespace
                and (relkind = 'm' or relkind = 'v'
                    and not coalesce(reloptions::text[] @> '{security_invoker=true}', false)))"),
        IsEmpty()
    );
}

TEST(Walls, FunctionsWithTheRightsOfTheOwnerLookNowhereElse) {
    const test::TempDatabase database;
    EXPECT_THAT(
        column(database, R"(
            select proname from pg_proc
            where pronamespace = 'public'::regnamespace and prosecdef
                and not coalesce(proconfig @> '{"search_path=public, pg_temp"}', false))"),
        IsEmpty()
    );
}

/// Whatever a function with the rights of the owner is asked about mail of another caisse, it
/// answers as if there were no such mail, and changes nothing of it.
TEST(Walls, FunctionsWithTheRightsOfTheOwnerKnowOnlyTheCaisseOfTheTransaction) {
    Neighbours town;
    town.bring_foreign_mail();
    const std::string events = "select count(*) from event where caisse_id = '201'";
    for (const auto& row : town.database.rows(R"(
        select role, proname, array_to_string(array(
            select case when type::regtype::text like '%int%' then '$1' else '''voisin''' end
                || '::' || type::regtype
            from unnest(proargtypes) with ordinality listed (type, place) order by place), ', ')
        from pg_proc cross join unnest(array['pleiade_web', 'pleiade_worker']) role
        where pronamespace = 'public'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype
            and has_function_privilege(role, pg_proc.oid, 'execute'))")) {
        const auto answer = [&](int key) {
            std::string call = row[1] + "(" + row[2] + ")";
            for (std::size_t at = call.find("$1"); at != std::string::npos; at = call.find("$1")) {
                call.replace(at, 2, std::to_string(key));
            }
            return town.database.rows(
                "select " + call + "::text; reset role; " + events, Neighbours::as(row[0])
            );
        };
        // A worker may know that a person stopped a lot: one of mixed mail holds mail of its
        // caisse.
        const bool may_know = row[0] == "pleiade_worker" && row[1] == "is_held";
        for (int key = first_foreign_key; key < first_foreign_key + 6 && !may_know; ++key) {
            EXPECT_EQ(answer(key), answer(999999)) << row[0] << " asks " << row[1] << " " << key;
        }
    }
}

/// A role that people log in with is a member of pleiade_web: the wall stands for it as well.
TEST(Walls, StandForMembersOfTheRoles) {
    Neighbours town;
    town.bring_foreign_mail();
    const std::string as_member = "create role walls_member in role pleiade_web; "
                                  "set local session authorization walls_member; "
                                  "set local pleiade.caisses = '061'";
    for (const std::string& table : tables_with_a_caisse(town.database)) {
        if (may(town.database, "pleiade_web", table, "select")) {
            const std::string foreign =
                "select count(*) from " + table + " where caisse_id <> '061'";
            EXPECT_EQ(town.database.value(foreign, as_member), "0") << table;
        }
    }
    const std::string told = "select count(*) from event where reason = 'told'";
    EXPECT_EQ(
        town.database.value(
            "select tell_of_truth(1000, 'told', 'x'); reset session authorization; " + told,
            as_member
        ),
        "0"
    );
}

/// Hung on a table of one's own it would write about mail of others.
TEST(Walls, NobodyMayHangATriggerOfTheOwnerOnATable) {
    const test::TempDatabase database;
    const auto open = column(database, R"(
        select role || ' ' || proname
        from pg_proc cross join unnest(array['public', 'pleiade_web', 'pleiade_worker']) role
        where pronamespace = 'public'::regnamespace and prosecdef
            and prorettype = 'trigger'::regtype
            and has_function_privilege(role, pg_proc.oid, 'execute'))");
    EXPECT_THAT(open, testing::IsEmpty());
}

/// One that comes twice would stop the sealing of all chains.
TEST(Walls, AWorkerDoesNotNumberEvents) {
    Neighbours town;
    const std::string numbered = "insert into event (event_id, caisse_id, subject, subject_id, "
                                 "from_state, to_state, actor) overriding system value "
                                 "values (1, '061', 'pli', 1, '', 'captured', 'x') returning 1";
    EXPECT_ANY_THROW(town.database.value(numbered, Neighbours::as("pleiade_worker")));
    const std::string dated =
        "insert into event (happened_at, caisse_id, subject, subject_id, "
        "from_state, to_state, actor) "
        "values ('2020-01-01', '061', 'pli', 1, '', 'captured', 'x') returning 1";
    EXPECT_ANY_THROW(town.database.value(dated, Neighbours::as("pleiade_worker")));
    const std::string plain =
        "insert into event (caisse_id, subject, subject_id, from_state, "
        "to_state, actor) values ('061', 'pli', 1, '', 'captured', 'x') returning 1";
    EXPECT_EQ(town.database.value(plain, Neighbours::as("pleiade_worker")), "1");
}

TEST(Walls, StandBeforeEachMonthOfEvents) {
    const test::TempDatabase database;
    int months = 0;
    for (const std::string& table : tables_with_a_caisse(database)) {
        if (table.starts_with("event_")) {
            ++months;
            for (const std::string role : roles) {
                EXPECT_FALSE(may(database, role, table, "select, insert, update")) << table;
            }
        }
    }
    EXPECT_GE(months, 5); // this month, three to come, and whatever else there is
}

TEST(Walls, NoTableShowsARowOfAnotherCaisse) {
    Neighbours town;
    town.bring_foreign_mail();
    for (const std::string& table : whole_tables_with_a_caisse(town.database)) {
        const std::string foreign = "select count(*) from " + table + " where caisse_id <> '061'";
        EXPECT_NE(town.database.value(foreign), "0") << table << ": nothing to hide is no test";
        for (const std::string role : roles) {
            if (may(town.database, role, table, "select") && !is_shared(role, table)) {
                EXPECT_EQ(town.database.value(foreign, Neighbours::as(role)), "0")
                    << role << " " << table;
                EXPECT_EQ(
                    town.database.value("select count(*) from " + table, "set local role " + role),
                    "0"
                ) << role
                  << " named no caisse, " << table;
            }
        }
    }
}

TEST(Walls, NoRowOfAnotherCaisseIsChangedOrDeleted) {
    Neighbours town;
    town.bring_foreign_mail();
    for (const std::string& table : tables_with_a_caisse(town.database)) {
        for (const std::string role : roles) {
            const std::string tried = role + " " + table;
            // A condition would need the right to read: without one, row security alone decides.
            for (const std::string& what : column(
                     town.database,
                     "select attname from pg_attribute where attrelid = '" + table +
                         "'::regclass and attnum > 0 and not attisdropped and attgenerated = '' "
                         "and attidentity = '' and has_column_privilege('" +
                         role + "', attrelid, attnum, 'update')"
                 )) {
                if (!is_shared(role, table)) {
                    EXPECT_THAT(
                        town.database.rows(
                            "with changed as (update " + table + " set " + what + " = " + what +
                                " returning caisse_id) "
                                "select distinct caisse_id from changed where caisse_id <> '061'",
                            Neighbours::as(role)
                        ),
                        IsEmpty()
                    ) << tried;
                }
            }
            if (may_delete(town.database, role, table)) {
                EXPECT_THAT(
                    town.database.rows(
                        "with gone as (delete from " + table +
                            " returning caisse_id) "
                            "select caisse_id from gone where caisse_id <> '061'",
                        Neighbours::as(role)
                    ),
                    IsEmpty()
                ) << tried;
            }
        }
    }
}

/// Copies of rows that are there, so that nothing but the wall refuses them.
TEST(Walls, NoRowIsGivenToAnotherCaisse) {
    Neighbours town;
    town.bring_foreign_mail();
    const auto refused = AnyOf(HasSubstr("row-level security"), HasSubstr("permission denied"));
    for (const std::string& table : whole_tables_with_a_caisse(town.database)) {
        const std::string columns = town.database.value(
            "select string_agg(quote_ident(attname), ', ') from pg_attribute where attrelid = '" +
            table + "'::regclass and attnum > 0 and not attisdropped and attgenerated = ''"
        );
        const std::string row = town.database.value(
            "select quote_literal(to_jsonb(foreign_row) || coalesce(("
            "select jsonb_build_object('state', state) "
            "from unnest(array['open', 'captured', 'proposed', 'waiting', 'new']) state "
            "where arrow_is_drawn('" +
            table + "', '', state)), '{}')) from " + table +
            " foreign_row where caisse_id = '201' limit 1"
        );
        for (const std::string role : roles) {
            EXPECT_THAT(
                town.database.refusal(
                    Neighbours::as(role) + "; insert into " + table + " (" + columns +
                    ") overriding system value select " + columns +
                    " from jsonb_populate_record(null::" + table + ", " + row + ")"
                ),
                refused
            ) << role
              << " inserts into " << table;
            EXPECT_THAT(
                town.database.refusal(
                    Neighbours::as(role) + "; update " + table + " set caisse_id = '201'"
                ),
                refused
            ) << role
              << " gives away a row of " << table;
        }
    }
}

TEST(Walls, AMoveToAnotherCaisseDoesNotCascadeThroughTheWall) {
    Neighbours town;
    const RowId lot = town.open_lot("nous-b");
    const RowId own = town.add(lot, "b.tif");
    town.bring_foreign_mail();
    for (const std::string role : roles) {
        EXPECT_THAT(
            town.database.refusal(
                Neighbours::as(role) + "; select assign_caisse(" + std::to_string(own) + ", '201')"
            ),
            AnyOf(HasSubstr("row-level security"), HasSubstr("permission denied"))
        );
        EXPECT_NE(
            town.database.refusal(Neighbours::as(role) + "; select assign_caisse(1001, '061')"), ""
        );
    }
}

} // namespace
} // namespace pleiade::store
