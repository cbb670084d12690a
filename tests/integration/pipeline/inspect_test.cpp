#include "app/pipeline/inspect.h"
#include "core/durable_file.h"
#include "tests/support/temp_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::pipeline {
namespace {

using ::testing::HasSubstr;

InspectedFile inspected_by_half_reader(const std::string& language) {
    const pleiade::test::TempFolder folder;
    write_durably(folder.path() / "a.tif", bytes_of("anything"));
    ReaderSettings settings;
    settings.executable = std::filesystem::path(PLEIADE_BINARY_DIR) / "tests/half-reader";
    settings.configuration.language = language;
    ReaderProcess reader(settings);
    return inspect(folder.path() / "a.tif", 100, {}, reader);
}

TEST(Inspect, KeepsThePagesAndSaysWhyTheyWereNotUnderstood) {
    const InspectedFile failed = inspected_by_half_reader("fra");
    EXPECT_TRUE(failed.trouble.empty());
    ASSERT_EQ(failed.pages.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<InspectedPage>(failed.pages[0]));
    EXPECT_THAT(failed.not_understood, HasSubstr("the rules have a hole"));
}

TEST(Inspect, KeepsThePagesAlsoWhenTheReaderDiesOfUnderstandingThem) {
    const InspectedFile lost = inspected_by_half_reader("dies");
    EXPECT_TRUE(lost.trouble.empty());
    EXPECT_EQ(lost.pages.size(), 1U);
    EXPECT_FALSE(lost.not_understood.empty());
}

} // namespace
} // namespace pleiade::pipeline
