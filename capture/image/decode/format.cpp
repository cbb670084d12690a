#include "capture/image/decode/format.h"

#include <algorithm>
#include <string_view>

namespace pleiade::image {
namespace {

using namespace std::string_view_literals;

struct Signature {
    std::string_view start;
    Format format;
};

constexpr Signature signatures[] = {
    {"II*\0"sv, Format::Tiff},            // spec: TIFF 6.0 section 2
    {"MM\0*"sv, Format::Tiff},            //
    {"II+\0"sv, Format::Tiff},            // BigTIFF
    {"MM\0+"sv, Format::Tiff},            //
    {"\xff\xd8\xff"sv, Format::Jpeg},     // spec: ITU-T T.81 B.2.1, SOI and the next marker
    {"\x89PNG\r\n\x1a\n"sv, Format::Png}, // spec: PNG 5.2
    {"\0\0\0\x0cjP  \r\n\x87\n"sv, Format::Jpeg2000}, // spec: ITU-T T.800 I.5.1, JP2 signature box
    {"\xff\x4f\xff\x51"sv, Format::Jpeg2000},         // spec: ITU-T T.800 A.4, SOC and SIZ
    {"GIF87a"sv, Format::Gif},
    {"GIF89a"sv, Format::Gif},
    {"BM"sv, Format::Bmp},
};

constexpr std::size_t pdf_header_within =
    1024; // spec: ISO 32000-1 annex H.3, implementation note 13

} // namespace

Format format_of(BytesView bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    for (const Signature& signature : signatures) {
        if (text.starts_with(signature.start)) {
            return signature.format;
        }
    }
    if (text.starts_with("RIFF") &&
        text.substr(std::min<std::size_t>(8, text.size()), 4) == "WEBP") {
        return Format::Webp;
    }
    if (text.substr(0, pdf_header_within).find("%PDF-") != std::string_view::npos) {
        return Format::Pdf;
    }
    return Format::Unknown;
}

} // namespace pleiade::image
