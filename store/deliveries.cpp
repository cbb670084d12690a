#include "store/deliveries.h"

#include "store/postgres/database.h"
#include "store/postgres/values.h"
#include "store/sql.h"
#include "store/state_names.h"

#include <stdexcept>
#include <utility>

namespace pleiade::store {

namespace {

using postgres::id_of;
using postgres::text_of;

DeliveryWork work_of(const pqxx::row& row) {
    DeliveryWork work;
    work.delivery = row["delivery_id"].as<RowId>();
    work.state = delivery_state_of(row["state"].c_str());
    work.idempotency_key = text_of(row["idempotency_key"]);
    work.document = row["document_id"].as<RowId>();
    work.position = row["position"].as<int>();
    work.type = text_of(row["type"]);
    work.confidence = row["confidence"].as<double>();
    work.decided_by = decided_by_of(row["decided_by"].c_str());
    work.evidence_json = text_of(row["evidence"]);
    work.missing_json = text_of(row["missing"]);
    work.notes = postgres::texts_of(row["notes"]);
    work.caisse = text_of(row["caisse_id"]);
    work.route = Route{
        .service = text_of(row["service"]),
        .corbeille = text_of(row["corbeille"]),
        .priority = row["priority"].as<int>(),
        .deadline_days = row["deadline_days"].as<int>(),
        .clear_days = row["clear_days"].as<bool>()};
    work.master = id_of(row["master_id"]);
    work.due_on = postgres::day_of(row["due_on"]);
    work.pdf.sha256 = text_of(row["pdf_sha256"]);
    work.index.sha256 = text_of(row["index_sha256"]);
    work.pli = row["pli_id"].as<RowId>();
    work.pli_name = text_of(row["name"]);
    work.channel = channel_of(row["channel"].c_str());
    work.received_at = postgres::instant_of(row["received_us"]);
    work.received_on = postgres::day_of(row["received_on"]);
    work.lot = row["lot_id"].as<RowId>();
    work.lot_label = text_of(row["label"]);
    return work;
}

Field field_of(const pqxx::row& row) {
    return Field{
        .name = text_of(row["name"]),
        .value = text_of(row["value"]),
        .confidence = row["confidence"].as<double>(),
        .page_index = row["page_index"].as<int>(),
        .box_px = {
            row["x0"].as<int>(), row["y0"].as<int>(), row["x1"].as<int>(), row["y1"].as<int>()}};
}

DocumentPage document_page_of(const pqxx::row& row) {
    ReadPage page = postgres::page_of(row);
    return DocumentPage{
        .id = page.id,
        .file = std::move(page.file),
        .file_index = page.file_index,
        .state = page.state,
        .reason = std::move(page.reason),
        .image = std::move(page.image),
        .reading_json = std::move(page.reading_json)};
}

/// As stop_pli() does with those that nobody holds.
void refuse_with_its_pli(pqxx::work& work, const Job& job, const std::string& why) {
    const std::string reason = "stopped with its pli: " + why;
    work.exec_params(sql::set_aside_job, job.id, job.fence, reason);
    work.exec_params(sql::refuse_delivery, job.delivery, reason);
}

} // namespace

Deliveries::Deliveries(const std::string& url) : Deliveries(connect(url)) {}
Deliveries::Deliveries(Connection connection) : database_(std::move(connection)) {}
Deliveries::~Deliveries() = default;
Deliveries::Deliveries(Deliveries&&) noexcept = default;
Deliveries& Deliveries::operator=(Deliveries&&) noexcept = default;

DeliveryWork Deliveries::delivery_for_job(const Job& job) {
    return database_->look([&](auto& look) {
        postgres::enter_job(look, job);
        const pqxx::result found = look.exec_params(sql::delivery_of_document, job.delivery);
        if (found.empty()) {
            throw std::logic_error("there is no delivery " + std::to_string(job.delivery));
        }
        DeliveryWork work = work_of(found[0]);
        for (const pqxx::row& row : look.exec_params(sql::document_fields, work.document)) {
            work.fields.push_back(field_of(row));
        }
        for (const pqxx::row& row : look.exec_params(sql::document_pages, work.document)) {
            work.pages.push_back(document_page_of(row));
        }
        return work;
    });
}

Finish Deliveries::record_pdf(const Job& job, const BlobId& pdf, const BlobId& index) {
    return database_->finish([&](pqxx::work& work) {
        postgres::guard_job(work, job);
        work.exec_params(sql::record_pdf, job.document, pdf.sha256, index.sha256);
    });
}

Finish Deliveries::mark_sent(const Job& job, const std::string& connector) {
    bool held = false;
    bool stopped = false;
    const Finish finish = database_->finish([&](pqxx::work& work) {
        postgres::guard_job(work, job);
        held = work.exec_params1(sql::job_is_held, job.lot, job.pli)["held"].as<bool>();
        if (held) {
            work.exec_params(sql::put_back_job, job.id, job.fence, "");
            return;
        }
        const pqxx::field why = work.exec_params1(sql::lock_pli_to_send, job.pli)["stopped"];
        stopped = !why.is_null();
        if (stopped) {
            refuse_with_its_pli(work, job, postgres::text_of(why));
        } else {
            work.exec_params(sql::send_delivery, job.delivery, connector);
        }
    });
    return held || stopped ? Finish::LeaseLost : finish;
}

Finish Deliveries::mark_in_doubt(const Job& job) {
    return database_->finish([&](pqxx::work& work) {
        postgres::guard_job(work, job);
        work.exec_params(sql::move_delivery, job.delivery, "in_doubt");
    });
}

Finish Deliveries::mark_not_there(const Job& job) {
    return database_->finish([&](pqxx::work& work) {
        postgres::guard_job(work, job);
        work.exec_params(sql::move_delivery, job.delivery, "waiting");
    });
}

Finish Deliveries::acknowledge(const Job& job, const Receipt& receipt) {
    return database_->finish([&](pqxx::work& work) {
        postgres::end_job(work, job);
        work.exec_params(
            sql::acknowledge_delivery,
            job.delivery,
            receipt.sha256,
            receipt.location,
            postgres::microseconds_of(receipt.at)
        );
        work.exec_params(sql::insert_work_item, job.document);
        work.exec_params(sql::close_pli_when_settled, job.pli);
        work.exec_params(sql::name_late_delivery, job.document);
    });
}

Finish Deliveries::refuse(const Job& job, const std::string& reason) {
    return database_->finish([&](pqxx::work& work) {
        postgres::end_job(work, job);
        work.exec_params(sql::refuse_delivery, job.delivery, reason);
        work.exec_params(sql::stop_pli, job.pli, reason);
    });
}

} // namespace pleiade::store
