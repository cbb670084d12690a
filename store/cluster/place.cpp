#include "store/cluster/place.h"

#include "core/durable_file.h"
#include "core/failure.h"
#include "store/blob_store.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <string>
#include <system_error>

namespace pleiade::store::cluster {
namespace {

namespace fs = std::filesystem;

constexpr const char* where_name = "WHERE.txt";
constexpr const char* places_outside = "/var/lib/pleiade";
constexpr fs::perms owner_only = fs::perms::owner_all;

/// A short name for a home that stays the same.
std::string name_of(const fs::path& home) {
    constexpr std::size_t digits = 16; // chosen: 64 bits, no two homes of a machine collide
    return blob_id_of(bytes_of(home.string())).sha256.substr(0, digits);
}

/// make_folder_durably, with the remedy a person needs at the start of the program.
void make_folder(const fs::path& folder) {
    try {
        make_folder_durably(folder);
    } catch (const Error& error) {
        if (is_full(folder.parent_path())) {
            throw;
        }
        throw Error(
            Remedy::FixConfiguration,
            std::string(error.what()) +
                ". Make the folder above it writable, or name another with --home"
        );
    }
}

void give_to(const Account& account, const fs::path& folder) {
    std::error_code failed;
    fs::permissions(folder, owner_only, failed);
    if (failed || (::geteuid() == 0 && ::chown(folder.c_str(), account.uid, account.gid) != 0)) {
        throw Error(
            Remedy::FixConfiguration,
            "cannot give " + folder.string() + " to user " + account.name +
                ". Name a folder of a local disk with --home"
        );
    }
}

/// The home was removed and made again: what lies outside belongs to mail that is gone. It is put
/// out of the way, never deleted.
void put_aside(const fs::path& folder) {
    for (int n = 1; fs::exists(folder); ++n) {
        const fs::path aside = folder.string() + ".left-" + std::to_string(n);
        if (!fs::exists(aside)) {
            fs::rename(folder, aside);
        }
    }
}

fs::path choose_outside(const fs::path& home, const Account& account) {
    make_folder(places_outside);
    // Everybody may pass through; what is inside belongs to the account alone.
    fs::permissions(places_outside, owner_only | fs::perms::group_exec | fs::perms::others_exec);
    fs::path root = fs::path(places_outside) / name_of(home);
    put_aside(root);
    make_folder(root);
    give_to(account, root);
    write_durably(
        home / "pg" / where_name,
        bytes_of(
            "The database of this folder lies in\n" + root.string() + "\nbecause user " +
            account.name + ", as which root runs it, cannot enter here.\n"
        )
    );
    return root;
}

fs::path make_sockets(const fs::path& home, const Account& account) {
    // Under /tmp the name holds the user, so that users do not get into each other's way.
    const fs::path folder =
        ::geteuid() == 0
            ? fs::path("/run") / ("pleiade-" + name_of(home))
            : fs::path("/tmp") / ("pleiade-" + std::to_string(account.uid) + "-" + name_of(home));
    struct stat status {};
    if (::mkdir(folder.c_str(), S_IRWXU) == 0) {
        give_to(account, folder);
    }
    // Anybody may make folders in /tmp: one that is not ours would let others listen in.
    if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
        (status.st_uid != account.uid && status.st_uid != ::geteuid())) {
        throw Error(
            Remedy::FixConfiguration,
            "cannot make " + folder.string() +
                " for the sockets of the database. Remove what is "
                "there"
        );
    }
    give_to(account, folder); // also after a kill between mkdir and chown
    return folder;
}

std::string user_called(uid_t uid) {
    std::array<char, 4096> buffer{}; // chosen: far more than an entry of /etc/passwd needs
    passwd entry{};
    passwd* found = nullptr;
    ::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
    return found == nullptr ? std::to_string(uid) : found->pw_name;
}

/// A database that another user runs stays his: half of it given away, neither could use it.
void refuse_that_of_others(const fs::path& home, const fs::path& data, const Account& account) {
    struct stat status {};
    if (::lstat(data.c_str(), &status) == 0 && status.st_uid != account.uid) {
        const std::string owner = user_called(status.st_uid);
        throw Error(
            Remedy::FixConfiguration,
            "the database of " + home.string() + " belongs to user " + owner + ". Run pleiade as " +
                owner + ", or name another folder with --home"
        );
    }
}

} // namespace

bool is_full(const fs::path& folder) {
    constexpr std::uintmax_t least_free_bytes =
        64U << 20U; // measured: a new cluster takes 39 MB with its first WAL segment of 16 MB
    std::error_code unknown;
    const fs::space_info space = fs::space(folder, unknown);
    return !unknown && space.capacity != 0 && space.available < least_free_bytes; // 0: as /proc
}

std::optional<fs::path> known_root(const fs::path& home) {
    std::ifstream where(home / "pg" / where_name);
    for (std::string line; std::getline(where, line);) {
        if (line.rfind('/', 0) == 0) {
            return fs::path(line);
        }
    }
    std::error_code unknown;
    if (fs::exists(home / "pg" / "data", unknown)) {
        return fs::weakly_canonical(home / "pg", unknown);
    }
    return std::nullopt;
}

Place make_place(const fs::path& home, Purpose purpose) {
    Place place;
    place.account = server_account();
    if (const auto known = known_root(home)) {
        place.root = *known;
        if (!fs::is_directory(place.root)) {
            throw Error(
                Remedy::FixConfiguration,
                "the database of " + home.string() + " lay in " + place.root.string() +
                    ", which is gone. Restore it, or name a new folder with --home"
            );
        }
        refuse_that_of_others(home, place.root / "data", place.account);
        give_to(place.account, place.root);
    } else {
        make_folder(home / "pg");
        give_to(place.account, home / "pg");
        place.root =
            can_use(place.account, home / "pg") ? home / "pg" : choose_outside(home, place.account);
    }
    place.data = place.root / "data";
    std::error_code unknown;
    const bool only_reads = purpose == Purpose::Look && fs::exists(place.data, unknown);
    if (!only_reads && is_full(place.root)) {
        throw Error(
            Remedy::RetryLater,
            "no space left on the disk of " + place.root.string() +
                " to run the database. Make room: at least 64 MB"
        );
    }
    place.sockets = make_sockets(home, place.account);
    return place;
}

} // namespace pleiade::store::cluster
