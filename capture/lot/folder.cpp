#include "capture/lot_folder.h"
#include "core/bytes.h"
#include "core/durable_file.h"
#include "core/failure.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string_view>
#include <system_error>

namespace pleiade::capture {
namespace {

namespace fs = std::filesystem;

constexpr const char* manifest_name = "lot.json";
constexpr std::string_view part_suffix = ".part";    // spec: core/durable_file.h
constexpr std::size_t longest_manifest = 64U * 1024; // chosen: a hundred times what it may say

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

/// Why a file of this name is no page; empty when it may be one.
std::string reason_to_leave(const fs::path& file) {
    constexpr std::array<std::string_view, 5> side_suffixes = {
        ".json", ".txt", ".csv", ".md", ".toml"};
    const std::string name = lower_case(file.filename().string());
    const std::string suffix = lower_case(file.extension().string());
    if (name.front() == '.') {
        return "hidden";
    }
    if (suffix == part_suffix) {
        return "not finished";
    }
    if (name == "thumbs.db" || name == "desktop.ini" ||
        std::find(side_suffixes.begin(), side_suffixes.end(), suffix) != side_suffixes.end()) {
        return "side file";
    }
    return {};
}

bool is_unfinished(const fs::path& file) {
    return lower_case(file.extension().string()) == part_suffix &&
           file.filename().string().front() != '.';
}

std::string note(const fs::path& file, const std::string& reason) {
    return name_text(file.filename()) + ": " + reason;
}

Error unreadable(const fs::path& folder, const std::error_code& error) {
    const std::string cure =
        error == std::errc::permission_denied
            ? "Give the user who runs this the right to read and enter it (chmod), and run again"
            : "Look whether its disk or share is well, and run again";
    return {
        Remedy::FixInput,
        "cannot read the folder " + name_text(folder) + ": " + error.message() + ". " + cure};
}

bool by_natural_name(const fs::path& left, const fs::path& right) {
    return natural_less(left.string(), right.string());
}

/// What stands directly in one folder.
struct Listing {
    std::vector<fs::path> files;
    std::vector<fs::path> folders;
    std::vector<std::string> left_out;
    std::vector<std::string> maybe_mail;
    bool has_manifest = false;
};

/// Of what may be mail all the same.
void leave_out(Listing& listing, const std::string& said) {
    listing.left_out.push_back(said);
    listing.maybe_mail.push_back(said);
}

void sort_in(Listing& listing, const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error); // follows symbolic links
    if (status.type() == fs::file_type::directory) {
        if (path.filename().string().front() == '.') {
            listing.left_out.push_back(note(path, "hidden"));
        } else {
            listing.folders.push_back(path);
        }
    } else if (error == std::errc::permission_denied) {
        std::error_code nothing;
        if (!fs::is_symlink(path, nothing)) {
            throw unreadable(path.parent_path(), error); // its names may be listed, but not more
        }
        leave_out(listing, note(path, "link to where we may not look"));
    } else if (status.type() != fs::file_type::regular) {
        const bool broken_link = fs::is_symlink(path, error);
        leave_out(listing, note(path, broken_link ? "link to nothing" : "not a file"));
    } else if (path.filename() == manifest_name) {
        listing.has_manifest = true;
    } else if (is_unfinished(path)) {
        leave_out(listing, note(path, reason_to_leave(path)));
    } else if (const std::string reason = reason_to_leave(path); !reason.empty()) {
        listing.left_out.push_back(note(path, reason));
    } else {
        listing.files.push_back(path);
    }
}

Listing list(const fs::path& folder) {
    Listing listing;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    while (!error && entry != fs::directory_iterator()) {
        sort_in(listing, entry->path());
        entry.increment(error);
    }
    if (error) {
        throw unreadable(folder, error);
    }
    std::sort(listing.files.begin(), listing.files.end(), by_natural_name);
    std::sort(listing.folders.begin(), listing.folders.end(), by_natural_name);
    std::sort(listing.left_out.begin(), listing.left_out.end(), natural_less);
    std::sort(listing.maybe_mail.begin(), listing.maybe_mail.end(), natural_less);
    return listing;
}

void read_manifest(LotSource& lot) {
    const fs::path file = lot.folder / manifest_name;
    try {
        lot.manifest = parse_manifest(text_of(read_file(file, longest_manifest)), name_text(file));
    } catch (const Error& error) {
        lot.trouble = error.what();
    }
}

class Walk {
public:
    /// Takes all lots in and below one of the folders given.
    void take_folder(const fs::path& given) {
        const std::size_t first = lots_.size();
        orphans_.clear();
        walk(given, given);
        if (first < lots_.size()) {
            std::vector<std::string>& said = lots_[first].left_out;
            said.insert(said.end(), orphans_.begin(), orphans_.end());
        }
    }

    [[nodiscard]] std::vector<LotSource> take_lots() { return std::move(lots_); }

private:
    /// A folder below that cannot be read is the trouble of its lot alone.
    void walk_below(const fs::path& folder, const fs::path& given) {
        try {
            walk(folder, given);
        } catch (const Error& error) {
            LotSource& lot = lots_.emplace_back();
            lot.folder = folder;
            lot.name = name_of(folder, given);
            lot.trouble = "lot " + lot.name + " was not taken in: " + error.what();
        }
    }

    void walk(const fs::path& folder, const fs::path& given) {
        std::error_code error;
        const fs::path real = fs::canonical(folder, error);
        if (error) {
            throw unreadable(folder, error);
        }
        if (!walked_.insert(real).second) {
            orphans_.push_back(name_text(folder) + ": walked already");
            return;
        }
        Listing listing = list(folder);
        if (listing.files.empty()) {
            leave(folder, listing);
        } else {
            LotSource& lot = lots_.emplace_back();
            lot.folder = folder;
            lot.name = name_of(folder, given);
            lot.files = std::move(listing.files);
            lot.left_out = std::move(listing.left_out);
            lot.maybe_mail = std::move(listing.maybe_mail);
            if (listing.has_manifest) {
                read_manifest(lot);
            }
        }
        for (const fs::path& below : listing.folders) {
            walk_below(below, given);
        }
    }

    void leave(const fs::path& folder, const Listing& listing) {
        if (listing.folders.empty()) {
            orphans_.push_back(name_text(folder) + ": no page in it");
        }
        for (const std::string& left : listing.left_out) {
            orphans_.push_back(name_text(folder) + "/" + left);
        }
        if (listing.has_manifest) {
            orphans_.push_back(name_text(folder / manifest_name) + ": no page beside it");
        }
    }

    static std::string name_of(const fs::path& folder, const fs::path& given) {
        return name_text(folder == given ? folder.filename() : folder.lexically_relative(given));
    }

    std::vector<LotSource> lots_;
    std::vector<std::string> orphans_; ///< Left out where there is no lot to say so.
    std::set<fs::path> walked_;
};

/// Absolute, without "." and a slash at the end: "lots/" is the folder "lots".
fs::path tidy(const fs::path& given) {
    fs::path path = fs::absolute(given).lexically_normal();
    return path.has_filename() || !path.has_relative_path() ? path : path.parent_path();
}

/// Files of one folder, given one by one.
LotSource lot_of_files(const fs::path& folder, std::vector<fs::path> files) {
    std::sort(files.begin(), files.end(), by_natural_name);
    files.erase(std::unique(files.begin(), files.end()), files.end());
    LotSource lot;
    lot.folder = folder;
    lot.whole_folder = false;
    lot.name = name_text(files.front().filename());
    if (files.size() > 1) {
        lot.name += " + " + std::to_string(files.size() - 1);
    }
    lot.files = std::move(files);
    std::error_code error;
    if (fs::is_regular_file(folder / manifest_name, error)) {
        read_manifest(lot);
    }
    return lot;
}

} // namespace

std::vector<LotSource> find_lots(const std::vector<std::filesystem::path>& given) {
    Walk walk;
    std::map<fs::path, std::vector<fs::path>> files; // by folder
    std::vector<std::string> left_out;
    for (const fs::path& each : given) {
        const fs::path path = tidy(each);
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (error == std::errc::permission_denied) {
            throw unreadable(path.parent_path(), error);
        }
        if (!fs::exists(status)) {
            throw Error(Remedy::FixInput, name_text(each) + " is not there");
        }
        if (status.type() == fs::file_type::directory) {
            walk.take_folder(path);
        } else if (status.type() != fs::file_type::regular) {
            throw Error(Remedy::FixInput, name_text(each) + " is neither a file nor a folder");
        } else if (const std::string reason = reason_to_leave(path); !reason.empty()) {
            left_out.push_back(note(path, reason));
        } else {
            files[path.parent_path()].push_back(path);
        }
    }
    std::vector<LotSource> lots = walk.take_lots();
    for (auto& [folder, named] : files) {
        lots.push_back(lot_of_files(folder, std::move(named)));
    }
    if (!lots.empty()) {
        std::vector<std::string>& said = lots.back().left_out;
        said.insert(said.end(), left_out.begin(), left_out.end());
    }
    return lots;
}

} // namespace pleiade::capture
