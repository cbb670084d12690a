// The JSON of a message as request, as answer and as each value the store keeps: first the JSON up
// to a zero byte, then one byte block up to each further one.

#include "app/wire/reader_protocol.h"
#include "app/wire/values.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

using namespace pleiade;

wire::Message message_of(const std::string& text) {
    wire::Message message;
    std::size_t end = text.find('\0');
    message.json = text.substr(0, end);
    while (end != std::string::npos) {
        const std::size_t start = end + 1;
        end = text.find('\0', start);
        const BytesView block = bytes_of(text).subspan(start, std::min(end, text.size()) - start);
        message.blocks.emplace_back(block.begin(), block.end());
    }
    return message;
}

/// What was understood can be sent on, and is then understood alike.
void answer_survives(const wire::Message& message) {
    const auto sent_again = [](const wire::Answer& answer) {
        const wire::Outgoing outgoing = wire::encode(answer);
        wire::Message copy{outgoing.json, {}};
        for (const BytesView block : outgoing.blocks) {
            copy.blocks.emplace_back(block.begin(), block.end());
        }
        return copy;
    };
    const wire::Message once = sent_again(wire::answer_from(message));
    const wire::Message twice = sent_again(wire::answer_from(once));
    fuzz::require(once.json == twice.json, "an answer comes back as it was sent");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = fuzz::text_of(data, size);
    const wire::Message message = message_of(text);
    fuzz::may_refuse([&] { answer_survives(message); });
    fuzz::may_refuse([&] { (void)wire::encode(wire::request_from(message)); });
    fuzz::may_refuse([&] { (void)wire::to_json(wire::page_reading_from(message.json)); });
    fuzz::may_refuse([&] { (void)wire::to_json(wire::separator_from(message.json)); });
    fuzz::may_refuse([&] { (void)wire::to_json(wire::decision_from(message.json)); });
    fuzz::may_refuse([&] { (void)wire::to_json(wire::evidence_from(message.json)); });
    fuzz::may_refuse([&] { (void)wire::to_json(wire::facts_from(message.json)); });
    return 0;
}
