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

} // namespace

Leases::Leases(std::string url, std::vector<std::string> workers, std::chrono::milliseconds lease)
    : thread_([url = std::move(url),
               workers = std::move(workers),
               lease](const std::stop_token& stop) {
          std::optional<store::Queue> queue;
          std::mutex mutex;
          std::condition_variable_any nothing;
          auto pause = lease / heartbeats_per_lease;
          for (;;) {
              {
                  std::unique_lock lock(mutex);
                  if (nothing.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
                      return;
                  }
              }
              try {
                  if (!queue) {
                      queue.emplace(url);
                  }
                  for (const std::string& worker : workers) {
                      queue->heartbeat(worker, std::chrono::ceil<std::chrono::seconds>(lease));
                  }
                  pause = lease / heartbeats_per_lease;
              } catch (const Error&) {
                  queue.reset();
                  pause = std::min(pause, after_trouble);
              }
          }
      }) {}

} // namespace pleiade::pipeline
