#include "app/pipeline/inspect.h"

#include "app/wire/values.h"
#include "core/durable_file.h"

#include <chrono>

namespace pleiade::pipeline {
namespace {

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
    for (int page_index = 0; page_index < count.value(); ++page_index) {
        try {
            open = open || reader.open(bytes).ok();
            Result<PageRead> page = reader.read(page_index);
            if (page.ok()) {
                file.pages.emplace_back(InspectedPage{.reading = std::move(page).value().reading});
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
