// What the reader makes of many files, and what is understood from that, apart from each other:
// readings are costly and kept, understanding is tried again on them (tools/bench understanding,
// pleiade learn).
//
//   reading-dump read    file names in, one a line; out: {"pli": name, "pages": [reading, ...]}
//   reading-dump decide  such lines in; out: {"pli": name, "millis": of the call, "decision": ...}
//
// "pages" are whole readings as the wire writes them. A pli with a page that could not be read
// comes out as {"pli": name, "error": why}. "caisse" of a line going in is what its lot says.

#include "app/config/config.h"
#include "app/pipeline/inspect.h"
#include "app/pipeline/platform.h"
#include "app/wire/values.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <utility>
#include <variant>

namespace {

using namespace pleiade;
using Json = nlohmann::json;

// chosen: the day of the sample lots, so that readings are understood alike at any time
constexpr std::chrono::sys_days a_day = std::chrono::year(2026) / 3 / 16;

void say(const Json& line) {
    std::puts(line.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    std::fflush(stdout);
}

Json read_pli(const std::string& file, std::size_t most_bytes, pipeline::ReaderProcess& reader) {
    Json line{{"pli", std::filesystem::path(file).filename().string()}};
    Facts facts;
    facts.today = a_day;
    const pipeline::InspectedFile read = pipeline::inspect(file, most_bytes, facts, reader);
    if (!read.trouble.empty()) {
        line["error"] = read.trouble;
        return line;
    }
    Json pages = Json::array();
    for (const pipeline::PageOrTrouble& page : read.pages) {
        const auto* good = std::get_if<pipeline::InspectedPage>(&page);
        if (good == nullptr) {
            line["error"] = std::get<std::string>(page);
            return line;
        }
        pages.push_back(Json::parse(wire::to_json(good->reading)));
    }
    line["pages"] = std::move(pages);
    return line;
}

Json decide(const Json& pli, pipeline::ReaderProcess& reader) {
    wire::Understand question;
    question.facts.today = a_day;
    question.lot_caisse = pli.value("caisse", unknown_caisse);
    for (const Json& page : pli.at("pages")) {
        question.readings.push_back(page.dump());
    }
    const auto started = std::chrono::steady_clock::now();
    const Result<Decision> decision = reader.understand(question);
    const std::chrono::duration<double, std::milli> time =
        std::chrono::steady_clock::now() - started;
    Json line{{"pli", pli.at("pli")}, {"millis", time.count()}};
    if (decision.ok()) {
        line["decision"] = Json::parse(wire::to_json(decision.value()));
    } else {
        line["error"] = decision.failure().what;
    }
    return line;
}

int run(const std::string& what) {
    const Result<config::Config> loaded =
        config::load(config::usual_places({}), config::process_environment());
    if (!loaded.ok()) {
        std::fprintf(stderr, "%s\n", loaded.failure().what.c_str());
        return 3;
    }
    constexpr std::size_t mebibyte = 1024 * 1024;
    const std::size_t most_bytes =
        static_cast<std::size_t>(loaded.value().settings.reading.file_mb) * mebibyte;
    pipeline::ReaderSettings settings = pipeline::reader_settings(loaded.value());
    settings.executable = settings.executable.parent_path().parent_path() / "pleiade-reader";
    pipeline::ReaderProcess reader(std::move(settings));
    for (std::string line; std::getline(std::cin, line);) {
        say(what == "read" ? read_pli(line, most_bytes, reader) : decide(Json::parse(line), reader)
        );
    }
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    const std::string what = count == 2 ? arguments[1] : "";
    if (what != "read" && what != "decide") {
        std::fputs("reading-dump read|decide\n", stderr);
        return 2;
    }
    try {
        return run(what);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 5;
    }
}
