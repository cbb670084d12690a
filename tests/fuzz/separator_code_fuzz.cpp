// The text of any barcode that a page may carry: only what we print ourselves separates.

#include "capture/separator_code.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pleiade;
    const std::string text = fuzz::text_of(data, size);
    const std::optional<Separator> separator = capture::parse_separator(text);
    if (separator.has_value()) {
        fuzz::require(capture::to_code(*separator) == text, "what is understood is what we write");
    }
    return 0;
}
