#include "store/blob_sweep.h"

#include "core/durable_file.h"
#include "core/failure.h"
#include "store/postgres/database.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <set>
#include <system_error>

namespace pleiade::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t blobs_at_once = 100'000; // chosen: one pass over the tables for 7 MB of names
constexpr std::size_t few_orphans = 100;       // chosen: killed workers leave no more behind
constexpr long least_share = 5; // chosen: a fifth is no litter, it is another archive
constexpr std::chrono::days kept_in_trash{30}; // chosen: a month to notice

bool is_name(const std::string& name, std::size_t digits) {
    return name.size() == digits && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// Those in a folder whose name is so many hexadecimal digits.
void for_each_named(
    const fs::path& folder, std::size_t digits, const std::function<void(const fs::path&)>& visit
) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (is_name(entry->path().filename().string(), digits)) {
            visit(entry->path());
        }
    }
    if (error) {
        throw Error(
            Remedy::RetryLater, "cannot look into " + folder.string() + ": " + error.message()
        );
    }
}

/// Every file that lies where a blob does: <root>/ab/cd/abcd...
void for_each_blob(
    const fs::path& folder, int depth, const std::function<void(const fs::path&)>& visit
) {
    constexpr int depth_of_blobs = 2;
    constexpr std::size_t digits_of_blobs = 64; // spec: FIPS 180-4, 256 bits
    const bool is_there = depth == depth_of_blobs;
    for_each_named(folder, is_there ? digits_of_blobs : 2, [&](const fs::path& entry) {
        if (is_there) {
            visit(entry);
        } else {
            for_each_blob(entry, depth + 1, visit);
        }
    });
}

/// One that may be an orphan: not put since `before`.
std::optional<TrashedBlob> old_blob(const fs::path& path, Instant before) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt; // moved by somebody else
    }
    const Instant put_at{std::chrono::seconds(status.st_mtim.tv_sec)};
    if (put_at >= before) {
        return std::nullopt;
    }
    return TrashedBlob{
        .blob = {path.filename().string()},
        .since = {},
        .bytes = static_cast<std::size_t>(status.st_size),
        .put_at = put_at};
}

std::vector<BlobId> names_of(const std::vector<TrashedBlob>& blobs) {
    std::vector<BlobId> names;
    names.reserve(blobs.size());
    for (const TrashedBlob& one : blobs) {
        names.push_back(one.blob);
    }
    return names;
}

std::set<BlobId> set_of(const std::vector<BlobId>& blobs) {
    return {blobs.begin(), blobs.end()};
}

/// Into the trash, but for what was put again since it was looked at: its row is on the way.
std::vector<TrashedBlob>
moved(const std::vector<TrashedBlob>& orphans, const SweepOrder& order, BlobTrash& trash) {
    std::vector<TrashedBlob> moved;
    for (const TrashedBlob& orphan : orphans) {
        const auto taken =
            trash.take(orphan.blob, std::chrono::floor<std::chrono::days>(order.now));
        if (taken && taken->put_at >= order.now - order.grace) {
            trash.give_back(*taken);
        } else if (taken) {
            moved.push_back(*taken);
        }
    }
    return moved;
}

/// The databases of two platforms must not be taken for each other.
void refuse_too_many(const Sweep& sweep, const fs::path& root) {
    const auto orphans = static_cast<long>(sweep.orphans.size());
    if (sweep.orphans.size() > few_orphans && orphans * least_share > sweep.blobs) {
        throw Error(
            Remedy::FixConfiguration,
            "of " + std::to_string(sweep.blobs) + " blobs in " + root.string() +
                " no row refers to " + std::to_string(orphans) +
                ": is this the database they belong to? Nothing was moved. With --many they are"
        );
    }
}

} // namespace

BlobSweep::BlobSweep(const std::string& url, fs::path root)
    : database_(connect(url)), root_(std::move(root)), trash_(root_) {}

std::vector<BlobId> BlobSweep::used_of(const std::vector<BlobId>& blobs) {
    std::vector<BlobId> used;
    for (std::size_t first = 0; first < blobs.size(); first += blobs_at_once) {
        std::vector<std::string> names;
        for (std::size_t i = first; i < std::min(first + blobs_at_once, blobs.size()); ++i) {
            names.push_back(blobs[i].sha256);
        }
        const auto rows = database_->look([&](auto& look) {
            return look.exec_params(sql::blobs_in_use, postgres::array_of(names));
        });
        for (const pqxx::row& row : rows) {
            used.push_back({postgres::text_of(row["name"])});
        }
    }
    return used;
}

std::vector<TrashedBlob> BlobSweep::give_back_used(const std::vector<TrashedBlob>& trashed) {
    const std::set<BlobId> used = set_of(used_of(names_of(trashed)));
    std::vector<TrashedBlob> given_back;
    std::error_code unknown;
    for (const TrashedBlob& one : trashed) {
        const bool is_there = fs::exists(FolderBlobStore(root_).path_of(one.blob), unknown);
        if (used.contains(one.blob) && !is_there) {
            trash_.give_back(one);
            given_back.push_back(one);
        }
    }
    return given_back;
}

Sweep BlobSweep::sweep(const SweepOrder& order) {
    require_folder("image folder", root_);
    Sweep result;
    if (order.mode != SweepMode::LookOnly) {
        result.given_back = give_back_used(trash_.all()); // of a sweep that was killed
    }
    const Instant before = order.now - order.grace;
    std::vector<TrashedBlob> old;
    const auto drop_used = [&] {
        result.blobs += static_cast<long>(old.size());
        const std::set<BlobId> used = set_of(used_of(names_of(old)));
        std::ranges::copy_if(old, std::back_inserter(result.orphans), [&](const TrashedBlob& one) {
            return !used.contains(one.blob);
        });
        old.clear();
    };
    for_each_blob(root_, 0, [&](const fs::path& file) {
        if (auto blob = old_blob(file, before)) {
            old.push_back(*std::move(blob));
        }
        if (old.size() >= blobs_at_once) {
            drop_used();
        }
    });
    drop_used();
    std::ranges::sort(result.orphans, {}, [](const TrashedBlob& one) { return one.blob.sha256; });
    if (order.mode == SweepMode::LookOnly) {
        return result;
    }
    if (order.mode == SweepMode::Move) {
        refuse_too_many(result, root_);
    }
    result.orphans = moved(result.orphans, order, trash_);
    const std::set<BlobId> needed = set_of(names_of(give_back_used(result.orphans)));
    std::erase_if(result.orphans, [&](const TrashedBlob& one) {
        return needed.contains(one.blob);
    });
    return result;
}

std::vector<TrashedBlob> BlobSweep::in_trash() const {
    return trash_.all();
}

std::vector<TrashedBlob> BlobSweep::restore(const std::vector<BlobId>& wanted) {
    std::vector<TrashedBlob> found;
    for (const BlobId& blob : wanted) {
        const auto trashed = trash_.find(blob);
        if (!trashed) {
            throw Error(Remedy::FixInput, "there is no blob " + blob.sha256 + " in the trash");
        }
        found.push_back(*trashed);
    }
    if (wanted.empty()) {
        found = trash_.all();
    }
    for (const TrashedBlob& one : found) {
        trash_.give_back(one);
    }
    return found;
}

Purge BlobSweep::purge(Instant now) {
    const std::vector<TrashedBlob> all = trash_.all();
    const bool has_mail = database_->look([](auto& look) {
        return look.exec1(sql::has_mail)[0].template as<bool>();
    });
    if (!all.empty() && !has_mail) { // nothing could be needed there
        throw Error(
            Remedy::FixConfiguration,
            "the database has no mail at all: is it the one that " + root_.string() +
                " belongs to? Nothing was removed"
        );
    }
    Purge result{.removed = {}, .given_back = give_back_used(all)};
    const std::set<BlobId> back = set_of(names_of(result.given_back));
    const auto today = std::chrono::floor<std::chrono::days>(now);
    for (const TrashedBlob& one : all) {
        if (!back.contains(one.blob) && today - one.since > kept_in_trash) {
            trash_.remove_for_good(one);
            result.removed.push_back(one);
        }
    }
    return result;
}

} // namespace pleiade::store
