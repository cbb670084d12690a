#include "ocr/lstm/model_file.h"

#include "core/failure.h"

namespace pleiade::ocr {
namespace {

[[noreturn]] void broken(const char* what) {
    throw Error(
        Remedy::FixConfiguration,
        std::string("the language data is broken: ") + what +
            ". Install the Debian package of the language again"
    );
}

} // namespace

BytesView component_of(BytesView file, Component component) {
    constexpr std::size_t most_components = 64; // spec: 24 in Tesseract 5.3
    ModelCursor table(file);
    const std::size_t count = table.next_count(most_components);
    const auto wanted = static_cast<std::size_t>(component);
    std::vector<std::int64_t> offsets;
    for (std::size_t i = 0; i < count; ++i) {
        offsets.push_back(table.next<std::int64_t>());
    }
    if (wanted >= offsets.size() || offsets[wanted] < 0) { // -1: not in this file
        broken("a part is missing");
    }
    auto end = static_cast<std::int64_t>(file.size());
    for (std::size_t i = wanted + 1; i < offsets.size(); ++i) {
        if (offsets[i] >= 0) {
            end = offsets[i];
            break;
        }
    }
    const std::int64_t begin = offsets[wanted];
    if (end < begin || end > static_cast<std::int64_t>(file.size())) {
        broken("its table of parts does not fit");
    }
    return file.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

std::size_t ModelCursor::next_count(std::size_t most) {
    const auto count = next<std::uint32_t>();
    if (count > most) {
        broken("a count is too large");
    }
    return count;
}

std::string ModelCursor::next_text() {
    constexpr std::size_t longest = 4096; // chosen: names of layers
    const BytesView bytes = next_bytes(next_count(longest));
    std::string text(bytes.size(), '\0');
    std::memcpy(text.data(), bytes.data(), bytes.size());
    return text;
}

BytesView ModelCursor::next_bytes(std::size_t count) {
    if (count > left_.size()) {
        broken("it ends too early");
    }
    const BytesView bytes = left_.first(count);
    left_ = left_.subspan(count);
    return bytes;
}

} // namespace pleiade::ocr
