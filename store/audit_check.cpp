#include "store/audit_check.h"

#include "core/durable_file.h"
#include "core/failure.h"
#include "core/hex.h"
#include "store/audit/chain_walk.h"
#include "store/audit/records.h"
#include "store/audit/time_stamp.h"
#include "store/blob_store.h"
#include "store/postgres/database.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

namespace pleiade::store {
namespace {

using audit::Sealed;
using audit::SignedCheckpoint;
using postgres::text_of;

constexpr int links_at_once = 5000;                // chosen: a megabyte or two
constexpr int most_named = 1000;                   // chosen: who has more of them needs no list
constexpr std::size_t most_file_bytes = 1U << 24U; // chosen: a checkpoint has a line per caisse

Sealed sealed_of(const pqxx::row& row, const std::string& caisse) {
    Sealed sealed;
    sealed.link = {
        .caisse = caisse,
        .position = row["position"].as<std::int64_t>(),
        .blobs = text_of(row["blobs"]),
        .sealed_us = row["sealed_us"].as<std::int64_t>()};
    sealed.event_id = row["event_id"].as<RowId>();
    sealed.hash = text_of(row["hash"]);
    if (row["there"].as<bool>()) {
        sealed.event = audit::event_of(row);
    }
    if (!row["blobs_now"].is_null()) {
        sealed.blobs_now = text_of(row["blobs_now"]);
    }
    return sealed;
}

class AuditCheck {
public:
    AuditCheck(const std::string& url, const AuditScope& scope) : database_(url), scope_(scope) {}

    AuditReport check() {
        // Files first: what is signed meanwhile has its row by the time the rows are read.
        const std::vector<std::filesystem::path> files = files_in(scope_.folder);
        read_checkpoints();
        compare_files(files);
        for (const std::string& caisse : caisses()) {
            walk(caisse);
        }
        find_events_behind_the_seal();
        find_changed_readings();
        count_tail();
        return std::move(report_);
    }

private:
    void find(const std::string& caisse, const std::string& subject, const std::string& what) {
        report_.findings.push_back({caisse, subject, what});
    }

    template <typename... Parameters>
    pqxx::result ask(const char* question, const Parameters&... parameters) {
        return database_.look([&](auto& look) {
            return pqxx::result(look.exec_params(question, parameters...));
        });
    }

    std::vector<std::string> caisses() {
        std::vector<std::string> codes;
        for (const pqxx::row& row : ask(sql::caisse_codes, scope_.caisse)) {
            codes.push_back(text_of(row["caisse_id"]));
        }
        return codes;
    }

    void walk(const std::string& caisse) {
        audit::ChainWalk chain(caisse, checkpoints_, report_.findings);
        for (;;) {
            const pqxx::result rows =
                ask(sql::sealed_chain, caisse, chain.position(), links_at_once);
            for (const pqxx::row& row : rows) {
                chain.take(sealed_of(row, caisse));
                ++report_.events;
            }
            if (rows.empty()) {
                report_.after_checkpoint += chain.end();
                return;
            }
        }
    }

    void read_checkpoints() {
        std::string previous = audit::chain_start;
        for (const pqxx::row& row : ask(sql::checkpoints, std::int64_t{0})) {
            const auto number = row["number"].as<std::int64_t>();
            const auto expected = static_cast<std::int64_t>(checkpoints_.size()) + missing_ + 1;
            if (number != expected) {
                find(
                    "",
                    "checkpoint " + std::to_string(expected),
                    number == expected + 1
                        ? "was taken away"
                        : "and those up to " + std::to_string(number - 1) + " were taken away"
                );
                missing_ += number - expected;
            }
            const std::string body = text_of(row["body"]);
            bodies_[number] = {body, text_of(row["signature"])};
            check_checkpoint(row, body, number == expected ? previous : "");
            previous = blob_id_of(bytes_of(body)).sha256;
        }
        report_.checkpoints = static_cast<long>(bodies_.size());
    }

    /// @param previous hash of the one before; empty: unknown.
    void
    check_checkpoint(const pqxx::row& row, const std::string& body, const std::string& previous) {
        const auto number = row["number"].as<std::int64_t>();
        const auto made_us = row["made_us"].as<std::int64_t>();
        const std::string subject = "checkpoint " + std::to_string(number);
        SignedCheckpoint checkpoint{.number = number, .made_us = made_us, .text = {}};
        if (const auto text = audit::checkpoint_from(body)) {
            checkpoint.text = *text;
        }
        const std::string key = text_of(row["key_id"]);
        const auto believed = std::ranges::find_if(scope_.keys, [&](const VerifyingKey& each) {
            return each.id() == key;
        });
        if (believed == scope_.keys.end()) {
            find("", subject, "is signed with key " + key + ", which is none that is believed");
        } else if (!believed->signed_it(bytes_of(body), text_of(row["signature"]))) {
            find("", subject, "was altered: its signature does not fit");
        } else if (
            checkpoint.text.number != number ||
            checkpoint.text.made_at != audit::iso_instant(made_us) ||
            (!previous.empty() && checkpoint.text.previous != previous)
        ) {
            find("", subject, "was altered: it stands in another place than it was signed for");
        }
        check_stamp(subject, body, text_of(row["stamp"]));
        checkpoints_.push_back(std::move(checkpoint));
    }

    void
    check_stamp(const std::string& subject, const std::string& body, const std::string& stamp) {
        if (stamp.empty()) {
            return;
        }
        ++report_.stamped;
        const audit::StampCheck check = audit::check_stamp(
            bytes_from_hex(stamp).value_or(Bytes{}), body, scope_.stamp_certificates
        );
        report_.stamps_verified += check.is_verified ? 1 : 0;
        if (!check.wrong.empty()) {
            find("", subject, "has a time stamp that " + check.wrong);
        }
    }

    /// What lies in the folder must stand in the database: somebody may have cut its end.
    [[nodiscard]] static std::vector<std::filesystem::path>
    files_in(const std::filesystem::path& folder) {
        std::error_code gone;
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder, gone)) {
            files.push_back(entry.path());
        }
        return files;
    }

    void compare_files(const std::vector<std::filesystem::path>& files) {
        for (const std::filesystem::path& file : files) {
            const std::int64_t number = audit::number_of(file);
            if (number == 0) {
                continue;
            }
            const std::string subject = "checkpoint " + std::to_string(number);
            const auto found = bodies_.find(number);
            if (found == bodies_.end()) {
                find("", subject, "was taken away: " + file.string() + " is still there");
                continue;
            }
            std::filesystem::path signature = file;
            signature.replace_extension(".sig");
            if (text_in(file) != found->second.body ||
                hex_of(bytes_of(text_in(signature))) != found->second.signature) {
                find(
                    "",
                    subject,
                    "is another one in " + file.string() +
                        " or its .sig than in the "
                        "database"
                );
            }
        }
    }

    /// Empty for a file that cannot be read.
    static std::string text_in(const std::filesystem::path& file) {
        try {
            return pleiade::text_of(read_file(file, most_file_bytes));
        } catch (const Error&) {
            return {};
        }
    }

    void find_events_behind_the_seal() {
        for (const pqxx::row& row : ask(sql::events_behind_the_seal, scope_.caisse, most_named)) {
            const std::string from = text_of(row["from_state"]);
            find(
                text_of(row["caisse_id"]),
                "event " + text_of(row["event_id"]) + " (" + text_of(row["subject"]) + " " +
                    text_of(row["subject_id"]) + ", " + (from.empty() ? "new" : from) + " -> " +
                    text_of(row["to_state"]) + ", " + text_of(row["happened_at"]) + ")",
                "is in no chain though others of its time are: it was put in, or its link was "
                "taken away"
            );
        }
    }

    void find_changed_readings() {
        for (const pqxx::row& row : ask(sql::changed_readings, scope_.caisse)) {
            find(
                text_of(row["caisse_id"]),
                "page " + text_of(row["page_number"]) + " of pli " + text_of(row["pli_id"]) + " (" +
                    text_of(row["name"]) + ")",
                "names other pictures than were sealed when it was read: these were exchanged"
            );
        }
    }

    void count_tail() {
        const pqxx::row row = ask(sql::unsealed_tail, scope_.caisse)[0];
        report_.unsealed = row["events"].as<long>();
        report_.oldest_unsealed = std::chrono::seconds(row["age_s"].as<std::int64_t>());
    }

    struct Body {
        std::string body;
        std::string signature;
    };

    postgres::Database database_;
    const AuditScope& scope_;
    AuditReport report_;
    std::vector<SignedCheckpoint> checkpoints_;
    std::map<std::int64_t, Body> bodies_;
    std::int64_t missing_ = 0;
};

} // namespace

AuditReport check_audit(const std::string& url, const AuditScope& scope) {
    return AuditCheck(url, scope).check();
}

} // namespace pleiade::store
