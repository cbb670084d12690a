#include "store/postgres/earlier_mail.h"

#include "core/day.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <set>
#include <utility>

namespace pleiade::store::postgres {
namespace {

/// Mail may be linked with that of its own caisse, and with mail whose caisse is not known yet.
std::string linked_with(const std::string& caisse) {
    const std::set<std::string> caisses{caisse, unknown_caisse};
    return array_of(std::vector<std::string>(caisses.begin(), caisses.end()));
}

std::vector<std::string> keys_of(const Inquiry& inquiry, Question::Kind kind) {
    std::vector<std::string> keys;
    for (const Question& question : inquiry.questions) {
        if (question.kind == kind) {
            keys.push_back(question.key);
        }
    }
    return keys;
}

EarlierPage page_from(const pqxx::row& row, int page_index) {
    EarlierPage page;
    page.page_index = page_index;
    page.pli = row["pli_id"].as<RowId>();
    page.pli_name = text_of(row["name"]);
    page.received_on = day_of(row["received_on"]);
    return page;
}

void add_same_files(pqxx::transaction_base& work, const Inquiry& inquiry, EarlierMail& mail) {
    const pqxx::result rows = work.exec_params(
        sql::same_file_pages, array_of(inquiry.pages), inquiry.pli, linked_with(inquiry.caisse)
    );
    for (const pqxx::row& row : rows) {
        EarlierPage page = page_from(row, row["page_index"].as<int>());
        page.same_file = true;
        mail.pages.push_back(std::move(page));
    }
}

void add_similar_pages(
    pqxx::transaction_base& work,
    const Inquiry& inquiry,
    const Question& question,
    EarlierMail& mail
) {
    std::vector<int> said = question.print.numbers;
    said.insert(said.end(), question.print.words.begin(), question.print.words.end());
    const pqxx::result rows = work.exec_params(
        sql::similar_pages,
        array_of(question.print.bands),
        array_of(said),
        array_of(inquiry.pages),
        inquiry.pli,
        linked_with(inquiry.caisse)
    );
    for (const pqxx::row& row : rows) {
        EarlierPage page = page_from(row, question.page_index);
        page.print = {
            .picture = text_of(row["picture"]),
            .numbers = numbers_of(row["numbers"]),
            .firm = numbers_of(row["firm"]),
            .words = numbers_of(row["words"]),
            .bands = {}}; // they have found it
        mail.pages.push_back(std::move(page));
    }
}

void add_people(pqxx::transaction_base& work, const Inquiry& inquiry, EarlierMail& mail) {
    const std::vector<std::string> people = keys_of(inquiry, Question::Kind::Nir);
    if (people.empty()) {
        return;
    }
    const std::string caisses = linked_with(inquiry.caisse);
    for (const pqxx::row& row : work.exec_params(
             sql::documents_of_people,
             array_of(people),
             inquiry.pli,
             caisses,
             iso_day(inquiry.received_on)
         )) {
        mail.documents.push_back(
            {text_of(row["person"]),
             text_of(row["type"]),
             text_of(row["name"]),
             day_of(row["received_on"])}
        );
    }
    for (const pqxx::row& row :
         work.exec_params(sql::known_accounts, array_of(people), inquiry.pli, caisses)) {
        mail.accounts.push_back({text_of(row["person"]), text_of(row["iban"])});
    }
}

void add_form_numbers(pqxx::transaction_base& work, const Inquiry& inquiry, EarlierMail& mail) {
    const std::vector<std::string> numbers = keys_of(inquiry, Question::Kind::AatNumber);
    if (numbers.empty()) {
        return;
    }
    for (const pqxx::row& row : work.exec_params(
             sql::aat_numbers, array_of(numbers), inquiry.pli, linked_with(inquiry.caisse)
         )) {
        mail.aat_numbers.push_back(
            {text_of(row["number"]), text_of(row["name"]), day_of(row["received_on"])}
        );
    }
}

} // namespace

EarlierMail earlier_mail(pqxx::transaction_base& work, const Inquiry& inquiry) {
    EarlierMail mail;
    add_same_files(work, inquiry, mail);
    for (const Question& question : inquiry.questions) {
        if (question.kind == Question::Kind::PageFingerprint) {
            add_similar_pages(work, inquiry, question, mail);
        }
    }
    add_people(work, inquiry, mail);
    add_form_numbers(work, inquiry, mail);
    return mail;
}

void lock_mail_of(pqxx::work& work, const std::string& caisse) {
    if (caisse != unknown_caisse) {
        work.exec(sql::share_unsorted_mail);
    }
    work.exec_params(sql::lock_mail_of_caisse, caisse);
}

} // namespace pleiade::store::postgres
