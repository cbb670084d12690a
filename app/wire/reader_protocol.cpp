#include "app/wire/reader_protocol.h"

#include "app/wire/json/values.h"

namespace pleiade::wire {
namespace {

template <typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

Json picture_json(const EncodedImage& picture) {
    return Json{
        {"coding", picture.coding},
        {"width_px", picture.width_px},
        {"height_px", picture.height_px},
        {"channels", picture.channels},
        {"dpi", picture.dpi},
    };
}

EncodedImage picture_from(const Json& json, Bytes bytes) {
    return EncodedImage{
        .coding = json.at("coding"),
        .width_px = json.at("width_px"),
        .height_px = json.at("height_px"),
        .channels = json.at("channels"),
        .dpi = json.at("dpi"),
        .bytes = std::move(bytes),
    };
}

const Bytes& block_of(const Message& message, std::size_t index) {
    if (index >= message.blocks.size()) {
        throw Error(Remedy::FixInput, "message lacks block " + std::to_string(index));
    }
    return message.blocks[index];
}

Json configure_json(const Configure& configure) {
    return Json{
        {"ask", "configure"},
        {"types", configure.types},
        {"caisses", configure.caisses},
        {"seal_certificates", configure.seal_certificates},
        {"language", configure.language},
        {"megapixels", configure.megapixels},
        {"pages_per_file", configure.pages_per_file},
        {"file_mb", configure.file_mb},
        {"memory_mb", configure.memory_mb},
        {"cpu_seconds", configure.cpu_seconds},
        {"type_model_file", configure.type_model_file}};
}

Configure configure_from(const Json& json, const Bytes& type_model) {
    return Configure{
        .types = json.at("types"),
        .caisses = json.at("caisses"),
        .seal_certificates = json.at("seal_certificates"),
        .language = json.at("language"),
        .megapixels = json.at("megapixels"),
        .pages_per_file = json.at("pages_per_file"),
        .file_mb = json.at("file_mb"),
        .memory_mb = json.at("memory_mb"),
        .cpu_seconds = json.at("cpu_seconds"),
        .type_model = type_model,
        .type_model_file = json.at("type_model_file")};
}

Json ready_json(const Ready& ready) {
    Json doors = Json::array();
    for (const OpenDoor& door : ready.open_doors) {
        doors.push_back({{"what", door.what}, {"cure", door.cure}});
    }
    return Json{{"answer", "ready"}, {"open_doors", doors}};
}

Ready ready_from(const Json& json) {
    Ready ready;
    for (const Json& door : json.at("open_doors")) {
        ready.open_doors.push_back({door.at("what"), door.at("cure")});
    }
    return ready;
}

Understand understand_from(const Json& json) {
    return Understand{
        .readings = json.at("readings"),
        .missing_names = json.at("missing_names"),
        .document_starts = json.at("document_starts"),
        .channel = static_cast<Channel>(json.at("channel").get<int>()),
        .lot_caisse = json.at("lot_caisse"),
        .facts = json.at("facts"),
    };
}

} // namespace

Outgoing encode(const Request& request) {
    return std::visit(
        Overloaded{
            [](const Configure& configure) {
                return Outgoing{text_from(configure_json(configure)), {configure.type_model}};
            },
            [](const Open& open) {
                return Outgoing{text_from({{"ask", "open"}}), {open.bytes}};
            },
            [](const Read& read) {
                return Outgoing{text_from({{"ask", "read"}, {"page_index", read.page_index}}), {}};
            },
            [](const CompareSides& sides) {
                return Outgoing{
                    text_from(
                        {{"ask", "compare_sides"},
                         {"front_width_mm", sides.front.width_mm},
                         {"back_width_mm", sides.back.width_mm}}
                    ),
                    {sides.front.preview, sides.back.preview}};
            },
            [](const Ask& ask) {
                return Outgoing{text_from({{"ask", "ask"}, {"readings", ask.readings}}), {}};
            },
            [](const Understand& understand) {
                return Outgoing{
                    text_from(
                        {{"ask", "understand"},
                         {"readings", understand.readings},
                         {"missing_names", understand.missing_names},
                         {"document_starts", understand.document_starts},
                         {"channel", static_cast<int>(understand.channel)},
                         {"lot_caisse", understand.lot_caisse},
                         {"facts", understand.facts}}
                    ),
                    {}};
            }},
        request
    );
}

Outgoing encode(const Answer& answer) {
    return std::visit(
        Overloaded{
            [](const Ready& ready) {
                return Outgoing{text_from(ready_json(ready)), {}};
            },
            [](const Opened& opened) {
                return Outgoing{
                    text_from({{"answer", "opened"}, {"page_count", opened.page_count}}), {}};
            },
            [](const PageRead& page) {
                return Outgoing{
                    text_from(
                        {{"answer", "read"},
                         {"reading", page.reading},
                         {"page_image", picture_json(page.page_image)},
                         {"preview", picture_json(page.preview)}}
                    ),
                    {page.page_image.bytes, page.preview.bytes}};
            },
            [](const Compared& compared) {
                return Outgoing{
                    text_from(
                        {{"answer", "compared"},
                         {"only_shines_through", compared.only_shines_through}}
                    ),
                    {}};
            },
            [](const Asked& asked) {
                return Outgoing{
                    text_from({{"answer", "asked"}, {"questions", asked.questions}}), {}};
            },
            [](const Decision& decision) {
                return Outgoing{text_from({{"answer", "understood"}, {"decision", decision}}), {}};
            },
            [](const Failure& failure) {
                return Outgoing{text_from({{"answer", "failed"}, {"failure", failure}}), {}};
            }},
        answer
    );
}

Request request_from(const Message& message) {
    return understood("request", [&]() -> Request {
        const Json json = Json::parse(message.json);
        const std::string ask = json.at("ask");
        if (ask == "configure") {
            return configure_from(json, block_of(message, 0));
        }
        if (ask == "open") {
            return Open{block_of(message, 0)};
        }
        if (ask == "read") {
            return Read{json.at("page_index")};
        }
        if (ask == "compare_sides") {
            return CompareSides{
                .front = {block_of(message, 0), json.at("front_width_mm")},
                .back = {block_of(message, 1), json.at("back_width_mm")}};
        }
        if (ask == "ask") {
            return Ask{json.at("readings")};
        }
        if (ask == "understand") {
            return understand_from(json);
        }
        throw Error(Remedy::FixInput, "no such request: " + ask);
    });
}

Answer answer_from(Message message) {
    return understood("answer", [&]() -> Answer {
        const Json json = Json::parse(message.json);
        const std::string answer = json.at("answer");
        if (answer == "ready") {
            return ready_from(json);
        }
        if (answer == "opened") {
            return Opened{json.at("page_count")};
        }
        if (answer == "read") {
            (void)block_of(message, 1); // both pictures must be there
            return PageRead{
                json.at("reading"),
                picture_from(json.at("page_image"), std::move(message.blocks[0])),
                picture_from(json.at("preview"), std::move(message.blocks[1]))};
        }
        if (answer == "compared") {
            return Compared{json.at("only_shines_through")};
        }
        if (answer == "asked") {
            return Asked{json.at("questions").get<std::vector<Question>>()};
        }
        if (answer == "understood") {
            return json.at("decision").get<Decision>();
        }
        if (answer == "failed") {
            return json.at("failure").get<Failure>();
        }
        throw Error(Remedy::FixInput, "no such answer: " + answer);
    });
}

} // namespace pleiade::wire
