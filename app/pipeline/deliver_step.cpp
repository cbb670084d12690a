// Step 4: a document becomes a PDF in the caisse's GED. "Sent" is written before the GED is called,
// so that a delivery that may have happened is looked for before anything is done again.

#include "app/pipeline/steps.h"
#include "app/wire/values.h"
#include "core/day.h"
#include "ged-export/index.h"
#include "ged-export/pdf_document.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace pleiade::pipeline {
namespace {

constexpr const char* connector_name = "folder";

std::string title_of(const std::string& code, const config::Config& config) {
    const auto type = std::ranges::find(config.types, code, &DocumentType::code);
    return type == config.types.end() ? code : type->title;
}

/// A blank side stays in the store; in the PDF it would only be in the way.
bool goes_into_pdf(const store::DocumentPage& page) {
    return page.state == PageState::Read && page.image;
}

Bytes pdf_of(const store::DeliveryWork& work, Tools& tools) {
    std::vector<ged::PdfPage> pages;
    for (const store::DocumentPage& page : work.pages) {
        if (!goes_into_pdf(page)) {
            continue;
        }
        ged::PdfPage& made = pages.emplace_back();
        made.image = EncodedImage{
            .coding = page.image->coding,
            .width_px = page.image->width_px,
            .height_px = page.image->height_px,
            .channels = page.image->channels,
            .dpi = page.image->dpi,
            .bytes = tools.platform.images().get(page.image->blob)};
        made.text = wire::page_reading_from(page.reading_json).text;
    }
    return ged::build_pdf(
        pages,
        {.document_id = std::to_string(work.document),
         .caisse = work.caisse,
         .type_code = work.type,
         .type_title = title_of(work.type, tools.platform.configuration()),
         .received = work.received_on,
         .created = work.received_at}
    );
}

std::string index_of(const store::DeliveryWork& work, const config::Config& config) {
    ged::DocumentIndex index{
        .document_id = std::to_string(work.document),
        .key = work.idempotency_key,
        .caisse = work.caisse,
        .lot = work.lot_label,
        .pli = work.pli_name,
        .channel = work.channel,
        .received = work.received_on,
        .type_code = work.type,
        .type_title = title_of(work.type, config),
        .confidence = work.confidence,
        .decided_by = work.decided_by,
        .notes = work.notes,
        .service = work.route.service,
        .corbeille = work.route.corbeille,
        .priority = work.route.priority,
        .due = work.due_on,
        .pdf_sha256 = work.pdf.sha256};
    for (const Evidence& evidence : wire::evidence_from(work.evidence_json)) {
        index.why.push_back(evidence.what);
    }
    for (const Field& field : work.fields) {
        index.fields.push_back({field.name, field.value, field.confidence});
    }
    for (const MissingField& missing : wire::missing_from(work.missing_json)) {
        index.missing_fields.push_back({missing.field, missing.why});
    }
    for (const store::DocumentPage& page : work.pages) {
        const int page_number = page.file_index + 1;
        if (goes_into_pdf(page)) {
            index.pages.push_back({page.file, page_number});
        } else if (page.state == PageState::Blank) {
            index.blank_sides_left_out.push_back({page.file, page_number});
        } else {
            index.missing_pages.push_back({page.file, page_number, page.reason});
        }
    }
    index.page_count = static_cast<int>(index.pages.size());
    return ged::index_json(index);
}

/// What goes into the GED: as stored, and made now where that was not done before. A later try must
/// give the same bytes, whatever the configuration says by then.
struct Parcel {
    Bytes pdf;
    std::string index_json;
};

/// Nothing when the lease was lost: another worker has this document.
std::optional<Parcel>
stored_parcel(const store::Job& job, store::DeliveryWork& work, Tools& tools) {
    store::BlobStore& blobs = tools.platform.images();
    if (!work.index.sha256.empty()) {
        return Parcel{blobs.get(work.pdf), text_of(blobs.get(work.index))};
    }
    Parcel parcel;
    if (work.pdf.sha256.empty()) {
        parcel.pdf = pdf_of(work, tools);
        work.pdf = blobs.put(parcel.pdf);
    } else {
        parcel.pdf = blobs.get(work.pdf); // of a version that kept no index
    }
    parcel.index_json = index_of(work, tools.platform.configuration());
    work.index = blobs.put(bytes_of(parcel.index_json));
    if (tools.deliveries.record_pdf(job, work.pdf, work.index) == store::Finish::LeaseLost) {
        return std::nullopt;
    }
    return parcel;
}

void acknowledge(const store::Job& job, const ged::Receipt& receipt, Tools& tools) {
    count(
        tools.deliveries.acknowledge(job, {receipt.sha256, receipt.location, receipt.at}),
        tools.tally.documents
    );
}

/// Asks the connector. What it cannot do for want of its GED is no fault of the document, nor of
/// the other caisses.
template <typename Call>
auto ask_ged(const std::string& caisse, Call call) -> decltype(call()) {
    try {
        return call();
    } catch (const Error& error) {
        if (error.remedy() == Remedy::FixInput) {
            throw;
        }
        throw GedTrouble(caisse, {error.remedy(), error.what()});
    }
}

/// Whether an earlier try got through; settles the delivery when it did.
bool was_there_already(
    const store::Job& job,
    const store::DeliveryWork& work,
    const ged::GedDocument& document,
    Tools& tools,
    ged::GedConnector& ged
) {
    if (work.state == DeliveryState::Sent &&
        tools.deliveries.mark_in_doubt(job) == store::Finish::LeaseLost) {
        return true;
    }
    if (const auto receipt = ask_ged(document.caisse, [&] { return ged.look(document); })) {
        acknowledge(job, *receipt, tools);
        return true;
    }
    return tools.deliveries.mark_not_there(job) == store::Finish::LeaseLost;
}

} // namespace

void deliver_document(const store::Job& job, Tools& tools, ged::GedConnector& ged) {
    store::DeliveryWork work = tools.deliveries.delivery_for_job(job);
    if (std::ranges::none_of(work.pages, goes_into_pdf)) {
        count(
            tools.deliveries.refuse(job, "le document n'a aucune page à montrer"),
            tools.tally.set_aside
        );
        return;
    }
    std::optional<Parcel> parcel = stored_parcel(job, work, tools);
    if (!parcel) {
        return;
    }
    const ged::GedDocument document{
        .key = work.idempotency_key,
        .caisse = work.caisse,
        .date = iso_day(work.received_on),
        .file_stem = work.idempotency_key + "-" + work.type,
        .pdf = std::move(parcel->pdf),
        .index_json = std::move(parcel->index_json)};
    if (work.state != DeliveryState::Waiting &&
        was_there_already(job, work, document, tools, ged)) {
        return;
    }
    if (tools.deliveries.mark_sent(job, connector_name) == store::Finish::LeaseLost) {
        return;
    }
    const ged::DeliveryOutcome outcome =
        ask_ged(document.caisse, [&] { return ged.deliver(document); });
    if (const auto* refused = std::get_if<ged::Refused>(&outcome)) {
        count(tools.deliveries.refuse(job, refused->reason), tools.tally.set_aside);
        return;
    }
    acknowledge(job, std::get<ged::Delivered>(outcome).receipt, tools);
}

} // namespace pleiade::pipeline
