#include "app/pipeline/fate.h"
#include "app/pipeline/reader_process.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

namespace pleiade::pipeline {
namespace {

TEST(Fate, OfMailThatCannotPassIsToBeSetAside) {
    EXPECT_EQ(fate_of(Error(Remedy::FixInput, "broken")), Fate::SetAside);
}

TEST(Fate, OfABugIsToKeepTheMailAndGoOn) {
    EXPECT_EQ(fate_of(std::logic_error("bug")), Fate::SetAside);
}

TEST(Fate, OfABrokenReaderIsOneMoreTry) {
    EXPECT_EQ(fate_of(ReaderLost("signal 6")), Fate::TryAgain);
}

TEST(Fate, OfWhatEveryJobWouldShareIsTheEndOfTheRun) {
    EXPECT_EQ(fate_of(Error(Remedy::RetryLater, "no space left")), Fate::StopRun);
    EXPECT_EQ(fate_of(Error(Remedy::FixConfiguration, "no such language")), Fate::StopRun);
    EXPECT_EQ(fate_of(Error(Remedy::CheckOutcome, "commit in doubt")), Fate::StopRun);
    EXPECT_EQ(fate_of(std::bad_alloc()), Fate::StopRun);
}

} // namespace
} // namespace pleiade::pipeline
