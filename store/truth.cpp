#include "store/truth.h"

#include "core/day.h"
#include "core/failure.h"
#include "store/journey.h"
#include "store/postgres/database.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace pleiade::store {

namespace {

using postgres::id_of;
using postgres::text_of;

/// The document that somebody means.
struct Meant {
    RowId pli = 0;
    int position = 0;     ///< 0 = not said.
    std::string caisse{}; ///< As its key says; empty = not said.
    RowId asked_page_of_sample = 0;
};

/// A page of the pli, with the document it lies in.
struct PliPage {
    RowId id = 0;
    int page_number = 0;
    RowId document = 0;
    int position = 0;
    std::string type;
};

std::string origin_name(Origin origin) {
    switch (origin) {
    case Origin::Correction:
        return "correction";
    case Origin::Import:
        return "import";
    case Origin::Sample:
        return "sample";
    }
    throw std::logic_error("an origin without a name");
}

/// A whole text that is a number; 0 when it is none. No number of ours is 0.
RowId number_in(std::string_view text) {
    RowId number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number > 0 ? number : 0;
}

/// The pli and position in "061-12-1"; nothing when it is no key of a document.
/// spec: store/sql/insert_deliveries.sql
std::optional<Meant> meant_by_key(const std::string& subject) {
    const std::size_t first = subject.find('-');
    const std::size_t last = subject.rfind('-');
    if (first == std::string::npos || first == last || number_in(subject.substr(0, first)) == 0) {
        return std::nullopt;
    }
    const RowId pli = number_in(subject.substr(first + 1, last - first - 1));
    const RowId position = number_in(subject.substr(last + 1));
    constexpr RowId most_documents = 1000000; // chosen: no pli has so many
    if (pli == 0 || position == 0 || position > most_documents) {
        return std::nullopt;
    }
    return Meant{
        .pli = pli, .position = static_cast<int>(position), .caisse = subject.substr(0, first)};
}

Meant meant_by_name(pqxx::work& work, const std::string& subject) {
    const std::optional<Meant> key = meant_by_key(subject);
    const RowId number = key ? key->pli : number_in(subject);
    const pqxx::result plis = work.exec_params(
        sql::find_truth_pli,
        number,
        number == 0 ? subject : std::string(),
        key ? key->caisse : std::string()
    );
    if (plis.empty()) {
        throw Error(Remedy::FixInput, "there is no such pli or document");
    }
    if (plis.size() > 1) {
        throw Error(
            Remedy::FixInput, "several plis have this name: say which one by its number (pli_id)"
        );
    }
    return {.pli = plis[0]["pli_id"].as<RowId>(), .position = key ? key->position : 0};
}

/// @throws Error(FixInput) also when somebody has keyed it: a second look is a correction.
Meant meant_by_sample(pqxx::work& work, const std::string& subject) {
    const pqxx::result found = work.exec_params(sql::find_sample, number_in(subject));
    if (found.empty()) {
        throw Error(Remedy::FixInput, "there is no such sample");
    }
    if (found[0]["keyed"].as<bool>()) {
        throw Error(
            Remedy::FixInput, "this sample was keyed already. Correct its document instead"
        );
    }
    return {
        .pli = found[0]["pli_id"].as<RowId>(),
        .position = found[0]["position"].as<int>(),
        .asked_page_of_sample = found[0]["asked_page_id"].as<RowId>()};
}

std::vector<PliPage> pages_of_pli(pqxx::work& work, RowId pli) {
    std::vector<PliPage> pages;
    for (const pqxx::row& row : work.exec_params(sql::truth_pages, pli)) {
        pages.push_back(PliPage{
            .id = row["page_id"].as<RowId>(),
            .page_number = row["page_index"].as<int>() + 1,
            .document = id_of(row["document_id"]),
            .position = row["position"].is_null() ? 0 : row["position"].as<int>(),
            .type = text_of(row["type"])});
    }
    return pages;
}

/// The pages with these numbers, in the order of the pli.
std::vector<PliPage>
pages_numbered(const std::vector<PliPage>& pages, const std::vector<int>& numbers) {
    const std::set<int> wanted(numbers.begin(), numbers.end());
    std::vector<PliPage> found;
    std::copy_if(pages.begin(), pages.end(), std::back_inserter(found), [&](const PliPage& page) {
        return wanted.contains(page.page_number);
    });
    if (found.size() != wanted.size()) {
        throw Error(
            Remedy::FixInput,
            "the pli has no such page, or it is a separator sheet. Pages count from 1"
        );
    }
    return found;
}

/// The pages of the document at a position, or of the only one there is.
std::vector<PliPage> pages_of_document(const std::vector<PliPage>& pages, int position) {
    std::set<int> positions;
    for (const PliPage& page : pages) {
        positions.insert(page.position);
    }
    positions.erase(0);
    if (position == 0 && positions.size() != 1) {
        throw Error(
            Remedy::FixInput,
            positions.empty() ? "the pli has no documents yet: say the pages"
                              : "the pli has " + std::to_string(positions.size()) +
                                    " documents: say which by its key (caisse-pli-position), or by "
                                    "its pages"
        );
    }
    const int wanted = position == 0 ? *positions.begin() : position;
    std::vector<PliPage> found;
    std::copy_if(pages.begin(), pages.end(), std::back_inserter(found), [&](const PliPage& page) {
        return page.position == wanted;
    });
    if (found.empty()) {
        throw Error(Remedy::FixInput, "the pli has no such document, or no longer");
    }
    return found;
}

/// @throws Error(FixInput) when the keyed document is not the one that was asked for.
void require_asked_page(const Meant& meant, const std::vector<PliPage>& pages) {
    const RowId asked = meant.asked_page_of_sample;
    if (asked != 0 && std::ranges::find(pages, asked, &PliPage::id) == pages.end()) {
        throw Error(Remedy::FixInput, "the page that the sample asks for is not among these pages");
    }
}

/// For the event: which fields, never what stands in them.
std::string sentence_about(const Statement& said, const Kept& kept) {
    std::string sentence = said.origin == Origin::Sample ? "keyed as a sample" : "corrected";
    if (said.origin != Origin::Sample) {
        sentence += kept.position == 0 ? "" : ": document " + std::to_string(kept.position);
        sentence += " is " + said.type;
        sentence += kept.type_decided.empty() || kept.type_decided == said.type
                        ? ""
                        : ", not " + kept.type_decided;
    }
    std::set<std::string> names;
    for (const NamedValue& field : said.fields) {
        names.insert(field.name);
    }
    for (const std::string& name : names) {
        sentence += (name == *names.begin() ? "; fields " : ", ") + name;
    }
    return sentence;
}

Kept keep_one(pqxx::work& work, const Statement& said) {
    const bool sample = said.origin == Origin::Sample;
    const Meant meant =
        sample ? meant_by_sample(work, said.subject) : meant_by_name(work, said.subject);
    const std::vector<PliPage> all = pages_of_pli(work, meant.pli);
    const std::vector<PliPage> pages = said.page_numbers.empty()
                                           ? pages_of_document(all, meant.position)
                                           : pages_numbered(all, said.page_numbers);
    require_asked_page(meant, pages);
    const std::vector<PliPage> document =
        meant.position != 0 ? pages_of_document(all, meant.position) : pages;
    Kept kept{
        .pli = meant.pli,
        .position = document.front().position,
        .type_decided = sample ? std::string() : document.front().type};
    kept.truth = work.exec_params1(
                         sql::insert_truth,
                         meant.pli,
                         document.front().document,
                         said.type,
                         !said.page_numbers.empty(),
                         origin_name(said.origin),
                         said.who,
                         postgres::microseconds_of(said.when)
    )["truth_id"]
                     .as<RowId>();
    std::vector<RowId> ids;
    std::transform(pages.begin(), pages.end(), std::back_inserter(ids), [](const PliPage& page) {
        return page.id;
    });
    work.exec_params(sql::insert_truth_pages, kept.truth, postgres::array_of(ids));
    int position = 0;
    for (const NamedValue& field : said.fields) {
        work.exec_params(sql::insert_truth_field, kept.truth, position++, field.name, field.value);
    }
    work.exec_params(sql::tell_of_truth, meant.pli, sentence_about(said, kept), said.who);
    return kept;
}

pqxx::result ask(auto& look, const char* question, const Scope& scope) {
    return look.exec_params(
        question,
        scope.first_day ? iso_day(*scope.first_day) : std::string(),
        scope.last_day ? iso_day(*scope.last_day) : std::string(),
        scope.caisse
    );
}

/// Of two arrays of the same length.
std::vector<NamedValue> values_of(const pqxx::field& names, const pqxx::field& values) {
    const std::vector<std::string> name_list = postgres::texts_of(names);
    const std::vector<std::string> value_list = postgres::texts_of(values);
    std::vector<NamedValue> fields;
    for (std::size_t i = 0; i < name_list.size(); ++i) {
        fields.push_back({name_list[i], value_list.at(i)});
    }
    return fields;
}

KeyedSample keyed_sample_of(const pqxx::row& row) {
    return KeyedSample{
        .sample = row["sample_id"].as<RowId>(),
        .type = text_of(row["type"]),
        .true_type = text_of(row["true_type"]),
        .pages_said = row["pages_said"].as<bool>(),
        .same_pages = row["same_pages"].as<bool>(),
        .fields = values_of(row["names"], row["values"]),
        .true_fields = values_of(row["true_names"], row["true_values"])};
}

} // namespace

Truth::Truth(const std::string& url) : Truth(connect(url)) {}
Truth::Truth(Connection connection) : database_(std::move(connection)) {}
Truth::~Truth() = default;
Truth::Truth(Truth&&) noexcept = default;
Truth& Truth::operator=(Truth&&) noexcept = default;

std::vector<Kept> Truth::keep(const std::vector<Statement>& statements) {
    return database_->transact([&](pqxx::work& work) {
        std::vector<Kept> kept;
        for (const Statement& statement : statements) {
            try {
                kept.push_back(keep_one(work, statement));
            } catch (const Error& error) {
                const std::string& where = statement.where;
                throw Error(error.remedy(), (where.empty() ? "" : where + ": ") + error.what());
            }
        }
        return kept;
    });
}

std::vector<RowId> Truth::known_plis(const std::string& caisse) {
    return database_->look([&](auto& look) {
        std::vector<RowId> plis;
        for (const pqxx::row& row : look.exec_params(sql::plis_with_truth, caisse)) {
            plis.push_back(row["pli_id"].template as<RowId>());
        }
        return plis;
    });
}

KnownPli Truth::known_pli(RowId pli) {
    return database_->look([&](auto& look) {
        const pqxx::result found = look.exec_params(sql::find_pli, pli);
        if (found.empty()) {
            throw std::logic_error("there is no pli " + std::to_string(pli));
        }
        KnownPli known{
            .pli = pli,
            .caisse = text_of(found[0]["caisse_id"]),
            .name = text_of(found[0]["name"]),
            .readings = {},
            .documents = {}};
        std::map<RowId, int> index_of_page;
        for (const pqxx::row& row : look.exec_params(sql::pli_pages, pli)) {
            const ReadPage page = postgres::page_of(row);
            if (page.state != PageState::Read && page.state != PageState::Blank &&
                page.state != PageState::SetAside) {
                continue; // no mail: a separator sheet, or replaced by a rescan
            }
            index_of_page[page.id] = static_cast<int>(known.readings.size());
            // A back may be blank beside its front only: what was read there is noise.
            known.readings.push_back(
                page.state == PageState::Read ? page.reading_json : std::string()
            );
        }
        RowId last_truth = 0;
        for (const pqxx::row& row : look.exec_params(sql::truth_of_pli, pli)) {
            const auto page = index_of_page.find(row["page_id"].template as<RowId>());
            if (page == index_of_page.end()) {
                continue;
            }
            const RowId truth = row["truth_id"].template as<RowId>();
            if (truth != last_truth) {
                known.documents.push_back({text_of(row["type"]), {}});
                last_truth = truth;
            }
            known.documents.back().page_indexes.push_back(page->second);
        }
        return known;
    });
}

std::vector<OpenSample> Truth::open_samples(const Scope& scope) {
    return database_->look([&](auto& look) {
        std::vector<OpenSample> samples;
        for (const pqxx::row& row : ask(look, sql::open_samples, scope)) {
            const RowId sample = row["sample_id"].template as<RowId>();
            if (samples.empty() || samples.back().sample != sample) {
                samples.push_back(OpenSample{
                    .sample = sample,
                    .caisse = text_of(row["caisse_id"]),
                    .pli_name = text_of(row["name"]),
                    .received_on = text_of(row["received_on"]),
                    .source = text_of(row["source"]),
                    .pages = {}});
            }
            samples.back().pages.push_back(SamplePage{
                .page_number = row["page_number"].template as<int>(),
                .file = text_of(row["file"]),
                .asked = row["asked"].template as<bool>(),
                .preview_sha256 = text_of(row["preview_sha256"])});
        }
        return samples;
    });
}

KeyedSamples Truth::keyed_samples(const Scope& scope) {
    return database_->look([&](auto& look) {
        KeyedSamples result;
        for (const pqxx::row& row : ask(look, sql::keyed_samples, scope)) {
            result.samples.push_back(keyed_sample_of(row));
        }
        for (const pqxx::row& row : ask(look, sql::sample_counts, scope)) {
            result.counts.push_back(SampleCount{
                .type = text_of(row["type"]),
                .automatic = row["automatic"].template as<long>(),
                .chosen = row["chosen"].template as<long>()});
        }
        return result;
    });
}

} // namespace pleiade::store
