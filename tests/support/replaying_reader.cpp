// In place of pleiade-reader, for tools/bench control: what stands on a page was read once and is
// replayed; everything else is as it is, understanding too. Beside it lie
//
// - readings.jsonl: {"pages": [reading, ...]} a line, as reading-dump writes them;
// - pictures/: some page files, whose pictures stand for those of all pages.
//
// A file to read says what to replay in its first line, whatever follows:
//
// - "replay page OFFSET INDEX ROUND": page INDEX of the line at OFFSET, with people of that round;
// - "replay sheet": a separator between plis;
// - "replay blank": an empty side.

#include "app/wire/reader_protocol.h"
#include "app/wire/values.h"
#include "capture/image/encoding.h"
#include "capture/image/page_source.h"
#include "classify/understand.h"

#include <nlohmann/json.hpp>
#include <sys/prctl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace pleiade;
namespace fs = std::filesystem;

constexpr int parent_socket = 3; // spec: app/pipeline/reader_process.cpp
constexpr int preview_px = 1200; // as app/reader/read_page.cpp
constexpr std::size_t nir_length = 15;
constexpr std::size_t body_length = 13;

Bytes bytes_of_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const BytesView bytes = bytes_of(text);
    return {bytes.begin(), bytes.end()};
}

struct Picture {
    EncodedImage page;
    EncodedImage preview;
};

std::vector<Picture> pictures_in(const fs::path& folder) {
    std::vector<fs::path> files(fs::directory_iterator(folder), fs::directory_iterator{});
    std::sort(files.begin(), files.end());
    std::vector<Picture> pictures;
    for (const fs::path& file : files) {
        const Bytes bytes = bytes_of_file(file);
        const PageImage page = image::PageSource::open(bytes, {}).decode(0);
        pictures.push_back({image::encode_for_pdf(page), image::encode_preview(page, preview_px)});
    }
    return pictures;
}

/// Another person of the same sex, birth and place. Source: the key is 97 - n mod 97, with 2A as 19
/// and 2B as 18.
std::string next_nir(const std::string& nir, int round) {
    constexpr std::size_t order_at = 10;
    constexpr int orders = 999;
    const std::string old_order = nir.substr(order_at, body_length - order_at);
    const int order = (std::stoi(old_order) - 1 + round) % orders + 1;
    std::string body = nir.substr(0, order_at);
    const std::string digits = std::to_string(order);
    body += std::string(body_length - order_at - digits.size(), '0') + digits;
    std::string number = body;
    constexpr std::size_t department_at = 5;
    if (number[department_at + 1] == 'A' || number[department_at + 1] == 'B') {
        number.replace(department_at, 2, number[department_at + 1] == 'A' ? "19" : "18");
    }
    constexpr long modulus = 97;
    const std::string key = std::to_string(modulus - std::stol(number) % modulus);
    return body + (key.size() < 2 ? "0" : "") + key;
}

/// Writes `fresh` over `old` wherever the words spell it, blanks or not.
void respell(std::vector<Word>& words, const std::string& old, const std::string& fresh) {
    std::string stream;
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (std::size_t w = 0; w < words.size(); ++w) {
        for (std::size_t c = 0; c < words[w].text.size(); ++c) {
            const char letter = words[w].text[c];
            if ((letter >= '0' && letter <= '9') || letter == 'A' || letter == 'B') {
                stream += letter;
                places.emplace_back(w, c);
            }
        }
    }
    for (std::size_t at = stream.find(old); at != std::string::npos;
         at = stream.find(old, at + 1)) {
        for (std::size_t i = 0; i < old.size(); ++i) {
            const auto [word, letter] = places[at + i];
            words[word].text[letter] = fresh[i];
        }
    }
}

void give_own_people(PageReading& reading, int round) {
    for (Identifier& identifier : reading.identifiers) {
        if (identifier.kind != IdentifierKind::Nir || !identifier.valid ||
            identifier.value.size() != nir_length) {
            continue;
        }
        const std::string fresh = next_nir(identifier.value, round);
        respell(reading.text.words, identifier.value, fresh);
        respell(
            reading.text.words,
            identifier.value.substr(0, body_length),
            fresh.substr(0, body_length)
        );
        identifier.value = fresh;
    }
}

/// Which round a page was replayed for: kept with what steps took.
const std::string round_step = "round ";

int round_of(const PageReading& reading) {
    for (const StepTime& step : reading.times) {
        if (step.step.starts_with(round_step)) {
            return std::stoi(step.step.substr(round_step.size()));
        }
    }
    return 0;
}

void salt(std::vector<int>& hashes, int round) {
    constexpr unsigned spread = 2654435761U; // Knuth's: neighbours come to lie far apart
    constexpr unsigned positive = 0x7fffffffU;
    for (int& hash : hashes) {
        hash = static_cast<int>(
            (static_cast<unsigned>(hash) ^ static_cast<unsigned>(round) * spread) & positive
        );
    }
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

/// What is filled in differs by round, not only the people.
void give_own_print(PagePrint& print, int round) {
    if (round != 0) {
        for (std::vector<int>* hashes : {&print.numbers, &print.firm, &print.words, &print.bands}) {
            salt(*hashes, round);
        }
    }
}

class ReplayingReader {
public:
    explicit ReplayingReader(const fs::path& folder)
        : readings_(folder / "readings.jsonl"), pictures_(pictures_in(folder / "pictures")) {}

    wire::Answer answer(const wire::Configure& configure) {
        settings_ = {configure.types, configure.caisses};
        if (!configure.type_model.empty()) {
            settings_.model = classify::type_model_from(configure.type_model).value();
        }
        return wire::Ready{};
    }

    wire::Answer answer(const wire::Open& open) {
        const std::string text =
            text_of(open.bytes.first(std::min<std::size_t>(open.bytes.size(), 200)));
        std::istringstream line(text.substr(0, text.find('\n')));
        std::string replay;
        what_ = {};
        line >> replay >> what_.what >> what_.offset >> what_.index >> what_.round;
        if (replay != "replay") {
            return Failure{Remedy::FixInput, "nothing to replay"};
        }
        return wire::Opened{1};
    }

    wire::Answer answer(const wire::Read& /*read*/) {
        PageRead read;
        const Picture& picture =
            pictures_[static_cast<std::size_t>(what_.offset + what_.index) % pictures_.size()];
        read.page_image = picture.page;
        read.preview = picture.preview;
        if (what_.what == "page") {
            read.reading = recorded();
        } else {
            read.reading.geometry = {
                picture.page.width_px,
                picture.page.height_px,
                picture.page.dpi,
                0,
                1.0,
                0.0,
                1.0,
                {0, 0, picture.page.width_px, picture.page.height_px}};
            read.reading.blank = what_.what == "blank";
            if (what_.what == "sheet") {
                read.reading.separator = Separator{};
            }
        }
        return read;
    }

    wire::Answer answer(const wire::CompareSides& /*sides*/) const { return wire::Compared{}; }

    wire::Answer answer(const wire::Ask& request) const {
        std::vector<PageReading> pages;
        for (const std::string& json : request.readings) {
            pages.push_back(json.empty() ? PageReading{} : wire::page_reading_from(json));
        }
        wire::Asked asked{classify::ask(pages, settings_)};
        for (Question& question : asked.questions) {
            if (question.kind == Question::Kind::PageFingerprint) {
                const auto page = static_cast<std::size_t>(question.page_index);
                give_own_print(question.print, round_of(pages.at(page)));
            }
        }
        return asked;
    }

    wire::Answer answer(const wire::Understand& request) const {
        classify::ReadPli pli;
        pli.channel = request.channel;
        pli.lot_caisse = request.lot_caisse;
        pli.document_starts = request.document_starts;
        for (const std::string& json : request.readings) {
            pli.pages.push_back(wire::page_reading_from(json));
        }
        return classify::understand(pli, settings_, request.facts);
    }

private:
    PageReading recorded() {
        readings_.clear();
        readings_.seekg(what_.offset);
        std::string line;
        std::getline(readings_, line);
        const nlohmann::json pli = nlohmann::json::parse(line);
        PageReading reading =
            wire::page_reading_from(pli.at("pages").at(static_cast<std::size_t>(what_.index)).dump()
            );
        give_own_people(reading, what_.round);
        reading.times = {{round_step + std::to_string(what_.round), 0.0}};
        return reading;
    }

    struct What {
        std::string what;
        long offset = 0;
        int index = 0;
        int round = 0;
    };

    std::ifstream readings_;
    std::vector<Picture> pictures_;
    classify::ClassifySettings settings_;
    What what_;
};

wire::Answer answer_to(ReplayingReader& reader, const wire::Message& message) {
    try {
        const wire::Request request = wire::request_from(message);
        return std::visit([&](const auto& asked) { return reader.answer(asked); }, request);
    } catch (const std::exception& error) {
        return Failure{Remedy::FixInput, error.what()};
    }
}

} // namespace

int main() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)::signal(SIGINT, SIG_IGN);
    ReplayingReader reader(fs::read_symlink("/proc/self/exe").parent_path());
    for (;;) {
        const wire::Received question = wire::receive_message(parent_socket, std::nullopt);
        if (!question.message) {
            return 0;
        }
        const wire::Answer answer = answer_to(reader, *question.message);
        const wire::Outgoing outgoing = wire::encode(answer);
        if (!wire::send_message(parent_socket, outgoing.json, outgoing.blocks)) {
            return 1;
        }
    }
}
