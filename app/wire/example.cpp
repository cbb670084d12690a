#include "app/wire/example.h"

#include "app/wire/json/values.h"

namespace pleiade::wire {
namespace {

std::string text_or(const Json& json, const char* key, const std::string& otherwise) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

ExampleDocument document_from(const Json& json, std::size_t page_count) {
    ExampleDocument document{json.at("type"), json.at("pages")};
    for (const int page_index : document.page_indexes) {
        if (page_index < 0 || static_cast<std::size_t>(page_index) >= page_count) {
            throw Error(
                Remedy::FixInput,
                "not an example: a document has page " + std::to_string(page_index) +
                    ", the pli has " + std::to_string(page_count) + " counted from 0"
            );
        }
    }
    if (document.page_indexes.empty()) {
        throw Error(Remedy::FixInput, "not an example: a document has no pages");
    }
    return document;
}

} // namespace

Example example_from(std::string_view line) {
    return understood("example", [&] {
        const Json json = Json::parse(line);
        const Json& pli = json.at("pli");
        Example example;
        example.pli = pli.is_string() ? pli.get<std::string>() : pli.dump();
        example.group = text_or(json, "layout", example.pli);
        example.caisse = text_or(json, "caisse", unknown_caisse);
        example.pages = json.at("pages").get<std::vector<PageReading>>();
        for (const Json& document : json.at("documents")) {
            example.documents.push_back(document_from(document, example.pages.size()));
        }
        return example;
    });
}

} // namespace pleiade::wire
