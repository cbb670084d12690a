// What a run does when something around the mail is wrong: a GED away, a caisse unknown, a job that
// kills the program, a machine that breaks readers. Nothing of that may be put on the mail.

#include "app/pipeline/run.h"
#include "app/pipeline/shift.h"
#include "app/pipeline/worker.h"
#include "tests/integration/store/mail_room.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace pleiade::pipeline {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Caisse caisse(const std::string& code, const fs::path& ged) {
    Caisse made;
    made.code = code;
    made.name = "Caisse " + code;
    made.ged_folder = ged.string();
    return made;
}

/// A home with two caisses, each with a GED of its own, and mail that waits for both.
class Run : public testing::Test {
protected:
    Run() {
        for (const char* code : {"061", "201"}) {
            fs::create_directories(ged_of(code));
            config_.caisses.push_back(caisse(code, ged_of(code)));
        }
        config_.settings.database.url = room_.database.url();
    }

    [[nodiscard]] fs::path home() const { return folder_.path() / "home"; }
    [[nodiscard]] fs::path ged_of(const std::string& code) const {
        return folder_.path() / ("ged-" + code);
    }

    void open_platform() { platform_.emplace(config_, home(), Use::Work); }

    /// One document for the caisse, with its PDF, ready to be delivered; or as an earlier try that
    /// was killed behind the GED has left it.
    enum class Try { None, Killed };
    void queue_delivery(const std::string& code, Try earlier = Try::None) {
        const RowId lot = room_.open_lot("samples/" + code, code);
        room_.add(lot, "0001.tif");
        room_.close(lot, {"0001.tif"});
        room_.read_everything();
        room_.split(lot);
        (void)room_.understood(lot);
        const auto job = room_.queue.claim(
            "test", {store::JobKind::Deliver}, std::chrono::minutes(5), already_queued_
        );
        ASSERT_TRUE(job);
        const BlobId pdf = platform_->images().put(bytes_of("%PDF of " + code));
        const BlobId index = platform_->images().put(bytes_of("index of " + code));
        ASSERT_EQ(room_.deliveries.record_pdf(*job, pdf, index), store::Finish::Committed);
        if (earlier == Try::Killed) {
            ASSERT_EQ(room_.deliveries.mark_sent(*job, "folder"), store::Finish::Committed);
            const fs::path day = ged_of(code) / code / "2026-03-02";
            fs::create_directories(day);
            const std::string stem = room_.database.value("select idempotency_key from delivery");
            std::ofstream(day / (stem + "-DAT.pdf")) << "%PDF of " + code;
            std::ofstream(day / (stem + "-DAT.json")) << "index of " + code;
        }
        ASSERT_EQ(room_.queue.put_back(*job), store::Finish::Committed);
        already_queued_.push_back(code);
    }

    void queue_pages(int count) {
        room_.add(room_.open_lot("samples/pages"), "pages.tif", count);
        const BlobId blob = platform_->images().put(bytes_of("any bytes"));
        room_.database.exec("update lot_file set sha256 = '" + blob.sha256 + "'");
    }

    RunOutcome run() {
        return pipeline::run(
            {.lots = {}, .caisse = {}, .workers = 2},
            *platform_,
            clock_,
            std::stop_token(),
            [](const Progress&) {}
        );
    }

    [[nodiscard]] std::int64_t count(const std::string& what) const {
        return room_.database.number("select count(*) from " + what);
    }

    [[nodiscard]] static std::size_t files_in(const fs::path& folder) {
        std::size_t files = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            files += entry.is_regular_file() ? 1U : 0U;
        }
        return files;
    }

    test::TempFolder folder_;
    store::MailRoom room_;
    config::Config config_;
    SystemClock clock_;
    std::optional<Platform> platform_;
    std::vector<std::string> already_queued_;
};

TEST_F(Run, DeliversToTheOtherCaissesWhenTheGedOfOneIsAway) {
    open_platform();
    queue_delivery("061");
    queue_delivery("201");
    fs::remove(ged_of("061"));
    const RunOutcome first = run();
    EXPECT_FALSE(first.trouble) << first.trouble->what;
    ASSERT_EQ(first.held.size(), 1U);
    EXPECT_EQ(first.held[0].caisse, "061");
    EXPECT_EQ(first.held[0].trouble.remedy, Remedy::FixConfiguration);
    EXPECT_THAT(first.held[0].trouble.what, HasSubstr("caisse 061"));
    EXPECT_EQ(first.documents, 1);
    EXPECT_EQ(first.set_aside, 0);
    EXPECT_EQ(files_in(ged_of("201")), 2U);
    EXPECT_FALSE(fs::exists(ged_of("061"))) << "a share that is not mounted became a folder";

    fs::create_directory(ged_of("061"));
    const RunOutcome second = run();
    EXPECT_TRUE(second.held.empty());
    EXPECT_EQ(second.documents, 1);
    EXPECT_EQ(files_in(ged_of("061")), 2U);
}

TEST_F(Run, FindsWhatAKilledTryDeliveredThoughTheConfigurationChangedSince) {
    open_platform();
    queue_delivery("061", Try::Killed);
    config_.types.push_back({.code = "DAT", .title = "Another title than yesterday"});
    open_platform();
    const RunOutcome outcome = run();
    EXPECT_EQ(outcome.documents, 1);
    EXPECT_EQ(outcome.set_aside, 0);
    EXPECT_EQ(room_.database.value("select state from delivery"), "acknowledged");
}

TEST_F(Run, HoldsMailOfACaisseThatIsNotInThisConfiguration) {
    open_platform();
    queue_delivery("201");
    config_.caisses.pop_back();
    open_platform();
    const RunOutcome outcome = run();
    ASSERT_EQ(outcome.held.size(), 1U);
    EXPECT_EQ(outcome.held[0].trouble.remedy, Remedy::FixConfiguration);
    EXPECT_THAT(outcome.held[0].trouble.what, HasSubstr("201"));
    EXPECT_EQ(outcome.set_aside, 0);
    EXPECT_EQ(files_in(home() / "ged"), 0U);
    EXPECT_EQ(count("job where kind = 'deliver' and state = 'waiting'"), 1);
}

TEST_F(Run, StopsAndSetsNothingAsideWhenTheImagesAreAway) {
    open_platform();
    queue_delivery("061");
    fs::rename(home() / "images", home() / "unmounted");
    const RunOutcome outcome = run();
    ASSERT_TRUE(outcome.trouble);
    EXPECT_EQ(outcome.trouble->remedy, Remedy::RetryLater);
    EXPECT_EQ(outcome.set_aside, 0);
    EXPECT_EQ(count("pli where state = 'set_aside'"), 0);
    EXPECT_FALSE(fs::exists(home() / "images"));
}

TEST_F(Run, NeverMakesAKeyInPlaceOfOneThatIsGone) {
    open_platform();
    queue_delivery("061");
    EXPECT_THAT(run().remarks, testing::IsEmpty());
    EXPECT_GT(count("checkpoint"), 0);
    const fs::path key = home() / "audit" / "key.pem";
    ASSERT_TRUE(fs::remove(key));
    queue_delivery("201");
    const RunOutcome outcome = run();
    EXPECT_EQ(outcome.documents, 1) << "the mail waits for the audit";
    EXPECT_THAT(outcome.remarks, testing::Contains(HasSubstr(key.string() + " is gone")));
    EXPECT_FALSE(fs::exists(key));
    EXPECT_EQ(count("event where event_id not in (select event_id from sealed_event)"), 0);
}

TEST_F(Run, ConfiguredKeyThatIsNotThereIsNamedAndNotMade) {
    config_.settings.audit.key = folder_.path() / "shared.pem";
    open_platform();
    queue_delivery("061");
    EXPECT_THAT(run().remarks, testing::Contains(HasSubstr("shared.pem is not there")));
    EXPECT_FALSE(fs::exists(folder_.path() / "shared.pem"));
    EXPECT_EQ(count("checkpoint"), 0);
}

TEST_F(Run, SetsAsideAJobUnderWhichTheProgramEndedAgainAndAgain) {
    open_platform();
    queue_pages(1);
    room_.database.exec("update job set losses = 5");
    const RunOutcome outcome = run();
    EXPECT_EQ(outcome.set_aside, 1);
    EXPECT_EQ(count("page where state = 'set_aside' and reason like '%5 fois%'"), 1);
}

TEST_F(Run, StopsWhenDifferentJobsBreakTheReaderOneAfterTheOther) {
    open_platform();
    queue_pages(6);
    std::ofstream(folder_.path() / "reader") << "#!/bin/sh\nkill -SEGV $$\n";
    fs::permissions(folder_.path() / "reader", fs::perms::owner_all);
    RunState state;
    std::optional<Trouble> trouble;
    const WorkerOrder order{
        .name = "worker",
        .platform = *platform_,
        .clock = clock_,
        .state = state,
        .reader = {.executable = folder_.path() / "reader", .configuration = {}},
        .not_delivered_here = {},
        .on_trouble = [&](const Trouble& told) { trouble = told; }};
    work(order, std::stop_token());
    ASSERT_TRUE(trouble);
    EXPECT_EQ(trouble->remedy, Remedy::RetryLater);
    EXPECT_THAT(trouble->what, HasSubstr("machine"));
    EXPECT_EQ(state.tally.set_aside, 0);
    EXPECT_EQ(count("page where state = 'set_aside'"), 0);
    EXPECT_EQ(count("job where state = 'waiting' and crashes = 0"), 6);
    EXPECT_EQ(count("job where losses = 1"), 4);
}

TEST_F(Run, PatientWorkerTriesAJobAloneInTroubleLaterAndDoesTheOthers) {
    open_platform();
    queue_delivery("061");
    fs::remove_all(home() / "images");
    fs::create_directory(home() / "images");
    queue_delivery("201");
    RunState state;
    std::stop_source stop;
    const WorkerOrder order{
        .name = "worker",
        .platform = *platform_,
        .clock = clock_,
        .state = state,
        .reader = reader_settings(platform_->configuration()),
        .patience = Patience::Long,
        .not_delivered_here = {},
        .on_trouble = [](const Trouble& told) { FAIL() << told.what; }};
    std::jthread worker([&] { work(order, stop.get_token()); });
    while (state.tally.documents == 0 || count("job where attempt = 1 and state = 'waiting'") == 0
    ) {
        std::this_thread::yield();
    }
    stop.request_stop();
    worker.join();
    EXPECT_EQ(state.tally.set_aside, 0);
    EXPECT_EQ(count("job where caisse_id = '061' and state = 'waiting' and due_at > now()"), 1);
    EXPECT_EQ(files_in(ged_of("201")), 2U);
}

TEST_F(Run, JobThatNeverSucceedsIsSetAsideWithItsReason) {
    open_platform();
    queue_delivery("061");
    fs::remove_all(home() / "images");
    fs::create_directory(home() / "images");
    room_.database.exec("update job set attempt = 9 where state = 'waiting'");
    RunState state;
    std::stop_source stop;
    const WorkerOrder order{
        .name = "worker",
        .platform = *platform_,
        .clock = clock_,
        .state = state,
        .reader = reader_settings(platform_->configuration()),
        .patience = Patience::Long,
        .not_delivered_here = {},
        .on_trouble = [](const Trouble& told) { FAIL() << told.what; }};
    std::jthread worker([&] { work(order, stop.get_token()); });
    while (state.tally.set_aside == 0) {
        std::this_thread::yield();
    }
    stop.request_stop();
    worker.join();
    EXPECT_EQ(count("pli where state = 'set_aside' and reason like '%10 tentatives%'"), 1);
}

TEST_F(Run, ShiftDeliversWhatWaitsAndLeavesToOthersWhatItHasNoFolderFor) {
    open_platform();
    queue_delivery("061");
    queue_delivery("201");
    config_.settings.images.folder = home() / "images";
    config_.caisses.back().ged_folder.clear();
    Platform joined(config_, folder_.path() / "none", Use::Join);
    EXPECT_FALSE(fs::exists(folder_.path() / "none"));
    std::stop_source stop;
    std::vector<ShiftNews> news;
    std::optional<ShiftOutcome> outcome;
    std::jthread working([&] {
        outcome = shift(1, joined, clock_, stop.get_token(), [&](const ShiftNews& told) {
            news.push_back(told);
        });
    });
    while (count("delivery where state = 'acknowledged'") == 0) {
        std::this_thread::yield();
    }
    stop.request_stop();
    working.join();
    EXPECT_EQ(outcome->documents, 1);
    EXPECT_FALSE(outcome->trouble);
    EXPECT_EQ(count("job where caisse_id = '201' and state = 'waiting'"), 1);
    EXPECT_GT(count("sealed_event"), 0);
    EXPECT_EQ(count("event where event_id not in (select event_id from sealed_event)"), 0);
    EXPECT_EQ(count("checkpoint"), 0) << "signed with a key that nobody named";
    ASSERT_EQ(news.size(), 1U);
    EXPECT_EQ(news[0].what, ShiftNews::What::Leaves);
    EXPECT_EQ(news[0].text, "201");
}

TEST_F(Run, RefusesAConfiguredFolderThatIsNotThereAndMakesNone) {
    const fs::path away = folder_.path() / "not-mounted";
    for (std::string* setting : {&config_.settings.images.folder, &config_.settings.ged.folder}) {
        *setting = away.string();
        try {
            open_platform();
            FAIL() << "a run began without " << away;
        } catch (const Error& error) {
            EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
            EXPECT_THAT(error.what(), HasSubstr("mkdir"));
        }
        EXPECT_FALSE(fs::exists(away));
        const Platform reports(config_, home(), Use::Look);
        EXPECT_FALSE(fs::exists(away)) << "reports neither need the folder nor make it";
        setting->clear();
    }
}

TEST_F(Run, SweepsHalfWrittenImagesOfKilledRuns) {
    open_platform();
    const fs::path part = home() / "images" / ".abc.7.0.part";
    std::ofstream(part) << "half";
    using namespace std::chrono_literals;
    fs::last_write_time(part, fs::file_time_type::clock::now() - 25h);
    open_platform();
    EXPECT_FALSE(fs::exists(part));
}

TEST_F(Run, APageThatLoopsEatsMemoryOrCrashesIsTriedOnceMoreAndItsPliGoesToAPerson) {
    using namespace std::chrono_literals;
    open_platform();
    const RowId lot = room_.open_lot("samples/pages");
    const std::vector<std::string> names{"loop", "eat memory", "crash", "a page"};
    for (const std::string& name : names) {
        room_.add(lot, name);
        const BlobId blob = platform_->images().put(bytes_of(name));
        room_.database.exec(
            "update lot_file set sha256 = '" + blob.sha256 + "' where name = '" + name + "'"
        );
    }
    room_.close(lot, names);
    RunState state;
    WorkerOrder order{
        .name = "worker",
        .platform = *platform_,
        .clock = clock_,
        .state = state,
        .reader =
            {.executable = fs::path(PLEIADE_BINARY_DIR) / "tests/failing-reader",
             .configuration = {.caisses = config_.caisses, .memory_mb = 384},
             .most_cpu = 1s},
        .patience = Patience::None,
        .not_delivered_here = {},
        .on_trouble = [](const Trouble& trouble) { ADD_FAILURE() << trouble.what; }};
    {
        const std::jthread worker([&](const std::stop_token& stop) { work(order, stop); });
        const auto end = std::chrono::steady_clock::now() + 90s; // chosen: a busy machine
        while (count("pli where state = 'to_verify'") < 4 && std::chrono::steady_clock::now() < end
        ) {
            room_.database.exec("update job set due_at = now() where state = 'waiting'");
        }
    }
    EXPECT_EQ(count("pli where state = 'to_verify'"), 4);
    EXPECT_EQ(count("page where state = 'set_aside' and reason like '%, deux fois'"), 3);
    EXPECT_EQ(count("page where reason like '%plus de 1 s de processeur%'"), 1);
    EXPECT_EQ(count("page where reason like '%manqué de mémoire : il n''a droit%'"), 1);
    EXPECT_EQ(count("page where reason like '%SIGABRT%'"), 1);
    EXPECT_EQ(count("page where state = 'read'"), 1) << "the page behind them is read";
    EXPECT_EQ(count("pli where verify_reasons::text like '%page 1 non lue : %'"), 3)
        << room_.database.value("select string_agg(verify_reasons::text || page.state || "
                                "page.reason, '; ') from pli "
                                "join page using (pli_id)");
}

} // namespace
} // namespace pleiade::pipeline
