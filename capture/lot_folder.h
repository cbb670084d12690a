#pragma once
// Which files on disk make which lot. Looks at names only; what is in a file is the reader's
// business.

#include "core/mail.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::capture {

/// What the neutral manifest lot.json says. Everything may be missing.
struct LotManifest {
    std::optional<std::string> caisse; ///< Three digits.
    std::optional<Channel> channel;
    std::optional<std::string> label;
    std::optional<std::chrono::sys_days> received;
    std::optional<int> expected_files; ///< Compared by whoever closes the lot.
};

struct LotSource {
    std::filesystem::path folder;
    bool whole_folder = true;                 ///< False when its files were given one by one.
    std::string name;                         ///< For people and the ledger: "061-nice/2026-03-14".
    std::vector<std::filesystem::path> files; ///< In natural order: page2 before page10.
    std::vector<std::string> left_out;        ///< "notes.txt: side file", one per file not taken.
    std::vector<std::string> maybe_mail; ///< Of those what may be mail: unfinished, broken links.
    LotManifest manifest;
    std::string trouble; ///< Why none of it may be taken in: a lot.json that is wrong, a folder
                         ///< that may not be read.
};

/// One lot per folder that directly holds page files, however deep; the files given one by one are
/// one lot per folder they lie in, with its lot.json. Folders come in natural order. A folder that
/// was walked already, by another name or through a symbolic link, is not walked again.
///
/// Hidden files, unfinished ones (*.part) and side files (*.json, *.txt, *.csv, *.md, *.toml) are
/// no pages; neither is what is not a file. What a folder without pages leaves out is said by the
/// first lot found beside or below it; a given folder without any page gives no lot.
/// A lot.json that is wrong is the trouble of its lot alone; so is a folder below the one given
/// that cannot be read. A file that may not be read is one of its lot like any other.
/// @throws Error(FixInput) naming what is missing or, of what was given, cannot be read.
[[nodiscard]] std::vector<LotSource> find_lots(const std::vector<std::filesystem::path>& given);

/// The manifest in JSON text: docs/how-to/add-a-lot-manifest.md.
/// @param where named in the message of the error.
/// @throws Error(FixInput) for anything unknown or ill-formed: a manifest is right or refused.
[[nodiscard]] LotManifest parse_manifest(const std::string& json, const std::string& where);

/// A name as UTF-8, for people and the database: bytes that are none become "\xE9". Two names never
/// become one.
[[nodiscard]] std::string name_text(const std::filesystem::path& path);

/// Numbers in names compare by value ("page2" < "page10"); a total order.
[[nodiscard]] bool natural_less(const std::string& left, const std::string& right);

} // namespace pleiade::capture
