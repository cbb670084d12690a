// Every statement of store/sql, asked by each login role for caisse 061: once while there is mail
// of 061 only, once with mail of 201 beside it. Both times the answer must be the same to the
// letter, counts and complaints too, and mail of 201 must stay as it was.

#include "tests/integration/store/neighbours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <pqxx/pqxx>
#include <set>
#include <string>
#include <vector>

namespace pleiade::store {
namespace {

using Arguments = std::vector<std::string>;

struct Query {
    std::string name;
    std::string text;
};

std::vector<Query> all_queries() {
    std::vector<Query> queries;
    const std::string folder = std::string(PLEIADE_SOURCE_DIR) + "/store/sql";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path());
        queries.push_back({entry.path().stem().string(), {std::istreambuf_iterator<char>(file), {}}}
        );
    }
    std::sort(queries.begin(), queries.end(), [](const Query& left, const Query& right) {
        return left.name < right.name;
    });
    return queries;
}

/// What a worker may do for all caisses: claim jobs, keep them and count them, and ask whether a
/// person stopped one.
const std::set<std::string> queue_queries{
    "claim_jobs",
    "count_jobs",
    "end_job",
    "enter_job",
    "enter_jobs",
    "forgive_crashes",
    "guard_job",
    "heartbeat",
    "job_is_held",
    "live_lease",
    "oldest_open_job",
    "open_jobs",
    "put_back_job",
    "record_crash",
    "release_all_jobs",
    "release_jobs_of",
    "retry_job",
    "set_aside_job"};

/// Say nothing of mail even to the owner; the size of a server differs by the moment as well.
const std::set<std::string> no_mail{
    "advance_sealing",
    "become_worker",
    "caisse_codes",
    "create_database",
    "create_schema_version",
    "data_directory",
    "find_database",
    "find_schema_version",
    "has_mail",
    "insert_checkpoint",
    "insert_checkpoint_stamp",
    "insert_schema_version",
    "lock_events",
    "lock_mail_of_caisse",
    "lock_migrations",
    "make_months",
    "may_seal",
    "server_health",
    "share_unsorted_mail",
    "try_seal_lock"};

/// What the generic arguments below cannot guess: states that follow the arrows, the fence of the
/// job that runs, pairs of things that belong together. 1000 ...: see neighbours.h.
std::vector<Arguments> special_arguments(const std::string& name) {
    static const std::string sha(64, 'd');
    static const std::map<std::string, std::vector<Arguments>> special{
        {"blobs_in_use", {{"{" + blob_named("b.tif").sha256 + "}"}}},
        {"checkpoints", {{"0"}}},
        {"inherit_hold", {{"1002", "{1004}"}}},
        {"job_is_held", {{"1003", "1003"}}},
        {"late_documents", {{"", "201", "1900000000000000"}, {"", "", "1900000000000000"}}},
        {"resume_lot", {{"1003", "", "x"}}},
        {"insert_page_bands", {{"1001", "{5}"}}},
        {"forgive_crashes", {{"{1007}"}}},
        {"name_late_delivery", {{"1003"}}},
        {"number_pages", {{"1005"}}},
        {"recapture_blank_pages", {{"{1005}"}}},
        {"separator_only_plis", {{"1003"}}},
        {"insert_sealed_events",
         {{"{201}", "{50}", "{1005}", "{\"\"}", "{" + std::string(64, '0') + "}", "0"}}},
        {"unsealed_events", {{"0", "9999999", "100"}}},
        {"unsealed_is_left", {{"0", "9999999"}}},
        {"aat_numbers", {{"{AAT-1}", "1", "{201}"}}},
        {"acknowledge_delivery", {{"1001", sha, "ged/b.pdf", "0"}}},
        {"announce_lot", {{"1002", "{c.tif}", "1"}}},
        {"assign_caisse", {{"1002", "061"}}},
        {"assign_caisse_to_lot", {{"1002", "061"}}},
        {"claim_jobs", {{"somebody", "{read,split,understand,deliver}", "60", "{}", "9"}}},
        {"close_lot", {{"1002", "1"}}},
        {"close_lot_when_settled", {{"1004"}}},
        {"documents_of_people", {{"{184050608800195}", "1", "{201}", "2026-03-02"}}},
        {"doubt_changed_file", {{"1002", "c.tif", "doute"}}},
        {"end_job", {{"1008", "1", "{}"}}},
        {"find_file", {{"1002", "c.tif", blob_named("c.tif").sha256}}},
        {"find_open_lot", {{"voisin-c"}}},
        {"find_truth_pli", {{"1000", "", ""}, {"0", "lot/voisin.tif", ""}}},
        {"finish_reads",
         {{"{1008}",
           "{1}",
           "{read}",
           "{\"\"}",
           "{\"{}\"}",
           "{1}",
           "{" + sha + "}",
           "{jpeg}",
           "{9}",
           "{9}",
           "{1}",
           "{300}",
           "{" + sha + "}"}}},
        {"guard_job", {{"1008", "1"}}},
        {"heartbeat", {{"worker", "60"}}},
        {"insert_deliveries", {{"1001"}}},
        {"insert_lot", {{"201", "new", "", "post", "0"}, {"061", "voisin-c", "", "post", "0"}}},
        {"insert_samples", {{"1001", "100"}}},
        {"insert_document",
         {{"1002", "9", "DAT", "1", "auto", "s", "c", "1", "1", "true", "[]", "2026-03-02", "{}"}}},
        {"insert_document_field", {{"1001", "9", "n", "v", "1", "0", "0", "0", "0", "0"}}},
        {"insert_document_key", {{"1001", "form", "k", "v"}}},
        {"insert_page_print", {{"1001", "", "{1}", "{1}", "{1}"}}},
        {"insert_file", {{"1002", "d.tif", sha, "1", "1", "true"}}},
        {"insert_truth", {{"1000", "1000", "DAT", "true", "correction", "x", "0"}}},
        {"insert_truth_field", {{"1000", "9", "n", "v"}}},
        {"insert_truth_pages", {{"1000", "{1001}"}}},
        {"insert_work_item", {{"1001"}}},
        {"known_accounts", {{"{184050608800195}", "1", "{201}"}}},
        {"known_files", {{"voisin"}}},
        {"mark_document_starts", {{"{1001}"}}},
        {"move_delivery", {{"1001", "sent"}}},
        {"move_pages", {{"1", "{1001}"}, {"1001", "{1}"}}},
        {"move_pli", {{"1002", "read"}}},
        {"prints_of_plis", {{"{1000,1001}", "{201}"}}},
        {"enter_job", {{"1008", "1", "{}"}}},
        {"enter_jobs", {{"{1008}", "{1}"}}},
        {"queue_split_when_settled", {{"1003"}}},
        {"queue_splits_when_settled", {{"{1003}"}}},
        {"put_back_job", {{"1008", "1", "x"}}},
        {"record_crash", {{"1008", "1"}}},
        {"record_pdf", {{"1001", sha, sha}}},
        {"refuse_delivery", {{"1001", "x"}}},
        {"release_jobs_of", {{"worker"}}},
        {"retry_job", {{"1008", "1", "x", "5"}}},
        {"same_file_pages", {{"{1}", "1", "{201}"}}},
        {"sealed_chain", {{"201", "0", "100"}}},
        {"sealed_blobs", {{"201", "0", "100", "100"}}},
        {"send_delivery", {{"1001", "folder"}}},
        {"set_aside_job", {{"1008", "1", "x"}}},
        {"set_lot_caisse", {{"1002", "061"}, {"1", "201"}}},
        {"settle_page", {{"1002", "set_aside", "x", ""}}},
        {"similar_plis", {{"{1000,1001}", "1", "{201}", "2026-03-02"}}},
        {"supersede_documents", {{"1001", "9", "1000"}}},
        {"supersede_pli", {{"1002", "1"}, {"1002", "1000"}}},
        {"tell_of_truth", {{"1000", "said", "x"}}},
        {"understand_pli", {{"1002", "{}", "{}", "{}"}}}};
    const auto found = special.find(name);
    return found == special.end() ? std::vector<Arguments>{} : found->second;
}

/// Something of the type that is about mail of 201: numbers are keys, texts a caisse, a name, a
/// state or nothing, days the day of receipt.
std::string argument_of(const std::string& type, const std::string& text, int key) {
    const bool array = type.size() > 2 && type.substr(type.size() - 2) == "[]";
    const std::string element = array ? type.substr(0, type.size() - 2) : type;
    std::string value = text;
    if (element == "bigint" || element == "integer") {
        value = std::to_string(key);
    } else if (element == "double precision" || element == "real") {
        value = "1";
    } else if (element == "boolean") {
        value = "true";
    } else if (element == "date") {
        value = "2026-03-02";
    } else if (element == "jsonb") {
        value = "{}";
    }
    return array ? "{" + value + "}" : value;
}

// NOLINTNEXTLINE(readability-function-size): nested loops say "each with each" plainest
std::vector<Arguments>
arguments_for(const std::string& name, const std::vector<std::string>& types) {
    std::vector<Arguments> all = special_arguments(name);
    for (const char* const text : {"", "201", "set_aside", "{\"a\":1}"}) {
        for (const int key : {1000, 1001, 1002, 1}) {
            Arguments arguments;
            for (const std::string& type : types) {
                arguments.push_back(argument_of(type, text, key));
            }
            all.push_back(arguments);
        }
    }
    // Reports ask for days and a caisse, by empty texts for all of them: "" above. This one's days:
    if (types == std::vector<std::string>{"text", "text", "text"}) {
        all.push_back({"2026-01-01", "2026-12-31", "201"});
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

struct Answer {
    std::string said;         ///< Rows, number of rows changed, or the complaint.
    std::string foreign_mail; ///< A digest, afterwards; empty when nothing was written.

    bool operator==(const Answer&) const = default;
};

class Asker {
public:
    explicit Asker(const test::TempDatabase& database) : connection_(database.url()) {
        std::string digests;
        for (const auto& row : database.rows(
                 "select relname from pg_class join pg_attribute on attrelid = pg_class.oid "
                 "where relnamespace = 'public'::regnamespace and relkind = 'r' "
                 "and attname = 'caisse_id' order by relname"
             )) {
            const std::string digest = "(select coalesce(md5(string_agg(one::text, '|' order by "
                                       "one::text)), '') from " +
                                       row[0] + " one where caisse_id = '201')";
            (row[0] == "job" ? jobs_ : digests) += (digests.empty() ? "" : " || ' ' || ") + digest;
        }
        mail_ = digests;
        jobs_ = jobs_.substr(jobs_.find('('));
    }

    std::vector<std::string> types_of(const Query& query) {
        pqxx::work work(connection_);
        try {
            work.exec("prepare asked as " + query.text);
            std::vector<std::string> types;
            for (const pqxx::row& row :
                 work.exec("select unnest(parameter_types)::text from pg_prepared_statements "
                           "where name = 'asked'")) {
                types.emplace_back(row[0].c_str());
            }
            work.exec("deallocate asked");
            return types;
        } catch (const pqxx::sql_error&) {
            return {}; // create database and lock table: they have none
        }
    }

    enum class Jobs { Counted, LeftOut };

    /// Nothing of it is kept.
    /// @param jobs Whether those of 201 belong to the mail that must stay as it is.
    Answer
    ask(const Query& query, const Arguments& arguments, const std::string& before, Jobs jobs) {
        pqxx::work work(connection_);
        // Keys come out the same, however often was asked.
        work.exec("select setval(oid::regclass, 5000, false) from pg_class where relkind = 'S'");
        work.exec(before);
        Answer answer;
        try {
            const pqxx::result rows = work.exec_params(
                query.text, pqxx::prepare::make_dynamic_params(arguments.begin(), arguments.end())
            );
            answer.said = std::to_string(rows.affected_rows()) + " " + text_of(rows);
            work.exec("set constraints all immediate; reset role");
            if (!work.exec1("select pg_current_xact_id_if_assigned()")[0].is_null()) {
                const std::string digest =
                    jobs == Jobs::Counted ? mail_ + " || ' ' || " + jobs_ : mail_;
                answer.foreign_mail = work.exec1("select " + digest)[0].c_str();
            }
        } catch (const pqxx::sql_error& error) {
            answer.said = error.what();
        }
        return answer;
    }

private:
    /// Without ages in seconds, which grow meanwhile.
    static std::string text_of(const pqxx::result& rows) {
        std::string text;
        for (const pqxx::row& row : rows) {
            for (const pqxx::field& field : row) {
                const std::string name = field.name();
                const bool age = name == "age_s" || name == "oldest_s";
                text += age ? "(age)|" : std::string(field.c_str()) + "|";
            }
            text += "\n";
        }
        return text;
    }

    pqxx::connection connection_;
    pqxx::quiet_errorhandler silence_{connection_};
    std::string mail_; ///< An expression for the digest of all rows of 201 but jobs.
    std::string jobs_;
};

struct Asked {
    Query query;
    std::vector<Arguments> arguments;
    std::map<std::string, std::vector<Answer>> alone; ///< By who asks; "" is the owner.
};

Asker::Jobs jobs_that_count(const std::string& role, const std::string& query) {
    const bool theirs = role == "pleiade_worker" && queue_queries.count(query) != 0;
    return theirs ? Asker::Jobs::LeftOut : Asker::Jobs::Counted;
}

std::string text_of(const Arguments& arguments) {
    std::string text;
    for (const std::string& argument : arguments) {
        text += "'" + argument + "' ";
    }
    return text;
}

/// Workers see jobs of all caisses, but nothing of the mail they are about: not its plis, nor its
/// files, b.tif to e.tif.
void expect_no_mail_of_neighbours(const Asked& asked, const Answer& answer) {
    EXPECT_THAT(answer.said, testing::Not(testing::HasSubstr("voisin"))) << asked.query.name;
    EXPECT_THAT(answer.said, testing::Not(testing::ContainsRegex("[b-e]\\.tif")))
        << asked.query.name;
}

// NOLINTNEXTLINE(readability-function-size): nested loops say "each with each" plainest
TEST(Queries, AnswerAsIfThereWereNoOtherCaisse) {
    Neighbours town;
    Asker asker(town.database);
    std::vector<Asked> all;
    const std::vector<std::string> everybody{"", "pleiade_web", "pleiade_worker"};
    const auto before = [](const std::string& role) {
        return role.empty() ? std::string() : Neighbours::as(role);
    };
    for (const Query& query : all_queries()) {
        if (no_mail.count(query.name) != 0) {
            continue;
        }
        Asked asked{.query = query, .arguments = arguments_for(query.name, asker.types_of(query))};
        for (const std::string& role : everybody) {
            for (const Arguments& arguments : asked.arguments) {
                asked.alone[role].push_back(
                    asker.ask(query, arguments, before(role), jobs_that_count(role, query.name))
                );
            }
        }
        all.push_back(asked);
    }
    town.bring_foreign_mail();
    const Query nothing{"", "update caisse set name = name"};
    const std::string mail = asker.ask(nothing, {}, "", Asker::Jobs::LeftOut).foreign_mail;
    const std::string mail_and_jobs = asker.ask(nothing, {}, "", Asker::Jobs::Counted).foreign_mail;
    ASSERT_NE(mail, mail_and_jobs);
    std::vector<std::string> without_mail;
    for (const Asked& asked : all) {
        bool about_mail = false;
        for (const std::string& role : everybody) {
            const auto jobs = jobs_that_count(role, asked.query.name);
            for (std::size_t i = 0; i < asked.arguments.size(); ++i) {
                const Answer answer =
                    asker.ask(asked.query, asked.arguments[i], before(role), jobs);
                const std::string& untouched = jobs == Asker::Jobs::Counted ? mail_and_jobs : mail;
                const bool same_answer = answer.said == asked.alone.at(role)[i].said;
                const bool left_alone =
                    answer.foreign_mail.empty() || answer.foreign_mail == untouched;
                if (role.empty()) {
                    about_mail = about_mail || !same_answer || !left_alone;
                    continue;
                }
                EXPECT_TRUE(left_alone) << role << " changes mail of another caisse by "
                                        << asked.query.name << " " << text_of(asked.arguments[i]);
                if (jobs == Asker::Jobs::LeftOut) {
                    expect_no_mail_of_neighbours(asked, answer);
                } else {
                    EXPECT_EQ(answer.said, asked.alone.at(role)[i].said)
                        << role << " asks " << asked.query.name << " "
                        << text_of(asked.arguments[i]);
                }
            }
        }
        if (!about_mail) {
            without_mail.push_back(asked.query.name);
        }
    }
    // A query that says nothing of mail of 201 even to the owner was asked in vain.
    for (const std::string& name : without_mail) {
        ADD_FAILURE() << name << " was asked in vain";
    }
}

} // namespace
} // namespace pleiade::store
