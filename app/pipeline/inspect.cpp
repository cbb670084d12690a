#include "app/pipeline/inspect.h"

#include "app/pipeline/sheet_backs.h"
#include "app/wire/values.h"
#include "core/durable_file.h"

#include <chrono>

namespace pleiade::pipeline {
namespace {

/// Takes a back for blank when its front shines through and it says nothing else, as a run does
/// when the lot is split.
class Backs {
public:
    explicit Backs(ReaderProcess& reader) : reader_(reader) {}
    explicit Backs(ReaderProcess&&) = delete;

    /// The pages of one file, in order. A back that breaks the reader stays as it was read.
    PageReading judged(PageRead page) {
        reader_was_lost_ = false;
        PageReading reading = std::move(page.reading);
        const double width = width_mm(reading.geometry.width_px, reading.geometry.dpi);
        const bool may_be_back =
            !reading.blank && !reading.separator && !front_.empty() &&
            !says_enough(static_cast<int>(reading.text.words.size()), reading.text.confidence);
        if (may_be_back && is_blank({{front_, front_width_mm_}, {page.preview.bytes, width}})) {
            reading = as_blank(std::move(reading));
        }
        front_ = reading.blank ? Bytes() : std::move(page.preview.bytes);
        front_width_mm_ = width;
        return reading;
    }

    /// The file that was open is open no longer.
    [[nodiscard]] bool reader_was_lost() const { return reader_was_lost_; }

private:
    bool is_blank(const wire::CompareSides& sides) {
        try {
            return is_blank_back(sides, reader_);
        } catch (const ReaderLost&) {
            reader_was_lost_ = true;
            return false;
        }
    }

    ReaderProcess& reader_;
    bool reader_was_lost_ = false;
    Bytes front_; ///< Preview of the page before, when there is anything on it.
    double front_width_mm_ = 0.0;
};

/// The readings of all pages; a page that breaks the reader is trouble, and the file is opened
/// again for the next.
InspectedFile read_pages(BytesView bytes, ReaderProcess& reader) {
    InspectedFile file;
    const Result<int> count = reader.open(bytes);
    if (!count.ok()) {
        file.trouble = count.failure().what;
        return file;
    }
    bool open = true;
    Backs backs(reader);
    for (int page_index = 0; page_index < count.value(); ++page_index) {
        try {
            open = open || reader.open(bytes).ok();
            Result<PageRead> page = reader.read(page_index);
            if (page.ok()) {
                file.pages.emplace_back(InspectedPage{
                    .reading = backs.judged(std::move(page).value())});
                open = !backs.reader_was_lost();
            } else {
                file.pages.emplace_back(page.failure().what);
            }
        } catch (const ReaderLost& lost) {
            file.pages.emplace_back(std::string(lost.what()));
            open = false;
        }
    }
    return file;
}

void add_decision(InspectedFile& file, const Decision& decision) {
    for (std::size_t index = 0; index < file.pages.size() && index < decision.page_types.size();
         ++index) {
        if (auto* page = std::get_if<InspectedPage>(&file.pages[index])) {
            page->type = decision.page_types[index];
            page->caisse = decision.caisse;
        }
    }
    for (const ProposedDocument& document : decision.documents) {
        for (const Field& field : document.fields) {
            const auto index = static_cast<std::size_t>(field.page_index);
            if (field.page_index < 0 || index >= file.pages.size()) {
                continue;
            }
            if (auto* page = std::get_if<InspectedPage>(&file.pages[index])) {
                page->fields.push_back(field);
            }
        }
    }
}

/// A reader that breaks on the question leaves the pages as they were read.
Result<Decision> decided(const wire::Understand& question, ReaderProcess& reader) {
    try {
        return reader.understand(question);
    } catch (const ReaderLost& lost) {
        return Failure{lost.remedy(), lost.what()};
    }
}

void understand(InspectedFile& file, const Facts& facts, ReaderProcess& reader) {
    const wire::Understand question = question_about(file, facts);
    const auto started = std::chrono::steady_clock::now();
    const Result<Decision> decision = decided(question, reader);
    const std::chrono::duration<double, std::milli> time =
        std::chrono::steady_clock::now() - started;
    if (!decision.ok()) {
        file.not_understood = decision.failure().what;
        return;
    }
    add_decision(file, decision.value());
    for (PageOrTrouble& page : file.pages) {
        if (auto* read = std::get_if<InspectedPage>(&page)) {
            read->reading.times.push_back(
                {"understand", time.count() / static_cast<double>(file.pages.size())}
            );
        }
    }
}

} // namespace

wire::Understand question_about(const InspectedFile& file, const Facts& facts) {
    wire::Understand question{.facts = facts};
    bool after_separator = false;
    for (const PageOrTrouble& page : file.pages) {
        const auto* read = std::get_if<InspectedPage>(&page);
        if (after_separator) {
            question.document_starts.push_back(static_cast<int>(question.readings.size()));
        }
        after_separator = read != nullptr && read->reading.separator.has_value();
        question.readings.push_back(read == nullptr ? std::string() : wire::to_json(read->reading));
    }
    return question;
}

InspectedFile inspect(
    const std::filesystem::path& file,
    std::size_t most_bytes,
    const Facts& facts,
    ReaderProcess& reader
) {
    Bytes bytes;
    try {
        bytes = read_file(file, most_bytes);
    } catch (const Error& error) {
        return {.trouble = error.what(), .pages = {}}; // whatever it is: the others are still read
    }
    try {
        InspectedFile inspected = read_pages(bytes, reader);
        if (!inspected.pages.empty()) {
            understand(inspected, facts, reader);
        }
        return inspected;
    } catch (const ReaderLost& lost) {
        return {.trouble = lost.what(), .pages = {}};
    } catch (const Error& error) {
        if (error.remedy() != Remedy::FixInput) {
            throw;
        }
        return {.trouble = error.what(), .pages = {}};
    }
}

} // namespace pleiade::pipeline
