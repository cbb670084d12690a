#include "core/day.h"
#include "core/durable_file.h"
#include "core/failure.h"
#include "ged-export/folder/digest.h"
#include "ged-export/folder_ged.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

namespace pleiade::ged {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_stem = 200; // chosen: with suffixes under the 255 bytes of a name
constexpr std::chrono::hours part_is_stale{24}; // chosen: no write lasts that long

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_caisse(const std::string& text) {
    return text.size() == 3 && std::all_of(text.begin(), text.end(), is_digit);
}

/// Letters, digits, "-", "_" and ".", not starting with "."; nothing a path or a shell could trip
/// over.
bool is_stem(const std::string& text) {
    const auto allowed = [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_' || c == '.';
    };
    return !text.empty() && text.size() <= longest_stem && text.front() != '.' &&
           std::all_of(text.begin(), text.end(), allowed);
}

enum class Found { Nothing, Same, Other };

/// As read_file, but a GED that cannot be read is never the fault of the document.
Bytes held_in(const fs::path& file, std::size_t limit) {
    try {
        return read_file(file, limit);
    } catch (const Error& failed) {
        throw Error(Remedy::RetryLater, failed.what());
    }
}

[[noreturn]] void cannot_look_at(const fs::path& file, const std::error_code& error) {
    throw Error(Remedy::RetryLater, "cannot look at " + file.string() + ": " + error.message());
}

/// Compares by reading back; a name that is taken by anything but a file is Other.
Found compare(const fs::path& file, BytesView expected) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(file, error);
    if (status.type() == fs::file_type::not_found) {
        return Found::Nothing;
    }
    if (error) {
        cannot_look_at(file, error);
    }
    if (status.type() != fs::file_type::regular) {
        return Found::Other;
    }
    const std::uintmax_t size = fs::file_size(file, error);
    if (error) {
        cannot_look_at(file, error);
    }
    if (size != expected.size()) {
        return Found::Other;
    }
    const Bytes held = held_in(file, expected.size());
    return std::equal(held.begin(), held.end(), expected.begin(), expected.end()) ? Found::Same
                                                                                  : Found::Other;
}

/// Writes what was not there a moment ago, and says what stands there now.
Found put(const fs::path& file, BytesView bytes, Found before, const fs::path& parts) {
    if (before == Found::Same) {
        return Found::Same;
    }
    // When somebody else was faster, what they wrote decides.
    (void)write_durably_once(file, bytes, parts);
    const Found after = compare(file, bytes);
    if (after == Found::Nothing) {
        throw Error(Remedy::CheckOutcome, file.string() + " was written and is not there any more");
    }
    return after;
}

Refused taken(const fs::path& file) {
    return {file.string() + " existe déjà avec un autre contenu"};
}

class FolderGed final : public GedConnector {
public:
    FolderGed(FolderGedSettings settings, const Clock& clock)
        : settings_(std::move(settings)), clock_(clock) {}

    [[nodiscard]] DeliveryOutcome deliver(const GedDocument& document) override {
        if (const std::string reason = complaint(document); !reason.empty()) {
            return Refused{reason};
        }
        require_folder("GED folder", settings_.root);
        const fs::path folder = folder_of(document);
        require_writable(folder);
        make_folder_below(settings_.root, folder.lexically_relative(settings_.root));
        const fs::path parts = parts_of(document);

        const fs::path pdf = pdf_of(document);
        const fs::path index = index_of(document);
        const BytesView index_bytes = bytes_of(document.index_json);
        const Found pdf_before = compare(pdf, document.pdf);
        const Found index_before = compare(index, index_bytes);
        if (pdf_before == Found::Other || index_before == Found::Other) {
            return taken(pdf_before == Found::Other ? pdf : index);
        }
        // The PDF first: whoever watches for indexes must never find one without its PDF.
        if (put(pdf, document.pdf, pdf_before, parts) == Found::Other) {
            return taken(pdf);
        }
        if (put(index, index_bytes, index_before, parts) == Found::Other) {
            return taken(index);
        }
        const bool already_there = pdf_before == Found::Same && index_before == Found::Same;
        return Delivered{receipt(document), already_there};
    }

    [[nodiscard]] std::optional<Receipt> look(const GedDocument& document) override {
        if (!complaint(document).empty()) {
            return std::nullopt;
        }
        require_folder("GED folder", settings_.root);
        const bool held = compare(pdf_of(document), document.pdf) == Found::Same &&
                          compare(index_of(document), bytes_of(document.index_json)) == Found::Same;
        return held ? std::optional(receipt(document)) : std::nullopt;
    }

private:
    static std::string complaint(const GedDocument& document) {
        if (!is_caisse(document.caisse)) {
            return "\"" + document.caisse + "\" n'est pas le code d'une caisse";
        }
        if (!day_from_iso(document.date)) {
            return "\"" + document.date + "\" n'est pas une date";
        }
        if (!is_stem(document.file_stem)) {
            return "\"" + document.file_stem + "\" n'est pas un nom de fichier sûr";
        }
        return document.pdf.empty() ? "le document est vide" : "";
    }

    /// Asks of the folder, or of that parent in which it will be made.
    static void require_writable(fs::path folder) {
        std::error_code error;
        while (fs::status(folder, error).type() == fs::file_type::not_found &&
               folder.has_relative_path()) {
            folder = folder.parent_path();
        }
        if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0) {
            return;
        }
        error.assign(errno, std::generic_category());
        if (error != std::errc::permission_denied && error != std::errc::read_only_file_system) {
            cannot_look_at(folder, error);
        }
        throw Error(
            Remedy::FixConfiguration, "the GED folder " + folder.string() + " may not be written to"
        );
    }

    /// Where files are written before they get their names: not beside them, so that what a killed
    /// run left is found without looking through all days.
    fs::path parts_of(const GedDocument& document) {
        fs::path folder = settings_.root / document.caisse;
        if (swept_.insert(document.caisse).second) {
            remove_stale_parts(folder, part_is_stale);
        }
        return folder;
    }

    [[nodiscard]] fs::path folder_of(const GedDocument& document) const {
        return settings_.root / document.caisse / document.date;
    }
    [[nodiscard]] fs::path pdf_of(const GedDocument& document) const {
        return folder_of(document) / (document.file_stem + ".pdf");
    }
    [[nodiscard]] fs::path index_of(const GedDocument& document) const {
        return folder_of(document) / (document.file_stem + ".json");
    }

    [[nodiscard]] Receipt receipt(const GedDocument& document) const {
        const fs::path file = pdf_of(document);
        // What is found there may come from a try that was killed before it had made it durable.
        sync_folder(file.parent_path());
        return {file.string(), sha256_of(held_in(file, document.pdf.size())), clock_.now()};
    }

    FolderGedSettings settings_;
    std::set<std::string> swept_; ///< Caisses whose folder was looked through for stale parts.
    const Clock& clock_;
};

} // namespace

std::unique_ptr<GedConnector>
make_folder_ged(const FolderGedSettings& settings, const Clock& clock) {
    return std::make_unique<FolderGed>(settings, clock);
}

} // namespace pleiade::ged
