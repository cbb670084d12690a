#include "classify/rules/keys.h"

#include "classify/rules/fields.h"
#include "classify/rules/folding.h"
#include "classify/rules/guard_reasons.h"
#include "classify/rules/layout.h"
#include "classify/rules/paper.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace pleiade::classify {
namespace {

constexpr const char* form_number_field = "aat_number"; // spec: samples/types.toml

/// The number in what stood behind its label; empty when that looks like none.
std::string form_number_in(const std::string& words) {
    constexpr std::ptrdiff_t least_digits = 5; // chosen: shorter ones are dates and page numbers
    std::string number = folded(words);
    const auto digits = std::ranges::count_if(number, [](char c) { return c >= '0' && c <= '9'; });
    return digits < least_digits ? std::string() : number;
}

/// Whether a printed label of the number stands on the page: only there it is worth looking for.
bool has_form_number(const DocumentType& type, const Layout& layout) {
    return std::ranges::any_of(type.fields, [&](const FieldRule& rule) {
        return rule.name == form_number_field &&
               std::ranges::any_of(rule.labels, [&](const std::string& label) {
                   return !Pattern(label).find(layout.search).empty();
               });
    });
}

class Questions {
public:
    void add(Question::Kind kind, const std::string& key) {
        if (!key.empty() && asked_.emplace(kind, key).second) {
            questions_.push_back({kind, key});
        }
    }

    void add_identifiers(const PageReading& page) {
        for (const Identifier& identifier : page.identifiers) {
            if (!identifier.valid) {
                continue;
            }
            if (identifier.kind == IdentifierKind::Nir) {
                add(Question::Kind::Nir, identifier.value);
            } else if (identifier.kind == IdentifierKind::Siret) {
                add(Question::Kind::Siret, identifier.value);
            } else if (identifier.kind == IdentifierKind::Iban) {
                add(Question::Kind::Iban, identifier.value);
            }
        }
    }

    void add_form_numbers(const PageReading& page, const DocumentType& type) {
        const std::vector<PageReading> pages{page};
        const std::vector<Layout> layouts{lay_out(page)};
        if (!has_form_number(type, layouts.front())) {
            return;
        }
        for (const Field& field : read_fields(type, {0}, {pages, layouts}, {})) {
            if (field.name == form_number_field) {
                add(Question::Kind::AatNumber, form_number_in(field.value));
            }
        }
    }

    void add_print(const PageReading& page, int page_index) {
        if (PagePrint print = print_of(page); print != PagePrint{}) {
            questions_.push_back({Question::Kind::PageFingerprint, "", page_index, std::move(print)}
            );
        }
    }

    [[nodiscard]] std::vector<Question> all() && { return std::move(questions_); }

private:
    std::vector<Question> questions_;
    std::set<std::pair<Question::Kind, std::string>> asked_;
};

bool is_nearly(const std::string& a, const std::string& b) {
    constexpr int most_different = 2; // chosen: two cells read wrong
    if (a.size() != b.size()) {
        return false;
    }
    int different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        different += a[i] != b[i] ? 1 : 0;
    }
    return different <= most_different;
}

/// The only one; empty when there is none or several.
std::string only_one(const std::set<std::string>& values) {
    return values.size() == 1 ? *values.begin() : std::string();
}

bool speaks_for_a_company(const std::string& code, const ClassifySettings& settings) {
    const DocumentType* type = type_with_code(code, settings);
    return type != nullptr && std::ranges::any_of(type->fields, [](const FieldRule& rule) {
               return rule.identifier == to_text(IdentifierKind::Siret);
           });
}

} // namespace

const DocumentType* type_with_code(const std::string& code, const ClassifySettings& settings) {
    const auto found = std::ranges::find(settings.types, code, &DocumentType::code);
    return found == settings.types.end() ? nullptr : &*found;
}

std::vector<Question>
questions_about(const std::vector<PageReading>& pages, const ClassifySettings& settings) {
    Questions questions;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        questions.add_identifiers(pages[i]);
        for (const DocumentType& type : settings.types) {
            if (type.secured) {
                questions.add_form_numbers(pages[i], type);
            }
        }
        questions.add_print(pages[i], static_cast<int>(i));
    }
    return std::move(questions).all();
}

std::set<std::string>
people_on(const std::vector<int>& page_indexes, const std::vector<PageReading>& pages) {
    std::set<std::string> plain;
    std::set<std::string> repaired;
    for (const int page_index : page_indexes) {
        for (const Identifier& identifier :
             pages[static_cast<std::size_t>(page_index)].identifiers) {
            if (identifier.valid && identifier.kind == IdentifierKind::Nir) {
                (identifier.repaired ? repaired : plain).insert(identifier.value);
            }
        }
    }
    for (const std::string& number : repaired) {
        if (std::ranges::none_of(plain, [&](const std::string& other) {
                return is_nearly(number, other);
            })) {
            plain.insert(number);
        }
    }
    return plain;
}

std::set<std::string>
accounts_on(const std::vector<int>& page_indexes, const std::vector<PageReading>& pages) {
    std::set<std::string> accounts;
    for (const int page_index : page_indexes) {
        for (const Identifier& identifier :
             pages[static_cast<std::size_t>(page_index)].identifiers) {
            if (identifier.valid && identifier.kind == IdentifierKind::Iban) {
                accounts.insert(identifier.value);
            }
        }
    }
    return accounts;
}

bool is_for_a_company(
    const ProposedDocument& document, const Decision& decision, const ClassifySettings& settings
) {
    return speaks_for_a_company(document.type.code, settings) ||
           (document.master_index &&
            speaks_for_a_company(
                decision.documents[static_cast<std::size_t>(*document.master_index)].type.code,
                settings
            ));
}

void name_keys(Decision& decision, const ReadPli& pli, const ClassifySettings& settings) {
    std::set<std::string> all;
    for (ProposedDocument& document : decision.documents) {
        const std::set<std::string> people = people_on(document.page_indexes, pli.pages);
        all.insert(people.begin(), people.end());
        document.person = only_one(people);
        for (const Field& field : document.fields) {
            if (field.name == "nir" && people.contains(field.value)) {
                document.person = field.value; // of several, the insured one
            }
            if (field.name == form_number_field) {
                document.form_number = form_number_in(field.value);
            }
        }
    }
    for (ProposedDocument& document : decision.documents) {
        const DocumentType* type = type_with_code(document.type.code, settings);
        if (document.person.empty() && type != nullptr && type->attachment &&
            people_on(document.page_indexes, pli.pages).empty()) {
            document.person = only_one(all);
        }
        const bool company = is_for_a_company(document, decision, settings);
        const bool of_somebody = !document.person.empty();
        const bool for_accounts =
            type != nullptr && std::ranges::any_of(type->fields, [](const FieldRule& rule) {
                return rule.identifier == to_text(IdentifierKind::Iban);
            });
        if (!company && (of_somebody || for_accounts)) {
            const std::set<std::string> accounts = accounts_on(document.page_indexes, pli.pages);
            if (of_somebody) {
                document.account = only_one(accounts);
            }
            if (accounts.size() > 1) { // one of them may be new, and be the one that is taken
                decision.verify_reasons.push_back(several_accounts_reason(document));
            }
        }
    }
}

} // namespace pleiade::classify
