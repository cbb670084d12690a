// In place of pleiade-reader: opens and reads any file as one empty page, but cannot understand it.
// Asked to by its language, it dies of the question instead of saying so.

#include "app/wire/reader_protocol.h"

#include <string>
#include <variant>

namespace {

using namespace pleiade;

constexpr int parent_socket = 3; // spec: app/pipeline/reader_process.cpp

class HalfReader {
public:
    wire::Answer operator()(const wire::Configure& configure) {
        dies_ = configure.language == "dies";
        return wire::Ready{};
    }
    wire::Answer operator()(const wire::Open&) const { return wire::Opened{1}; }
    wire::Answer operator()(const wire::Read&) const {
        PageRead page;
        page.page_image.bytes = page.preview.bytes = Bytes(1);
        return page;
    }
    wire::Answer operator()(const wire::CompareSides&) const { return wire::Compared{}; }
    wire::Answer operator()(const wire::Ask&) const { return wire::Asked{}; }
    wire::Answer operator()(const wire::Understand&) const {
        return Failure{Remedy::FixInput, "the rules have a hole"};
    }
    [[nodiscard]] bool dies_of(const wire::Request& request) const {
        return dies_ && std::holds_alternative<wire::Understand>(request);
    }

private:
    bool dies_ = false;
};

} // namespace

int main() {
    HalfReader reader;
    for (;;) {
        const wire::Received received = wire::receive_message(parent_socket, std::nullopt);
        if (!received.message) {
            return 0;
        }
        const wire::Request request = wire::request_from(*received.message);
        if (reader.dies_of(request)) {
            return 1;
        }
        const wire::Answer answer = std::visit(reader, request);
        const wire::Outgoing outgoing = wire::encode(answer);
        if (!wire::send_message(parent_socket, outgoing.json, outgoing.blocks)) {
            return 0;
        }
    }
}
