// Step 3: what a pli holds and for whom.

#include "app/pipeline/pli_question.h"
#include "app/pipeline/steps.h"
#include "app/pipeline/try_again.h"
#include "app/wire/values.h"
#include "core/day.h"
#include "core/due_date.h"

#include <algorithm>
#include <utility>

namespace pleiade::pipeline {
namespace {

constexpr int most_rounds =
    8; // chosen: a round is lost only to another pli of the same people, decided at that moment

/// A registered letter begins a legal delay on the day it was received: that day is said beside its
/// number.
void add_day_of_receipt(std::vector<Field>& fields, std::chrono::sys_days received_on) {
    const auto number = std::ranges::find(fields, "registered_number", &Field::name);
    if (number != fields.end()) {
        Field day = *number;
        day.name = "registered_date";
        day.value = iso_day(received_on);
        day.confidence = 1.0;
        fields.push_back(std::move(day));
    }
}

store::NewDocument stored(
    const ProposedDocument& document,
    const std::vector<store::ReadPage>& pages,
    std::chrono::sys_days received_on
) {
    store::NewDocument result{
        .type = document.type.code,
        .confidence = document.type.confidence,
        .decided_by = document.type.automatic ? DecidedBy::Automatic : DecidedBy::Undecided,
        .fields = document.fields,
        .route = document.route,
        .due_on = due_on(received_on, document.route),
        .evidence_json = wire::to_json(document.type.why),
        .notes = document.notes,
        .person = document.person,
        .account = document.account,
        .form_number = document.form_number};
    add_day_of_receipt(result.fields, received_on);
    if (document.master_index) {
        result.master_index = static_cast<std::size_t>(*document.master_index);
    }
    for (const int index : document.page_indexes) {
        result.pages.push_back(pages.at(static_cast<std::size_t>(index)).id);
    }
    return result;
}

void add_people(const std::vector<Question>& questions, const Tools& tools, Facts& facts) {
    const Referential* referential = tools.platform.referential();
    facts.referential = referential != nullptr;
    for (const Question& question : questions) {
        if (referential != nullptr && question.kind == Question::Kind::Nir) {
            for (InsuredPerson& person : referential->people_with(question.key)) {
                facts.people.push_back(std::move(person));
            }
        }
    }
}

/// The share of its automatic documents that a caisse wants keyed blind.
double sample_percent(const config::Config& config, const std::string& code) {
    const auto caisse = std::ranges::find(config.caisses, code, &Caisse::code);
    return caisse == config.caisses.end()
               ? config.settings.sampling.percent
               : caisse->sample_percent.value_or(config.settings.sampling.percent);
}

std::vector<RowId> ids_of(const std::vector<store::ReadPage>& pages) {
    std::vector<RowId> ids;
    for (const store::ReadPage& page : pages) {
        ids.push_back(page.id);
    }
    return ids;
}

/// What is to be kept of a decision; its inquiry is added by the caller.
store::Understanding understood(
    Decision decision,
    const Facts& facts,
    const store::PliToUnderstand& pli,
    const std::vector<store::ReadPage>& pages
) {
    decision.verify_reasons.insert(
        decision.verify_reasons.begin(), pli.doubts.begin(), pli.doubts.end()
    );
    decision.to_verify = !decision.verify_reasons.empty();
    // What was doubtful before it was read stays where the doubt has put it, for a person.
    const bool moves = pli.doubts.empty() && decision.caisse.code != unknown_caisse;
    store::Understanding understanding{
        .caisse = moves ? decision.caisse.code : std::string(),
        .decision_json = wire::to_json(decision),
        .facts_json = wire::to_json(facts),
        .verify_reasons = decision.verify_reasons,
        .documents = {},
        .earlier = facts.earlier};
    for (const ProposedDocument& document : decision.documents) {
        understanding.documents.push_back(stored(document, pages, pli.received_on));
    }
    return understanding;
}

} // namespace

void understand_pli(const store::Job& job, Tools& tools) {
    const store::PliToUnderstand pli = tools.journey.pli_for_understanding(job);
    const std::vector<store::ReadPage> pages = content_of(pli);
    wire::Understand question =
        question_about(pli, pages, std::chrono::floor<std::chrono::days>(tools.clock.now()));
    Result<std::vector<Question>> asked = tools.reader.ask_about(question.readings);
    if (!asked.ok()) {
        count(tools.queue.set_aside_job(job, asked.failure().what), tools.tally.set_aside);
        return;
    }
    store::Inquiry inquiry{
        .pli = job.pli,
        .pages = ids_of(pages),
        .caisse = pli.pli.caisse,
        .received_on = pli.received_on,
        .questions = std::move(asked).value()};
    add_people(inquiry.questions, tools, question.facts);
    for (int round = 0; round < most_rounds; ++round) {
        question.facts.earlier = tools.journey.earlier_mail(job, inquiry);
        Result<Decision> decided = tools.reader.understand(question);
        if (!decided.ok()) {
            count(tools.queue.set_aside_job(job, decided.failure().what), tools.tally.set_aside);
            return;
        }
        store::Understanding understanding =
            understood(std::move(decided).value(), question.facts, pli, pages);
        // Mail that moves is compared with that of the caisse it moves to.
        const std::string& destination =
            understanding.caisse.empty() ? pli.pli.caisse : understanding.caisse;
        if (destination != inquiry.caisse) {
            inquiry.caisse = destination;
            continue;
        }
        understanding.inquiry = inquiry;
        understanding.sample_percent = sample_percent(tools.platform.configuration(), destination);
        if (tools.journey.finish_understand(job, understanding) != store::Finish::Outdated) {
            return;
        }
    }
    try_again_later(job, "d'autres plis des mêmes personnes arrivaient pendant la décision", tools);
}

} // namespace pleiade::pipeline
