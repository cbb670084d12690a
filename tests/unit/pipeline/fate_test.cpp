#include "app/pipeline/fate.h"
#include "app/pipeline/reader_process.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <new>
#include <stdexcept>
#include <system_error>

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

TEST(Fate, OfWhatTheSystemComplainsAboutIsNeverPutOnTheMail) {
    const auto stale = std::make_error_code(std::errc::io_error);
    EXPECT_EQ(fate_of(std::filesystem::filesystem_error("exists", stale)), Fate::StopRun);
}

TEST(Fate, OfADeliveryWhoseGedIsInTroubleIsToHoldThatCaisseOnly) {
    for (const Remedy remedy :
         {Remedy::RetryLater, Remedy::FixConfiguration, Remedy::CheckOutcome}) {
        const GedTrouble trouble("061", {remedy, "not mounted"});
        EXPECT_EQ(fate_of(trouble), Fate::HoldCaisse);
        EXPECT_EQ(trouble_of(trouble).remedy, remedy);
        EXPECT_NE(trouble_of(trouble).what.find("061"), std::string::npos);
    }
}

} // namespace
} // namespace pleiade::pipeline
