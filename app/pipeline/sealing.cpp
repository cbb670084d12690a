#include "app/pipeline/sealing.h"

#include "core/durable_file.h"
#include "store/sealer.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr auto between_looks = 1s; // chosen: sealed well within the 5 s that are promised
constexpr auto last_wait = 5s; // spec: sealed within 5 s, but for a transaction that runs longer
constexpr auto between_last_looks = 50ms; // chosen: a run ends without being seen to wait
constexpr auto between_stamps = 60s; // chosen: an authority that is away is not asked all the time

/// What one process needs to seal. Made anew after trouble.
struct Tools {
    explicit Tools(const Platform& platform)
        : sealer(platform.database_url()), key(key_of(platform)) {}

    static store::SigningKey key_of(const Platform& platform) {
        if (platform.configuration().settings.audit.key.empty()) {
            make_folder_durably(platform.audit_folder());
        }
        return store::SigningKey::from_file_or_new(platform.audit_key());
    }

    store::Sealer sealer;
    store::SigningKey key;
};

class Seals {
public:
    Seals(const Platform& platform, const Clock& clock, std::optional<Trouble>& trouble)
        : platform_(platform),
          clock_(clock),
          places_{
              .folder = platform.audit_folder() / "checkpoints",
              .stamp_url = platform.configuration().settings.audit.stamp_url},
          trouble_(trouble) {}

    void keep(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any nothing;
        while (!stop.stop_requested()) {
            look(store::Sealer::When::Due);
            std::unique_lock lock(mutex);
            nothing.wait_for(lock, stop, between_looks, [] { return false; });
        }
        seal_the_rest();
        next_stamp_ = {};
        look(store::Sealer::When::Now);
    }

private:
    /// Somebody else's transaction, be it the server's own statistics, may end just now.
    void seal_the_rest() {
        const auto end = std::chrono::steady_clock::now() + last_wait;
        look(store::Sealer::When::Due);
        while (tools_ && is_behind() && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(between_last_looks);
            look(store::Sealer::When::Due);
        }
    }

    bool is_behind() {
        try {
            return tools_->sealer.is_behind();
        } catch (const std::exception&) {
            return false; // the last look says what is wrong
        }
    }

    /// The one place where its troubles end.
    void look(store::Sealer::When when) {
        try {
            if (!tools_) {
                tools_.emplace(platform_);
            }
            while (tools_->sealer.seal() > 0) {
            }
            tools_->sealer.checkpoint(tools_->key, clock_.now(), when, places_);
            const auto now = std::chrono::steady_clock::now();
            if (now >= next_stamp_) {
                next_stamp_ = now + between_stamps;
                tools_->sealer.stamp(places_);
                trouble_.reset();
            }
        } catch (const std::exception& error) {
            trouble_ = trouble_of(error);
            tools_.reset();
        }
    }

    const Platform& platform_;
    const Clock& clock_;
    store::CheckpointPlaces places_;
    std::optional<Trouble>& trouble_;
    std::optional<Tools> tools_;
    std::chrono::steady_clock::time_point next_stamp_{};
};

} // namespace

Sealing::Sealing(const Platform& platform, const Clock& clock)
    : thread_([this, &platform, &clock](const std::stop_token& stop) {
          Seals(platform, clock, trouble_).keep(stop);
      }) {}

std::optional<Trouble> Sealing::finish() {
    thread_.request_stop();
    thread_.join();
    return trouble_;
}

} // namespace pleiade::pipeline
