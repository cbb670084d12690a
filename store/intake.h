#pragma once
// Taking mail in: caisses, lots, files and their pages. Blobs are put before any of this is called.

#include "core/bytes.h"
#include "core/caisse.h"
#include "core/mail.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pleiade::store {

/// A file as it was taken in: the same name with other bytes is another file.
struct KnownFile {
    std::string name;
    BlobId blob;

    auto operator<=>(const KnownFile&) const = default;
};

/// A file about to be taken in.
struct NewFile {
    std::string
        name; ///< Within the lot, "0003.tif"; its pli is called "<label of the lot>/0003.tif".
    BlobId blob;
    std::size_t bytes = 0;
    int pages = 0; ///< At least 1.
};

/// Whether a lot could be closed. Names in the order of the alphabet.
struct Closing {
    bool closed = false;
    std::vector<std::string> missing; ///< Expected, but not taken in.
    std::vector<std::string> extra;   ///< Taken in, but not expected.
};

/// A lot whose intake was interrupted.
struct OpenLot {
    Lot lot;
    std::set<std::string> files;       ///< Names already in it.
    std::set<std::string> announced{}; ///< Names that were to be in it when it was last looked at.
};

/// What an open lot should hold: what is missing when its intake is never finished.
struct Announcement {
    std::set<std::string> names;
    std::optional<int> files; ///< How many its manifest promises.
};

struct LotOrder {
    std::string source; ///< Folder or station: with it a lot is found again after an interruption.
    std::string label;  ///< For people.
    std::string caisse = unknown_caisse;
    Channel channel = Channel::Post;
    Instant received_at;
};

/// Owns one connection and belongs to one thread.
///
/// Every verb throws Error(RetryLater) when the database is out of reach or its disk full ("no
/// space left"), and Error(CheckOutcome) when the answer to a COMMIT was lost: all verbs of this
/// class may then simply be called again.
class Intake {
public:
    explicit Intake(const std::string& url);
    ~Intake();
    Intake(Intake&&) noexcept;
    Intake& operator=(Intake&&) noexcept;
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;

    /// Adds caisses and renames known ones. Never removes any: their mail is still here. "000" is
    /// always there.
    void sync_caisses(const std::vector<Caisse>& caisses);

    /// Everything ever taken in from this folder, whatever became of it, with its lot. The source
    /// of a lot is its folder, or "<folder>//..." for files named one by one.
    [[nodiscard]] std::map<KnownFile, RowId> known_files(const std::string& folder);

    /// The open lot of this source, if there is one.
    [[nodiscard]] std::optional<OpenLot> find_open_lot(const std::string& source);

    /// The open lot of `order.source`, else a new one.
    [[nodiscard]] Lot open_lot(const LotOrder& order);

    /// Replaces what was announced for an open lot before.
    void announce(RowId lot, const Announcement& announcement);

    /// What was odd about the lot as a whole; kept with it for people, each sentence once.
    void complain(RowId lot, const std::vector<std::string>& complaints);

    /// One pli with its pages and one read job per page, in one transaction. A file known from the
    /// same source (name and bytes) is not taken in twice: gives the pli it already has. The same
    /// name with other bytes in one lot: both plis get a doubt, for they may be two letters.
    RowId add_file(RowId lot, const NewFile& file);

    /// The same for a file that cannot be opened: one pli with one page, set aside with `reason`.
    RowId add_unreadable_file(RowId lot, const NewFile& file, const std::string& reason);

    /// Compares by name with what was taken in; a difference leaves the lot open. Closing a closed
    /// lot is fine.
    [[nodiscard]] Closing close_lot(RowId lot, const std::vector<std::string>& expected_files);

private:
    struct Database; // keeps libpqxx out of this header
    std::unique_ptr<Database> database_;
};

} // namespace pleiade::store
