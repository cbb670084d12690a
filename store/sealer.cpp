#include "store/sealer.h"

#include "core/durable_file.h"
#include "core/failure.h"
#include "core/hex.h"
#include "store/audit/chain.h"
#include "store/audit/checkpoint_text.h"
#include "store/audit/merkle.h"
#include "store/audit/records.h"
#include "store/audit/time_stamp.h"
#include "store/blob_store.h"
#include "store/postgres/database.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <map>
#include <sstream>
#include <utility>
#include <vector>

namespace pleiade::store {
namespace {

using audit::ChainHead;
using postgres::text_of;

constexpr const char* behind_all = "18446744073709551615"; // spec: the largest xid8
constexpr int events_at_once = 5000;    // chosen: a megabyte or two, and done in a second
constexpr int most_stamps_at_once = 24; // chosen: a day of an authority that was away
constexpr std::chrono::hours between_checkpoints{1}; // spec: an hourly checkpoint

struct Head {
    std::int64_t position = 0;
    std::string hash = audit::chain_start;
};

std::map<std::string, Head> heads_of(pqxx::work& work) {
    std::map<std::string, Head> heads;
    for (const pqxx::row& row : work.exec(sql::chain_heads)) {
        heads[text_of(row["caisse_id"])] = {
            row["position"].as<std::int64_t>(), text_of(row["hash"])};
    }
    return heads;
}

bool is_ours(pqxx::work& work) {
    return work.exec1(sql::try_seal_lock)["ours"].as<bool>();
}

/// What is sealed of one batch, column by column.
struct Columns {
    std::vector<std::string> caisses;
    std::vector<RowId> positions;
    std::vector<RowId> events;
    std::vector<std::string> blobs;
    std::vector<std::string> hashes;
};

/// Chains the events to the heads of their caisses, in the order given.
Columns chained(const pqxx::result& rows, std::map<std::string, Head> heads, std::int64_t now_us) {
    Columns columns;
    for (const pqxx::row& row : rows) {
        const audit::Event event = audit::event_of(row);
        Head& head = heads[event.caisse];
        ++head.position;
        const audit::Link link{
            .caisse = event.caisse,
            .position = head.position,
            .blobs = text_of(row["blobs"]),
            .sealed_us = now_us};
        head.hash = audit::hash_of(head.hash, link, event);
        columns.caisses.push_back(event.caisse);
        columns.positions.push_back(head.position);
        columns.events.push_back(event.id);
        columns.blobs.push_back(link.blobs);
        columns.hashes.push_back(head.hash);
    }
    return columns;
}

/// Seals some of the events of transactions from `first` on, below `bound`.
pqxx::result seal_some(
    pqxx::work& work, const std::string& first, const std::string& bound, std::int64_t now_us
) {
    pqxx::result rows = work.exec_params(sql::unsealed_events, first, bound, events_at_once);
    if (!rows.empty()) {
        const Columns columns = chained(rows, heads_of(work), now_us);
        work.exec_params(
            sql::insert_sealed_events,
            postgres::array_of(columns.caisses),
            postgres::array_of(columns.positions),
            postgres::array_of(columns.events),
            postgres::array_of(columns.blobs),
            postgres::array_of(columns.hashes),
            now_us
        );
    }
    return rows;
}

/// The database came here from another cluster: no number of a transaction says anything about the
/// events it brought, but nobody is writing one while we hold the lock.
int seal_all_after_moving(pqxx::work& work) {
    constexpr const char* first_of_all = "0";
    work.exec(sql::lock_events);
    const pqxx::row bounds = work.exec1(sql::seal_bounds);
    int sealed = 0;
    for (;;) {
        const pqxx::result rows =
            seal_some(work, first_of_all, behind_all, bounds["now_us"].as<std::int64_t>());
        if (rows.empty()) {
            break;
        }
        sealed += static_cast<int>(rows.size());
    }
    work.exec_params(sql::advance_sealing, text_of(bounds["bound"]));
    return sealed;
}

/// The blobs that a chain brought behind `after`, up to its head.
void add_blobs(pqxx::work& work, ChainHead& head, std::int64_t after) {
    audit::MerkleTree tree;
    while (after < head.position) {
        const pqxx::result rows =
            work.exec_params(sql::sealed_blobs, head.caisse, after, head.position, events_at_once);
        for (const pqxx::row& row : rows) {
            std::istringstream names(text_of(row["blobs"]));
            for (std::string name; names >> name;) {
                tree.add(name);
            }
            after = row["position"].as<std::int64_t>();
        }
        if (rows.empty()) {
            break; // somebody took them away: the check will say so
        }
    }
    head.blobs = tree.size();
    head.blobs_root = tree.root();
}

/// Of the last checkpoint.
struct Last {
    audit::CheckpointText text{.number = 0, .made_at = "", .previous = "", .heads = {}};
    std::string hash = audit::chain_start;
    std::int64_t made_us = 0;
};

Last last_of(const pqxx::result& rows) {
    Last last;
    if (rows.empty()) {
        return last;
    }
    const std::string body = text_of(rows[0]["body"]);
    last.text = audit::checkpoint_from(body).value_or(last.text); // altered: the check will say so
    last.text.number = rows[0]["number"].as<std::int64_t>();
    last.hash = blob_id_of(bytes_of(body)).sha256;
    last.made_us = rows[0]["made_us"].as<std::int64_t>();
    return last;
}

bool is_due(const Last& last, Instant now) {
    const Instant made{std::chrono::microseconds(last.made_us)};
    return last.text.number == 0 || now - made >= between_checkpoints || now < made;
}

std::int64_t position_in(const Last& last, const std::string& caisse) {
    for (const ChainHead& head : last.text.heads) {
        if (head.caisse == caisse) {
            return head.position;
        }
    }
    return 0;
}

/// The next checkpoint's text; nothing when no chain has grown.
std::optional<std::string> next_text(pqxx::work& work, const Last& last, std::int64_t made_us) {
    bool has_grown = false;
    audit::CheckpointText next{
        .number = last.text.number + 1,
        .made_at = audit::iso_instant(made_us),
        .previous = last.hash,
        .heads = {}};
    for (const auto& [caisse, head] : heads_of(work)) {
        const std::int64_t before = position_in(last, caisse);
        has_grown = has_grown || head.position != before;
        next.heads.push_back({.caisse = caisse, .position = head.position, .hash = head.hash});
        add_blobs(work, next.heads.back(), before);
    }
    return has_grown ? std::optional(audit::to_text(next)) : std::nullopt;
}

} // namespace

Sealer::Sealer(const std::string& url) : Sealer(connect(url)) {}
Sealer::Sealer(Connection connection) : database_(std::move(connection)) {}

bool Sealer::may_seal() {
    return database_->look([](auto& look) {
        return look.exec1(sql::may_seal)["may"].template as<bool>();
    });
}

int Sealer::seal() {
    return database_->transact([](pqxx::work& work) {
        if (!is_ours(work)) {
            return 0;
        }
        const pqxx::row bounds = work.exec1(sql::seal_bounds);
        if (bounds["moved"].as<bool>()) {
            return seal_all_after_moving(work);
        }
        const std::string bound = text_of(bounds["bound"]);
        const pqxx::result rows = seal_some(
            work, text_of(bounds["sealed_below"]), bound, bounds["now_us"].as<std::int64_t>()
        );
        if (rows.empty()) {
            return 0;
        }
        const bool is_all = static_cast<int>(rows.size()) < events_at_once;
        work.exec_params(sql::advance_sealing, is_all ? bound : text_of(rows.back()["written_by"]));
        return static_cast<int>(rows.size());
    });
}

bool Sealer::is_behind() {
    return database_->transact([](pqxx::work& work) {
        const std::string first = text_of(work.exec1(sql::seal_bounds)["sealed_below"]);
        return work.exec_params1(sql::unsealed_is_left, first, behind_all)["is_left"].as<bool>();
    });
}

void Sealer::checkpoint(
    const SigningKey& key, Instant now, When when, const CheckpointPlaces& places
) {
    database_->transact([&](pqxx::work& work) {
        if (!is_ours(work)) {
            return;
        }
        const Last last = last_of(work.exec(sql::last_checkpoint));
        const std::int64_t made_us = postgres::microseconds_of(now);
        const pqxx::row bounds = work.exec1(sql::seal_bounds);
        const bool is_behind =
            bounds["moved"].as<bool>() ||
            work.exec_params1(
                    sql::unsealed_is_left, text_of(bounds["sealed_below"]), text_of(bounds["bound"])
            )["is_left"]
                .as<bool>();
        // Signed while a backlog is being sealed, the rest of it would look as if it was put in.
        if (is_behind || (when == When::Due && !is_due(last, now))) {
            return;
        }
        if (const auto text = next_text(work, last, made_us)) {
            work.exec_params(
                sql::insert_checkpoint,
                last.text.number + 1,
                made_us,
                *text,
                key.public_half().id(),
                key.signature_of(bytes_of(*text))
            );
        }
    });
    if (!places.folder.empty()) {
        write_files(places);
    }
}

bool Sealer::has_checkpoints() {
    return database_->transact([](pqxx::work& work) {
        return !work.exec(sql::last_checkpoint).empty();
    });
}

void Sealer::write_files(const CheckpointPlaces& places) {
    make_folder_durably(places.folder);
    const auto rows = database_->look([&](auto& look) {
        return look.exec_params(sql::checkpoints, audit::last_file_in(places.folder));
    });
    for (const pqxx::row& row : rows) {
        const std::filesystem::path stem =
            places.folder / audit::file_stem(row["number"].template as<std::int64_t>());
        const Bytes signature = bytes_from_hex(text_of(row["signature"])).value_or(Bytes{});
        // The text last: by it is seen what is there.
        (void)write_durably_once(stem.string() + ".sig", signature);
        (void)write_durably_once(stem.string() + ".txt", bytes_of(text_of(row["body"])));
    }
}

void Sealer::stamp(const CheckpointPlaces& places, const std::function<bool()>& goes_on) {
    if (places.stamp_url.empty()) {
        return;
    }
    const auto rows = database_->look([](auto& look) {
        return look.exec_params(sql::unstamped_checkpoints, most_stamps_at_once);
    });
    for (const pqxx::row& row : rows) {
        if (!goes_on()) {
            return;
        }
        const auto number = row["number"].template as<std::int64_t>();
        const Bytes response = audit::stamp_of(text_of(row["body"]), places.stamp_url);
        database_->transact([&](pqxx::work& work) {
            work.exec_params(
                sql::insert_checkpoint_stamp, number, places.stamp_url, hex_of(response)
            );
        });
        if (places.folder.empty()) {
            continue;
        }
        make_folder_durably(places.folder);
        (void)write_durably_once(places.folder / (audit::file_stem(number) + ".tsr"), response);
    }
}

} // namespace pleiade::store
