// What the control plane can do, for tools/bench control: the store's own verbs, as the workers
// call them, without the pages. The database and its settings are the caller's.
//
// control-load migrate URL
//
// control-load jobs URL JOBS WORKERS MOST: read jobs through claim, result, state change and event,
// at most MOST a transaction.
//
// control-load intakes URL FOLDER FILES WORKERS BYTES: files made durable in FOLDER and taken in.
//
// control-load queries URL TIMES: what queue, search and dashboards ask, of a database that
// tools/bench_control/fill.sql filled.
//
// Prints one JSON object a line: how many, in how many seconds, of which this process used the
// processor; for queries milliseconds of each.

#include "core/caisse.h"
#include "core/clock.h"
#include "store/blob_store.h"
#include "store/intake.h"
#include "store/journey.h"
#include "store/migrate.h"
#include "store/queue.h"
#include "store/reports.h"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace pleiade;

constexpr std::array codes{
    "041",
    "051",
    "061",
    "111",
    "121",
    "131",
    "201",
    "202",
    "301",
    "342",
    "481",
    "661",
    "831",
    "841"};
constexpr int caisses = codes.size(); // as the largest PFE has
constexpr int pages_of_file = 5;      // the mean of a pli
constexpr int files_of_lot = 100;     // what a scanner makes of a box of mail
constexpr std::chrono::minutes lease(5);

std::string caisse_code(int number) {
    return codes.at(static_cast<std::size_t>(number));
}

BlobId invented_blob(std::mt19937_64& random) {
    std::string text = std::to_string(random());
    return store::blob_id_of(bytes_of(text));
}

/// A short page: some words with their boxes, as the wire writes them.
store::FinishedReading invented_reading(std::mt19937_64& random) {
    store::FinishedReading reading;
    reading.reading_json = R"({"text":{"lines":[{"words":[)";
    for (int i = 0; i < 12; ++i) {
        reading.reading_json += std::string(i == 0 ? "" : ",") + R"({"text":"mot)" +
                                std::to_string(random() % 100000) + R"(","box":[)" +
                                std::to_string(random() % 2480) + "," +
                                std::to_string(random() % 3508) + R"(,40,30],"confidence":0.9})";
    }
    reading.reading_json += "]}]}}";
    reading.image = {invented_blob(random), ImageCoding::Ccitt4, 2480, 3508, 1, 300};
    reading.preview = invented_blob(random);
    reading.confidence = 0.9;
    return reading;
}

void in_parallel(int workers, const std::function<void(int)>& body) {
    std::vector<std::thread> threads;
    std::atomic<bool> failed = false;
    for (int worker = 0; worker < workers; ++worker) {
        threads.emplace_back([&, worker] {
            try {
                body(worker);
            } catch (const std::exception& failure) {
                std::fprintf(stderr, "worker %d: %s\n", worker, failure.what());
                failed = true;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    if (failed) {
        throw std::runtime_error("not all workers came to their end");
    }
}

RowId open_lot(store::Intake& intake, int number) {
    store::LotOrder order;
    order.source = "/invented/lot-" + std::to_string(number);
    order.label = "lot-" + std::to_string(number);
    order.caisse = caisse_code(number % caisses);
    order.received_at = SystemClock().now();
    return intake.open_lot(order).id;
}

void add_caisses(store::Intake& intake) {
    std::vector<Caisse> all;
    for (int number = 0; number < caisses; ++number) {
        Caisse caisse;
        caisse.code = caisse_code(number);
        caisse.name = "Caisse " + caisse.code;
        all.push_back(caisse);
    }
    intake.sync_caisses(all);
}

/// Lots with `jobs` pages to read.
void fill_queue(const std::string& url, int jobs) {
    store::migrate(url);
    store::Intake intake(url);
    add_caisses(intake);
    std::mt19937_64 random(1);
    const int files = jobs / pages_of_file;
    RowId lot = 0;
    for (int file = 0; file < files; ++file) {
        if (file % files_of_lot == 0) {
            lot = open_lot(intake, file / files_of_lot);
        }
        store::NewFile order{
            std::to_string(file) + ".tif", invented_blob(random), 100000, pages_of_file};
        intake.add_file(lot, order);
    }
}

class Measured {
public:
    Measured() : began_(std::chrono::steady_clock::now()), used_(used()) {}

    void tell(const char* what, long done) const {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began_;
        std::printf(
            R"({"what":"%s","done":%ld,"seconds":%.3f,"processor_seconds":%.3f,"a_second":%.1f})"
            "\n",
            what,
            done,
            passed.count(),
            used() - used_,
            static_cast<double>(done) / passed.count()
        );
    }

private:
    static double used() {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        return seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }

    std::chrono::steady_clock::time_point began_;
    double used_;
};

void work_off(const std::string& url, int number, int most, std::atomic<long>& done) {
    store::Queue queue(url);
    store::Journey journey(url);
    std::mt19937_64 random(static_cast<unsigned long>(number));
    const std::string name = "load-" + std::to_string(number);
    const store::Claim wanted{name, {store::JobKind::Read}, lease, {}, most};
    for (;;) {
        std::vector<store::ReadJob> read;
        for (const store::Job& job : queue.claim_some(wanted)) {
            read.push_back({job, invented_reading(random)});
        }
        if (read.empty()) {
            return;
        }
        for (const store::Finish end : journey.finish_reads(read)) {
            if (end != store::Finish::Committed) {
                throw std::runtime_error("a lease was lost");
            }
        }
        done += static_cast<long>(read.size());
    }
}

void jobs(const std::string& url, int wanted, int workers, int most) {
    fill_queue(url, wanted);
    std::atomic<long> done = 0;
    const Measured measured;
    in_parallel(workers, [&](int worker) { work_off(url, worker, most, done); });
    measured.tell("jobs", done);
}

void intakes(
    const std::string& url,
    const std::filesystem::path& folder,
    int files,
    int workers,
    std::size_t bytes
) {
    store::migrate(url);
    store::Intake first(url);
    add_caisses(first);
    std::vector<RowId> lots;
    for (int worker = 0; worker < workers; ++worker) {
        lots.push_back(open_lot(first, worker));
    }
    std::atomic<int> next = 0;
    const Measured measured;
    in_parallel(workers, [&](int worker) {
        store::Intake intake(url);
        store::FolderBlobStore blobs(folder);
        std::mt19937_64 random(static_cast<unsigned long>(worker));
        Bytes image(bytes);
        while (next++ < files) {
            std::generate(image.begin(), image.end(), [&] {
                return static_cast<std::byte>(random());
            });
            const BlobId blob = blobs.put(image);
            intake.add_file(
                lots[static_cast<std::size_t>(worker)],
                {blob.sha256 + ".tif", blob, image.size(), 1}
            );
        }
    });
    measured.tell("intakes", files);
}

class Stopwatch {
public:
    explicit Stopwatch(std::string what) : what_(std::move(what)) {}

    void time(const std::function<void()>& asked) {
        const auto began = std::chrono::steady_clock::now();
        asked();
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - began;
        millis_.push_back(took.count());
    }

    void tell() {
        std::sort(millis_.begin(), millis_.end());
        const auto share = [&](double part) {
            return millis_.at(
                static_cast<std::size_t>(part * static_cast<double>(millis_.size() - 1))
            );
        };
        constexpr double half = 0.5;
        constexpr double nearly_all = 0.99;
        std::printf(
            R"({"what":"%s","times":%zu,"median_ms":%.2f,"p99_ms":%.2f,"most_ms":%.2f})"
            "\n",
            what_.c_str(),
            millis_.size(),
            share(half),
            share(nearly_all),
            millis_.back()
        );
    }

private:
    std::string what_;
    std::vector<double> millis_;
};

/// As fill.sql makes them.
std::string filled_nir(std::uint64_t n) {
    std::array<char, 16> body{};
    std::snprintf(
        body.data(),
        body.size(),
        "%d%02d%02d%02d%03d%03d",
        static_cast<int>(1 + n % 2),
        static_cast<int>(30 + n / 7 % 75),
        static_cast<int>(1 + n / 3 % 12),
        static_cast<int>(1 + n / 11 % 95),
        static_cast<int>(n / 2500 % 1000),
        static_cast<int>(n % 1000)
    );
    constexpr std::uint64_t modulus = 97;
    std::array<char, 3> key{};
    std::snprintf(
        key.data(),
        key.size(),
        "%02d",
        static_cast<int>(modulus - std::stoull(body.data()) % modulus)
    );
    return std::string(body.data()) + key.data();
}

void queries(const std::string& url, int times) {
    using namespace std::chrono;
    store::Queue queue(url);
    store::Journey journey(url);
    store::Reports reports(url);
    std::mt19937_64 random(1);
    constexpr std::uint64_t people = 2'500'000;
    constexpr sys_days first_day = 2025y / March / 17;
    constexpr int days_of_year = 365;
    const auto any_day = [&] { return first_day + days(random() % days_of_year); };
    const auto measure = [&](const char* what, const std::function<void()>& asked) {
        Stopwatch watch(what);
        for (int i = 0; i < times; ++i) {
            watch.time(asked);
        }
        watch.tell();
    };
    std::vector<store::Job> jobs;
    measure("queue: claim a job", [&] {
        const auto job = queue.claim("load", {store::JobKind::Understand}, lease);
        if (!job) {
            throw std::runtime_error("fewer jobs wait than are to be claimed");
        }
        jobs.push_back(*job);
    });
    for (const store::Job& job : jobs) {
        (void)queue.put_back(job);
    }
    measure("queue: what is open", [&] { (void)queue.outstanding(); });
    measure("queue: age of the oldest", [&] { (void)reports.oldest_open_job(); });
    measure("dashboard: open jobs by caisse and kind", [&] { (void)reports.open_jobs(""); });
    measure("search: what came for a NIR", [&] {
        store::Inquiry inquiry;
        inquiry.caisse = caisse_code(static_cast<int>(random() % caisses));
        inquiry.received_on = any_day();
        inquiry.questions = {{.kind = Question::Kind::Nir, .key = filled_nir(random() % people)}};
        (void)journey.earlier_mail(jobs.front(), inquiry);
    });
    measure("dashboard: a day, all caisses", [&] {
        const sys_days day = any_day();
        (void)reports.status({day, day, ""});
    });
    measure("dashboard: a day, one caisse", [&] {
        const sys_days day = any_day();
        (void)reports.status({day, day, caisse_code(static_cast<int>(random() % caisses))});
    });
    measure("dashboard: the whole year", [&] { (void)reports.status({}); });
}

} // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> given(arguments + 1, arguments + count);
    try {
        if (given.size() == 5 && given[0] == "jobs") {
            jobs(given[1], std::stoi(given[2]), std::stoi(given[3]), std::stoi(given[4]));
            return 0;
        }
        if (given.size() == 6 && given[0] == "intakes") {
            intakes(
                given[1], given[2], std::stoi(given[3]), std::stoi(given[4]), std::stoul(given[5])
            );
            return 0;
        }
        if (given.size() == 2 && given[0] == "migrate") {
            store::migrate(given[1]);
            return 0;
        }
        if (given.size() == 3 && given[0] == "queries") {
            queries(given[1], std::stoi(given[2]));
            return 0;
        }
        std::fputs(
            "control-load migrate URL | jobs URL JOBS WORKERS MOST | intakes URL FOLDER FILES "
            "WORKERS BYTES | "
            "queries URL TIMES\n",
            stderr
        );
        return 2;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
}
