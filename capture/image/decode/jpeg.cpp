// JPEG through libjpeg-turbo. Its errors come back by longjmp: every function that calls setjmp
// holds only plain values, so that no destructor is jumped over.

#include "capture/image/decode/exif.h"
#include "capture/image/decode/page_decoder.h"
#include "capture/image/decode/size_check.h"

#include <jpeglib.h>

#include <array>
#include <csetjmp>
#include <cstdio>
// jerror.h needs jpeglib.h before it.
#include <jerror.h>

namespace pleiade::image {
namespace {

constexpr long most_working_memory = 400'000'000; // measured: progressive colour of 40 million
                                                  // pixels holds 240 MB of coefficients
constexpr int most_scans = 100; // chosen: libjpeg writes 10; thousands make a small file take hours

/// libjpeg's state and what it has to say, released whatever happens.
struct Session {
    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) = delete;
    Session& operator=(Session&&) = delete;
    ~Session() { jpeg_destroy_decompress(&info); }

    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf way_back{};
    bool damaged = false; ///< Data is missing or nonsense; libjpeg would paint it grey.
    std::array<char, JMSG_LENGTH_MAX> message{};
};

Session& session_of(j_common_ptr info) {
    return *static_cast<Session*>(info->client_data);
}

[[noreturn]] void leave(j_common_ptr info) {
    Session& session = session_of(info);
    info->err->format_message(info, session.message.data());
    std::longjmp(session.way_back, 1); // NOLINT(cert-err52-cpp): the library's only way out
}

void note_warning(j_common_ptr info, int level) {
    if (level >= 0) {
        return;
    }
    switch (info->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
        session_of(info).damaged = true;
        break;
    default: // bytes too many, odd version numbers: the picture is whole
        break;
    }
}

void stop_endless_scans(j_common_ptr info) {
    const auto* decompress = reinterpret_cast<j_decompress_ptr>(info);
    if (decompress->input_scan_number > most_scans) {
        info->err->msg_code = JERR_BAD_PROGRESSION;
        leave(info);
    }
}

bool read_header(Session& session, BytesView bytes) {
    session.info.err = jpeg_std_error(&session.errors);
    session.errors.error_exit = leave;
    session.errors.emit_message = note_warning;
    session.errors.output_message = [](j_common_ptr) {};
    session.info.client_data = &session;
    if (setjmp(session.way_back) != 0) { // NOLINT(cert-err52-cpp): see leave()
        return false;
    }
    jpeg_create_decompress(&session.info);
    session.info.mem->max_memory_to_use = most_working_memory;
    session.progress.progress_monitor = stop_endless_scans;
    session.info.progress = &session.progress;
    jpeg_mem_src(&session.info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    constexpr unsigned longest_marker = 0xFFFF;
    jpeg_save_markers(&session.info, JPEG_APP0 + 1, longest_marker);
    jpeg_read_header(&session.info, TRUE);
    return true;
}

bool start(Session& session) {
    if (setjmp(session.way_back) != 0) { // NOLINT(cert-err52-cpp): see leave()
        return false;
    }
    switch (session.info.jpeg_color_space) {
    case JCS_GRAYSCALE:
        session.info.out_color_space = JCS_GRAYSCALE;
        break;
    case JCS_CMYK:
    case JCS_YCCK:
        session.info.out_color_space = JCS_CMYK;
        break;
    default:
        session.info.out_color_space = JCS_RGB;
        break;
    }
    jpeg_start_decompress(&session.info);
    return true;
}

/// @param stride Bytes per row of `target`, which holds all rows.
bool read_rows(Session& session, unsigned char* target, std::size_t stride) {
    if (setjmp(session.way_back) != 0) { // NOLINT(cert-err52-cpp): see leave()
        return false;
    }
    while (session.info.output_scanline < session.info.output_height) {
        JSAMPROW row = target + stride * session.info.output_scanline;
        jpeg_read_scanlines(&session.info, &row, 1);
    }
    return true;
}

/// Ends reading: notices what is missing behind the last row.
bool finish(Session& session) {
    if (setjmp(session.way_back) != 0) { // NOLINT(cert-err52-cpp): see leave()
        return false;
    }
    jpeg_finish_decompress(&session.info);
    return true;
}

/// Ink to light. Adobe programs store inks inverted and say so by their marker.
void add_rgb_of_cmyk(const std::vector<std::uint8_t>& cmyk, bool inverted, PageImage& page) {
    for (std::size_t i = 0; i < cmyk.size() / 4; ++i) {
        const unsigned flip = inverted ? 0U : 255U;
        const unsigned paper = cmyk[4 * i + 3] ^ flip;
        for (std::size_t channel = 0; channel < 3; ++channel) {
            page.pixels[3 * i + channel] =
                static_cast<std::uint8_t>((cmyk[4 * i + channel] ^ flip) * paper / 255);
        }
    }
}

class JpegDecoder : public PageDecoder {
public:
    JpegDecoder(BytesView bytes, const DecodeLimits& limits) : bytes_(bytes), limits_(limits) {}

    [[nodiscard]] PageImage decode(int /*page_index*/) const override {
        Session session;
        require(session, read_header(session, bytes_));
        check_size(
            "cette image JPEG", session.info.image_width, session.info.image_height, limits_
        );
        require(session, start(session));
        const bool ink = session.info.output_components == 4;
        PageImage page = page_of(
            session.info.output_width,
            session.info.output_height,
            session.info.output_components == 1 ? ColourDepth::Grey : ColourDepth::Colour
        );
        if (ink) {
            std::vector<std::uint8_t> cmyk(page.pixels.size() / 3 * 4);
            const std::size_t stride = cmyk.size() / static_cast<std::size_t>(page.height_px);
            require(session, read_rows(session, cmyk.data(), stride));
            add_rgb_of_cmyk(cmyk, session.info.saw_Adobe_marker != 0, page);
        } else {
            require(session, read_rows(session, page.pixels.data(), page.row_bytes()));
        }
        const ExifFacts exif = exif_of(session.info);
        const Resolution resolution = resolution_of(session.info, exif);
        require(session, finish(session));
        settle_resolution(page, resolution, limits_);
        apply_orientation(page, exif.orientation);
        return page;
    }

private:
    static void require(const Session& session, bool done) {
        if (!done) {
            throw unusable(
                std::string("l'image JPEG est illisible (libjpeg : ") + session.message.data() + ")"
            );
        }
        if (session.damaged) {
            throw unusable("l'image JPEG est abîmée ou coupée");
        }
    }

    static ExifFacts exif_of(const jpeg_decompress_struct& info) {
        for (const jpeg_marker_struct* marker = info.marker_list; marker != nullptr;
             marker = marker->next) {
            const BytesView data = std::as_bytes(std::span(marker->data, marker->data_length));
            if (text_of(data.first(std::min<std::size_t>(4, data.size()))) == "Exif") {
                return read_exif(data);
            }
        }
        return {};
    }

    /// Source: JFIF 1.02, density units: 1 per inch, 2 per centimetre.
    static Resolution resolution_of(const jpeg_decompress_struct& info, const ExifFacts& exif) {
        constexpr double cm_per_inch = 2.54;
        if (info.saw_JFIF_marker != 0 && (info.density_unit == 1 || info.density_unit == 2)) {
            const double factor = info.density_unit == 2 ? cm_per_inch : 1.0;
            return {info.X_density * factor, info.Y_density * factor};
        }
        return exif.resolution;
    }

    BytesView bytes_;
    DecodeLimits limits_;
};

} // namespace

std::unique_ptr<PageDecoder> open_jpeg(BytesView bytes, const DecodeLimits& limits) {
    return std::make_unique<JpegDecoder>(bytes, limits);
}

} // namespace pleiade::image
