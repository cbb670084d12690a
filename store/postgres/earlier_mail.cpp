#include "store/postgres/earlier_mail.h"

#include "core/day.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <algorithm>
#include <iterator>
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

PagePrint print_from(const pqxx::row& row) {
    return {
        .picture = text_of(row["picture"]),
        .numbers = numbers_of(row["numbers"]),
        .firm = numbers_of(row["firm"]),
        .words = numbers_of(row["words"]),
        .bands = numbers_of(row["bands"])};
}

/// As it is kept with a decision.
PagePrint without_bands(PagePrint print) {
    print.bands.clear();
    return print;
}

std::vector<const Question*> prints_in(const Inquiry& inquiry) {
    std::vector<const Question*> prints;
    for (const Question& question : inquiry.questions) {
        if (question.kind == Question::Kind::PageFingerprint) {
            prints.push_back(&question);
        }
    }
    return prints;
}

std::string bands_in(const std::vector<const Question*>& prints) {
    std::set<int> bands;
    for (const Question* question : prints) {
        bands.insert(question->print.bands.begin(), question->print.bands.end());
    }
    return array_of(std::vector<int>(bands.begin(), bands.end()));
}

bool have_band_in_common(const PagePrint& a, const PagePrint& b) {
    return std::ranges::any_of(a.bands, [&](int band) {
        return std::ranges::find(b.bands, band) != b.bands.end();
    });
}

/// Only pages that are the same paper as ours, of plis that share with one of ours what was filled
/// in: mail that proves nothing must not make a decision wait for another.
void add_similar_pages(pqxx::transaction_base& work, const Inquiry& inquiry, EarlierMail& mail) {
    const std::vector<const Question*> prints = prints_in(inquiry);
    const std::string bands = bands_in(prints);
    const std::string caisses = linked_with(inquiry.caisse);
    std::vector<RowId> plis;
    for (const pqxx::row& row : work.exec_params(
             sql::similar_plis, bands, inquiry.pli, caisses, iso_day(inquiry.received_on)
         )) {
        plis.push_back(row["pli_id"].as<RowId>());
    }
    if (plis.empty()) {
        return;
    }
    std::vector<EarlierPage> alike;
    std::set<RowId> proven;
    for (const pqxx::row& row : work.exec_params(sql::prints_of_plis, array_of(plis), caisses)) {
        const PagePrint theirs = print_from(row);
        const PagePrint known = without_bands(theirs);
        for (const Question* ours : prints) {
            if (is_same_paper(ours->print, theirs)) {
                alike.push_back(page_from(row, ours->page_index));
                alike.back().print = known;
                if (have_band_in_common(ours->print, theirs)) {
                    proven.insert(alike.back().pli);
                }
            }
        }
    }
    std::erase_if(alike, [&](const EarlierPage& page) { return !proven.contains(page.pli); });
    std::ranges::stable_sort(alike, {}, &EarlierPage::page_index);
    std::ranges::move(alike, std::back_inserter(mail.pages));
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
    add_similar_pages(work, inquiry, mail);
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
