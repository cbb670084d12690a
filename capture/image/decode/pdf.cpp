// PDF through poppler-cpp: every page is painted, whether it holds a scan or type.
// A file whose painting takes for ever or eats all memory is ended by the limits of the process.

#include "capture/image/decode/page_decoder.h"
#include "capture/image/decode/pdf_trouble.h"
#include "capture/image/decode/size_check.h"
#include "capture/image/pixel/colour.h"
#include "capture/image/pixel/mat.h"
#include "core/units.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

namespace pleiade::image {
namespace {

constexpr std::size_t most_complaints = 100; // chosen: a file made to hurt has no end of them
constexpr double points_per_inch = 72.0;     // spec: ISO 32000-1 8.3.2.3
constexpr int wanted_dpi = 300;              // chosen: what text recognition was trained for
constexpr int least_dpi = 150;               // measured: below, small print is not read

std::string name_of(int page_number) {
    return "la page " + std::to_string(page_number) + " du PDF";
}

/// The highest resolution at which the page stays within the limit.
int affordable_dpi(int page_number, const poppler::rectf& box, const DecodeLimits& limits) {
    const double area = box.width() * box.height() / (points_per_inch * points_per_inch);
    if (!(box.width() > 0) || !(box.height() > 0) || !std::isfinite(area)) {
        throw unusable(name_of(page_number) + " n'a pas de surface");
    }
    const double fitting = std::sqrt(static_cast<double>(limits.max_pixels) / area);
    const int dpi = static_cast<int>(std::min<double>(wanted_dpi, fitting));
    if (dpi < least_dpi) {
        throw unusable(
            name_of(page_number) + " mesure " +
            std::to_string(std::llround(box.width() / points_per_inch * mm_per_inch)) + " x " +
            std::to_string(std::llround(box.height() / points_per_inch * mm_per_inch)) +
            " mm, trop grande pour être dessinée à " + std::to_string(least_dpi) + " dpi"
        );
    }
    return dpi;
}

class PdfDecoder : public PageDecoder {
public:
    PdfDecoder(BytesView bytes, const DecodeLimits& limits) : limits_(limits) {
        listen();
        if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
            throw unusable("le PDF a plus de 2 Go");
        }
        document_.reset(poppler::document::load_from_raw_data(
            reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size())
        ));
        if (document_ == nullptr) {
            throw unusable("le PDF est abîmé et ne peut pas être ouvert");
        }
        if (has_cut_jpeg(bytes)) {
            throw unusable("une image JPEG du PDF est coupée");
        }
        if (document_->is_locked()) {
            throw unusable("le PDF est chiffré et demande un mot de passe");
        }
    }

    PdfDecoder(const PdfDecoder&) = delete;
    PdfDecoder& operator=(const PdfDecoder&) = delete;
    PdfDecoder(PdfDecoder&&) = delete;
    PdfDecoder& operator=(PdfDecoder&&) = delete;
    ~PdfDecoder() override {
        poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    }

    [[nodiscard]] int page_count() const override { return document_->pages(); }

    [[nodiscard]] PageImage decode(int page_index) const override {
        const int page_number = page_index + 1;
        listen();
        const std::unique_ptr<poppler::page> page(document_->create_page(page_index));
        if (page == nullptr) {
            throw unusable(name_of(page_number) + " est abîmée");
        }
        const int dpi = affordable_dpi(page_number, page->page_rect(poppler::crop_box), limits_);
        poppler::page_renderer renderer;
        renderer.set_image_format(poppler::image::format_rgb24);
        renderer.set_render_hint(poppler::page_renderer::antialiasing);
        renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
        const poppler::image painted = renderer.render_page(page.get(), dpi, dpi);
        if (!painted.is_valid() || painted.width() <= 0 || painted.height() <= 0) {
            throw unusable(name_of(page_number) + " ne peut pas être dessinée");
        }
        PageImage result = copy_of(painted);
        result.dpi = dpi;
        const std::string trouble = trouble_of(complaints_, result);
        if (!trouble.empty()) {
            throw unusable(name_of(page_number) + " : " + trouble);
        }
        return without_needless_colour(std::move(result));
    }

private:
    static PageImage copy_of(const poppler::image& painted) {
        PageImage page = page_of(
            static_cast<std::uint64_t>(painted.width()),
            static_cast<std::uint64_t>(painted.height()),
            ColourDepth::Colour
        );
        const auto stride = static_cast<std::size_t>(painted.bytes_per_row());
        for (std::size_t y = 0; y < static_cast<std::size_t>(page.height_px); ++y) {
            std::memcpy(
                page.pixels.data() + y * page.row_bytes(),
                painted.const_data() + y * stride,
                page.row_bytes()
            );
        }
        return page;
    }

    /// What poppler complains of from now on is ours. It knows one listener for the whole process.
    void listen() const {
        complaints_.clear();
        poppler::set_debug_error_function(
            [](const std::string& complaint, void* to) {
                auto& complaints = *static_cast<std::vector<std::string>*>(to);
                if (complaints.size() < most_complaints) {
                    complaints.push_back(complaint);
                }
            },
            &complaints_
        );
    }

    DecodeLimits limits_;
    mutable std::vector<std::string> complaints_; ///< About the page that is drawn.
    std::unique_ptr<poppler::document> document_;
};

} // namespace

std::unique_ptr<PageDecoder> open_pdf(BytesView bytes, const DecodeLimits& limits) {
    return std::make_unique<PdfDecoder>(bytes, limits);
}

} // namespace pleiade::image
