// pleiade sweep: stored images that no row refers to go into the trash, and come back from there.

#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/platform.h"
#include "core/clock.h"
#include "core/day.h"
#include "store/blob_sweep.h"

#include <charconv>
#include <cstdio>
#include <memory>

namespace pleiade::cli {
namespace {

using store::TrashedBlob;

struct SweepOptions {
    std::string grace = "7d"; // chosen: an intake that was stopped is gone on with within a week
    bool dry_run = false;
    bool many = false;
    bool list = false;
    bool purge = false;
    bool restore_all = false;
    std::vector<std::string> restore;
};

/// "36h", "7d", "7": days unless it says hours.
std::chrono::hours hours_of(const std::string& text) {
    const bool in_hours = !text.empty() && text.back() == 'h';
    const bool has_unit = in_hours || (!text.empty() && text.back() == 'd');
    const char* end = text.data() + text.size() - (has_unit ? 1 : 0);
    int number = 0;
    const auto parsed = std::from_chars(text.data(), end, number);
    constexpr int most = 10'000; // chosen: 27 years of days
    if (parsed.ec != std::errc() || parsed.ptr != end || number < 1 || number > most) {
        throw Error(
            Remedy::FixInput,
            "not a time: --grace " + text + ". Write days or hours, 1h at least: 7d, 36h"
        );
    }
    return in_hours ? std::chrono::hours(number) : std::chrono::days(number);
}

std::string day_of(Instant instant) {
    return iso_day(std::chrono::floor<std::chrono::days>(instant));
}

void print_blobs(const std::vector<TrashedBlob>& blobs) {
    for (const TrashedBlob& one : blobs) {
        std::printf(
            "  %s  %12zu bytes  put %s\n",
            one.blob.sha256.c_str(),
            one.bytes,
            day_of(one.put_at).c_str()
        );
    }
}

Json json_of(const std::vector<TrashedBlob>& blobs) {
    Json list = Json::array();
    for (const TrashedBlob& one : blobs) {
        Json json{{"sha256", one.blob.sha256}, {"bytes", one.bytes}, {"put", day_of(one.put_at)}};
        if (one.since != std::chrono::sys_days{}) {
            json["in_trash_since"] = iso_day(one.since);
        }
        list.push_back(std::move(json));
    }
    return list;
}

/// A sentence and the blobs it is about; nothing when there are none.
void print_if_any(const std::vector<TrashedBlob>& blobs, const std::string& sentence) {
    if (!blobs.empty()) {
        std::printf("%s\n", sentence.c_str());
        print_blobs(blobs);
    }
}

std::string blobs_text(const std::vector<TrashedBlob>& blobs) {
    return counted(static_cast<long>(blobs.size()), "blob");
}

int show_sweep(const CommonOptions& options, const store::Sweep& sweep, store::SweepMode mode) {
    const bool moved = mode != store::SweepMode::LookOnly;
    if (options.json) {
        const Json json{
            {"looked_at", sweep.blobs},
            {"moved", moved},
            {"orphans", json_of(sweep.orphans)},
            {"given_back", json_of(sweep.given_back)}};
        std::puts(line_of(json).c_str());
        return exit_done;
    }
    std::printf(
        "%s looked at, no row refers to %zu%s\n",
        counted(sweep.blobs, "blob").c_str(),
        sweep.orphans.size(),
        sweep.orphans.empty() ? "" : (moved ? ". Moved into the trash:" : ". Nothing was moved:")
    );
    print_blobs(sweep.orphans);
    print_if_any(
        sweep.given_back, blobs_text(sweep.given_back) + " of the trash are needed, and back:"
    );
    return exit_done;
}

int show_list(const CommonOptions& options, const std::vector<TrashedBlob>& blobs) {
    if (options.json) {
        std::puts(line_of({{"trash", json_of(blobs)}}).c_str());
        return exit_done;
    }
    std::printf("%s in the trash\n", blobs_text(blobs).c_str());
    for (const TrashedBlob& one : blobs) {
        std::printf(
            "  %s  %12zu bytes  put %s  in the trash since %s\n",
            one.blob.sha256.c_str(),
            one.bytes,
            day_of(one.put_at).c_str(),
            iso_day(one.since).c_str()
        );
    }
    return exit_done;
}

int show_restored(const CommonOptions& options, const std::vector<TrashedBlob>& blobs) {
    if (options.json) {
        std::puts(line_of({{"restored", json_of(blobs)}}).c_str());
        return exit_done;
    }
    std::printf("%s brought back\n", blobs_text(blobs).c_str());
    print_blobs(blobs);
    return exit_done;
}

int show_purge(const CommonOptions& options, const store::Purge& purge) {
    if (options.json) {
        const Json json{
            {"removed", json_of(purge.removed)}, {"given_back", json_of(purge.given_back)}};
        std::puts(line_of(json).c_str());
        return exit_done;
    }
    std::printf("%s removed for good\n", blobs_text(purge.removed).c_str());
    print_blobs(purge.removed);
    print_if_any(
        purge.given_back, blobs_text(purge.given_back) + " of the trash are needed, and back:"
    );
    return exit_done;
}

int sweep(const CommonOptions& options, const SweepOptions& asked) {
    const std::chrono::hours grace = hours_of(asked.grace);
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    store::BlobSweep blobs(platform.database_url(), platform.image_folder());
    const Instant now = SystemClock().now();
    if (asked.list) {
        return show_list(options, blobs.in_trash());
    }
    if (asked.purge) {
        return show_purge(options, blobs.purge(now));
    }
    if (asked.restore_all || !asked.restore.empty()) {
        std::vector<BlobId> wanted;
        for (const std::string& name : asked.restore) {
            wanted.push_back({name});
        }
        return show_restored(options, blobs.restore(wanted));
    }
    store::SweepMode mode = asked.many ? store::SweepMode::MoveMany : store::SweepMode::Move;
    if (asked.dry_run) {
        mode = store::SweepMode::LookOnly;
    }
    return show_sweep(options, blobs.sweep({.now = now, .grace = grace, .mode = mode}), mode);
}

} // namespace

void add_sweep(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = program.add_subcommand(
        "sweep", "Put stored images that no row refers to into the trash, or take them out again"
    );
    // Filled by the parser, read by the call: whichever ends last.
    const auto asked = std::make_shared<SweepOptions>();
    command->add_option(
        "--grace", asked->grace, "Leave alone what was put since: days or hours, 7d (default), 36h"
    );
    command->add_flag("--dry-run", asked->dry_run, "Only say what would be moved");
    command->add_flag("--many", asked->many, "Move also when more than a fifth is orphaned");
    CLI::Option* list = command->add_flag("--list", asked->list, "What lies in the trash");
    CLI::Option* restore =
        command->add_option("--restore", asked->restore, "Bring these back, by their SHA-256")
            ->check(not_empty("SHA-256"));
    CLI::Option* restore_all = command->add_flag(
        "--restore-all", asked->restore_all, "Bring back whatever is in the trash"
    );
    CLI::Option* purge = command->add_flag(
        "--purge", asked->purge, "Remove for good what lies in the trash for 30 days or more"
    );
    list->excludes(restore)->excludes(restore_all)->excludes(purge);
    purge->excludes(restore)->excludes(restore_all);
    restore->excludes(restore_all);
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->callback([&options, &chosen, asked] {
        chosen = [&options, asked] { return sweep(options, *asked); };
    });
}

} // namespace pleiade::cli
