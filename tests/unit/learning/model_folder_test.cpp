#include "app/learning/model_folder.h"
#include "core/durable_file.h"
#include "core/failure.h"
#include "tests/unit/learning/temp_folder.h"

#include <gtest/gtest.h>

namespace pleiade::learning {
namespace {

const Act act{"jeanne", "more examples", Instant(std::chrono::seconds(1'700'000'000))};

std::string named_in(const std::filesystem::path& folder) {
    return text_of(read_file(folder / "models" / "current", 1000));
}

TEST(ModelFolder, KeepsEveryVersionAndWhoPutItThere) {
    const TempFolder home;
    ModelFolder models(home.path());
    EXPECT_FALSE(models.current().has_value());
    EXPECT_EQ(models.publish(bytes_of("one"), act), 1);
    EXPECT_EQ(models.publish(bytes_of("two"), {"paul", "a new type", act.when}), 2);
    EXPECT_EQ(models.current(), 2);
    EXPECT_EQ(text_of(read_file(models.file_of(1), 100)), "one");
    EXPECT_EQ(named_in(home.path()), "types-0002.model\n");
    const std::vector<ModelEvent> history = models.history();
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(history[1].act.who, "paul");
    EXPECT_EQ(history[1].act.reason, "a new type");
    EXPECT_EQ(history[1].act.when, act.when);
}

TEST(ModelFolder, RollsBackToWhatWasInUseBefore) {
    const TempFolder home;
    ModelFolder models(home.path());
    models.publish(bytes_of("one"), act);
    models.publish(bytes_of("two"), act);
    EXPECT_EQ(models.roll_back(act), 1);
    EXPECT_EQ(named_in(home.path()), "types-0001.model\n");
    EXPECT_EQ(models.publish(bytes_of("three"), act), 3);
    EXPECT_EQ(models.roll_back(act), 1);
    EXPECT_EQ(models.roll_back(act), 0);
    EXPECT_FALSE(std::filesystem::exists(home.path() / "models" / "current"));
    EXPECT_THROW(models.roll_back(act), Error);
    EXPECT_EQ(models.history().size(), 6U);
}

TEST(ModelFolder, NeverOverwritesAVersionSomebodyLeft) {
    const TempFolder home;
    ModelFolder models(home.path());
    std::filesystem::create_directories(models.folder());
    write_durably(models.file_of(1), bytes_of("left when the power went"));
    EXPECT_EQ(models.publish(bytes_of("mine"), act), 2);
    EXPECT_EQ(text_of(read_file(models.file_of(1), 100)), "left when the power went");
}

TEST(ModelFolder, IsChangedByOneAtATime) {
    const TempFolder home;
    const ModelFolder models(home.path());
    {
        const PublishingTurn turn = models.take_turn();
        try {
            (void)ModelFolder(home.path()).take_turn();
            ADD_FAILURE() << "two may publish at once";
        } catch (const Error& error) {
            EXPECT_EQ(error.remedy(), Remedy::RetryLater);
        }
    }
    (void)models.take_turn(); // the first has ended
}

TEST(ModelFolder, SaysWhenItsHistoryMakesNoSense) {
    const TempFolder home;
    ModelFolder models(home.path());
    models.publish(bytes_of("one"), act);
    write_durably(models.folder() / "history.jsonl", bytes_of("scribble\n"));
    EXPECT_THROW((void)models.current(), Error);
}

} // namespace
} // namespace pleiade::learning
