// What a 2-D code on somebody's paper holds, taken for a 2D-Doc: first as bytes, then as text.

#include "core/sealed_document.h"
#include "ocr/sealed_document_reader.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

using namespace pleiade;

/// A key on P-256 that is in every book: the generator of the curve.
SealCertificate certificate() {
    const std::string head = "\x30\x59\x30\x13\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01\x06\x08\x2A\x86"
                             "\x48\xCE\x3D\x03\x01\x07\x03\x42";
    const std::string point =
        "\x04\x6B\x17\xD1\xF2\xE1\x2C\x42\x47\xF8\xBC\xE6\xE5\x63\xA4\x40\xF2\x77\x03\x7D\x81\x2D"
        "\xEB\x33\xA0\xF4\xA1\x39\x45\xD8\x98\xC2\x96\x4F\xE3\x42\xE2\xFE\x1A\x7F\x9B\x8E\xE7\xEB"
        "\x4A\x7C\x0F\x9E\x16\x2B\xCE\x33\x57\x6B\x31\x5E\xCE\xCB\xB6\x40\x68\x37\xBF\x51\xF5";
    const std::string key = head + std::string(1, '\0') + point;
    const BytesView bytes = bytes_of(key);
    return {
        "FR99",
        "T001",
        std::chrono::sys_days(std::chrono::days(0)),
        std::chrono::sys_days(std::chrono::days(40000)),
        Bytes(bytes.begin(), bytes.end())};
}

void check(const Mark& mark, std::size_t size) {
    static const std::vector<SealCertificate> trusted{certificate()};
    for (const SealedDocument& document : ocr::read_sealed_documents({mark}, trusted)) {
        fuzz::require(document.state != SealState::Verified, "a fuzzer cannot sign");
        fuzz::require(!document.reason.empty(), "what is not verified says why");
        fuzz::require(
            document.state != SealState::Forged || document.authority == "FR99",
            "only a known certificate proves a forgery"
        );
        fuzz::require(document.fields.size() <= size, "there are no fields but those of the code");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = fuzz::text_of(data, size);
    Mark mark{"DataMatrix", text, {0, 0, 10, 10}, Check::Good, {}};
    check(mark, size);
    const BytesView bytes = bytes_of(text);
    mark.bytes.assign(bytes.begin(), bytes.end());
    check(mark, size);
    return 0;
}
