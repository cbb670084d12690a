#include "app/pipeline/leases.h"

#include "core/failure.h"
#include "store/queue.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds after_trouble = 1s; // chosen: well within the shortest lease

bool is_over_after(std::chrono::milliseconds pause, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any nothing;
    std::unique_lock lock(mutex);
    return nothing.wait_for(lock, stop, pause, [&stop] { return stop.stop_requested(); });
}

/// False while the database is away.
bool beat(
    std::optional<store::Queue>& queue,
    const std::string& url,
    const std::vector<std::string>& workers,
    std::chrono::milliseconds lease
) {
    try {
        if (!queue) {
            queue.emplace(url);
        }
        for (const std::string& worker : workers) {
            queue->heartbeat(worker, std::chrono::ceil<std::chrono::seconds>(lease));
        }
        return true;
    } catch (const Error&) {
        queue.reset();
        return false;
    }
}

} // namespace

Leases::Leases(std::string url, std::vector<std::string> workers, std::chrono::milliseconds lease)
    : thread_(
          [url = std::move(url), workers = std::move(workers), lease](const std::stop_token& stop) {
              std::optional<store::Queue> queue;
              const std::chrono::milliseconds usual = lease / heartbeats_per_lease;
              std::chrono::milliseconds pause = usual;
              while (!is_over_after(pause, stop)) {
                  pause = beat(queue, url, workers, lease) ? usual : std::min(usual, after_trouble);
              }
          }
      ) {}

} // namespace pleiade::pipeline
