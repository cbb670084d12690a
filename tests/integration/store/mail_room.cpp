#include "tests/integration/store/mail_room.h"

#include "store/blob_store.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace pleiade::store {

BlobId blob_named(const std::string& name) {
    return blob_id_of(bytes_of(name));
}

MailRoom::MailRoom() {
    Caisse nice;
    nice.code = "061";
    nice.name = "CPAM des Alpes-Maritimes";
    Caisse ajaccio;
    ajaccio.code = "201";
    ajaccio.name = "CPAM de la Corse-du-Sud";
    intake.sync_caisses({nice, ajaccio});
}

RowId MailRoom::open_lot(const std::string& source, const std::string& caisse) {
    const Instant received = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2);
    return intake
        .open_lot({.source = source, .label = "lot", .caisse = caisse, .received_at = received})
        .id;
}

RowId MailRoom::add(RowId lot, const std::string& name, int pages) {
    return intake.add_file(
        lot, {.name = name, .blob = blob_named(name), .bytes = 7, .pages = pages}
    );
}

void MailRoom::close(RowId lot, const std::vector<std::string>& names) {
    ASSERT_TRUE(intake.close_lot(lot, names).closed);
}

Job MailRoom::claim(JobKind kind) {
    const auto job = queue.claim("worker", {kind}, std::chrono::minutes(5));
    if (!job) {
        throw std::runtime_error("no job to claim: " + to_text(kind));
    }
    return *job;
}

FinishedReading MailRoom::reading(bool blank) const {
    FinishedReading reading;
    reading.reading_json = R"({"text":"avis d'arrêt de travail"})";
    reading.blank = blank;
    reading.image = {
        .blob = some_blob, .coding = ImageCoding::Ccitt4, .width_px = 2480, .height_px = 3508};
    reading.preview = some_blob;
    reading.confidence = 0.9;
    return reading;
}

void MailRoom::read_everything() {
    while (const auto job = queue.claim("worker", {JobKind::Read}, std::chrono::minutes(5))) {
        ASSERT_EQ(journey.finish_read(*job, reading()), Finish::Committed);
    }
}

void MailRoom::split(RowId lot) {
    const Job job = claim(JobKind::Split);
    ASSERT_EQ(job.lot, lot);
    ASSERT_EQ(journey.finish_split(job, {}), Finish::Committed);
}

NewDocument MailRoom::document(const std::vector<RowId>& pages) const {
    NewDocument document;
    document.type = "DAT";
    document.confidence = 0.99;
    document.decided_by = DecidedBy::Automatic;
    document.pages = pages;
    document.fields = {
        {.name = "nir",
         .value = "184050608800195",
         .confidence = 0.99,
         .page_index = 0,
         .box_px = {1, 2, 3, 4}}};
    document.route = {
        .service = "Risques pro",
        .corbeille = "AT",
        .priority = 2,
        .deadline_days = 30,
        .clear_days = true};
    document.due_on = std::chrono::sys_days(std::chrono::year(2026) / 4 / 2);
    document.person = "184050608800195";
    return document;
}

namespace {

/// Keeps a print of the first page, and asks nothing that other mail could answer.
Inquiry inquiry_about(RowId pli, const std::vector<RowId>& pages) {
    Inquiry inquiry{.pli = pli, .caisse = unknown_caisse};
    inquiry.pages = pages;
    const PagePrint print{
        .picture = std::string(64, '0'), .bands = {static_cast<int>(inquiry.pli)}};
    inquiry.questions.push_back({Question::Kind::PageFingerprint, "", 0, print});
    return inquiry;
}

} // namespace

RowId MailRoom::understood(RowId lot, Documents documents) {
    const Job job = claim(JobKind::Understand);
    EXPECT_EQ(job.lot, lot);
    std::vector<RowId> pages;
    for (const ReadPage& page : journey.understood_pli(job.pli).pages) {
        pages.push_back(page.id);
    }
    std::vector<NewDocument> made;
    if (documents == Documents::OnePerPli) {
        made.push_back(document(pages));
    } else {
        for (const RowId page : pages) {
            made.push_back(document({page}));
        }
    }
    const Understanding understanding{
        .caisse = "",
        .decision_json = "{}",
        .facts_json = "{}",
        .verify_reasons = {},
        .documents = made,
        .inquiry = inquiry_about(job.pli, pages),
        .sample_percent = sample_percent};
    EXPECT_EQ(journey.finish_understand(job, understanding), Finish::Committed);
    return job.pli;
}

void MailRoom::deliver_everything() {
    while (const auto job = queue.claim("worker", {JobKind::Deliver}, std::chrono::minutes(5))) {
        ASSERT_EQ(deliveries.record_pdf(*job, some_pdf, some_index), Finish::Committed);
        ASSERT_EQ(deliveries.mark_sent(*job, "folder"), Finish::Committed);
        const Receipt receipt{
            .sha256 = some_pdf.sha256, .location = "ged/061/a.pdf", .at = Instant{}};
        ASSERT_EQ(deliveries.acknowledge(*job, receipt), Finish::Committed);
    }
}

std::vector<ReadPage> MailRoom::lot_pages(RowId lot) const {
    std::vector<ReadPage> pages;
    for (const auto& row : database.rows(
             "select page_id, page.pli_id from page join lot_file using (lot_file_id) "
             "where lot_id = " +
             std::to_string(lot) + " order by lot_file_id, file_index"
         )) {
        ReadPage page;
        page.id = std::stoll(row[0]);
        page.pli = std::stoll(row[1]);
        pages.push_back(page);
    }
    return pages;
}

std::string MailRoom::state_of(const std::string& table, RowId id) const {
    return database.value(
        "select state from " + table + " where " + table + "_id = " + std::to_string(id)
    );
}

Reconciliation MailRoom::reconcile(Hands hands) {
    return reports.reconcile({}, hands);
}

std::vector<std::vector<std::string>> MailRoom::wrong_counters() const {
    return database.rows(R"(
        with said as (
            select caisse_id, day, what, state, sum(number) as number from (
                select caisse_id, day, what, state, number from counter
                union all
                select caisse_id, day, what, from_state, -1 from counter_change
                union all
                select caisse_id, day, what, to_state, 1 from counter_change
            ) moved where state <> '' group by 1, 2, 3, 4
        ),
        mail as (
            select caisse_id, received_on as day, 'pli' as what, state from pli
            union all
            select page.caisse_id, received_on, 'page', page.state from page join pli using (pli_id)
            union all
            select document.caisse_id, received_on, 'document', document.state
            from document join pli using (pli_id)
            union all
            select work_item.caisse_id, received_on, 'work_item', work_item.state
            from work_item join document using (document_id) join pli using (pli_id)
        ),
        counted as (
            select caisse_id, day, what, state, count(*) as number from mail group by 1, 2, 3, 4
        )
        select caisse_id, day, what, state, coalesce(said.number, 0), coalesce(counted.number, 0)
        from said full join counted using (caisse_id, day, what, state)
        where coalesce(said.number, 0) <> coalesce(counted.number, 0))");
}

} // namespace pleiade::store
