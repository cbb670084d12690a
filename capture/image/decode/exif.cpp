#include "capture/image/decode/exif.h"

#include <string_view>

namespace pleiade::image {
namespace {

using namespace std::string_view_literals;

// spec: TIFF 6.0, tags and types
constexpr std::uint32_t tag_orientation = 0x0112;
constexpr std::uint32_t tag_x_resolution = 0x011A;
constexpr std::uint32_t tag_y_resolution = 0x011B;
constexpr std::uint32_t tag_resolution_unit = 0x0128;
constexpr std::uint32_t unit_centimetre = 3;
constexpr double cm_per_inch = 2.54;

/// Numbers in a TIFF structure; everything outside it reads as 0.
class Numbers {
public:
    Numbers(BytesView bytes, bool little) : bytes_(bytes), little_(little) {}

    [[nodiscard]] std::uint32_t of(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || size > bytes_.size() - at) {
            return 0;
        }
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t from = little_ ? at + size - 1 - i : at + i;
            value = value << 8U | std::to_integer<std::uint32_t>(bytes_[from]);
        }
        return value;
    }

    [[nodiscard]] double rational(std::size_t at) const {
        const std::uint32_t denominator = of(at + 4, 4);
        return denominator == 0 ? 0.0 : static_cast<double>(of(at, 4)) / denominator;
    }

private:
    BytesView bytes_;
    bool little_;
};

} // namespace

ExifFacts read_exif(BytesView segment) {
    ExifFacts facts;
    const std::string_view text(reinterpret_cast<const char*>(segment.data()), segment.size());
    constexpr std::string_view introduction = "Exif\0\0"sv;
    if (!text.starts_with(introduction)) {
        return facts;
    }
    const std::string_view header = text.substr(introduction.size());
    const bool little = header.starts_with("II*\0"sv);
    if (!little && !header.starts_with("MM\0*"sv)) {
        return facts;
    }
    const Numbers numbers(segment.subspan(introduction.size()), little);
    const std::size_t directory = numbers.of(4, 4);
    const std::size_t entries = numbers.of(directory, 2);
    bool centimetres = false;
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + 12 * i;
        switch (numbers.of(entry, 2)) {
        case tag_orientation:
            facts.orientation = static_cast<int>(numbers.of(entry + 8, 2));
            break;
        case tag_x_resolution:
            facts.resolution.x_dpi = numbers.rational(numbers.of(entry + 8, 4));
            break;
        case tag_y_resolution:
            facts.resolution.y_dpi = numbers.rational(numbers.of(entry + 8, 4));
            break;
        case tag_resolution_unit:
            centimetres = numbers.of(entry + 8, 2) == unit_centimetre;
            break;
        default:
            break;
        }
    }
    if (centimetres) {
        facts.resolution.x_dpi *= cm_per_inch;
        facts.resolution.y_dpi *= cm_per_inch;
    }
    return facts;
}

} // namespace pleiade::image
