// In place of pleiade-reader, locked down as it is: what stands in the file is what goes wrong when
// its page is read. Any other file is one empty page.

#include "app/reader/lock_down.h"
#include "app/wire/reader_protocol.h"
#include "app/wire/values.h"
#include "classify/understand.h"
#include "core/bytes.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <string>
#include <variant>
#include <vector>

namespace {

using namespace pleiade;

constexpr int parent_socket = 3; // spec: app/pipeline/reader_process.cpp

[[noreturn]] void loop() {
    for (volatile int turns = 0;;) {
        turns = turns + 1;
    }
}

[[noreturn]] void eat_memory() {
    constexpr std::size_t bite = 16U << 20U;
    for (std::vector<std::vector<char>> eaten;;) {
        eaten.emplace_back(bite, 'x');
    }
}

class FailingReader {
public:
    wire::Answer operator()(const wire::Configure& configure) {
        reader::limit_memory(static_cast<std::size_t>(configure.memory_mb) << 20U);
        settings_ = {configure.types, configure.caisses};
        return wire::Ready{reader::lock_down(reader::fonts_only())};
    }
    wire::Answer operator()(const wire::Open& open) {
        file_ = text_of(open.bytes);
        return wire::Opened{1};
    }
    wire::Answer operator()(const wire::Read&) const {
        if (file_ == "loop") {
            loop();
        }
        if (file_ == "eat memory") {
            eat_memory();
        }
        if (file_ == "sleep") {
            ::sleep(3600);
        }
        if (file_ == "crash") {
            std::abort();
        }
        if (file_ == "call home") {
            (void)::socket(AF_INET, SOCK_STREAM, 0);
        }
        PageRead page;
        page.reading.times = {{"process", static_cast<double>(::getpid())}};
        page.page_image.bytes = page.preview.bytes = Bytes(1);
        page.page_image.width_px = page.page_image.height_px = 1;
        return page;
    }
    wire::Answer operator()(const wire::CompareSides&) const { return wire::Compared{}; }
    wire::Answer operator()(const wire::Ask&) const { return wire::Asked{}; }
    wire::Answer operator()(const wire::Understand& request) const {
        classify::ReadPli pli;
        pli.missing_names = request.missing_names;
        for (const std::string& json : request.readings) {
            if (json.empty()) {
                pli.missing_page_indexes.push_back(static_cast<int>(pli.pages.size()));
            }
            pli.pages.push_back(json.empty() ? PageReading{} : wire::page_reading_from(json));
        }
        return classify::understand(pli, settings_, request.facts);
    }

private:
    classify::ClassifySettings settings_;
    std::string file_;
};

int converse() {
    FailingReader reader;
    for (;;) {
        const wire::Received received = wire::receive_message(parent_socket, std::nullopt);
        if (!received.message) {
            return 0;
        }
        const wire::Answer answer = std::visit(reader, wire::request_from(*received.message));
        const wire::Outgoing outgoing = wire::encode(answer);
        if (!wire::send_message(parent_socket, outgoing.json, outgoing.blocks)) {
            return 0;
        }
    }
}

} // namespace

int main() {
    try {
        return converse();
    } catch (const std::bad_alloc&) {
        return wire::exit_out_of_memory; // as app/reader/main.cpp
    }
}
