#include "ocr/lstm/charset.h"

#include "ocr/lstm/model_file.h"

#include <string_view>

namespace pleiade::ocr {
namespace {

/// The first word of each line after the first, which counts them.
std::vector<std::string> first_words(std::string_view text) {
    std::vector<std::string> words;
    std::size_t begin = text.find('\n');
    while (begin != std::string_view::npos && begin + 1 < text.size()) {
        const std::size_t end = text.find('\n', begin + 1);
        const std::string_view line = text.substr(begin + 1, end - begin - 1);
        words.emplace_back(line.substr(0, line.find(' ')));
        begin = end;
    }
    return words;
}

/// What the file calls a space, and the two that are no characters.
std::string written(const std::string& name) {
    if (name == "NULL") {
        return " ";
    }
    return name == "Joined" || name.starts_with("|Broken") ? std::string() : name;
}

} // namespace

std::optional<Charset>
parse_charset(BytesView characters, BytesView codes, std::size_t code_count) {
    constexpr std::size_t most = 65536; // chosen: the largest script has ten thousand
    const std::vector<std::string> names = first_words(text_of(characters));
    Charset charset;
    charset.size = names.size();
    charset.of_code.resize(code_count);
    charset.id_of_code.resize(code_count, 0);
    ModelCursor at(codes);
    const std::size_t count = at.next_count(most);
    for (std::size_t id = 0; id < count; ++id) {
        (void)at.next<std::int8_t>(); // "is its own normal form"
        const std::size_t length = at.next_count(most);
        if (length != 1) {
            return std::nullopt;
        }
        const auto code = static_cast<std::size_t>(at.next<std::int32_t>());
        if (code >= code_count || id >= names.size()) {
            return std::nullopt;
        }
        if (charset.of_code[code].empty()) {
            charset.of_code[code] = written(names[id]);
            charset.id_of_code[code] = static_cast<CharacterId>(id);
        }
    }
    if (code_count <= space_code || charset.of_code[space_code] != " ") {
        return std::nullopt;
    }
    return charset;
}

} // namespace pleiade::ocr
