#include "core/durable_file.h"
#include "core/failure.h"
#include "core/units.h"
#include "ocr/lines/text_lines.h"
#include "ocr/lstm/line_reader.h"
#include "ocr/lstm/page_lines.h"
#include "ocr/tesseract/pix.h"
#include "ocr/tesseract/words.h"
#include "ocr/text_reader.h"

#include <tesseract/baseapi.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

// libgomp's, declared here because <omp.h> is hidden from compilers without their own OpenMP.
extern "C" void omp_set_max_active_levels(int levels);

namespace pleiade::ocr {
namespace {

// spec: file list of Debian's tesseract-ocr-fra
constexpr const char* debian_data_folder = "/usr/share/tesseract-ocr/5/tessdata";

// measured: 26 French scans: character errors 18.5 % and 29.6 CPU seconds with the tesseract
// program, 17.8 % and 21 s here; at 200 dpi 17.6 %. 11 pages of official forms at 300 dpi: words
// found 95.8 % and 13.7 s at full size, 96.2 % and 12.1 s here, 95.9 % at 200 dpi, 92.5 % at 150.
constexpr double reading_dpi = 225.0;
constexpr double worth_scaling =
    0.9; // chosen: below a tenth less, scaling costs more than it saves

// measured: letters like handwriting read at 0.70 to 0.75, poor typescript above. Tesseract
// searches the whole dictionary for what the letters may mean: slow, but better where few are sure.
constexpr double doubtful = 0.8;
constexpr double clearly_more = 1.2; // chosen

constexpr std::size_t most_data_bytes = 64U << 20U; // chosen: the largest language has 15 MB

constexpr Millimetres highest_single_line{12.0}; // chosen: two lines of 12 point at 1.4 spacing
constexpr Margin zone_margin{12};                // chosen: a millimetre of white at 300 dpi

/// Tesseract asks libgomp for four threads by name, which omp_set_num_threads does not overrule.
/// measured: on two cores they wait for each other, and a page costs five times the CPU.
void keep_to_one_thread() {
    omp_set_max_active_levels(0);
}

void set(tesseract::TessBaseAPI& engine, const char* name, const char* value) {
    if (!engine.SetVariable(name, value)) {
        throw std::logic_error(std::string("Tesseract has no setting ") + name);
    }
}

const char* allowed_characters(ZoneContent content) {
    switch (content) {
    case ZoneContent::Text:
        return "";
    case ZoneContent::Digits:
        return "0123456789";
    case ZoneContent::DigitsAndCapitals:
        return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    }
    return "";
}

void require_grey(const PageImage& page) {
    if (page.channels != 1) {
        throw std::logic_error("text is read from pages of one channel");
    }
}

class TesseractTextReader final : public TextReader {
public:
    explicit TesseractTextReader(const TesseractSettings& settings) {
        keep_to_one_thread();
        setMsgSeverity(L_SEVERITY_NONE); // Leptonica prints what our caller gets as a value
        const std::filesystem::path folder =
            settings.data_folder.empty() ? debian_data_folder : settings.data_folder;
        const std::filesystem::path data = folder / (settings.language + ".traineddata");
        if (!std::filesystem::is_regular_file(data)) {
            throw Error(
                Remedy::FixConfiguration,
                "language data " + data.string() +
                    " is missing. Install the Debian package "
                    "tesseract-ocr-" +
                    settings.language
            );
        }
        // Nothing learnt on one page may change the next: a page read twice reads the same.
        const std::vector<std::string> names{
            "debug_file", "tessedit_enable_doc_dict", "classify_enable_learning"};
        const std::vector<std::string> values{"/dev/null", "0", "0"};
        const int refused = engine_.Init(
            folder.c_str(),
            settings.language.c_str(),
            tesseract::OEM_LSTM_ONLY,
            nullptr,
            0,
            &names,
            &values,
            false
        );
        if (refused != 0) {
            throw Error(
                Remedy::FixConfiguration,
                "language data " + data.string() +
                    " cannot be used. Install the Debian package "
                    "tesseract-ocr-" +
                    settings.language + " again"
            );
        }
        // measured: no word of the forms is lost without it
        set(engine_, "textord_tabfind_find_tables", "0");
        // The pages are upright; columns of boxes are not vertical writing.
        set(engine_, "textord_tabfind_vertical_text", "0");
        lines_ = LineReader::open(read_file(data, most_data_bytes));
    }

    PageText read_page(const PageImage& grey) override {
        require_grey(grey);
        if (grey.empty()) {
            return {};
        }
        if (!lines_.has_value()) {
            return read_whole(grey);
        }
        PageText text = read_lines(grey, *lines_);
        if (text.words.empty() || text.confidence >= doubtful) {
            return text;
        }
        PageText other = read_whole_if_it_can(grey);
        const auto known = static_cast<double>(lines_->known_letters(text.words));
        const auto known_to_other = static_cast<double>(lines_->known_letters(other.words));
        return known_to_other > clearly_more * known ? other : text;
    }

    PageText read_zone(const PageImage& grey, Box zone_px, ZoneContent content) override {
        require_grey(grey);
        const Box zone = intersection(zone_px, {0, 0, grey.width_px, grey.height_px});
        if (zone.empty()) {
            return {};
        }
        if (lines_.has_value()) {
            return read_lines_of_zone(grey, zone, content, *lines_);
        }
        const Placement placement{
            .scale = 1.0,
            .offset_x_px = zone.x0 - zone_margin.px,
            .offset_y_px = zone.y0 - zone_margin.px,
            .within_px = zone};
        const PixOwner pix = make_pix(grey, zone, zone_margin);
        // 2: choices of the CTC search, one list for each character
        set(engine_, "lstm_choice_mode", "2");
        set(engine_, "tessedit_char_whitelist", allowed_characters(content));
        const int line_px = to_pixels(highest_single_line, {static_cast<double>(grey.dpi)});
        engine_.SetPageSegMode(
            zone.height() > line_px ? tesseract::PSM_SINGLE_BLOCK : tesseract::PSM_SINGLE_LINE
        );
        return recognise(pix, placement, Detail::Characters);
    }

private:
    /// Nothing where Tesseract gives up, as on pages longer than it can count.
    PageText read_whole_if_it_can(const PageImage& grey) {
        try {
            return read_whole(grey);
        } catch (const Error&) {
            return {};
        }
    }

    /// By Tesseract's own ways from page to words.
    PageText read_whole(const PageImage& grey) {
        const Box all{0, 0, grey.width_px, grey.height_px};
        Placement placement;
        placement.within_px = all;
        PixOwner pix = make_pix(grey, all, {});
        const double factor = reading_dpi / grey.dpi;
        if (factor < worth_scaling) {
            pix = scaled(pix, factor);
            placement.scale = factor;
        }
        set(engine_, "lstm_choice_mode", "0");
        set(engine_, "tessedit_char_whitelist", "");
        engine_.SetPageSegMode(tesseract::PSM_AUTO);
        return recognise(pix, placement, Detail::Words);
    }

    PageText recognise(const PixOwner& pix, const Placement& placement, Detail detail) {
        keep_to_one_thread();
        // The resolution is left for Tesseract to estimate from the letters: files lie, and with
        // the guessed one the scans have 18.3 % errors instead of 17.8 %.
        engine_.SetImage(pix.get());
        const bool refused = engine_.Recognize(nullptr) != 0;
        PageText text = refused ? PageText{} : recognised_text(engine_, placement, detail);
        engine_.Clear();
        if (refused) {
            throw Error(Remedy::FixInput, "Tesseract gave up on the page");
        }
        return text;
    }

    tesseract::TessBaseAPI engine_;
    std::optional<LineReader> lines_; ///< Nothing where the language needs Tesseract's own reading.
};

} // namespace

std::unique_ptr<TextReader> make_tesseract_text_reader(const TesseractSettings& settings) {
    return std::make_unique<TesseractTextReader>(settings);
}

} // namespace pleiade::ocr
