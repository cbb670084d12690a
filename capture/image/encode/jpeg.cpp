#include "capture/image/encode/jpeg.h"

#include <jpeglib.h>

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace pleiade::image {
namespace {

struct Session {
    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) = delete;
    Session& operator=(Session&&) = delete;
    ~Session() {
        jpeg_destroy_compress(&info);
        std::free(target); // NOLINT(cppcoreguidelines-no-malloc): libjpeg's malloc
    }

    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    std::jmp_buf way_back{};
    unsigned char* target = nullptr;
    unsigned long size = 0; // NOLINT(google-runtime-int): libjpeg's own type
};

[[noreturn]] void leave(j_common_ptr info) {
    // NOLINTNEXTLINE(cert-err52-cpp): the library's only way out
    std::longjmp(static_cast<Session*>(info->client_data)->way_back, 1);
}

/// Holds only plain values: libjpeg's errors jump out of it.
bool compress(Session& session, const PageImage& page, int quality) {
    session.info.err = jpeg_std_error(&session.errors);
    session.errors.error_exit = leave;
    session.errors.output_message = [](j_common_ptr) {};
    session.info.client_data = &session;
    if (setjmp(session.way_back) != 0) { // NOLINT(cert-err52-cpp): see leave()
        return false;
    }
    jpeg_create_compress(&session.info);
    jpeg_mem_dest(&session.info, &session.target, &session.size);
    session.info.image_width = static_cast<JDIMENSION>(page.width_px);
    session.info.image_height = static_cast<JDIMENSION>(page.height_px);
    session.info.input_components = page.channels;
    session.info.in_color_space = page.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&session.info);
    jpeg_set_quality(&session.info, quality, TRUE);
    session.info.density_unit = 1; // spec: JFIF 1.02, dots per inch
    session.info.X_density = static_cast<UINT16>(page.dpi);
    session.info.Y_density = static_cast<UINT16>(page.dpi);
    jpeg_start_compress(&session.info, TRUE);
    while (session.info.next_scanline < session.info.image_height) {
        // libjpeg reads rows through a pointer to non-const and leaves them as they are.
        auto* row = const_cast<JSAMPLE*>(page.row(static_cast<int>(session.info.next_scanline)));
        jpeg_write_scanlines(&session.info, &row, 1);
    }
    jpeg_finish_compress(&session.info);
    return true;
}

} // namespace

Bytes jpeg_of(const PageImage& page, int quality) {
    Session session;
    if (!compress(session, page, quality)) {
        throw std::runtime_error("libjpeg cannot encode a page");
    }
    const auto bytes = std::as_bytes(std::span(session.target, session.size));
    return {bytes.begin(), bytes.end()};
}

} // namespace pleiade::image
