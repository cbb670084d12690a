#include "app/reader/read_page.h"

#include "app/reader/step_timer.h"
#include "capture/image/encoding.h"
#include "capture/image/picture_print.h"
#include "capture/separator_code.h"
#include "capture/separator_page.h"
#include "ocr/identifier_finder.h"
#include "ocr/identifier_text.h"
#include "ocr/ink_finder.h"
#include "ocr/sealed_document_reader.h"

#include <string>

namespace pleiade::reader {
namespace {

constexpr int preview_px = 1200;     // chosen: a page is legible on a 1366 x 768 screen
constexpr double sure_of_turn = 0.5; // spec: core/page_reading.h, below it the foot may be up
constexpr double text_looks_wrong =
    0.60; // chosen: upside-down text reads at 0.2 to 0.5, poor print above 0.6
constexpr double much_better = 1.25; // chosen: the other way round must win clearly

/// How much was read and how surely: letters weighted by confidence.
double weight_of(const PageText& text) {
    double weight = 0.0;
    for (const Word& word : text.words) {
        weight += static_cast<double>(word.text.size()) * word.confidence * word.confidence;
    }
    return weight;
}

Box turned_half(const Box& box, const PageGeometry& geometry) {
    return {
        geometry.width_px - box.x1,
        geometry.height_px - box.y1,
        geometry.width_px - box.x0,
        geometry.height_px - box.y0};
}

/// Reads the text; when that looks as if the page stood on its head, reads it the other way round
/// too and keeps the better.
PageText read_text(image::CleanPage& page, std::vector<Mark>& marks, ocr::TextReader& reader) {
    PageText text = reader.read_page(page.grey);
    const bool doubtful =
        page.geometry.turn_confidence < sure_of_turn || text.confidence < text_looks_wrong;
    if (!doubtful) {
        return text;
    }
    image::CleanPage other = image::turned_upside_down(page);
    PageText other_text = reader.read_page(other.grey);
    if (weight_of(other_text) <= weight_of(text) * much_better) {
        return text;
    }
    for (Mark& mark : marks) {
        mark.box_px = turned_half(mark.box_px, page.geometry);
    }
    page = std::move(other);
    return other_text;
}

std::size_t pixels_of(const PageImage& page) {
    return static_cast<std::size_t>(page.width_px) * static_cast<std::size_t>(page.height_px);
}

/// Cleans a page and reads its marks. On a label or a card a code may be all there is: whether that
/// is blank, skewed or bordered cannot be judged by the rules for pages. So marks are looked for on
/// small blank pictures too, and when a small picture without lines of text that show its way up
/// was moved and shows none, as it came; if it shows one there, it stays as it came.
image::CleanPage
clean_with_marks(PageImage raw, std::vector<Mark>& marks, const Stages& stages, StepTimer& timer) {
    constexpr std::size_t most_pixels_of_label = 1'500'000;   // chosen: A6 at 200 dpi has 0.97
    constexpr std::size_t most_pixels_read_twice = 5'000'000; // chosen: a page at 300 dpi has 8.7
    const std::size_t pixels = pixels_of(raw);
    PageImage as_it_came = pixels <= most_pixels_read_twice ? raw : PageImage{};
    image::CleanPage page = stages.cleaner.clean(std::move(raw), {});
    timer.finished("clean");
    const bool may_be_label = pixels <= most_pixels_of_label;
    if (!page.blank || may_be_label) {
        marks = stages.marks.read(page.grey);
    }
    const bool is_page = !may_be_label && page.geometry.turn_confidence >= sure_of_turn;
    const bool wanted = page.moved && !is_page && (!page.blank || may_be_label);
    if (marks.empty() && wanted && !as_it_came.empty()) {
        image::CleanPage unmoved = stages.cleaner.clean(
            std::move(as_it_came), {.crop_borders = false, .turn = false, .deskew = false}
        );
        marks = stages.marks.read(unmoved.grey);
        if (!marks.empty()) {
            page = std::move(unmoved);
        }
    }
    page.blank = page.blank && marks.empty();
    timer.finished("marks");
    return page;
}

} // namespace

PageRead read_page(const image::PageSource& file, int page_index, const Stages& stages) {
    PageRead result;
    PageReading& reading = result.reading;
    StepTimer timer(reading.times);

    PageImage raw = file.decode(page_index);
    timer.finished("decode");
    image::CleanPage page = clean_with_marks(std::move(raw), reading.marks, stages, timer);
    if (!page.blank) {
        reading.separator = capture::separator_on(reading.marks);
    }
    const bool written = reading.separator && capture::looks_written(page.grey, reading.marks);
    if (!page.blank && (!reading.separator || written)) {
        reading.text = read_text(page, reading.marks, stages.text);
        timer.finished("text");
        if (!capture::reads_as_sheet(reading.text)) {
            reading.separator.reset(); // somebody's page that shows such a mark: it is mail
        }
    }
    if (!page.blank && !reading.separator) {
        reading.identifiers = ocr::find_identifiers(
            page.grey, reading.text, reading.marks, stages.text, stages.cells
        );
        reading.text = ocr::with_identifiers(std::move(reading.text), reading.identifiers);
        reading.sealed_documents =
            ocr::read_sealed_documents(reading.marks, stages.seal_certificates);
        timer.finished("identifiers");
        reading.ink = ocr::find_ink(page.grey, reading.text);
        timer.finished("ink");
    }
    reading.geometry = page.geometry;
    reading.blank = page.blank;
    reading.quality = std::move(page.quality);

    if (!page.blank && !reading.separator) {
        reading.picture_print = image::picture_print_of(page.grey);
        if (page.image.channels == 3) {
            reading.coloured = image::coloured_share_of(page.image);
        }
        timer.finished("print");
    }

    result.page_image = image::encode_for_pdf(page.image);
    timer.finished("encode");
    result.preview = image::encode_preview(page.image, preview_px);
    timer.finished("preview");
    return result;
}

} // namespace pleiade::reader
