#pragma once
// The models of a place: numbered versions that are never changed, the one in use, and who put it
// there, when and why.

#include "core/bytes.h"
#include "core/clock.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::learning {

/// Who does it, and why.
struct Act {
    std::string who;
    std::string reason;
    Instant when;
};

/// One line of history.jsonl.
struct ModelEvent {
    std::string what; ///< "publish" or "rollback".
    int version = 0;  ///< In use from then on; 0 = none, the anchors alone.
    Act act;
};

/// Whoever has it is the only one who publishes or rolls back in a folder, in whatever process;
/// until it goes.
class PublishingTurn {
public:
    /// @throws Error(RetryLater) when somebody else has it.
    explicit PublishingTurn(const std::filesystem::path& folder);
    ~PublishingTurn();
    PublishingTurn(PublishingTurn&& other) noexcept;
    PublishingTurn& operator=(PublishingTurn&&) = delete;
    PublishingTurn(const PublishingTurn&) = delete;
    PublishingTurn& operator=(const PublishingTurn&) = delete;

private:
    int descriptor_ = -1;
};

class ModelFolder {
public:
    /// @param place Holds models/, or will: the home, or the folder named with --config.
    explicit ModelFolder(const std::filesystem::path& place) : folder_(place / "models") {}

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

    /// Oldest first. @throws Error(FixConfiguration) when the history makes no sense.
    [[nodiscard]] std::vector<ModelEvent> history() const;

    /// The version in use; nothing where none is.
    [[nodiscard]] std::optional<int> current() const;
    [[nodiscard]] std::filesystem::path file_of(int version) const;

    /// To be taken before the models are looked at that the new one is compared with.
    [[nodiscard]] PublishingTurn take_turn() const;

    /// Puts the model into use as a new version. A crash leaves the one before in use.
    int publish(BytesView model, const Act& act);

    /// Back to the version that was in use before the one that is; from the first, to none.
    /// @throws Error(FixInput) when none is in use.
    int roll_back(const Act& act);

private:
    void use(const ModelEvent& event);

    std::filesystem::path folder_;
};

} // namespace pleiade::learning
