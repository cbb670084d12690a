#include "app/learning/model_folder.h"

#include "app/config/config.h"
#include "core/durable_file.h"
#include "core/failure.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace pleiade::learning {
namespace {

using Json = nlohmann::json;

constexpr const char* history_name = "history.jsonl";
constexpr std::size_t most_history = 16 * 1024 * 1024; // chosen: a hundred thousand events

Json json_of(const ModelEvent& event) {
    return {
        {"what", event.what},
        {"version", event.version},
        {"who", event.act.who},
        {"reason", event.act.reason},
        {"when_us", event.act.when.time_since_epoch().count()}};
}

ModelEvent event_from(const Json& json) {
    return {
        json.at("what"),
        json.at("version"),
        {json.at("who"),
         json.at("reason"),
         Instant(std::chrono::microseconds(json.at("when_us").get<std::int64_t>()))}};
}

/// The versions that were in use one after the other, without those taken back.
std::vector<int> versions_in_use(const std::vector<ModelEvent>& history) {
    std::vector<int> versions;
    for (const ModelEvent& event : history) {
        if (event.what == "publish") {
            versions.push_back(event.version);
        } else if (!versions.empty()) {
            versions.pop_back();
        }
    }
    return versions;
}

} // namespace

std::filesystem::path ModelFolder::file_of(int version) const {
    std::ostringstream name;
    name << "types-";
    name.width(4);
    name.fill('0');
    name << version << ".model";
    return folder_ / name.str();
}

std::vector<ModelEvent> ModelFolder::history() const {
    const std::filesystem::path file = folder_ / history_name;
    if (!std::filesystem::exists(file)) {
        return {};
    }
    std::istringstream lines(text_of(read_file(file, most_history)));
    std::vector<ModelEvent> events;
    for (std::string line; std::getline(lines, line);) {
        try {
            events.push_back(event_from(Json::parse(line)));
        } catch (const Json::exception&) {
            throw Error(
                Remedy::FixConfiguration,
                file.string() + ":" + std::to_string(events.size() + 1) + ": not a line of ours"
            );
        }
    }
    return events;
}

std::optional<int> ModelFolder::current() const {
    const std::vector<int> versions = versions_in_use(history());
    return versions.empty() ? std::nullopt : std::optional(versions.back());
}

PublishingTurn::PublishingTurn(const std::filesystem::path& folder)
    : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (descriptor_ < 0) {
        throw Error(Remedy::FixConfiguration, "cannot open " + folder.string());
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor_);
        throw Error(
            Remedy::RetryLater,
            "somebody else is publishing a model in " + folder.string() +
                ". Ask again when that is done"
        );
    }
}

PublishingTurn::PublishingTurn(PublishingTurn&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

PublishingTurn::~PublishingTurn() {
    if (descriptor_ >= 0) {
        ::close(descriptor_); // and the lock goes with it
    }
}

PublishingTurn ModelFolder::take_turn() const {
    make_folder_durably(folder_);
    return PublishingTurn(folder_);
}

int ModelFolder::publish(BytesView model, const Act& act) {
    make_folder_durably(folder_);
    int version = 1;
    for (const ModelEvent& event : history()) {
        version = std::max(version, event.version + 1);
    }
    while (!write_durably_once(file_of(version), model)) {
        ++version; // left by somebody who got no further
    }
    use({"publish", version, act});
    return version;
}

int ModelFolder::roll_back(const Act& act) {
    std::vector<int> versions = versions_in_use(history());
    if (versions.empty()) {
        throw Error(Remedy::FixInput, "no model is in use in " + folder_.string());
    }
    versions.pop_back();
    const int version = versions.empty() ? 0 : versions.back();
    use({"rollback", version, act});
    return version;
}

/// The history first: it says more than what is in use, never less.
void ModelFolder::use(const ModelEvent& event) {
    std::vector<ModelEvent> events = history();
    events.push_back(event);
    std::string text;
    for (const ModelEvent& each : events) {
        text += json_of(each).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    write_durably(folder_ / history_name, bytes_of(text));
    const std::filesystem::path current = folder_ / config::current_model_name;
    if (event.version > 0) {
        write_durably(current, bytes_of(file_of(event.version).filename().string() + "\n"));
        return;
    }
    std::filesystem::remove(current);
    sync_folder(folder_);
}

} // namespace pleiade::learning
