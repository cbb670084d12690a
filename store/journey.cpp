#include "store/journey.h"

#include "core/day.h"
#include "store/postgres/database.h"
#include "store/postgres/earlier_mail.h"
#include "store/postgres/values.h"
#include "store/sql.h"
#include "store/state_names.h"

#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace pleiade::store {

namespace {

std::vector<ReadPage> pages_of(const pqxx::result& rows) {
    std::vector<ReadPage> pages;
    for (const pqxx::row& row : rows) {
        pages.push_back(postgres::page_of(row));
    }
    return pages;
}

void add_reading_summary(ReadPage& page, const pqxx::row& row) {
    page.confidence = row["confidence"].as<double>();
    page.word_count = row["word_count"].as<int>();
    if (page.image) {
        page.preview = BlobId{postgres::text_of(row["preview_sha256"])};
    }
}

const char* state_after(const FinishedReading& reading) {
    if (!reading.separator_json.empty()) {
        return "void";
    }
    return reading.blank ? "blank" : "read";
}

/// The columns of finish_reads.sql, in their order.
std::vector<std::string> columns_of(const std::vector<ReadJob>& done) {
    const auto column = [&](const auto& value_of) {
        std::vector<std::decay_t<decltype(value_of(done.front()))>> values;
        values.reserve(done.size());
        for (const ReadJob& one : done) {
            values.push_back(value_of(one));
        }
        return postgres::array_of(values);
    };
    const auto text = [&](const auto& value_of) {
        return column([&](const ReadJob& one) { return std::string(value_of(one)); });
    };
    const auto number = [&](const auto& value_of) {
        return column([&](const ReadJob& one) { return static_cast<int>(value_of(one)); });
    };
    const auto image = [](const auto& one) -> const StoredImage& { return one.reading.image; };
    return {
        column([](const auto& one) { return one.job.id; }),
        column([](const auto& one) { return one.job.fence; }),
        text([](const auto& one) { return state_after(one.reading); }),
        text([](const auto& one) { return one.reading.separator_json; }),
        text([](const auto& one) { return one.reading.reading_json; }),
        text([](const auto& one) { return pqxx::to_string(one.reading.confidence); }),
        text([&](const auto& one) { return image(one).blob.sha256; }),
        text([&](const auto& one) { return postgres::to_text(image(one).coding); }),
        number([&](const auto& one) { return image(one).width_px; }),
        number([&](const auto& one) { return image(one).height_px; }),
        number([&](const auto& one) { return image(one).channels; }),
        number([&](const auto& one) { return image(one).dpi; }),
        text([](const auto& one) { return one.reading.preview.sha256; })};
}

/// Every page that is not void must be in exactly one group, and no group may hold a foreign page.
void check_groups(const std::vector<ReadPage>& pages, const std::vector<PliGroup>& groups) {
    std::set<RowId> wanted;
    std::set<RowId> known;
    for (const ReadPage& page : pages) {
        known.insert(page.id);
        if (page.state != PageState::Void) {
            wanted.insert(page.id);
        }
    }
    std::set<RowId> grouped;
    for (const PliGroup& group : groups) {
        if (group.pages.empty()) {
            throw std::logic_error("pli " + group.name + " would have no page");
        }
        for (const RowId page : group.pages) {
            if (known.count(page) == 0 || !grouped.insert(page).second) {
                throw std::logic_error(
                    "page " + std::to_string(page) + " is foreign to the lot or in two plis"
                );
            }
            wanted.erase(page);
        }
    }
    if (!wanted.empty()) {
        throw std::logic_error("page " + std::to_string(*wanted.begin()) + " is in no pli");
    }
}

void settle_caisse(pqxx::work& work, const PliCaisse& said) {
    if (!said.caisse.empty()) {
        work.exec_params(sql::assign_caisse, said.pli, said.caisse);
    }
    if (!said.doubt.empty()) {
        work.exec_params(sql::doubt_pli, said.pli, said.doubt);
    }
}

/// Makes the new plis; each old one is superseded by the first new one that got a page of it.
void regroup(pqxx::work& work, RowId lot, const std::vector<PliGroup>& groups) {
    const std::vector<ReadPage> pages = pages_of(work.exec_params(sql::lot_pages, lot));
    check_groups(pages, groups);
    std::map<RowId, RowId> old_pli_of_page;
    std::map<RowId, RowId> successor; // by old pli; 0 = none yet
    for (const ReadPage& page : pages) {
        old_pli_of_page[page.id] = page.pli;
        successor.emplace(page.pli, 0);
    }
    RowId first_of_all = 0;
    for (const PliGroup& group : groups) {
        const RowId made = work.exec_params1(sql::insert_pli, lot, group.name)[0].as<RowId>();
        first_of_all = first_of_all == 0 ? made : first_of_all;
        work.exec_params(sql::inherit_doubts, made, postgres::array_of(group.pages));
        work.exec_params(sql::inherit_hold, made, postgres::array_of(group.pages));
        settle_caisse(work, {made, group.caisse, group.doubt});
        work.exec_params(sql::move_pages, made, postgres::array_of(group.pages));
        for (const RowId page : group.pages) {
            RowId& by = successor.at(old_pli_of_page.at(page));
            by = by == 0 ? made : by;
        }
    }
    for (const auto& [old_pli, by] : successor) {
        work.exec_params(sql::number_pages, old_pli);
        work.exec_params(sql::supersede_pli, old_pli, by == 0 ? first_of_all : by);
    }
}

/// Plis of separator sheets only hold no mail: the first pli that does stands for them.
void retire_separator_plis(pqxx::work& work, RowId lot) {
    const pqxx::result heir = work.exec_params(sql::first_pli_with_mail, lot);
    for (const pqxx::row& row : work.exec_params(sql::separator_only_plis, lot)) {
        const RowId pli = row["pli_id"].as<RowId>();
        if (heir.empty()) {
            work.exec_params(sql::set_aside_pli, pli, "nothing but separator sheets");
        } else {
            work.exec_params(sql::supersede_pli, pli, heir[0]["pli_id"].as<RowId>());
        }
    }
}

RowId insert_document(pqxx::work& work, RowId pli, int position, const NewDocument& document) {
    const RowId id = work.exec_params1(
                             sql::insert_document,
                             pli,
                             position,
                             document.type,
                             document.confidence,
                             to_text(document.decided_by),
                             document.route.service,
                             document.route.corbeille,
                             document.route.priority,
                             document.route.deadline_days,
                             document.route.clear_days,
                             document.evidence_json,
                             iso_day(document.due_on),
                             postgres::array_of(document.notes)
    )[0]
                         .as<RowId>();
    const pqxx::result pages =
        work.exec_params(sql::insert_document_pages, id, postgres::array_of(document.pages));
    if (pages.affected_rows() != document.pages.size()) {
        throw std::logic_error(
            "document " + std::to_string(position) + " of pli " + std::to_string(pli) +
            " names a page of another pli"
        );
    }
    int field_position = 0;
    for (const Field& field : document.fields) {
        work.exec_params(
            sql::insert_document_field,
            id,
            field_position++,
            field.name,
            field.value,
            field.confidence,
            field.page_index,
            field.box_px.x0,
            field.box_px.y0,
            field.box_px.x1,
            field.box_px.y1
        );
    }
    return id;
}

/// What the next mail of the same person is compared with.
void insert_keys(pqxx::work& work, RowId id, const NewDocument& document) {
    if (!document.person.empty()) {
        work.exec_params(sql::insert_document_key, id, "person", document.person, "");
    }
    if (!document.person.empty() && !document.account.empty()) {
        work.exec_params(
            sql::insert_document_key, id, "account", document.person, document.account
        );
    }
    if (!document.form_number.empty()) {
        work.exec_params(sql::insert_document_key, id, "form", document.form_number, "");
    }
}

void insert_prints(pqxx::work& work, const Inquiry& inquiry) {
    for (const Question& question : inquiry.questions) {
        if (question.kind == Question::Kind::PageFingerprint) {
            const RowId page = inquiry.pages.at(static_cast<std::size_t>(question.page_index));
            work.exec_params(
                sql::insert_page_print,
                page,
                question.print.picture,
                postgres::array_of(question.print.numbers),
                postgres::array_of(question.print.firm),
                postgres::array_of(question.print.words)
            );
            work.exec_params(
                sql::insert_page_bands, page, postgres::array_of(question.print.bands)
            );
        }
    }
}

/// Thrown inside the transaction to throw all of it away: the decision did not know all it should.
struct OtherMailCame {};

/// Two plis may be decided at once, neither knowing of the other: whoever comes second finds out
/// here. An understanding that asked nothing has nothing to lose.
void settle_inquiry(pqxx::work& work, const Understanding& understanding) {
    const Inquiry& inquiry = understanding.inquiry;
    if (inquiry.pages.empty()) {
        return;
    }
    postgres::lock_mail_of(work, inquiry.caisse);
    if (postgres::earlier_mail(work, inquiry) != understanding.earlier) {
        throw OtherMailCame{};
    }
}

/// All documents of an understanding; older ones of the pli are superseded by the first.
void insert_documents(pqxx::work& work, RowId pli, const std::vector<NewDocument>& documents) {
    const int before = work.exec_params1(sql::last_document_position, pli)[0].as<int>();
    std::vector<RowId> ids;
    for (const NewDocument& document : documents) {
        const int position = before + static_cast<int>(ids.size()) + 1;
        ids.push_back(insert_document(work, pli, position, document));
        insert_keys(work, ids.back(), document);
    }
    for (std::size_t i = 0; i < documents.size(); ++i) {
        if (documents[i].master_index) {
            work.exec_params(sql::set_document_master, ids[i], ids.at(*documents[i].master_index));
        }
    }
    if (!ids.empty()) {
        work.exec_params(sql::supersede_documents, pli, before, ids.front());
    }
}

PliToUnderstand whole_pli(pqxx::transaction_base& look, RowId pli) {
    const pqxx::result found = look.exec_params(sql::find_pli, pli);
    if (found.empty()) {
        throw std::logic_error("there is no pli " + std::to_string(pli));
    }
    const pqxx::row row = found[0];
    PliToUnderstand work;
    work.pli.id = pli;
    work.pli.lot = postgres::id_of(row["lot_id"]);
    work.pli.caisse = postgres::text_of(row["caisse_id"]);
    work.pli.channel = channel_of(row["channel"].c_str());
    work.pli.state = pli_state_of(row["state"].c_str());
    work.pli.name = postgres::text_of(row["name"]);
    work.received_at = postgres::instant_of(row["received_us"]);
    work.received_on = postgres::day_of(row["received_on"]);
    work.pages = pages_of(look.exec_params(sql::pli_pages, pli));
    work.doubts = postgres::texts_of(row["doubts"]);
    return work;
}

/// Those that plis of the lot are given to.
std::vector<std::string> caisses_said_in(const LotSettlement& settlement) {
    std::set<std::string> caisses{settlement.caisse};
    for (const PliCaisse& said : settlement.caisses) {
        caisses.insert(said.caisse);
    }
    for (const PliGroup& group : settlement.groups) {
        caisses.insert(group.caisse);
    }
    caisses.erase("");
    return {caisses.begin(), caisses.end()};
}

/// Where earlier mail is looked for: also where it belongs to nobody yet.
std::vector<std::string> linked_caisses(const Inquiry& inquiry) {
    return {inquiry.caisse, unknown_caisse};
}

/// Where the pli is compared with other mail, and where it goes to.
std::vector<std::string> caisses_said_in(const Understanding& understanding) {
    std::vector<std::string> caisses{unknown_caisse};
    for (const std::string& said : {understanding.inquiry.caisse, understanding.caisse}) {
        if (!said.empty()) {
            caisses.push_back(said);
        }
    }
    return caisses;
}

} // namespace

Journey::Journey(const std::string& url) : Journey(connect(url)) {}
Journey::Journey(Connection connection) : database_(std::move(connection)) {}
Journey::~Journey() = default;
Journey::Journey(Journey&&) noexcept = default;
Journey& Journey::operator=(Journey&&) noexcept = default;

Finish Journey::finish_read(const Job& job, const FinishedReading& reading) {
    return finish_reads({{job, reading}}).front();
}

std::vector<Finish> Journey::finish_reads(const std::vector<ReadJob>& done) {
    const std::vector<std::string> columns = columns_of(done);
    return database_->transact([&](pqxx::work& work) {
        std::vector<Finish> ends(done.size(), Finish::LeaseLost);
        if (work.exec_params(sql::enter_jobs, columns[0], columns[1]).empty()) {
            return ends;
        }
        std::set<RowId> held;
        for (const pqxx::row& row :
             work.exec_params(sql::finish_reads, pqxx::prepare::make_dynamic_params(columns))) {
            held.insert(row["job_id"].as<RowId>());
        }
        std::vector<RowId> lots;
        for (std::size_t i = 0; i < done.size(); ++i) {
            if (held.count(done[i].job.id) != 0) {
                ends[i] = Finish::Committed;
                lots.push_back(done[i].job.lot);
            }
        }
        if (!lots.empty()) {
            work.exec_params(sql::queue_splits_when_settled, postgres::array_of(lots));
        }
        return ends;
    });
}

Finish Journey::set_aside_page(const Job& job, const std::string& reason) {
    return database_->finish([&](pqxx::work& work) {
        postgres::end_job(work, job);
        work.exec_params(sql::settle_page, job.page, "set_aside", reason, "");
        work.exec_params(sql::queue_split_when_settled, job.lot);
    });
}

std::vector<ReadPage> Journey::lot_pages(const Job& job) {
    return database_->look([&](auto& look) {
        postgres::enter_job(look, job);
        const pqxx::result rows = look.exec_params(sql::lot_pages, job.lot);
        std::vector<ReadPage> pages = pages_of(rows);
        for (std::size_t i = 0; i < pages.size(); ++i) {
            add_reading_summary(pages[i], rows[static_cast<pqxx::result::size_type>(i)]);
        }
        return pages;
    });
}

Finish Journey::finish_split(const Job& job, const LotSettlement& settlement) {
    return database_->finish([&](pqxx::work& work) {
        postgres::end_job(work, job, caisses_said_in(settlement));
        if (!settlement.caisse.empty()) {
            work.exec_params(sql::set_lot_caisse, job.lot, settlement.caisse);
            work.exec_params(sql::assign_caisse_to_lot, job.lot, settlement.caisse);
        }
        work.exec_params(sql::recapture_read_pages, postgres::array_of(settlement.blank_backs));
        work.exec_params(sql::blank_pages, postgres::array_of(settlement.blank_backs));
        for (const PliCaisse& said : settlement.caisses) {
            settle_caisse(work, said);
        }
        if (!settlement.complaints.empty()) {
            work.exec_params(
                sql::complain_of_lot, job.lot, postgres::array_of(settlement.complaints)
            );
        }
        work.exec_params(sql::recapture_blank_pages, postgres::array_of(settlement.sheets));
        work.exec_params(sql::void_pages, postgres::array_of(settlement.sheets));
        work.exec_params(sql::mark_document_starts, postgres::array_of(settlement.document_starts));
        if (!settlement.groups.empty()) {
            regroup(work, job.lot, settlement.groups);
        }
        retire_separator_plis(work, job.lot);
        work.exec_params(sql::read_plis_of_lot, job.lot);
        work.exec_params(sql::close_lot_when_settled, job.lot);
    });
}

PliToUnderstand Journey::pli_for_understanding(const Job& job) {
    return database_->look([&](auto& look) {
        postgres::enter_job(look, job);
        return whole_pli(look, job.pli);
    });
}

PliToUnderstand Journey::understood_pli(RowId pli) {
    return database_->look([&](auto& look) { return whole_pli(look, pli); });
}

EarlierMail Journey::earlier_mail(const Job& job, const Inquiry& inquiry) {
    return database_->look([&](auto& look) {
        postgres::enter_job(look, job, linked_caisses(inquiry));
        return postgres::earlier_mail(look, inquiry);
    });
}

Finish Journey::finish_understand(const Job& job, const Understanding& understanding) {
    const bool to_verify = !understanding.verify_reasons.empty();
    if (!to_verify && understanding.documents.empty()) {
        throw std::logic_error(
            "pli " + std::to_string(job.pli) + " has neither documents nor a reason to verify"
        );
    }
    try {
        return database_->finish([&](pqxx::work& work) {
            postgres::end_job(work, job, caisses_said_in(understanding));
            if (!understanding.caisse.empty()) {
                work.exec_params(sql::assign_caisse, job.pli, understanding.caisse);
            }
            settle_inquiry(work, understanding);
            work.exec_params(
                sql::understand_pli,
                job.pli,
                understanding.decision_json,
                understanding.facts_json,
                postgres::array_of(understanding.verify_reasons)
            );
            insert_documents(work, job.pli, understanding.documents);
            insert_prints(work, understanding.inquiry);
            work.exec_params(sql::move_pli, job.pli, to_verify ? "to_verify" : "delivering");
            if (!to_verify) {
                work.exec_params(sql::confirm_documents, job.pli);
                if (understanding.sample_percent > 0.0) {
                    work.exec_params(sql::insert_samples, job.pli, understanding.sample_percent);
                }
                work.exec_params(sql::insert_deliveries, job.pli);
            }
        });
    } catch (const OtherMailCame&) {
        return Finish::Outdated;
    }
}

void Journey::assign_caisse(RowId pli, const std::string& caisse) {
    database_->transact([&](pqxx::work& work) { work.exec_params(sql::assign_caisse, pli, caisse); }
    );
}

} // namespace pleiade::store
