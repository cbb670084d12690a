#include "app/reader/conversation.h"

#include "app/reader/lock_down.h"
#include "app/reader/practice_page.h"
#include "app/wire/reader_protocol.h"
#include "app/wire/values.h"
#include "capture/image/sheet_sides.h"
#include "classify/understand.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace pleiade::reader {
namespace {

class Conversation {
public:
    wire::Answer answer(const wire::Configure& configure) {
        settings_ = {configure.types, configure.caisses};
        seal_certificates_ = configure.seal_certificates;
        if (!configure.type_model.empty()) {
            Result<classify::TypeModel> model = classify::type_model_from(configure.type_model);
            if (!model.ok()) {
                return Failure{
                    model.failure().remedy,
                    configure.type_model_file + ": " + model.failure().what};
            }
            settings_.model = std::move(model).value();
        }
        constexpr std::size_t million = 1'000'000;
        constexpr std::size_t mebibyte = 1024 * 1024;
        limits_ = {
            .max_pixels = static_cast<std::size_t>(configure.megapixels) * million,
            .max_pages = configure.pages_per_file,
            .max_bytes = static_cast<std::size_t>(configure.file_mb) * mebibyte};
        limit_memory(static_cast<std::size_t>(configure.memory_mb) * mebibyte);
        text_ = ocr::make_tesseract_text_reader({.language = configure.language});
        marks_ = ocr::make_mark_reader();
        most_cpu_ = std::chrono::seconds(configure.cpu_seconds);
        practise();
        return wire::Ready{lock_down(fonts_only())};
    }

    /// Before each request but the first, which needs none: no foreign byte was seen.
    void take_breath() const {
        if (practice_) {
            limit_cpu_from_now(most_cpu_);
        }
    }

    wire::Answer answer(const wire::Open& open) {
        file_.reset();
        bytes_.assign(open.bytes.begin(), open.bytes.end());
        file_.emplace(image::PageSource::open(bytes_, limits_));
        return wire::Opened{file_->page_count()};
    }

    wire::Answer answer(const wire::Read& read) {
        if (!file_ || !text_ || read.page_index < 0 || read.page_index >= file_->page_count()) {
            return Failure{
                Remedy::FixInput,
                "le fichier n'a pas de page " + std::to_string(read.page_index + 1)};
        }
        return read_page(
            *file_, read.page_index, {cleaner_, *text_, *marks_, cells_, seal_certificates_}
        );
    }

    wire::Answer answer(const wire::CompareSides& sides) const {
        return wire::Compared{image::only_shines_through(side(sides.front), side(sides.back))};
    }

    wire::Answer answer(const wire::Ask& request) const {
        std::vector<PageReading> pages;
        for (const std::string& json : request.readings) {
            pages.push_back(json.empty() ? PageReading{} : wire::page_reading_from(json));
        }
        return wire::Asked{classify::ask(pages, settings_)};
    }

    wire::Answer answer(const wire::Understand& request) const {
        classify::ReadPli pli;
        pli.channel = request.channel;
        pli.lot_caisse = request.lot_caisse;
        pli.document_starts = request.document_starts;
        pli.missing_names = request.missing_names;
        for (const std::string& json : request.readings) {
            if (json.empty()) {
                pli.missing_page_indexes.push_back(static_cast<int>(pli.pages.size()));
            }
            pli.pages.push_back(json.empty() ? PageReading{} : wire::page_reading_from(json));
        }
        return classify::understand(pli, settings_, request.facts);
    }

private:
    /// Libraries open files and load others when they are first needed: all of that happens on a
    /// page of our own. It stays open, and with it what poppler knows of fonts.
    void practise() {
        practice_.emplace(image::PageSource::open(practice_page(), {}));
        (void)read_page(*practice_, 0, {cleaner_, *text_, *marks_, cells_, seal_certificates_});
    }

    [[nodiscard]] image::SheetSide side(const wire::KeptSide& kept) const {
        return {image::PageSource::open(kept.preview, limits_).decode(0), kept.width_mm};
    }

    classify::ClassifySettings settings_;
    std::vector<SealCertificate> seal_certificates_;
    image::DecodeLimits limits_;
    std::unique_ptr<ocr::TextReader> text_;
    std::unique_ptr<ocr::MarkReader> marks_;
    image::PageCleaner cleaner_;
    ocr::CellReader cells_;
    std::chrono::seconds most_cpu_{};
    std::optional<image::PageSource> practice_;
    Bytes bytes_; // the open file lies in them
    std::optional<image::PageSource> file_;
};

/// The answer, or the failure in its place. What a library throws about a page is the page's fault.
/// Memory run out ends the process: the parent starts a fresh one.
wire::Answer answer_to(Conversation& conversation, const wire::Message& message) {
    try {
        conversation.take_breath();
        const wire::Request request = wire::request_from(message);
        return std::visit([&](const auto& asked) { return conversation.answer(asked); }, request);
    } catch (const Error& error) {
        return Failure{error.remedy(), error.what()};
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        return Failure{
            Remedy::FixInput, std::string("la page ne peut pas être traitée : ") + error.what()};
    }
}

} // namespace

void converse(int socket) {
    Conversation conversation;
    for (;;) {
        const wire::Received received = wire::receive_message(socket, std::nullopt);
        if (!received.message) {
            return;
        }
        const wire::Answer answer = answer_to(conversation, *received.message);
        const wire::Outgoing outgoing = wire::encode(answer);
        if (!wire::send_message(socket, outgoing.json, outgoing.blocks)) {
            return;
        }
    }
}

} // namespace pleiade::reader
