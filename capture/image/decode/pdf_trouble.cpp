#include "capture/image/decode/pdf_trouble.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pleiade::image {
namespace {

// measured: poppler 22.12 on pictures that were cut or overwritten; none of these is said of the 48
// PDF files of the corpus
constexpr std::array<std::string_view, 8> words_of_decoders = {
    "in flate stream",
    "in LZW stream",
    "CCITTFax",
    "start of jpeg data",
    "JBIG2",
    "decode the codestream",
    "Unable to decode image",
    "Unable to read header"};

bool is_of_a_decoder(const std::string& complaint) {
    return std::ranges::any_of(words_of_decoders, [&](std::string_view words) {
        return complaint.find(words) != std::string::npos;
    });
}

bool is_blank(const PageImage& page) {
    constexpr std::uint8_t paper = 250; // chosen: what poppler leaves alone is 255
    return std::ranges::all_of(page.pixels, [](std::uint8_t level) { return level >= paper; });
}

/// From behind "stream" and its line end to "endstream", or to the end of a file that is cut.
std::string_view stream_at(std::string_view rest) {
    return rest.substr(0, rest.find("endstream"));
}

bool is_jpeg(std::string_view stream) {
    return stream.starts_with("\xFF\xD8\xFF");
}

bool has_end(std::string_view jpeg) {
    constexpr std::string_view filling("\r\n \0", 4);
    constexpr std::size_t most_behind = 64; // chosen: what careless writers leave behind the end
    const std::size_t last = jpeg.find_last_not_of(filling);
    jpeg = jpeg.substr(0, last == std::string_view::npos ? 0 : last + 1);
    const std::size_t from = jpeg.size() > most_behind ? jpeg.size() - most_behind : 0;
    return jpeg.find("\xFF\xD9", from) != std::string_view::npos;
}

} // namespace

std::string trouble_of(const std::vector<std::string>& complaints, const PageImage& drawn) {
    const auto worst = std::ranges::find_if(complaints, is_of_a_decoder);
    if (worst != complaints.end()) {
        return "une image ou un flux en est abîmé (poppler : " + *worst + ")";
    }
    if (!complaints.empty() && is_blank(drawn)) {
        return "rien n'a pu en être dessiné (poppler : " + complaints.front() + ")";
    }
    return {};
}

bool has_cut_jpeg(BytesView pdf) {
    constexpr std::string_view begin = "stream";
    const std::string_view all(reinterpret_cast<const char*>(pdf.data()), pdf.size());
    for (std::size_t at = all.find(begin); at != std::string_view::npos;
         at = all.find(begin, at + begin.size())) {
        std::string_view rest = all.substr(at + begin.size());
        rest.remove_prefix(std::min(rest.find_first_not_of("\r\n"), rest.size()));
        if (is_jpeg(rest) && !has_end(stream_at(rest))) {
            return true;
        }
    }
    return false;
}

} // namespace pleiade::image
