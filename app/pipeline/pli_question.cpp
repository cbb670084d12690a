#include "app/pipeline/pli_question.h"

#include "app/pipeline/sheet_backs.h"
#include "app/wire/values.h"

#include <utility>

namespace pleiade::pipeline {
namespace {

/// What a person calls a missing page; its number in the file only where it is not that in the pli.
std::string name_of(const store::ReadPage& page, std::size_t index_in_pli) {
    if (static_cast<std::size_t>(page.file_index) == index_in_pli) {
        return page.file;
    }
    return page.file + " page " + std::to_string(page.file_index + 1);
}

/// A back that was found blank only beside its front keeps its reading: noise, not mail.
std::string said_by(const store::ReadPage& page) {
    if (page.state == PageState::SetAside) {
        return {};
    }
    if (page.state != PageState::Blank) {
        return page.reading_json;
    }
    PageReading reading = wire::page_reading_from(page.reading_json);
    return reading.blank ? page.reading_json : wire::to_json(as_blank(std::move(reading)));
}

} // namespace

std::vector<store::ReadPage> content_of(const store::PliToUnderstand& pli) {
    std::vector<store::ReadPage> pages;
    for (const store::ReadPage& page : pli.pages) {
        if (page.state == PageState::Read || page.state == PageState::Blank ||
            page.state == PageState::SetAside) {
            pages.push_back(page);
        }
    }
    return pages;
}

wire::Understand question_about(
    const store::PliToUnderstand& pli,
    const std::vector<store::ReadPage>& pages,
    std::chrono::sys_days today
) {
    wire::Understand question{
        .channel = pli.pli.channel,
        .lot_caisse = pli.pli.caisse,
        .facts = {.today = today, .received_on = pli.received_on}};
    for (const store::ReadPage& page : pages) {
        if (page.starts_document) {
            question.document_starts.push_back(static_cast<int>(question.readings.size()));
        }
        if (page.state == PageState::SetAside) {
            question.missing_names.push_back(
                name_of(page, question.readings.size()) + " : " + page.reason
            );
        }
        question.readings.push_back(said_by(page));
    }
    return question;
}

} // namespace pleiade::pipeline
