#include "app/pipeline/take_in.h"

#include "core/durable_file.h"

#include <algorithm>
#include <set>

namespace pleiade::pipeline {
namespace {

constexpr std::size_t mebibyte = 1024 * 1024;

/// Under which a lot is found again after an interruption.
std::string source_of(const capture::LotSource& lot) {
    return lot.folder.empty() ? lot.name
                              : std::filesystem::absolute(lot.folder).lexically_normal().string();
}

std::string name_in(const capture::LotSource& lot, const std::filesystem::path& file) {
    return lot.folder.empty() ? std::filesystem::absolute(file).lexically_normal().string()
                              : file.lexically_relative(lot.folder).string();
}

struct Content {
    Bytes bytes;
    std::string trouble; ///< Why there are none.
};

/// A file that cannot be read or is too large is mail too: it is taken in as an empty one, with its
/// reason.
Content content_of(const std::filesystem::path& path, std::size_t most_bytes) {
    try {
        return {read_file(path, most_bytes), {}};
    } catch (const Error& error) {
        if (error.remedy() != Remedy::FixInput) {
            throw;
        }
        return {{}, error.what()};
    }
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
        return Failure{Remedy::FixInput, std::string("opening it failed twice: ") + lost.what()};
    }
}

store::LotOrder order_for(
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
        throw Error(
            Remedy::FixConfiguration,
            "lot " + source.name + ": there is no caisse " + order.caisse +
                ". Correct its lot.json or --caisse, or add the caisse file"
        );
    }
    return order;
}

std::string listed(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

/// Why the lot must stay open, or nothing when it was closed.
std::vector<std::string>
close(store::Intake& intake, const store::OpenLot& lot, const capture::LotSource& source) {
    std::vector<std::string> names(lot.files.begin(), lot.files.end());
    if (const auto expected = source.manifest.expected_files;
        expected && *expected != static_cast<int>(names.size())) {
        return {
            "lot " + source.name + " stays open: lot.json announces " + std::to_string(*expected) +
            " files, " + std::to_string(names.size()) + " are there (" + listed(names) + ")"};
    }
    const store::Closing closing = intake.close_lot(lot.lot.id, names);
    if (closing.closed) {
        return {};
    }
    return {
        "lot " + source.name + " stays open: missing (" + listed(closing.missing) +
        "), not expected (" + listed(closing.extra) + ")"};
}

} // namespace

TakenIn take_in(
    const capture::LotSource& source,
    const LotDefaults& defaults,
    Platform& platform,
    ReaderProcess& reader,
    const Clock& clock,
    const std::stop_token& stop
) {
    store::Intake intake(platform.database_url());
    const store::LotOrder order = order_for(source, defaults, platform.configuration(), clock);
    const std::set<store::KnownFile> known = intake.known_files(order.source);
    std::optional<store::OpenLot> lot = intake.find_open_lot(order.source);
    const auto most_bytes =
        static_cast<std::size_t>(platform.configuration().settings.reading.file_mb) * mebibyte;

    TakenIn result;
    for (const std::filesystem::path& path : source.files) {
        if (stop.stop_requested()) {
            return result;
        }
        const std::string name = name_in(source, path);
        const auto [bytes, trouble] = content_of(path, most_bytes);
        if (known.contains({name, store::blob_id_of(bytes)})) {
            ++result.known_files;
            continue;
        }
        if (!lot) {
            lot = store::OpenLot{intake.open_lot(order), {}};
        }
        const BlobId blob = platform.images().put(bytes);
        const Result<int> pages =
            trouble.empty() ? count_pages(reader, bytes) : Failure{Remedy::FixInput, trouble};
        store::NewFile file{.name = name, .blob = blob, .bytes = bytes.size(), .pages = 1};
        if (pages.ok()) {
            file.pages = pages.value();
            intake.add_file(lot->lot.id, file);
        } else {
            intake.add_unreadable_file(lot->lot.id, file, pages.failure().what);
            ++result.unreadable_files;
        }
        lot->files.insert(name);
        ++result.new_files;
    }
    if (lot) {
        result.complaints = close(intake, *lot, source);
    }
    return result;
}

} // namespace pleiade::pipeline
