#include "ged-export/index.h"

#include "core/day.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace pleiade::ged {
namespace {

using Json = nlohmann::ordered_json; // keys in the order they are written here

/// Four decimals: more would promise what no classifier holds.
double rounded(double confidence) {
    constexpr double steps = 10000.0;
    return std::round(confidence * steps) / steps;
}

Json sources(const std::vector<IndexSource>& pages) {
    Json list = Json::array();
    for (const IndexSource& page : pages) {
        list.push_back(Json{{"file", page.file}, {"page_number", page.page_number}});
    }
    return list;
}

Json missing(const std::vector<MissingPage>& pages) {
    Json list = Json::array();
    for (const MissingPage& page : pages) {
        list.push_back(Json{
            {"file", page.file}, {"page_number", page.page_number}, {"reason", page.reason}});
    }
    return list;
}

Json type_of(const DocumentIndex& index) {
    return {
        {"code", index.type_code},
        {"title", index.type_title},
        {"confidence", rounded(index.confidence)},
        {"decision", to_text(index.decided_by)},
        {"why", index.why}};
}

Json fields_of(const DocumentIndex& index) {
    Json list = Json::array();
    for (const IndexField& field : index.fields) {
        list.push_back(Json{
            {"name", field.name}, {"value", field.value}, {"confidence", rounded(field.confidence)}}
        );
    }
    return list;
}

Json missing_fields_of(const DocumentIndex& index) {
    Json list = Json::array();
    for (const IndexMissing& missing : index.missing_fields) {
        list.push_back(Json{{"name", missing.field}, {"why", missing.why}});
    }
    return list;
}

} // namespace

std::string index_json(const DocumentIndex& index) {
    const Json json{
        {"format", "pleiade-index-1"},
        {"document_id", index.document_id},
        {"key", index.key},
        {"caisse", index.caisse},
        {"lot", index.lot},
        {"pli", index.pli},
        {"channel", to_text(index.channel)},
        {"received", iso_day(index.received)},
        {"type", type_of(index)},
        {"fields", fields_of(index)},
        {"missing_fields", missing_fields_of(index)},
        {"notes", index.notes},
        {"routing",
         Json{
             {"service", index.service},
             {"corbeille", index.corbeille},
             {"priority", index.priority},
             {"due", iso_day(index.due)}}},
        {"pdf", Json{{"sha256", index.pdf_sha256}, {"page_count", index.page_count}}},
        {"pages", sources(index.pages)},
        {"blank_sides_left_out", sources(index.blank_sides_left_out)},
        {"missing_pages", missing(index.missing_pages)}};
    constexpr int indent = 2;
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace pleiade::ged
