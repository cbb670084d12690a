#include "capture/lot_folder.h"
#include "core/bytes.h"
#include "core/durable_file.h"
#include "core/failure.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <system_error>

namespace pleiade::capture {
namespace {

namespace fs = std::filesystem;

constexpr const char* manifest_name = "lot.json";
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
    if (suffix == ".part") {
        return "not finished";
    }
    if (name == "thumbs.db" || name == "desktop.ini" ||
        std::find(side_suffixes.begin(), side_suffixes.end(), suffix) != side_suffixes.end()) {
        return "side file";
    }
    return {};
}

std::string note(const fs::path& file, const std::string& reason) {
    return file.filename().string() + ": " + reason;
}

Error unreadable(const fs::path& path, const std::error_code& error) {
    return {Remedy::FixInput, "cannot read " + path.string() + ": " + error.message()};
}

bool by_natural_name(const fs::path& left, const fs::path& right) {
    return natural_less(left.string(), right.string());
}

/// What stands directly in one folder.
struct Listing {
    std::vector<fs::path> files;
    std::vector<fs::path> folders;
    std::vector<std::string> left_out;
    bool has_manifest = false;
};

void sort_in(Listing& listing, const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error); // follows symbolic links
    if (status.type() == fs::file_type::directory) {
        if (path.filename().string().front() == '.') {
            listing.left_out.push_back(note(path, "hidden"));
        } else {
            listing.folders.push_back(path);
        }
    } else if (status.type() != fs::file_type::regular) {
        const bool broken_link = fs::is_symlink(path, error);
        listing.left_out.push_back(note(path, broken_link ? "link to nothing" : "not a file"));
    } else if (path.filename() == manifest_name) {
        listing.has_manifest = true;
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
    return listing;
}

LotManifest read_manifest(const fs::path& folder) {
    const fs::path file = folder / manifest_name;
    return parse_manifest(text_of(read_file(file, longest_manifest)), file.string());
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
    void walk(const fs::path& folder, const fs::path& given) {
        std::error_code error;
        const fs::path real = fs::canonical(folder, error);
        if (error) {
            throw unreadable(folder, error);
        }
        if (!walked_.insert(real).second) {
            orphans_.push_back(folder.string() + ": walked already");
            return;
        }
        Listing listing = list(folder);
        if (listing.files.empty()) {
            leave(folder, listing);
        } else {
            lots_.push_back(
                {folder,
                 name_of(folder, given),
                 std::move(listing.files),
                 std::move(listing.left_out),
                 listing.has_manifest ? read_manifest(folder) : LotManifest{}}
            );
        }
        for (const fs::path& below : listing.folders) {
            walk(below, given);
        }
    }

    void leave(const fs::path& folder, const Listing& listing) {
        if (listing.folders.empty()) {
            orphans_.push_back(folder.string() + ": no page in it");
        }
        for (const std::string& left : listing.left_out) {
            orphans_.push_back((folder / left).string());
        }
        if (listing.has_manifest) {
            orphans_.push_back((folder / manifest_name).string() + ": no page beside it");
        }
    }

    static std::string name_of(const fs::path& folder, const fs::path& given) {
        return folder == given ? folder.filename().string()
                               : folder.lexically_relative(given).generic_string();
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

LotSource lot_of_files(std::vector<fs::path> files) {
    LotSource lot;
    std::sort(files.begin(), files.end(), by_natural_name);
    files.erase(std::unique(files.begin(), files.end()), files.end());
    const fs::path folder = files.front().parent_path();
    const bool one_folder = std::all_of(files.begin(), files.end(), [&folder](const fs::path& f) {
        return f.parent_path() == folder;
    });
    lot.folder = one_folder ? folder : fs::path();
    lot.name = files.front().filename().string();
    if (files.size() > 1) {
        lot.name += " + " + std::to_string(files.size() - 1);
    }
    lot.files = std::move(files);
    return lot;
}

} // namespace

std::vector<LotSource> find_lots(const std::vector<std::filesystem::path>& given) {
    Walk walk;
    std::vector<fs::path> files;
    std::vector<std::string> left_out;
    for (const fs::path& each : given) {
        const fs::path path = tidy(each);
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (!fs::exists(status)) {
            throw Error(Remedy::FixInput, each.string() + " is not there");
        }
        if (status.type() == fs::file_type::directory) {
            walk.take_folder(path);
        } else if (status.type() != fs::file_type::regular) {
            throw Error(Remedy::FixInput, each.string() + " is neither a file nor a folder");
        } else if (const std::string reason = reason_to_leave(path); !reason.empty()) {
            left_out.push_back(note(path, reason));
        } else {
            files.push_back(path);
        }
    }
    std::vector<LotSource> lots = walk.take_lots();
    if (!files.empty()) {
        lots.push_back(lot_of_files(std::move(files)));
    }
    if (!lots.empty()) {
        std::vector<std::string>& said = lots.back().left_out;
        said.insert(said.end(), left_out.begin(), left_out.end());
    }
    return lots;
}

} // namespace pleiade::capture
