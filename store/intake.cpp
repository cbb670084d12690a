#include "store/intake.h"

#include "core/failure.h"
#include "store/postgres/database.h"
#include "store/postgres/values.h"
#include "store/sql.h"
#include "store/state_names.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace pleiade::store {

struct Intake::Database : postgres::Database {
    using postgres::Database::Database;
};

namespace {

enum class Readable { No, Yes };

/// Both versions of a file that changed during its intake wait for a person: two scans of one
/// letter, or two letters.
void doubt_versions(pqxx::work& work, RowId lot, const std::string& name) {
    work.exec_params(
        sql::doubt_changed_file,
        lot,
        name,
        "le fichier " + name + " a changé pendant sa prise en charge : chaque version est un pli"
    );
}

LotState lock_lot(pqxx::work& work, RowId lot) {
    const pqxx::result found = work.exec_params(sql::lock_lot, lot);
    if (found.empty()) {
        throw std::logic_error("there is no lot " + std::to_string(lot));
    }
    return lot_state_of(found[0]["state"].c_str());
}

/// The pli of the file, new or known; the second says which.
std::pair<RowId, bool>
take_in(pqxx::work& work, RowId lot, const NewFile& file, Readable readable) {
    const LotState state = lock_lot(work, lot);
    const pqxx::result known = work.exec_params(sql::find_file, lot, file.name, file.blob.sha256);
    if (!known.empty()) {
        return {known[0]["pli_id"].as<RowId>(), false};
    }
    if (state != LotState::Open) {
        throw std::logic_error("lot " + std::to_string(lot) + " is closed, nothing can be added");
    }
    const pqxx::row added = work.exec_params1(
        sql::insert_file,
        lot,
        file.name,
        file.blob.sha256,
        static_cast<std::int64_t>(file.bytes),
        file.pages,
        readable == Readable::Yes
    );
    doubt_versions(work, lot, file.name);
    return {added["pli_id"].as<RowId>(), true};
}

Lot lot_of(const pqxx::row& row) {
    Lot lot;
    lot.id = row["lot_id"].as<RowId>();
    lot.caisse = postgres::text_of(row["caisse_id"]);
    lot.source = postgres::text_of(row["source"]);
    lot.channel = channel_of(row["channel"].c_str());
    lot.state = lot_state_of(row["state"].c_str());
    lot.received_at = postgres::instant_of(row["received_us"]);
    return lot;
}

/// Each name once, in the order of bytes: the database may sort otherwise.
std::vector<std::string> sorted_names(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::vector<std::string>
missing_from(const std::vector<std::string>& names, const std::vector<std::string>& others) {
    std::vector<std::string> missing;
    std::set_difference(
        names.begin(), names.end(), others.begin(), others.end(), std::back_inserter(missing)
    );
    return missing;
}

} // namespace

Intake::Intake(const std::string& url) : database_(std::make_unique<Database>(url)) {}
Intake::~Intake() = default;
Intake::Intake(Intake&&) noexcept = default;
Intake& Intake::operator=(Intake&&) noexcept = default;

void Intake::sync_caisses(const std::vector<Caisse>& caisses) {
    database_->transact([&](pqxx::work& work) {
        for (const Caisse& caisse : caisses) {
            work.exec_params(sql::upsert_caisse, caisse.code, caisse.name);
        }
    });
}

std::map<KnownFile, RowId> Intake::known_files(const std::string& folder) {
    return database_->transact([&](pqxx::work& work) {
        std::map<KnownFile, RowId> known;
        for (const pqxx::row& row : work.exec_params(sql::known_files, folder)) {
            const KnownFile file{
                postgres::text_of(row["name"]), {postgres::text_of(row["sha256"])}};
            known.emplace(file, row["lot_id"].as<RowId>());
        }
        return known;
    });
}

Lot Intake::open_lot(const LotOrder& order) {
    return database_->transact([&](pqxx::work& work) {
        work.exec_params(
            sql::insert_lot,
            order.caisse,
            order.source,
            order.label,
            to_text(order.channel),
            postgres::microseconds_of(order.received_at)
        );
        return lot_of(work.exec_params1(sql::find_open_lot, order.source));
    });
}

std::optional<OpenLot> Intake::find_open_lot(const std::string& source) {
    return database_->transact([&](pqxx::work& work) -> std::optional<OpenLot> {
        const pqxx::result found = work.exec_params(sql::find_open_lot, source);
        if (found.empty()) {
            return std::nullopt;
        }
        OpenLot open{.lot = lot_of(found[0]), .files = {}};
        const std::vector<std::string> announced = postgres::texts_of(found[0]["announced"]);
        open.announced.insert(announced.begin(), announced.end());
        for (const pqxx::row& row : work.exec_params(sql::lot_file_names, open.lot.id)) {
            open.files.insert(postgres::text_of(row["name"]));
        }
        return open;
    });
}

void Intake::announce(RowId lot, const Announcement& announcement) {
    database_->transact([&](pqxx::work& work) {
        work.exec_params(
            sql::announce_lot,
            lot,
            postgres::array_of(
                std::vector<std::string>(announcement.names.begin(), announcement.names.end())
            ),
            announcement.files ? std::to_string(*announcement.files) : std::string()
        );
    });
}

void Intake::complain(RowId lot, const std::vector<std::string>& complaints) {
    database_->transact([&](pqxx::work& work) {
        work.exec_params(sql::complain_of_lot, lot, postgres::array_of(complaints));
    });
}

RowId Intake::add_file(RowId lot, const NewFile& file) {
    return database_->transact([&](pqxx::work& work) {
        return take_in(work, lot, file, Readable::Yes).first;
    });
}

RowId Intake::add_unreadable_file(RowId lot, const NewFile& file, const std::string& reason) {
    NewFile one_page = file;
    one_page.pages = 1;
    return database_->transact([&](pqxx::work& work) {
        const std::pair<RowId, bool> taken = take_in(work, lot, one_page, Readable::No);
        if (taken.second) {
            work.exec_params(sql::set_aside_pages_of_pli, taken.first, reason);
        }
        return taken.first;
    });
}

Closing Intake::close_lot(RowId lot, const std::vector<std::string>& expected_files) {
    const std::vector<std::string> expected = sorted_names(expected_files);
    return database_->transact([&](pqxx::work& work) {
        if (lock_lot(work, lot) != LotState::Open) {
            return Closing{.closed = true};
        }
        std::vector<std::string> taken_in;
        for (const pqxx::row& row : work.exec_params(sql::lot_file_names, lot)) {
            taken_in.push_back(postgres::text_of(row["name"]));
        }
        taken_in = sorted_names(std::move(taken_in));
        Closing closing{
            .closed = expected == taken_in,
            .missing = missing_from(expected, taken_in),
            .extra = missing_from(taken_in, expected)};
        if (closing.closed) {
            work.exec_params(sql::close_lot, lot, expected.size());
            work.exec_params(sql::queue_split_when_settled, lot);
        }
        return closing;
    });
}

} // namespace pleiade::store
