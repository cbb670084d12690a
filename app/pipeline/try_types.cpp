#include "app/pipeline/try_types.h"

#include "app/pipeline/pli_question.h"
#include "app/wire/values.h"

#include <algorithm>
#include <utility>

namespace pleiade::pipeline {
namespace {

ReaderSettings with_types(ReaderSettings settings, const std::vector<DocumentType>& tried) {
    settings.configuration.types = with_tried(std::move(settings.configuration.types), tried);
    return settings;
}

/// The document that holds a page; every page is in one.
const ProposedDocument& document_with(const Decision& decision, int page_index) {
    for (const ProposedDocument& document : decision.documents) {
        if (std::ranges::find(document.page_indexes, page_index) != document.page_indexes.end()) {
            return document;
        }
    }
    throw std::logic_error("page " + std::to_string(page_index) + " is in no document");
}

TriedGuess guess_of(const Decision& decision, const ProposedDocument& document, bool doubted) {
    TriedGuess guess{
        .type = document.type.code,
        .confidence = document.type.confidence,
        .automatic = document.type.automatic && !decision.to_verify && !doubted};
    std::vector<Evidence> why = document.type.why;
    std::ranges::stable_sort(why, std::ranges::greater{}, &Evidence::weight);
    constexpr std::size_t most_reasons = 3; // chosen: what fits on a line
    for (const Evidence& evidence : why) {
        if (evidence.weight > 0.0 && guess.why.size() < most_reasons) {
            guess.why.push_back(evidence.what);
        }
    }
    return guess;
}

Decision decided_by(ReaderProcess& reader, const wire::Understand& question) {
    Result<Decision> decision = reader.understand(question);
    if (!decision.ok()) {
        throw Error(decision.failure().remedy, decision.failure().what);
    }
    return std::move(decision).value();
}

} // namespace

std::vector<DocumentType>
with_tried(std::vector<DocumentType> types, const std::vector<DocumentType>& tried) {
    for (const DocumentType& type : tried) {
        const auto known = std::ranges::find(types, type.code, &DocumentType::code);
        if (known == types.end()) {
            types.push_back(type);
        } else {
            *known = type;
        }
    }
    return types;
}

TypeTrial::TypeTrial(ReaderSettings settings, const std::vector<DocumentType>& tried)
    : before_(settings), after_(with_types(std::move(settings), tried)) {}

std::vector<TriedDocument>
TypeTrial::of_stored(const store::PliToUnderstand& pli, const store::DecidedPli& decided) {
    wire::Understand question = question_about(pli, content_of(pli), pli.received_on);
    question.facts = wire::facts_from(decided.facts_json);
    if (question.readings.empty()) {
        return {};
    }
    return both(pli.pli.name, question, !pli.doubts.empty());
}

std::vector<TriedDocument> TypeTrial::of_file(
    const std::filesystem::path& file,
    std::size_t most_bytes,
    const Facts& facts,
    const std::string& caisse
) {
    const InspectedFile read = inspect(file, most_bytes, facts, before_);
    if (!read.trouble.empty() || read.pages.empty()) {
        throw Error(Remedy::FixInput, file.string() + ": " + read.trouble);
    }
    wire::Understand question = question_about(read, facts);
    question.lot_caisse = caisse;
    return both(file.filename().string(), question, false);
}

std::vector<TriedDocument>
TypeTrial::both(const std::string& name, const wire::Understand& question, bool doubted) {
    const Decision before = decided_by(before_, question);
    const Decision after = decided_by(after_, question);
    std::vector<TriedDocument> tried;
    for (const ProposedDocument& document : before.documents) {
        TriedDocument each{
            .pli = name,
            .page_numbers = {},
            .before = guess_of(before, document, doubted),
            .after = guess_of(after, document_with(after, document.page_indexes.front()), doubted)};
        for (const int page_index : document.page_indexes) {
            each.page_numbers.push_back(page_index + 1);
        }
        tried.push_back(std::move(each));
    }
    return tried;
}

} // namespace pleiade::pipeline
