#include "classify/type_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <optional>
#include <string_view>

namespace pleiade::classify {
namespace {

// Layout, all little-endian: magic, version, length of the content, content, checksum of it.
constexpr std::string_view magic = "PLEIADE-TYPES\n"; // chosen
constexpr std::uint32_t version = 1;
constexpr std::uint64_t most_codes = 1024;          // chosen: a hundred types are many
constexpr std::uint64_t most_features = 1ULL << 20; // spec: classify/learning/page_signs.h
constexpr std::uint64_t most_blocks = 1ULL << 16;   // chosen: 4 million words
constexpr std::uint64_t longest_code = 64;

/// Source: FNV-1a, 64 bits. It finds damage, not forgery: whoever may write the file may write any.
std::uint64_t checksum(BytesView bytes) {
    std::uint64_t sum = 14695981039346656037ULL;
    for (const std::byte byte : bytes) {
        sum = (sum ^ std::to_integer<std::uint64_t>(byte)) * 1099511628211ULL;
    }
    return sum;
}

class Writer {
public:
    template <typename Whole>
    void put(Whole value) {
        for (std::size_t i = 0; i < sizeof(Whole); ++i) {
            bytes_.push_back(static_cast<std::byte>((value >> (8 * i)) & 0xFF));
        }
    }
    void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }
    void put(float value) { put(std::bit_cast<std::uint32_t>(value)); }
    void put(BytesView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
    void put(const std::string& text) {
        put(static_cast<std::uint64_t>(text.size()));
        put(bytes_of(text));
    }

    [[nodiscard]] Bytes bytes() && { return std::move(bytes_); }

private:
    Bytes bytes_;
};

/// Reads what Writer wrote; once it has run out, everything is 0 and `whole` false.
class Reader {
public:
    explicit Reader(BytesView bytes) : rest_(bytes) {}

    template <typename Whole>
    [[nodiscard]] Whole take() {
        Whole value = 0;
        const BytesView part = take_bytes(sizeof(Whole));
        for (std::size_t i = 0; i < part.size(); ++i) {
            value |= static_cast<Whole>(std::to_integer<Whole>(part[i]) << (8 * i));
        }
        return value;
    }
    [[nodiscard]] double take_double() { return std::bit_cast<double>(take<std::uint64_t>()); }
    [[nodiscard]] float take_float() { return std::bit_cast<float>(take<std::uint32_t>()); }
    [[nodiscard]] BytesView take_bytes(std::uint64_t count) {
        if (count > rest_.size()) {
            whole_ = false;
            rest_ = {};
            return {};
        }
        const BytesView part = rest_.first(static_cast<std::size_t>(count));
        rest_ = rest_.subspan(part.size());
        return part;
    }
    /// A length that is not believed before it is checked.
    [[nodiscard]] std::uint64_t take_count(std::uint64_t most) {
        const auto count = take<std::uint64_t>();
        whole_ = whole_ && count <= most;
        return whole_ ? count : 0;
    }

    [[nodiscard]] bool whole() const { return whole_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

private:
    BytesView rest_;
    bool whole_ = true;
};

Bytes content_of(const TypeModel& model) {
    Writer content;
    content.put(model.taught_pages);
    for (const double part :
         {model.mixing.rules,
          model.mixing.words,
          model.mixing.unknown,
          model.mixing.unfamiliar,
          model.mixing.wordless}) {
        content.put(part);
    }
    content.put(static_cast<std::uint64_t>(model.codes.size()));
    for (const std::string& code : model.codes) {
        content.put(code);
    }
    for (const float scale : model.scales) {
        content.put(scale);
    }
    content.put(static_cast<std::uint64_t>(model.features.size()));
    for (const std::uint32_t feature : model.features) {
        content.put(feature);
    }
    content.put(std::as_bytes(std::span(model.weights)));
    content.put(static_cast<std::uint64_t>(model.known_words.size()));
    for (const std::uint64_t block : model.known_words) {
        content.put(block);
    }
    return std::move(content).bytes();
}

/// Nothing when it is not what content_of wrote.
std::optional<TypeModel> model_from_content(BytesView bytes) {
    Reader content(bytes);
    TypeModel model;
    model.taught_pages = content.take<std::uint64_t>();
    model.mixing.rules = content.take_double();
    model.mixing.words = content.take_double();
    model.mixing.unknown = content.take_double();
    model.mixing.unfamiliar = content.take_double();
    model.mixing.wordless = content.take_double();
    const std::uint64_t codes = content.take_count(most_codes);
    for (std::uint64_t i = 0; i < codes; ++i) {
        model.codes.push_back(text_of(content.take_bytes(content.take_count(longest_code))));
    }
    for (std::uint64_t i = 0; i < codes; ++i) {
        model.scales.push_back(content.take_float());
    }
    const std::uint64_t features = content.take_count(most_features);
    for (std::uint64_t i = 0; i < features && content.whole(); ++i) {
        model.features.push_back(content.take<std::uint32_t>());
    }
    const BytesView weights = content.take_bytes(features * codes);
    model.weights.resize(weights.size());
    std::transform(weights.begin(), weights.end(), model.weights.begin(), [](std::byte byte) {
        return static_cast<std::int8_t>(byte);
    });
    const std::uint64_t blocks = content.take_count(most_blocks);
    for (std::uint64_t i = 0; i < blocks && content.whole(); ++i) {
        model.known_words.push_back(content.take<std::uint64_t>());
    }
    const auto rising = [](const auto& list) {
        return std::adjacent_find(list.begin(), list.end(), std::greater_equal<>()) == list.end();
    };
    const Mixing& mixing = model.mixing;
    const bool finite =
        std::isfinite(
            mixing.rules + mixing.words + mixing.unknown + mixing.unfamiliar + mixing.wordless
        ) &&
        std::all_of(model.scales.begin(), model.scales.end(), [](float scale) {
            return std::isfinite(scale);
        });
    if (!content.whole() || !content.at_end() || !finite || !rising(model.features) ||
        !rising(model.codes) || !std::has_single_bit(model.known_words.size())) {
        return std::nullopt;
    }
    return model;
}

Failure refused(const std::string& why) {
    return {Remedy::FixConfiguration, "not a model of document types: " + why};
}

} // namespace

Bytes to_bytes(const TypeModel& model) {
    const Bytes content = content_of(model);
    Writer file;
    file.put(bytes_of(magic));
    file.put(version);
    file.put(static_cast<std::uint64_t>(content.size()));
    file.put(BytesView(content));
    file.put(checksum(content));
    return std::move(file).bytes();
}

Result<TypeModel> type_model_from(BytesView bytes) {
    Reader file(bytes);
    if (text_of(file.take_bytes(magic.size())) != magic) {
        return refused("it does not begin like one");
    }
    if (const auto found = file.take<std::uint32_t>(); found != version) {
        return refused(
            "version " + std::to_string(found) + ", this program knows " + std::to_string(version)
        );
    }
    const BytesView content = file.take_bytes(file.take<std::uint64_t>());
    const auto sum = file.take<std::uint64_t>();
    if (!file.whole() || !file.at_end()) {
        return refused("its end is missing or too much");
    }
    if (sum != checksum(content)) {
        return refused("it is damaged, the checksum is another");
    }
    std::optional<TypeModel> model = model_from_content(content);
    if (!model) {
        return refused("its content makes no sense");
    }
    return *std::move(model);
}

} // namespace pleiade::classify
