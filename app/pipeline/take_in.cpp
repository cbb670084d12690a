#include "app/pipeline/take_in.h"

#include "core/day.h"
#include "core/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

constexpr std::size_t mebibyte = 1024 * 1024;
constexpr microseconds settled_after =
    2s; // chosen: scanners and copies write more often; the coarsest clock of a share is 2 s

/// Where files were named one by one, the folder is not the lot: it may be one of its own, and is
/// found again only by naming it. No folder is called so.
std::string source_of(const capture::LotSource& lot) {
    const std::string folder = capture::name_text(lot.folder);
    return lot.whole_folder ? folder : folder + "//files";
}

std::string name_in(const capture::LotSource& lot, const std::filesystem::path& file) {
    return capture::name_text(file.lexically_relative(lot.folder));
}

/// What a file looks like from outside; changes when somebody writes to it.
struct Look {
    std::uintmax_t size = 0;
    std::uintmax_t inode = 0;
    Instant written;

    bool operator==(const Look&) const = default;
};

/// Nothing when it is not there any more.
std::optional<Look> look_at(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return std::nullopt;
    }
    const auto written = std::chrono::seconds(status.st_mtim.tv_sec) +
                         std::chrono::nanoseconds(status.st_mtim.tv_nsec);
    return Look{
        .size = static_cast<std::uintmax_t>(status.st_size),
        .inode = status.st_ino,
        .written = Instant(std::chrono::floor<microseconds>(written))};
}

struct Content {
    Bytes bytes;
    std::string trouble; ///< Why there are none.
};

/// For the person who has to mend it; `refused` is what the system said.
std::string
why_not_read(const std::filesystem::path& path, std::size_t most_bytes, const Error& refused) {
    if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0 && errno == EACCES) {
        return "le fichier ne peut pas être lu : le droit de lecture manque";
    }
    const std::optional<Look> look = look_at(path);
    if (look && look->size > most_bytes) {
        return "le fichier a " + std::to_string(look->size) + " octets, plus que la limite de " +
               std::to_string(most_bytes);
    }
    return std::string("le fichier ne peut pas être lu (") + refused.what() + ")";
}

/// A file that may not be read or is too large is mail too: it is taken in as an empty one, with
/// its reason.
Content content_of(const std::filesystem::path& path, std::size_t most_bytes) {
    try {
        return {read_file(path, most_bytes), {}};
    } catch (const Error& error) {
        if (error.remedy() != Remedy::FixInput) {
            throw;
        }
        return {{}, why_not_read(path, most_bytes, error)};
    }
}

/// The content of a file nobody writes to, as far as can be seen; nothing when somebody does.
std::optional<Content> settled_content(
    const std::filesystem::path& path, std::size_t most_bytes, const IntakeTools& tools
) {
    const std::optional<Look> before = look_at(path);
    if (!before) {
        return std::nullopt;
    }
    const microseconds age = tools.clock.now() - before->written;
    if (age > -settled_after && age < settled_after) {
        tools.wait(settled_after - age);
        if (look_at(path) != before) {
            return std::nullopt;
        }
    }
    Content content = content_of(path, most_bytes);
    const bool whole = !content.trouble.empty() || content.bytes.size() == before->size;
    if (!whole || look_at(path) != before) {
        return std::nullopt;
    }
    return content;
}

/// The number of pages, or why the file cannot be opened. A reader that breaks down on it gets one
/// more try.
Result<int> count_pages(ReaderProcess& reader, BytesView bytes) {
    try {
        return reader.open(bytes);
    } catch (const ReaderLost&) {
        // the second try decides
    }
    try {
        return reader.open(bytes);
    } catch (const ReaderLost& lost) {
        return Failure{
            Remedy::FixInput, std::string("l'ouverture a échoué deux fois : ") + lost.what()};
    }
}

Result<store::LotOrder> order_for(
    const capture::LotSource& source,
    const LotDefaults& defaults,
    const config::Config& config,
    const Clock& clock
) {
    const capture::LotManifest& manifest = source.manifest;
    store::LotOrder order{
        .source = source_of(source),
        .label = manifest.label.value_or(source.name),
        .caisse = manifest.caisse.value_or(defaults.caisse),
        .channel = manifest.channel.value_or(Channel::Post),
        .received_at = manifest.received ? Instant(*manifest.received) : clock.now()};
    if (order.caisse.empty()) {
        order.caisse = unknown_caisse;
    }
    const bool known = order.caisse == unknown_caisse ||
                       std::ranges::any_of(config.caisses, [&](const Caisse& caisse) {
                           return caisse.code == order.caisse;
                       });
    if (!known) {
        return Failure{
            Remedy::FixConfiguration,
            "lot " + source.name + ": there is no caisse " + order.caisse +
                ". Correct its lot.json or --caisse, or add the caisse file"};
    }
    return order;
}

std::string day_text(Instant instant) {
    return iso_day(std::chrono::floor<std::chrono::days>(instant));
}

/// What a lot was begun as and what is said of it now, where these differ; empty when they do not.
std::string
contradiction(const Lot& begun, const store::LotOrder& order, const capture::LotSource& source) {
    std::string was;
    std::string is;
    const auto compare = [&](const std::string& before, const std::string& now) {
        if (before != now) {
            was += (was.empty() ? "" : ", ") + before;
            is += (is.empty() ? "" : ", ") + now;
        }
    };
    compare("caisse " + begun.caisse, "caisse " + order.caisse);
    compare("channel " + to_text(begun.channel), "channel " + to_text(order.channel));
    if (source.manifest.received) {
        compare(
            "received " + day_text(begun.received_at), "received " + day_text(order.received_at)
        );
    }
    if (was.empty()) {
        return {};
    }
    return "lot " + source.name + " was begun as " + was + ", now lot.json or --caisse says " + is +
           ": nothing more of it was taken in. Say " + was +
           " again to finish it; correct what is wrong in its plis afterwards";
}

std::string listed(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

/// One intake of one lot.
class Intake {
public:
    Intake(const capture::LotSource& source, store::LotOrder order, const IntakeTools& tools)
        : source_(source),
          order_(std::move(order)),
          tools_(tools),
          store_(tools.platform.database_url()),
          known_(store_.known_files(capture::name_text(source.folder))),
          lot_(store_.find_open_lot(order_.source)) {}
    Intake(capture::LotSource&&, store::LotOrder, const IntakeTools&) = delete;

    TakenIn run(const std::stop_token& stop) {
        if (lot_) {
            const std::string trouble = contradiction(lot_->lot, order_, source_);
            if (!trouble.empty()) {
                result_.refused = Failure{Remedy::FixInput, trouble};
                return std::move(result_);
            }
            announce();
        }
        for (const std::filesystem::path& path : source_.files) {
            if (stop.stop_requested() || !take(path)) {
                return std::move(result_);
            }
        }
        complain_of_what_may_be_mail();
        if (lot_) {
            close();
        }
        return std::move(result_);
    }

private:
    /// What lies there and was not taken stays on the list of what is odd, also in later runs.
    void complain_of_what_may_be_mail() {
        std::vector<std::string> complaints;
        for (const std::string& left_out : source_.maybe_mail) {
            complaints.push_back("not taken in: " + left_out);
        }
        for (const RowId lot : result_.lots) {
            if (!complaints.empty()) {
                store_.complain(lot, complaints);
            }
        }
    }

    [[nodiscard]] std::set<std::string> given() const {
        std::set<std::string> names;
        for (const std::filesystem::path& path : source_.files) {
            names.insert(name_in(source_, path));
        }
        return names;
    }

    /// What should be in the lot when it is closed: kept with it, so that what is missing after a
    /// kill has names. Files named one by one in an earlier run count as long as they are there;
    /// what an earlier lot has does not.
    void announce() {
        std::set<std::string> names = given();
        if (!source_.whole_folder) {
            for (const std::string& name : lot_->announced) {
                if (look_at(source_.folder / name)) {
                    names.insert(name);
                }
            }
        }
        for (const auto& [file, lot] : known_) {
            if (lot != lot_->lot.id) {
                names.erase(file.name);
            }
        }
        lot_->announced = std::move(names);
        store_.announce(lot_->lot.id, {.names = lot_->announced, .files = promised()});
    }

    /// What lot.json promises is about the whole folder.
    [[nodiscard]] std::optional<int> promised() const {
        return source_.whole_folder ? source_.manifest.expected_files : std::nullopt;
    }

    /// False when somebody still writes to the file.
    bool take(const std::filesystem::path& path) {
        const std::string name = name_in(source_, path);
        const std::size_t most_bytes =
            static_cast<std::size_t>(tools_.platform.configuration().settings.reading.file_mb) *
            mebibyte;
        const std::optional<Content> content = settled_content(path, most_bytes, tools_);
        if (!content) {
            result_.complaints.push_back(
                "lot " + source_.name + " stays open: " + name +
                " is still being written or was removed. It and what follows are left for the next "
                "run"
            );
            return false;
        }
        const auto known = known_.find({name, store::blob_id_of(content->bytes)});
        if (known != known_.end()) {
            ++result_.known_files;
            result_.lots.insert(known->second);
            return true;
        }
        if (!lot_) {
            lot_ = store::OpenLot{.lot = store_.open_lot(order_), .files = {}};
            announce();
        }
        add(name, *content);
        return true;
    }

    void add(const std::string& name, const Content& content) {
        const BlobId blob = tools_.platform.images().put(content.bytes);
        const Result<int> pages = content.trouble.empty()
                                      ? count_pages(tools_.reader, content.bytes)
                                      : Failure{Remedy::FixInput, content.trouble};
        store::NewFile file{.name = name, .blob = blob, .bytes = content.bytes.size(), .pages = 1};
        if (pages.ok()) {
            file.pages = pages.value();
            store_.add_file(lot_->lot.id, file);
        } else {
            store_.add_unreadable_file(lot_->lot.id, file, pages.failure().what);
        }
        if (!lot_->files.insert(name).second) {
            store_.complain(
                lot_->lot.id,
                {name + " changed while the lot was taken in: each version is a pli to verify"}
            );
        }
        ++result_.new_files;
        result_.lots.insert(lot_->lot.id);
    }

    void close() {
        result_.lots.insert(lot_->lot.id);
        std::set<std::string> present = given();
        present.insert(lot_->files.begin(), lot_->files.end());
        if (!is_complete(present)) {
            return;
        }
        std::set<std::string> names = lot_->announced;
        names.insert(lot_->files.begin(), lot_->files.end());
        const store::Closing closing = store_.close_lot(lot_->lot.id, {names.begin(), names.end()});
        if (!closing.closed) {
            result_.complaints.push_back(
                "lot " + source_.name + " stays open: missing (" + listed(closing.missing) +
                "), not expected (" + listed(closing.extra) + "). Name them too"
            );
        }
    }

    /// Compares with what lot.json promises. A file that comes after its lot was closed is one more
    /// than promised: that is said, but keeps nothing open.
    bool is_complete(const std::set<std::string>& names) {
        const std::optional<int> expected = promised();
        const int count = static_cast<int>(names.size());
        if (!expected || *expected == count) {
            return true;
        }
        const std::string compared = "lot.json announces " + std::to_string(*expected) +
                                     " files, " + std::to_string(count) + " are there";
        const bool late = result_.lots.size() > 1; // some of them lie in a lot closed before
        if (late && count > *expected) {
            store_.complain(
                lot_->lot.id,
                {compared + ": " + listed({lot_->files.begin(), lot_->files.end()}) +
                 " came after the lot was closed"}
            );
            return true;
        }
        result_.complaints.push_back(
            "lot " + source_.name + " stays open: " + compared + " (" +
            listed({names.begin(), names.end()}) + ")"
        );
        return false;
    }

    const capture::LotSource& source_;
    store::LotOrder order_;
    const IntakeTools& tools_;
    store::Intake store_;
    std::map<store::KnownFile, RowId> known_;
    std::optional<store::OpenLot> lot_;
    TakenIn result_;
};

} // namespace

TakenIn take_in(
    const capture::LotSource& source,
    const LotDefaults& defaults,
    const IntakeTools& tools,
    const std::stop_token& stop
) {
    TakenIn refusal;
    if (!source.trouble.empty()) {
        refusal.refused = Failure{Remedy::FixInput, source.trouble};
        return refusal;
    }
    Result<store::LotOrder> order =
        order_for(source, defaults, tools.platform.configuration(), tools.clock);
    if (!order.ok()) {
        refusal.refused = order.failure();
        return refusal;
    }
    return Intake(source, std::move(order).value(), tools).run(stop);
}

} // namespace pleiade::pipeline
