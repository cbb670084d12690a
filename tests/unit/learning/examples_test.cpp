#include "app/learning/examples.h"
#include "app/wire/values.h"
#include "core/durable_file.h"
#include "core/failure.h"
#include "tests/unit/learning/temp_folder.h"

#include <gtest/gtest.h>

namespace pleiade::learning {
namespace {

std::string line_of(const std::string& documents) {
    const std::string page = wire::to_json(PageReading{});
    return R"({"pli":"p1","pages":[)" + page + "," + page + R"(],"documents":)" + documents + "}\n";
}

std::filesystem::path file_with(const TempFolder& folder, const std::string& text) {
    const std::filesystem::path file = folder.path() / "examples.jsonl";
    write_durably(file, bytes_of(text));
    return file;
}

TEST(Examples, AreReadALineAPli) {
    const TempFolder folder;
    const auto file =
        file_with(folder, line_of(R"([{"type":"AAT","pages":[0,1]}])") + line_of("[]"));
    std::vector<wire::Example> examples;
    read_examples({file}, [&](const wire::Example& example, const ExamplesRead&) {
        examples.push_back(example);
    });
    ASSERT_EQ(examples.size(), 2U);
    EXPECT_EQ(examples[0].pli, "p1");
    EXPECT_EQ(examples[0].documents.at(0).type, "AAT");
    EXPECT_EQ(examples[0].documents.at(0).page_indexes, (std::vector<int>{0, 1}));
    EXPECT_EQ(examples[0].pages.size(), 2U);
}

TEST(Examples, NameTheLineThatIsWrong) {
    const TempFolder folder;
    for (const std::string& wrong :
         {line_of(R"([{"type":"AAT","pages":[2]}])"),
          line_of(R"([{"type":"AAT","pages":[]}])"),
          std::string("{\"pli\":1}\n"),
          std::string("what?\n")}) {
        const auto file = file_with(folder, line_of("[]") + wrong);
        try {
            read_examples({file}, [](const wire::Example&, const ExamplesRead&) {});
            FAIL() << wrong;
        } catch (const Error& error) {
            EXPECT_EQ(error.remedy(), Remedy::FixInput);
            EXPECT_NE(std::string(error.what()).find("examples.jsonl:2: "), std::string::npos)
                << error.what();
        }
    }
}

TEST(Examples, MustBeThere) {
    const TempFolder folder;
    const auto ignore = [](const wire::Example&, const ExamplesRead&) {};
    EXPECT_THROW(read_examples({folder.path() / "nowhere"}, ignore), Error);
    EXPECT_THROW(read_examples({file_with(folder, "")}, ignore), Error);
}

} // namespace
} // namespace pleiade::learning
