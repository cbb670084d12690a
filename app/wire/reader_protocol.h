#pragma once
// What pleiade asks of pleiade-reader and what it answers: one request, one answer, in turn.
//
// Configure comes first and once. Open makes a file the current one; Read reads one of its pages.
// CompareSides, Ask and Understand need no file. The socket is elsewhere (app/wire/message.h).

#include "app/wire/message.h"
#include "core/bytes.h"
#include "core/caisse.h"
#include "core/decision.h"
#include "core/document_type.h"
#include "core/failure.h"
#include "core/mail.h"
#include "core/page_read.h"
#include "core/sealed_document.h"

#include <string>
#include <variant>
#include <vector>

namespace pleiade::wire {

struct Configure {
    std::vector<DocumentType> types;
    std::vector<Caisse> caisses;
    std::vector<SealCertificate> seal_certificates; ///< The trust list for 2D-Docs.
    std::string language = "fra"; ///< Of the text on the pages, as Tesseract names it.
    int megapixels = 40;          ///< Largest page that is decoded.
    int pages_per_file = 2000;
    int file_mb = 256;
    int memory_mb = 1024;        ///< Of the reading process.
    int cpu_seconds = 15;        ///< Of processor time for one request.
    Bytes type_model;            ///< What was learned of types, as its file has it; may be empty.
    std::string type_model_file; ///< Its name, for messages.
};
struct Open {
    BytesView bytes; ///< Of the source file. When received: lies in the Message it came in.
};
struct Read {
    int page_index = 0;
};
/// What must be looked up before the pli is understood.
struct Ask {
    std::vector<std::string> readings; ///< As in Understand.
};
struct Understand {
    std::vector<std::string>
        readings; ///< PageReading as JSON, in page order; empty text = missing page.
    std::vector<std::string> missing_names; ///< What a person calls the missing pages, in order.
    std::vector<int> document_starts; ///< Page indexes at which a document separator stood before.
    Channel channel = Channel::Post;
    std::string lot_caisse = unknown_caisse;
    Facts facts;
};
/// A page side as it was kept for screens.
struct KeptSide {
    BytesView preview; ///< When received: lies in the Message it came in.
    double width_mm = 0.0;
};
struct CompareSides {
    KeptSide front;
    KeptSide back;
};
using Request = std::variant<Configure, Open, Read, CompareSides, Ask, Understand>;

/// Something the reading process could still do besides reading, and how a person shuts it out.
struct OpenDoor {
    std::string what; ///< After "the reading process: ".
    std::string cure;
};
struct Ready {
    std::vector<OpenDoor> open_doors; ///< None where the kernel helps as it should.
};
struct Opened {
    int page_count = 0;
};
struct Compared {
    bool only_shines_through = false; ///< The back says nothing of its own.
};
struct Asked {
    std::vector<Question> questions;
};
using Answer = std::variant<Ready, Opened, PageRead, Compared, Asked, Decision, Failure>;

/// How pleiade-reader ends when a page wants more memory than it may have.
constexpr int exit_out_of_memory = 5; // chosen: a code nobody else ends with

/// A request ready to be sent; the blocks are views into the request.
struct Outgoing {
    std::string json;
    std::vector<BytesView> blocks;
};

[[nodiscard]] Outgoing encode(const Request& request);
[[nodiscard]] Outgoing encode(const Answer& answer);

/// @throws Error(FixInput) when the message is not one of ours.
[[nodiscard]] Request request_from(const Message& message);
/// @throws Error(FixInput) when the message is not one of ours. Takes the blocks out of it.
[[nodiscard]] Answer answer_from(Message message);

} // namespace pleiade::wire
