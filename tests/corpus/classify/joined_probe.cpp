// What tells a further page from a paper of its own: the signs of pages that nothing names, beside
// the truth, for tools/bench_understanding/continuation.py.
//
//   joined-probe MODEL FILE.jsonl...
//
// Lines as `reading-dump read` makes them, with "documents" [{"type", "pages"}]. Out, a line a page
// that joined the document before it: {"pli", "page", "further": it does go on, "kind": how it came
// there, "doubted": a person is asked today, "apart": no chance outweighs what it is, "signs"}.
//
// "real": as it lay in its pli. "unnamed": a paper of its own, its type taken away from what is
// known. "stray": mail of nobody, laid behind documents of others, as it was scanned.

#include "app/config/config.h"
#include "app/wire/json/values.h"
#include "classify/learning/weighing.h"
#include "classify/rules/codes.h"
#include "classify/rules/continuation.h"
#include "classify/rules/doubts.h"
#include "classify/rules/keys.h"
#include "classify/rules/reasons.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace pleiade::classify {
namespace {

/// What is known, with one type fewer.
struct Known {
    ClassifySettings settings;
    TypeRules rules;

    Known(ClassifySettings all, const std::string& left_out)
        : settings(without(std::move(all), left_out)), rules(settings.types) {}

    static ClassifySettings without(ClassifySettings settings, const std::string& left_out) {
        std::erase_if(settings.types, [&](const auto& type) { return type.code == left_out; });
        return settings;
    }
};

struct Judged {
    ReadPli pli;
    std::vector<Layout> layouts;
    std::vector<PageGuess> guesses;
    Decision decision;
};

Judged judge(const Json& line, const Known& known) {
    Judged judged;
    for (const Json& page : line.at("pages")) {
        const int page_index = static_cast<int>(judged.layouts.size());
        judged.pli.pages.push_back(page.get<PageReading>());
        judged.layouts.push_back(lay_out(judged.pli.pages.back()));
        const PageReading& reading = judged.pli.pages.back();
        const Layout& layout = judged.layouts.back();
        judged.guesses.push_back(known.rules.guess(reading, layout, page_index));
        weigh_with_model(judged.guesses.back(), reading, layout, *known.settings.model, page_index);
    }
    judged.decision = understand(judged.pli, known.settings, Facts{});
    return judged;
}

/// The document of the truth that a page lies in.
const Json& document_of(int page_index, const Json& line) {
    for (const Json& document : line.at("documents")) {
        const auto pages = document.at("pages").get<std::vector<int>>();
        if (std::ranges::find(pages, page_index) != pages.end()) {
            return document;
        }
    }
    throw std::runtime_error("a page is in no document");
}

bool is_mail_of_nobody(const Json& document) {
    return document.at("type") == codes::unknown || document.at("type") == codes::misdirected;
}

class Probe {
public:
    explicit Probe(ClassifySettings all) : all_(std::move(all)) {}

    void take(const Json& line) {
        show(line, "", "real");
        std::set<std::string> types;
        for (const Json& document : line.at("documents")) {
            if (document.at("pages").at(0) != 0 && !is_mail_of_nobody(document)) {
                types.insert(document.at("type").get<std::string>());
            }
        }
        for (const std::string& type : types) {
            show(line, type, "unnamed");
        }
        keep(line);
    }

    void show_strays() {
        std::mt19937 random(1);
        constexpr std::size_t times = 3; // chosen: a paper of nobody lies behind anything
        for (const auto& [paper, documents] : documents_) {
            const std::vector<Json>& strays = strays_[paper];
            for (std::size_t i = 0; i < times * strays.size(); ++i) {
                show_behind(documents[random() % documents.size()], strays[i / times]);
            }
        }
    }

private:
    const Known& without(const std::string& left_out) {
        return known_.try_emplace(left_out, all_, left_out).first->second;
    }

    void show_behind(Json line, const Json& stray) {
        const std::size_t count = line.at("pages").size();
        line["pages"].push_back(stray);
        line["documents"].push_back({{"type", codes::unknown}, {"pages", {count}}});
        show(line, "", "stray");
    }

    /// Documents and papers of nobody, apart by how they were scanned: in grey or in two tones.
    void keep(const Json& line) {
        for (const Json& document : line.at("documents")) {
            const auto pages = document.at("pages").get<std::vector<std::size_t>>();
            const bool coloured = line.at("pages").at(pages.front()).contains("coloured");
            if (is_mail_of_nobody(document)) {
                strays_[coloured].push_back(line.at("pages").at(pages.front()));
                continue;
            }
            Json alone{{"pli", line.at("pli")}, {"pages", Json::array()}};
            for (const std::size_t page : pages) {
                alone["pages"].push_back(line.at("pages").at(page));
            }
            std::vector<std::size_t> places(pages.size());
            for (std::size_t i = 0; i < places.size(); ++i) {
                places[i] = i;
            }
            alone["documents"] = {{{"type", document.at("type")}, {"pages", places}}};
            documents_[coloured].push_back(std::move(alone));
        }
    }

    void show(const Json& line, const std::string& left_out, const std::string& kind) {
        const Judged judged = judge(line, without(left_out));
        for (const ProposedDocument& document : judged.decision.documents) {
            for (std::size_t i = 1; i < document.page_indexes.size(); ++i) {
                if (const auto truth = truth_of(document, i, line, {kind, left_out})) {
                    show_page(judged, document, i, *truth);
                }
            }
        }
    }

    struct Truth {
        std::string pli;
        std::string kind;
        bool further = false;
    };

    struct Made {
        const std::string& kind;
        const std::string& left_out;
    };

    /// Nothing where it is not clear, or not what the pli was made for.
    static std::optional<Truth> truth_of(
        const ProposedDocument& document, std::size_t place, const Json& line, const Made& made
    ) {
        const int page_index = document.page_indexes[place];
        const Json& truth = document_of(page_index, line);
        const int begin = truth.at("pages").at(0);
        const bool further = begin != page_index;
        const bool clear = (!further || begin == document.page_indexes.front()) &&
                           document.type.code != codes::unknown &&
                           document.type.code != codes::misdirected;
        const bool last = page_index + 1 == static_cast<int>(line.at("pages").size());
        const bool wanted =
            made.kind == "real" ||
            (!further && (made.kind == "unnamed" ? truth.at("type") == made.left_out : last));
        return clear && wanted ? std::optional(Truth{line.at("pli"), made.kind, further})
                               : std::nullopt;
    }

    static void show_page(
        const Judged& judged,
        const ProposedDocument& document,
        std::size_t place,
        const Truth& truth
    ) {
        const int page_index = document.page_indexes[place];
        const PageGuess& guess = judged.guesses[static_cast<std::size_t>(page_index)];
        if (guess.type.code == codes::blank || !is_doubtful(guess, document.type.code)) {
            return;
        }
        const std::vector<int> before(
            document.page_indexes.begin(),
            document.page_indexes.begin() + static_cast<std::ptrdiff_t>(place)
        );
        const JoinedPage joined{
            judged.pli.pages,
            judged.layouts,
            judged.guesses,
            document.type.code,
            before,
            page_index};
        const std::vector<std::string>& reasons = judged.decision.verify_reasons;
        Json out{
            {"pli", truth.pli},
            {"page", page_index},
            {"further", truth.further},
            {"kind", truth.kind},
            {"doubted", std::ranges::find(reasons, joined_reason(page_index)) != reasons.end()},
            {"apart", opens_something(joined) || stands_for_itself(joined)}};
        for (const ContinuationSign& sign : continuation_signs(joined)) {
            out["signs"][sign.name] = sign.value;
        }
        std::cout << out.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    }

    ClassifySettings all_;
    std::map<std::string, Known> known_;
    std::map<bool, std::vector<Json>> documents_;
    std::map<bool, std::vector<Json>> strays_;
};

} // namespace
} // namespace pleiade::classify

int main(int argc, char** argv) {
    using namespace pleiade;
    if (argc < 3) {
        std::cerr << "joined-probe MODEL FILE.jsonl...\n";
        return 2;
    }
    const config::Places places{std::string(PLEIADE_SOURCE_DIR) + "/samples", "/nowhere", {}};
    const config::Config config = config::load(places, {}).value();
    std::ifstream file(argv[1], std::ios::binary);
    const std::string model{std::istreambuf_iterator<char>(file), {}};
    classify::Probe probe(classify::ClassifySettings{
        config.types,
        config.caisses,
        classify::type_model_from(
            BytesView(reinterpret_cast<const std::byte*>(model.data()), model.size())
        )
            .value()});
    for (int i = 2; i < argc; ++i) {
        std::ifstream lines(argv[i]);
        for (std::string line; std::getline(lines, line);) {
            probe.take(Json::parse(line));
        }
    }
    probe.show_strays();
}
