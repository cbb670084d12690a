// How many fields of taught mail are found: for tuning the labels of types.toml.
//
//   fields-probe FILE.jsonl [show FIELD]
//
// Each line: {"pages": [page readings], "documents": [{"type", "pages", "fields": {name: value}}]}.
// Types and pages are taken as taught: only the fields are judged.

#include "app/config/config.h"
#include "app/wire/json/values.h"
#include "classify/rules/fields.h"
#include "classify/rules/folding.h"

#include <fstream>
#include <iostream>
#include <map>
#include <string>

namespace pleiade::classify {
namespace {

struct Counts {
    int right = 0;
    int wrong = 0;
    int missing = 0;
    int unasked = 0;
};

struct Probe {
    std::vector<DocumentType> types;
    std::map<std::string, Counts> by_field;
    std::string shown;

    void judge(const Json& line) {
        std::vector<PageReading> pages;
        std::vector<Layout> layouts;
        for (const Json& page : line.at("pages")) {
            pages.push_back(page.get<PageReading>());
            layouts.push_back(lay_out(pages.back()));
        }
        for (const Json& document : line.at("documents")) {
            if (document.value("hand", false)) {
                continue;
            }
            const std::string code = document.at("type").get<std::string>();
            for (const DocumentType& type : types) {
                if (type.code == code) {
                    judge_document(
                        type,
                        document,
                        read_fields(type, document.at("pages"), {pages, layouts}, today())
                    );
                }
            }
        }
    }

    void judge_document(
        const DocumentType& type, const Json& document, const std::vector<Field>& fields
    ) {
        for (const auto& [name, wanted] : document.at("fields").items()) {
            const bool asked =
                std::any_of(type.fields.begin(), type.fields.end(), [&](const auto& rule) {
                    return rule.name == name;
                });
            std::string read;
            bool right = false;
            for (const Field& field : fields) {
                if (field.name == name) {
                    read += (read.empty() ? "" : " | ") + field.value;
                    right = right || folded(field.value) == folded(wanted.get<std::string>());
                }
            }
            Counts& counts = by_field[type.code + " " + name];
            Counts& all = by_field["all " + name];
            (!asked         ? counts.unasked
             : right        ? counts.right
             : read.empty() ? counts.missing
                            : counts.wrong)++;
            (!asked ? all.unasked : right ? all.right : read.empty() ? all.missing : all.wrong)++;
            if (!right && (type.code + " " + name).find(shown) != std::string::npos &&
                !shown.empty()) {
                std::cout << type.code << ' ' << name << ": wanted " << wanted << ", read \""
                          << read << "\"\n";
            }
        }
    }

    static std::chrono::sys_days today() {
        return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    }
};

} // namespace
} // namespace pleiade::classify

int main(int argc, char** argv) {
    if (argc < 2) {
        return 2;
    }
    const pleiade::config::Places places{
        std::string(PLEIADE_SOURCE_DIR) + "/samples", "/nowhere", {}};
    pleiade::classify::Probe probe{
        pleiade::config::load(places, {}).value().types, {}, argc > 2 ? argv[2] : ""};
    std::ifstream file(argv[1]);
    for (std::string line; std::getline(file, line);) {
        probe.judge(pleiade::Json::parse(line));
    }
    for (const auto& [name, c] : probe.by_field) {
        std::cout << name << ": right " << c.right << " wrong " << c.wrong << " missing "
                  << c.missing << " no rule " << c.unasked << '\n';
    }
}
