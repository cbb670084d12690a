#include "store/blob_check.h"

#include "core/day.h"
#include "core/failure.h"
#include "core/mail.h"
#include "store/blob_trash.h"
#include "store/postgres/database.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <algorithm>
#include <system_error>

namespace pleiade::store {
namespace {

constexpr int plis_at_once = 200; // chosen: a second of reading between two looks into the database

/// What is wrong with it; empty when nothing is.
std::string fault_of(const FolderBlobStore& images, const BlobId& blob) {
    const std::filesystem::path path = images.path_of(blob);
    std::error_code error;
    const auto type = std::filesystem::status(path, error).type();
    if (type == std::filesystem::file_type::not_found) {
        if (const auto trashed = BlobTrash::of(images).find(blob)) {
            return "lies in the trash since " + iso_day(trashed->since) +
                   ": pleiade sweep --restore " + blob.sha256 + " brings it back";
        }
        return "is missing: " + path.string() + " is not there";
    }
    try {
        (void)images.get(blob);
        return {};
    } catch (const Error& failed) {
        return failed.remedy() == Remedy::FixInput
                   ? "is damaged: the bytes of " + path.string() + " no longer match its name"
                   : std::string("cannot be read: ") + failed.what();
    }
}

} // namespace

BlobCheck check_blobs(
    const std::string& url,
    const FolderBlobStore& images,
    const std::string& caisse,
    const std::function<void(long)>& on_blob
) {
    postgres::Database database(url);
    BlobCheck check;
    for (RowId behind = 0;;) {
        const auto rows = database.look([&](auto& look) {
            return look.exec_params(sql::blob_uses, caisse, behind, plis_at_once);
        });
        if (rows.empty()) {
            return check;
        }
        BlobId last;
        std::string fault;
        for (const pqxx::row& row : rows) {
            behind = std::max(behind, row["pli_id"].template as<RowId>());
            const BlobId blob{postgres::text_of(row["sha256"])};
            if (blob.sha256.empty()) {
                continue;
            }
            if (blob != last) {
                fault = fault_of(images, blob);
                last = blob;
                on_blob(++check.blobs);
            }
            if (!fault.empty()) {
                check.faults.push_back(
                    {postgres::text_of(row["caisse_id"]),
                     postgres::text_of(row["place"]),
                     blob,
                     fault}
                );
            }
        }
    }
}

} // namespace pleiade::store
