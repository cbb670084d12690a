#include "ged-export/index.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace pleiade::ged {
namespace {

DocumentIndex index() {
    using namespace std::chrono;
    DocumentIndex index;
    index.document_id = "d-41-1";
    index.key = "41/1/1";
    index.caisse = "061";
    index.lot = "061-nice";
    index.pli = "0003";
    index.channel = Channel::Counter;
    index.received = sys_days(year(2026) / 3 / 14);
    index.type_code = "AAT";
    index.type_title = "Avis d'arrêt de travail";
    index.confidence = 0.99812345;
    index.why = {"cerfa number 10170 top left"};
    index.fields = {{"start_date", "2026-03-10", 0.97}, {"start_date", "2026-03-11", 0.5}};
    index.missing_fields = {{"to_date", "absent"}};
    index.notes = {"réitération"};
    index.service = "IJ";
    index.corbeille = "IJ-ARRETS";
    index.priority = 2;
    index.due = sys_days(year(2026) / 3 / 16);
    index.page_count = 2;
    index.pages = {{"a.tif", 1}, {"a.tif", 3}};
    index.blank_sides_left_out = {{"a.tif", 2}};
    index.missing_pages = {{"a.tif", 4, "the TIFF is cut short"}};
    index.pdf_sha256 = std::string(64, 'a');
    return index;
}

TEST(IndexJson, IsAPromiseToTheDocumentSystems) {
    EXPECT_EQ(index_json(index()), R"({
  "format": "pleiade-index-1",
  "document_id": "d-41-1",
  "key": "41/1/1",
  "caisse": "061",
  "lot": "061-nice",
  "pli": "0003",
  "channel": "counter",
  "received": "2026-03-14",
  "type": {
    "code": "AAT",
    "title": "Avis d'arrêt de travail",
    "confidence": 0.9981,
    "decision": "auto",
    "why": [
      "cerfa number 10170 top left"
    ]
  },
  "fields": [
    {
      "name": "start_date",
      "value": "2026-03-10",
      "confidence": 0.97
    },
    {
      "name": "start_date",
      "value": "2026-03-11",
      "confidence": 0.5
    }
  ],
  "missing_fields": [
    {
      "name": "to_date",
      "why": "absent"
    }
  ],
  "notes": [
    "réitération"
  ],
  "routing": {
    "service": "IJ",
    "corbeille": "IJ-ARRETS",
    "priority": 2,
    "due": "2026-03-16"
  },
  "pdf": {
    "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "page_count": 2
  },
  "pages": [
    {
      "file": "a.tif",
      "page_number": 1
    },
    {
      "file": "a.tif",
      "page_number": 3
    }
  ],
  "blank_sides_left_out": [
    {
      "file": "a.tif",
      "page_number": 2
    }
  ],
  "missing_pages": [
    {
      "file": "a.tif",
      "page_number": 4,
      "reason": "the TIFF is cut short"
    }
  ]
}
)");
}

TEST(IndexJson, SaysWhetherAPersonDecidedOrNobody) {
    DocumentIndex checked = index();
    checked.decided_by = DecidedBy::Person;
    EXPECT_EQ(nlohmann::json::parse(index_json(checked))["type"]["decision"], "person");
    checked.decided_by = DecidedBy::Undecided;
    EXPECT_EQ(nlohmann::json::parse(index_json(checked))["type"]["decision"], "undecided");
}

TEST(IndexJson, EmptyListsStayLists) {
    const nlohmann::json json = nlohmann::json::parse(index_json({}));
    for (const char* list : {"fields", "pages", "blank_sides_left_out", "missing_pages"}) {
        EXPECT_TRUE(json[list].is_array()) << list;
    }
    EXPECT_TRUE(json["type"]["why"].is_array());
}

TEST(IndexJson, TextThatIsNotUtf8IsMended) {
    DocumentIndex broken = index();
    broken.fields[0].value = "caf\xE9";
    const nlohmann::json json = nlohmann::json::parse(index_json(broken));
    EXPECT_EQ(json["fields"][0]["value"], "caf\uFFFD");
}

} // namespace
} // namespace pleiade::ged
