#include "tests/unit/config/config_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::config::test {
namespace {

using testing::HasSubstr;

TEST(TypesFile, GivesAnchorsAndFields) {
    const ConfigFolder folder;
    folder.write("types.toml", R"([[type]]
code = "ALD"
title = "Protocole de soins"
service = "ELSM"
medical = true
anchors = [
    { s_number = "S3501", weight = 7 },
    { not = "après consolidation", weight = 5.0 },
]
fields = [{ name = "nir", identifier = "nir", labels = ["NIR"], required = true }]
)");
    folder.write(
        "caisses/061.toml",
        std::string(small_caisse) + "\n[routes.ALD]\nservice = \"ELSM\"\ncorbeille = \"elsm\"\n"
                                    "priority = 2\ndeadline_days = 5\n"
    );
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    const DocumentType& type = config.value().types.at(0);
    EXPECT_TRUE(type.medical);
    EXPECT_FALSE(type.attachment);
    ASSERT_EQ(type.anchors.size(), 2U);
    EXPECT_EQ(type.anchors[0].kind, Anchor::Kind::SNumber);
    EXPECT_EQ(type.anchors[0].weight, 7.0);
    EXPECT_EQ(type.anchors[1].kind, Anchor::Kind::Not);
    ASSERT_EQ(type.fields.size(), 1U);
    EXPECT_TRUE(type.fields[0].required);
}

TEST(TypesFile, GivesFieldsTheUsualLabelsOfTheirNameBesideTheirOwn) {
    const ConfigFolder folder;
    folder.write("types.toml", R"([usual_labels]
amount = ["montant total", "net à payer"]
[[type]]
code = "ALD"
title = "Protocole de soins"
service = "ELSM"
fields = [
    { name = "amount", identifier = "amount", labels = ["total facturé", "montant total"] },
    { name = "sums", identifier = "amount", labels = ["somme"] },
]
)");
    folder.write("caisses/061.toml", small_caisse);
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    const DocumentType& type = config.value().types.at(0);
    EXPECT_THAT(
        type.fields.at(0).labels,
        testing::ElementsAre("total facturé", "montant total", "net à payer")
    );
    EXPECT_THAT(type.fields.at(1).labels, testing::ElementsAre("somme"));
}

TEST(TypesFile, GivesBoxesColumnsAndRoutesByField) {
    const ConfigFolder folder;
    folder.write("types.toml", R"([[type]]
code = "ALD"
title = "Protocole de soins"
service = "ELSM"
signature = ["signature"]
fields = [
    { name = "from_date", identifier = "date", past = true, labels = ["du"], mandatory = true },
    { name = "to_date", identifier = "date", not_before = "from_date", labels = ["au"] },
    { name = "sums", identifier = "amount", column = "sum", labels = ["montant"] },
    { name = "motif", identifier = "check", choices = [{ value = "AT", labels = ["accident"] }] },
]
routes = [{ field = "motif", value = "AT", as = "ALD-AT" }]
)");
    folder.write(
        "caisses/061.toml",
        std::string(small_caisse) + "\n[routes.ALD-AT]\nservice = \"AT\"\ncorbeille = \"at\"\n"
                                    "priority = 2\ndeadline_days = 5\n"
    );
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    const DocumentType& type = config.value().types.at(0);
    EXPECT_TRUE(type.fields.at(0).past);
    EXPECT_TRUE(type.fields.at(0).mandatory);
    EXPECT_EQ(type.fields.at(1).not_before, "from_date");
    EXPECT_EQ(type.fields.at(2).column, FieldRule::Column::Sum);
    EXPECT_EQ(type.fields.at(3).choices.at(0).value, "AT");
    EXPECT_EQ(type.routes.at(0).plan_row, "ALD-AT");
    EXPECT_EQ(config.value().caisses.at(0).plan.at("ALD-AT").corbeille, "at");
}

TEST(TypesFile, RefusesWhatOnlyOtherFieldsHave) {
    const ConfigFolder folder;
    folder.write("types.toml", R"([[type]]
code = "A"
title = "t"
service = "s"
fields = [
    { name = "a", identifier = "amount", past = true, labels = ["x"] },
    { name = "b", identifier = "check", labels = ["x"] },
    { name = "c", identifier = "date", column = "sum", labels = ["x"] },
]
routes = [{ field = "nobody", value = "1", as = "B" }]
)");
    folder.write("caisses/061.toml", small_caisse);
    const Result<Config> config = folder.load();
    ASSERT_FALSE(config.ok());
    EXPECT_THAT(config.failure().what, HasSubstr("only a date is past"));
    EXPECT_THAT(config.failure().what, HasSubstr("has choices"));
    EXPECT_THAT(config.failure().what, HasSubstr("\"column\" must be"));
    EXPECT_THAT(config.failure().what, HasSubstr("no field \"nobody\""));
}

TEST(TypesFile, EveryMistakeHasItsPlace) {
    const ConfigFolder folder;
    folder.write("types.toml", R"([[type]]
code = "A"
title = 3
anchors = [
    { cerfa = "10170*07", weight = 6 },
    { s_number = "3704", weight = 6 },
    { title = "x", phrase = "y", weight = 1 },
    { phrase = "z" },
    { phrase = "z", weight = -1 },
]
fields = [{ name = "n", identifier = "colour" }, { name = "m" }]
[[type]]
code = "A"
title = "t"
service = "s"
colour = "red"
)");
    const std::string complaint = folder.complaint();
    for (const char* expected :
         {":3:9: \"title\" must be a text",
          "\"service\" is missing",
          ":5:15: a cerfa number",
          ":6:18: a form number",
          ":7:5: an anchor has exactly one",
          ":8:5: key \"weight\"",
          ":9:",
          "no such identifier",
          "found by its labels",
          ":13:8: document type A",
          ":16:1: key \"colour\" is unknown"}) {
        EXPECT_THAT(complaint, HasSubstr(expected));
    }
}

} // namespace
} // namespace pleiade::config::test
