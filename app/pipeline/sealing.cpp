#include "app/pipeline/sealing.h"

#include "core/durable_file.h"
#include "core/failure.h"
#include "store/counters.h"
#include "store/sealer.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr auto between_looks = 1s; // chosen: sealed well within the 5 s that are promised
constexpr auto last_wait = 5s; // spec: sealed within 5 s, but for a transaction that runs longer
constexpr auto between_last_looks = 50ms; // chosen: a run ends without being seen to wait
constexpr auto between_stamps = 60s; // chosen: an authority that is away is not asked all the time

using GoesOn = std::function<bool()>;

/// Nothing when there is no place for a key. Made only where it never was: with another one than
/// that of the checkpoints there are, all of these would no longer be believed.
std::optional<store::SigningKey> key_of(const Platform& platform, store::Sealer& sealer) {
    const std::filesystem::path file = platform.audit_key();
    if (!platform.configuration().settings.audit.key.empty()) {
        return store::SigningKey::from_file(file);
    }
    if (platform.audit_folder().empty()) {
        return std::nullopt;
    }
    std::error_code unknown; // then reading it says what is wrong
    if (!std::filesystem::exists(file, unknown) && !unknown && sealer.has_checkpoints()) {
        throw Error(
            Remedy::FixConfiguration,
            "the key " + file.string() +
                " is gone, and there are checkpoints signed with it. Put it back from a backup; if "
                "it is lost, make another: openssl genpkey -algorithm ed25519 -out " +
                file.string() + ", chmod 600, and keep its public half of before for --key"
        );
    }
    make_folder_durably(platform.audit_folder());
    return store::SigningKey::from_file_or_new(file);
}

class Seals {
public:
    using Note = std::function<void(const std::optional<Trouble>&)>;

    Seals(const Platform& platform, const Clock& clock, Note note)
        : platform_(platform),
          clock_(clock),
          places_{
              .folder = platform.audit_folder().empty() ? std::filesystem::path()
                                                        : platform.audit_folder() / "checkpoints",
              .stamp_url = platform.configuration().settings.audit.stamp_url},
          note_(std::move(note)) {}

    void keep(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any nothing;
        while (!stop.stop_requested()) {
            look(store::Sealer::When::Due, [&] { return !stop.stop_requested(); });
            std::unique_lock lock(mutex);
            nothing.wait_for(lock, stop, between_looks, [] { return false; });
        }
        const auto end = std::chrono::steady_clock::now() + last_wait;
        const GoesOn until_end = [end] { return std::chrono::steady_clock::now() < end; };
        seal_the_rest(until_end);
        next_stamp_ = {};
        look(store::Sealer::When::Now, until_end);
    }

private:
    /// Somebody else's transaction, be it the server's own statistics, may end just now.
    void seal_the_rest(const GoesOn& goes_on) {
        look(store::Sealer::When::Due, goes_on);
        while (sealer_ && !left_to_others_ && is_behind() && goes_on()) {
            std::this_thread::sleep_for(between_last_looks);
            look(store::Sealer::When::Due, goes_on);
        }
    }

    bool is_behind() {
        try {
            return sealer_->is_behind();
        } catch (const std::exception&) {
            return false; // the last look says what is wrong
        }
    }

    /// The one place where its troubles end: without a key events are sealed all the same. A
    /// backlog is left where it is when it is to end.
    void look(store::Sealer::When when, const GoesOn& goes_on) {
        try {
            if (!sealer_) {
                const store::Connection connection = store::connect(platform_.database_url());
                sealer_.emplace(connection);
                counters_.emplace(connection);
                left_to_others_ = !sealer_->may_seal();
            }
            if (left_to_others_) {
                return note_(std::nullopt);
            }
            do {
                counters_->add_up();
            } while (sealer_->seal() > 0 && goes_on());
        } catch (const std::exception& error) {
            note_(trouble_of(error));
            sealer_.reset();
            counters_.reset();
            return;
        }
        try {
            sign(when, goes_on);
        } catch (const std::exception& error) {
            note_(trouble_of(error));
            key_.reset();
        }
    }

    void sign(store::Sealer::When when, const GoesOn& goes_on) {
        if (!key_) {
            key_ = key_of(platform_, *sealer_);
        }
        const auto now = std::chrono::steady_clock::now();
        if (key_) {
            sealer_->checkpoint(*key_, clock_.now(), when, places_);
        }
        if (now >= next_stamp_) {
            next_stamp_ = now + between_stamps;
            if (!places_.folder.empty()) { // whoever has the folder also files the stamps
                sealer_->stamp(places_, goes_on);
            }
            note_(std::nullopt);
        }
    }

    const Platform& platform_;
    const Clock& clock_;
    store::CheckpointPlaces places_;
    Note note_;
    std::optional<store::Sealer> sealer_;     ///< Made anew after trouble, as is the key.
    std::optional<store::Counters> counters_; ///< There when the sealer is.
    bool left_to_others_ = false;             ///< The login may not.
    std::optional<store::SigningKey> key_;
    std::chrono::steady_clock::time_point next_stamp_{};
};

} // namespace

Sealing::Sealing(const Platform& platform, const Clock& clock)
    : thread_([this, &platform, &clock](const std::stop_token& stop) {
          Seals(platform, clock, [this](const std::optional<Trouble>& trouble) {
              note(trouble);
          }).keep(stop);
      }) {}

void Sealing::note(const std::optional<Trouble>& trouble) {
    const std::scoped_lock lock(mutex_);
    trouble_ = trouble;
}

std::optional<Trouble> Sealing::trouble() const {
    const std::scoped_lock lock(mutex_);
    return trouble_;
}

std::optional<Trouble> Sealing::finish() {
    thread_.request_stop();
    thread_.join();
    return trouble();
}

} // namespace pleiade::pipeline
