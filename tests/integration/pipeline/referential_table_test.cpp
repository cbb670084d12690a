// A table of insured people in a real PostgreSQL.

#include "app/pipeline/referential.h"
#include "core/failure.h"
#include "tests/support/temp_database.h"

#include <gtest/gtest.h>

namespace pleiade::pipeline {
namespace {

constexpr const char* jeanne = "184050608800195";

class Table : public testing::Test {
protected:
    test::TempDatabase database_{test::TempDatabase::Schema::None};

    Remedy refused(const std::string& table, const std::string& complaint) {
        try {
            const ReferentialTable people(database_.url(), table);
            (void)people.people_with(jeanne);
        } catch (const Error& error) {
            const std::string what = error.what();
            EXPECT_NE(what.find(complaint), std::string::npos) << what;
            EXPECT_EQ(what.find("184050"), std::string::npos) << "no number in a message";
            return error.remedy();
        }
        ADD_FAILURE() << table << " was taken";
        return Remedy::RetryLater;
    }
};

TEST_F(Table, GivesNoneOneOrSeveralWithAndWithoutTheKey) {
    database_.exec("create schema registre; "
                   "create table registre.assures (id bigint, \"Numéro de sécurité sociale\" "
                   "varchar(15), nom text, \"Prénoms\" text, date_de_naissance date, caisse "
                   "char(3), iban text); "
                   "insert into registre.assures values "
                   "(1, '184050608800195', 'MARTIN', 'Jeanne', '1984-05-23', '061', "
                   "'FR76 3000 6000 0112 3456 7890 189'), "
                   "(2, '253072A073004', 'DURAND', null, null, null, null), "
                   "(3, '253072A07300443', 'DURANT', 'Zoé', null, null, null)");
    const ReferentialTable people(database_.url(), "registre.assures");
    const auto found = people.people_with(jeanne);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(
        found[0],
        (InsuredPerson{
            .nir = jeanne,
            .family_name = "MARTIN",
            .first_names = "Jeanne",
            .birth_date = "1984-05-23",
            .caisse = "061",
            .iban = "FR7630006000011234567890189"})
    );
    EXPECT_EQ(people.people_with("253072A07300443").size(), 2U);
    EXPECT_TRUE(people.people_with("299100608800169").empty());
    EXPECT_TRUE(people.people_with("' or true --").empty());
}

TEST_F(Table, ReadsAViewWhoseNameNeedsQuotes) {
    database_.exec("create view \"as\"\"sures\" as "
                   "select '184050608800195'::text as nir, 'MARTIN' as nom");
    EXPECT_EQ(ReferentialTable(database_.url(), "as\"sures").people_with(jeanne).size(), 1U);
}

TEST_F(Table, IsRefusedWithWhatIsWrongWithIt) {
    database_.exec("create table numbers (nir bigint, nom text); "
                   "create table nameless (nir text, prenom text); "
                   "create table other (matricule text, nom text); "
                   "create table strange (nir text, nom text, caisse text); "
                   "insert into strange values ('184050608800195', 'MARTIN', '61')");
    EXPECT_EQ(refused("absent", "absent"), Remedy::FixConfiguration);
    EXPECT_EQ(refused("numbers", "no text"), Remedy::FixConfiguration);
    EXPECT_EQ(refused("nameless", "no column is named Nom"), Remedy::FixConfiguration);
    EXPECT_EQ(refused("other", "no column is named NIR"), Remedy::FixConfiguration);
    EXPECT_EQ(refused("strange", "three digits"), Remedy::FixConfiguration);
}

TEST_F(Table, ThatWentAwayIsSaidWithItsName) {
    database_.exec("create table gone (nir text, nom text)");
    const ReferentialTable people(database_.url(), "gone");
    database_.exec("drop table gone");
    try {
        (void)people.people_with(jeanne);
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
        EXPECT_NE(std::string(error.what()).find("table \"gone\""), std::string::npos);
    }
}

TEST_F(Table, IsAskedOnceMoreWhenItsServerCutTheConnection) {
    database_.exec("create table cut (nir text, nom text); "
                   "insert into cut values ('184050608800195', 'MARTIN')");
    const ReferentialTable people(database_.url(), "cut");
    EXPECT_EQ(people.people_with(jeanne).size(), 1U);
    database_.exec("do $$ begin perform pg_terminate_backend(pid) from pg_stat_activity "
                   "where datname = current_database() and pid <> pg_backend_pid(); end $$");
    EXPECT_EQ(people.people_with(jeanne).size(), 1U);
}

TEST(TableOutOfReach, IsForLater) {
    try {
        const ReferentialTable people("host=127.0.0.1 port=1 dbname=none", "assures");
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::RetryLater);
    }
}

} // namespace
} // namespace pleiade::pipeline
