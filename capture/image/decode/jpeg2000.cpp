// JPEG 2000 through OpenJPEG: JP2 files and bare codestreams.

#include "capture/image/decode/page_decoder.h"
#include "capture/image/decode/releaser.h"
#include "capture/image/decode/size_check.h"

#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace pleiade::image {
namespace {

const std::string damage = "l'image JPEG 2000 est abîmée ou coupée";

using Stream = std::unique_ptr<opj_stream_t, Releaser<opj_stream_destroy>>;
using Codec = std::unique_ptr<opj_codec_t, Releaser<opj_destroy_codec>>;
using Image = std::unique_ptr<opj_image_t, Releaser<opj_image_destroy>>;

struct Cursor {
    BytesView bytes;
    std::size_t at = 0;
};

constexpr auto end_of_stream = static_cast<OPJ_SIZE_T>(-1);

OPJ_SIZE_T read_some(void* target, OPJ_SIZE_T size, void* user) {
    auto& cursor = *static_cast<Cursor*>(user);
    const std::size_t got = std::min<std::size_t>(size, cursor.bytes.size() - cursor.at);
    if (got == 0) {
        return end_of_stream;
    }
    std::memcpy(target, cursor.bytes.data() + cursor.at, got);
    cursor.at += got;
    return got;
}

OPJ_OFF_T skip_some(OPJ_OFF_T count, void* user) {
    auto& cursor = *static_cast<Cursor*>(user);
    if (count < 0 || static_cast<std::uint64_t>(count) > cursor.bytes.size() - cursor.at) {
        return -1;
    }
    cursor.at += static_cast<std::size_t>(count);
    return count;
}

OPJ_BOOL seek_to(OPJ_OFF_T position, void* user) {
    auto& cursor = *static_cast<Cursor*>(user);
    if (position < 0 || static_cast<std::uint64_t>(position) > cursor.bytes.size()) {
        return OPJ_FALSE;
    }
    cursor.at = static_cast<std::size_t>(position);
    return OPJ_TRUE;
}

Stream stream_over(Cursor& cursor) {
    constexpr OPJ_SIZE_T chunk = 65536; // chosen: read from memory, size matters little
    Stream stream(opj_stream_create(chunk, OPJ_TRUE));
    opj_stream_set_user_data(stream.get(), &cursor, nullptr);
    opj_stream_set_user_data_length(stream.get(), cursor.bytes.size());
    opj_stream_set_read_function(stream.get(), read_some);
    opj_stream_set_skip_function(stream.get(), skip_some);
    opj_stream_set_seek_function(stream.get(), seek_to);
    return stream;
}

/// One sample brought to 0..255, whatever its precision and sign; subsampled components repeat.
class Plane {
public:
    explicit Plane(const opj_image_comp_t& component)
        : component_(component),
          offset_(component.sgnd != 0 ? 1LL << (component.prec - 1) : 0),
          largest_((1LL << component.prec) - 1) {}

    [[nodiscard]] std::uint8_t at(std::uint32_t x, std::uint32_t y) const {
        const std::uint32_t column = std::min(x / component_.dx, component_.w - 1);
        const std::uint32_t row = std::min(y / component_.dy, component_.h - 1);
        const long long value =
            component_.data[static_cast<std::size_t>(row) * component_.w + column] + offset_;
        return static_cast<std::uint8_t>(std::clamp(value, 0LL, largest_) * 255 / largest_);
    }

private:
    const opj_image_comp_t& component_;
    long long offset_;
    long long largest_;
};

std::uint8_t clipped(double value) {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

/// Source: ITU-R BT.601 as used by JFIF and by JP2's sYCC.
void ycc_to_rgb(std::uint8_t* rgb) {
    const double y = rgb[0];
    const double blue = rgb[1] - 128.0;
    const double red = rgb[2] - 128.0;
    rgb[0] = clipped(y + 1.402 * red);
    rgb[1] = clipped(y - 0.344136 * blue - 0.714136 * red);
    rgb[2] = clipped(y + 1.772 * blue);
}

class Jpeg2000Decoder : public PageDecoder {
public:
    Jpeg2000Decoder(BytesView bytes, const DecodeLimits& limits) : bytes_(bytes), limits_(limits) {}

    [[nodiscard]] PageImage decode(int /*page_index*/) const override {
        const Image image = decode_samples();
        return page_from_samples(*image);
    }

private:
    [[nodiscard]] Image decode_samples() const {
        const bool bare = bytes_[0] == std::byte{0xFF};
        const Codec codec(opj_create_decompress(bare ? OPJ_CODEC_J2K : OPJ_CODEC_JP2));
        std::string complaint;
        opj_set_error_handler(
            codec.get(),
            [](const char* text, void* user) {
                auto& first = *static_cast<std::string*>(user);
                if (first.empty()) {
                    first = text;
                    first.erase(first.find_last_not_of("\n. ") + 1);
                }
            },
            &complaint
        );
        opj_dparameters_t parameters;
        opj_set_default_decoder_parameters(&parameters);
        opj_setup_decoder(codec.get(), &parameters);
        opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE); // a cut file is no page
        Cursor cursor{bytes_};
        const Stream stream = stream_over(cursor);
        opj_image_t* raw = nullptr;
        const bool headed = opj_read_header(stream.get(), codec.get(), &raw) != OPJ_FALSE;
        Image image(raw);
        if (!headed) {
            throw damaged(complaint);
        }
        check_claims(*image);
        if (opj_decode(codec.get(), stream.get(), image.get()) == OPJ_FALSE ||
            opj_end_decompress(codec.get(), stream.get()) == OPJ_FALSE) {
            throw damaged(complaint);
        }
        check_samples(*image);
        return image;
    }

    /// Before OpenJPEG allocates the samples, 4 bytes each.
    void check_claims(const opj_image_t& image) const {
        if (image.x1 <= image.x0 || image.y1 <= image.y0) {
            throw unusable("cette image JPEG 2000 n'a aucun pixel");
        }
        check_size("cette image JPEG 2000", image.x1 - image.x0, image.y1 - image.y0, limits_);
        constexpr std::uint32_t most_components = 5; // spec: CMYK and alpha
        if (image.numcomps == 0 || image.numcomps > most_components) {
            throw unusable(
                "cette image JPEG 2000 a " + std::to_string(image.numcomps) +
                " composantes de couleur"
            );
        }
    }

    static void check_samples(const opj_image_t& image) {
        constexpr std::uint32_t most_precision = 31; // a sample is a 32-bit integer
        for (std::uint32_t i = 0; i < image.numcomps; ++i) {
            const opj_image_comp_t& component = image.comps[i];
            if (component.data == nullptr || component.w == 0 || component.h == 0 ||
                component.prec == 0 || component.prec > most_precision || component.dx == 0 ||
                component.dy == 0) {
                throw unusable(damage + " : une composante de couleur manque");
            }
        }
    }

    [[nodiscard]] PageImage page_from_samples(const opj_image_t& image) const {
        const bool ink = image.color_space == OPJ_CLRSPC_CMYK && image.numcomps >= 4;
        const bool colour = image.numcomps >= 3;
        const bool ycc = image.color_space == OPJ_CLRSPC_SYCC ||
                         image.color_space == OPJ_CLRSPC_EYCC ||
                         (colour && image.comps[1].dx > image.comps[0].dx);
        const std::uint32_t width = image.x1 - image.x0;
        const std::uint32_t height = image.y1 - image.y0;
        const bool bitonal = image.numcomps == 1 && image.comps[0].prec == 1;
        PageImage page = page_of(
            width,
            height,
            colour    ? ColourDepth::Colour
            : bitonal ? ColourDepth::Bitonal
                      : ColourDepth::Grey
        );
        std::vector<Plane> planes;
        for (std::uint32_t i = 0; i < image.numcomps; ++i) {
            planes.emplace_back(image.comps[i]);
        }
        const auto channels = static_cast<std::size_t>(page.channels);
        std::uint8_t* pixel = page.pixels.data();
        for (std::uint32_t y = 0; y < height; ++y) {
            for (std::uint32_t x = 0; x < width; ++x, pixel += channels) {
                for (std::size_t channel = 0; channel < channels; ++channel) {
                    pixel[channel] = planes[channel].at(x, y);
                }
                if (ink) {
                    const unsigned paper = 255U - planes[3].at(x, y);
                    for (std::size_t channel = 0; channel < channels; ++channel) {
                        pixel[channel] =
                            static_cast<std::uint8_t>((255U - pixel[channel]) * paper / 255U);
                    }
                } else if (colour && ycc) {
                    ycc_to_rgb(pixel);
                }
            }
        }
        settle_resolution(page, {}, limits_);
        return page;
    }

    static Error damaged(const std::string& complaint) {
        return unusable(damage + " (OpenJPEG : " + complaint + ")");
    }

    BytesView bytes_;
    DecodeLimits limits_;
};

} // namespace

std::unique_ptr<PageDecoder> open_jpeg2000(BytesView bytes, const DecodeLimits& limits) {
    return std::make_unique<Jpeg2000Decoder>(bytes, limits);
}

} // namespace pleiade::image
