#include "app/cli/commands/statements.h"
#include "core/failure.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace pleiade::cli {
namespace {

const std::string nir = "184050608800195";

std::string complaint(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixInput);
        return error.what();
    }
    return {};
}

struct LineFile {
    explicit LineFile(const std::string& lines)
        : path(
              std::filesystem::temp_directory_path() /
              ("pleiade-statements-" + std::to_string(::getpid()) + ".jsonl")
          ) {
        std::ofstream(path) << lines;
    }
    ~LineFile() { std::filesystem::remove(path); }

    std::filesystem::path path;
};

TEST(PageNumbers, AreWrittenAsPeopleWriteThem) {
    EXPECT_EQ(page_numbers_in("3"), std::vector<int>{3});
    EXPECT_EQ(page_numbers_in("1-3,5"), (std::vector<int>{1, 2, 3, 5}));
    EXPECT_TRUE(page_numbers_in("").empty());
    for (const char* wrong : {"0", "3-1", "a", "1-", "-2", "1,,2", "1-9999999999"}) {
        EXPECT_FALSE(complaint([&] { (void)page_numbers_in(wrong); }).empty()) << wrong;
    }
}

TEST(Field, IsANameAndAValueWhichMayBeEmpty) {
    EXPECT_EQ(field_in("motif=AT=x"), (store::NamedValue{"motif", "AT=x"}));
    EXPECT_EQ(field_in("motif="), (store::NamedValue{"motif", ""}));
    for (const std::string& wrong : {nir, "=" + nir}) {
        const std::string said = complaint([&] { (void)field_in(wrong); });
        EXPECT_FALSE(said.empty());
        EXPECT_EQ(said.find(nir), std::string::npos);
    }
}

TEST(Statements, AreLinesOfAFile) {
    const LineFile file(
        R"({"document":"061-12-1","type":"AAT","page_numbers":[2,3],"fields":{"act":["A","B"],"motif":null},)"
        R"("who":"Lucette","when":"2026-03-14T10:22:00Z"})"
        "\n\n"
        R"({"pli":12,"type":"RIB"})"
        "\n"
    );
    const auto statements = statements_in(file.path, {.who = "Armand", .when = Instant{}});
    ASSERT_EQ(statements.size(), 2U);
    EXPECT_EQ(statements[0].subject, "061-12-1");
    EXPECT_EQ(statements[0].page_numbers, (std::vector<int>{2, 3}));
    EXPECT_EQ(
        statements[0].fields,
        (std::vector<store::NamedValue>{{"act", "A"}, {"act", "B"}, {"motif", ""}})
    );
    EXPECT_EQ(statements[0].who, "Lucette");
    EXPECT_EQ(
        statements[0].when,
        std::chrono::sys_days(std::chrono::year(2026) / 3 / 14) + std::chrono::minutes(622)
    );
    EXPECT_EQ(statements[1].subject, "12");
    EXPECT_EQ(statements[1].who, "Armand");
    EXPECT_TRUE(statements[1].where.ends_with(":3")) << statements[1].where;
}

TEST(Statements, ThatAreWrongAreNamedByTheirLineAndNotRepeated) {
    for (const std::string& wrong :
         {"{\"pli\":1,\"type\":\"AAT\",\"nir\":\"" + nir + "\"}",
          "{\"pli\":1,\"type\":\"AAT\",\"fields\":{\"nir\":" + nir + "}}",
          "{\"pli\":1,\"document\":\"" + nir + "\",\"type\":\"AAT\"}",
          "{\"pli\":\"\",\"type\":\"" + nir + "\"}",
          "{\"pli\":1,\"type\":\"AAT\",\"page_numbers\":[0,\"" + nir + "\"]}",
          "{\"pli\":1,\"type\":\"AAT\",\"when\":\"" + nir + "\"}",
          std::string(R"({"pli":1,"type":"AAT","when":"2026-03-14T25:00:00Z"})"),
          std::string(R"({"pli":1,"type":"AAT","when":"2926-03-14"})"),
          std::string("{\"pli\":1}"),
          nir}) {
        const LineFile file("{\"pli\":1,\"type\":\"AAT\"}\n" + wrong + "\n");
        const std::string said = complaint([&] { (void)statements_in(file.path, {}); });
        EXPECT_NE(said.find(".jsonl:2: "), std::string::npos) << wrong << " " << said;
        EXPECT_EQ(said.find(nir), std::string::npos) << said;
    }
    EXPECT_FALSE(complaint([] { (void)statements_in("/nowhere", {}); }).empty());
}

TEST(Statements, SpeakOfTypesAndFieldsThatThereAre) {
    const std::vector<DocumentType> types{
        {.code = "AAT", .title = "", .service = "", .fields = {{.name = "motif"}}}};
    store::Statement said{.type = "AAT", .fields = {{"motif", "AT"}, {"sender_name", "X"}}};
    EXPECT_EQ(complaint([&] { check_statement(said, types); }), "");
    said.fields = {{"motiv", nir}};
    EXPECT_EQ(
        complaint([&] { check_statement(said, types); }),
        "AAT has no such field \"motiv\". It has motif"
    );
    said.type = "AATT";
    EXPECT_NE(complaint([&] { check_statement(said, types); }).find("AATT"), std::string::npos);
    said.type = nir;
    EXPECT_EQ(complaint([&] { check_statement(said, types); }).find(nir), std::string::npos);
}

TEST(Statements, HoldNoDayThatThereIsNotAndNoNirWithAWrongKey) {
    const std::vector<DocumentType> types{
        {.code = "AAT",
         .title = "",
         .service = "",
         .fields = {
             {.name = "nir", .identifier = "nir"},
             {.name = "from_date", .identifier = "date"},
             {.name = "birth_date", .identifier = "date", .past = true},
             {.name = "amount", .identifier = "amount"},
             {.name = "nature",
              .identifier = "check",
              .choices = {{.value = "initial"}, {.value = "prolongation"}}},
             {.name = "act"}}}};
    const auto said_of = [&](const std::string& name, const std::string& value) {
        return complaint([&] {
            check_statement(store::Statement{.type = "AAT", .fields = {{name, value}}}, types);
        });
    };
    for (const char* good :
         {"184050608800195", "1 84 05 06 088 001 95", "1840506088001", "185052A00400181", ""}) {
        EXPECT_EQ(said_of("nir", good), "") << good;
    }
    for (const char* wrong : {"184050608800196", "18405060880019", "jeanne", "984050608800195"}) {
        const std::string said = said_of("nir", wrong);
        EXPECT_NE(said, "") << wrong;
        EXPECT_EQ(said.find(wrong), std::string::npos);
    }
    for (const char* good : {"2026-03-14", "14/03/2026", "29/02/2024", ""}) {
        EXPECT_EQ(said_of("from_date", good), "") << good;
    }
    for (const char* wrong : {"2026-02-30", "31/04/2026", "14.03.26", "hier"}) {
        EXPECT_NE(said_of("from_date", wrong), "") << wrong;
    }
    EXPECT_EQ(said_of("act", "2026-02-30"), "");
    EXPECT_EQ(said_of("from_date", "2199-01-01"), "") << "an arrêt may begin tomorrow";
    EXPECT_NE(said_of("birth_date", "2199-01-01"), "");
    for (const char* good : {"1234,56", "1 234.56", "40", "12,50 €", ""}) {
        EXPECT_EQ(said_of("amount", good), "") << good;
    }
    for (const char* wrong : {"abc", "12,5", "1,2,3", "-4"}) {
        EXPECT_NE(said_of("amount", wrong), "") << wrong;
    }
    EXPECT_EQ(said_of("nature", "initial"), "");
    EXPECT_NE(said_of("nature", "initiale").find("initial, prolongation"), std::string::npos);
}

} // namespace
} // namespace pleiade::cli
