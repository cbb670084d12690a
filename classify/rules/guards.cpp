#include "classify/rules/guards.h"

#include "classify/rules/address.h"
#include "classify/rules/codes.h"
#include "classify/rules/folding.h"
#include "classify/rules/guard_reasons.h"
#include "classify/rules/keys.h"
#include "classify/rules/paper.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pleiade::classify {
namespace {

/// Envelopes and blank sides are alike, whoever sends them.
bool carries_nothing(const ProposedDocument& document) {
    return document.type.code == codes::envelope || document.type.code == codes::blank ||
           document.type.code == codes::separator;
}

class Guards {
public:
    Guards(Decision& decision, const GuardedPli& pli)
        : decision_(decision),
          pli_(pli),
          missing_(pli.pli.missing_page_indexes.begin(), pli.pli.missing_page_indexes.end()) {
        const auto caisse =
            std::ranges::find(pli.settings.caisses, decision.caisse.code, &Caisse::code);
        if (caisse != pli.settings.caisses.end()) {
            caisse_ = &*caisse;
        }
    }
    Guards(Decision&&, const GuardedPli&) = delete;

    void judge() {
        for (ProposedDocument& document : decision_.documents) {
            if (carries_nothing(document)) {
                continue;
            }
            const DocumentType* type = type_with_code(document.type.code, pli_.settings);
            if (!document.master_index) { // people attach the same paper to every request
                judge_history(document, type);
            }
            judge_people(document, type);
            judge_person(document, type);
            judge_account(document);
            if (type != nullptr && type->secured) {
                judge_secured(document);
            }
        }
        judge_medical();
    }

private:
    void stop(const std::string& reason) { decision_.verify_reasons.push_back(reason); }

    /// What a scan-only caisse is only told.
    void stop_or_note(ProposedDocument& document, std::string reason) {
        if (caisse_ != nullptr && caisse_->cession == Cession::ScanOnly) {
            document.notes.push_back(std::move(reason));
        } else {
            stop(reason);
        }
    }

    [[nodiscard]] const PageReading& page(int page_index) const {
        return pli_.pli.pages[static_cast<std::size_t>(page_index)];
    }

    /// A document that came before is no reiteration of itself.
    void judge_history(ProposedDocument& document, const DocumentType* type) {
        if (const EarlierPage* earlier = earlier_copy(document); earlier != nullptr) {
            stop(duplicate_reason(document, *earlier));
            return;
        }
        const int days = caisse_ == nullptr ? Caisse{}.reiteration_days : caisse_->reiteration_days;
        const bool attachment = type == nullptr || type->attachment;
        if (document.person.empty() || attachment || document.type.code == codes::unknown) {
            return;
        }
        for (const EarlierDocument& earlier : pli_.facts.earlier.documents) {
            const auto apart = earlier.received_on > pli_.facts.received_on
                                   ? earlier.received_on - pli_.facts.received_on
                                   : pli_.facts.received_on - earlier.received_on;
            if (earlier.person == document.person && earlier.type == document.type.code &&
                days > 0 && apart <= std::chrono::days(days)) {
                document.notes.push_back(reiteration_note(earlier));
                return; // the latest says it
            }
        }
    }

    /// A page of the earlier pli in which every page of the document lay; nothing when there is
    /// none. Pages that are alike for everybody prove nothing by themselves.
    [[nodiscard]] const EarlierPage* earlier_copy(const ProposedDocument& document) const {
        struct Copy {
            std::set<int> pages;
            const EarlierPage* proof = nullptr;
        };
        std::map<RowId, Copy> copies;
        for (const EarlierPage& earlier : pli_.facts.earlier.pages) {
            if (std::ranges::find(document.page_indexes, earlier.page_index) ==
                document.page_indexes.end()) {
                continue;
            }
            const PageReading& ours = page(earlier.page_index);
            if (!earlier.same_file && !is_same_paper(print_of(ours), earlier.print)) {
                continue;
            }
            Copy& copy = copies[earlier.pli];
            copy.pages.insert(earlier.page_index);
            if (earlier.same_file || share_what_is_filled_in(ours, earlier.print)) {
                copy.proof = &earlier;
            }
        }
        const auto said = [&](int page_index) {
            return !page(page_index).blank && !page(page_index).separator;
        };
        const auto wanted = std::ranges::count_if(document.page_indexes, said);
        for (const auto& [pli, copy] : copies) {
            if (copy.proof != nullptr && std::ranges::count_if(copy.pages, said) == wanted) {
                return copy.proof;
            }
        }
        return nullptr;
    }

    void judge_people(ProposedDocument& document, const DocumentType* type) {
        const bool family = type != nullptr && type->family;
        if (!family && people_on(document.page_indexes, pli_.pli.pages).size() > 1) {
            stop_or_note(document, two_people_reason(document));
        }
    }

    /// What the referential says of the person, where there is one. A family form may show the name
    /// and the birth date of a child.
    void judge_person(ProposedDocument& document, const DocumentType* type) {
        if (!pli_.facts.referential || document.person.empty()) {
            return;
        }
        const std::vector<InsuredPerson> people = people_called(document.person);
        if (people.empty()) {
            stop_or_note(document, nobody_reason(document));
            return;
        }
        if (people.size() > 1) {
            stop_or_note(document, several_people_reason(document));
            return;
        }
        const InsuredPerson& person = people.front();
        const std::string& caisse = decision_.caisse.code;
        if (!person.caisse.empty() && caisse != unknown_caisse && person.caisse != caisse) {
            stop(person_caisse_reason(document, person.caisse, caisse));
        }
        const bool own = people_on(document.page_indexes, pli_.pli.pages).contains(document.person);
        if (own && (type == nullptr || !type->family)) {
            judge_identity(document, person);
        }
    }

    [[nodiscard]] std::vector<InsuredPerson> people_called(const std::string& nir) const {
        std::vector<InsuredPerson> people;
        for (const InsuredPerson& person : pli_.facts.people) {
            if (person.nir == nir && std::ranges::find(people, person) == people.end()) {
                people.push_back(person);
            }
        }
        return people;
    }

    /// A birth date that agrees says more than a name, and is surer to be read.
    void judge_identity(ProposedDocument& document, const InsuredPerson& person) {
        const auto birth = std::ranges::find(document.fields, "birth_date", &Field::name);
        if (birth != document.fields.end() && !person.birth_date.empty()) {
            if (birth->value != person.birth_date) {
                stop_or_note(document, birth_date_reason(document));
            }
            return;
        }
        const bool named = !person.family_name.empty() || !person.birth_name.empty();
        if (named && is_well_read(document) && !shows(document, person.family_name) &&
            !shows(document, person.birth_name)) {
            stop_or_note(document, name_reason(document));
        }
    }

    /// In handwriting a name is rarely read: that it is missing says nothing there.
    [[nodiscard]] bool is_well_read(const ProposedDocument& document) const {
        constexpr double least_confidence = 0.85; // chosen: print reads above it
        return std::ranges::all_of(document.page_indexes, [&](int page_index) {
            return page(page_index).blank || page(page_index).text.confidence >= least_confidence;
        });
    }

    /// Whether the name stands on one of the pages, a letter or two read wrong.
    [[nodiscard]] bool shows(const ProposedDocument& document, const std::string& name) const {
        return !name.empty() && std::ranges::any_of(document.page_indexes, [&](int page_index) {
            const auto index = static_cast<std::size_t>(page_index);
            return !Pattern(name).find(pli_.layouts[index].search).empty();
        });
    }

    /// Earlier mail knows it better than the referential, which is of some other day.
    [[nodiscard]] std::string known_account(const std::string& person) const {
        const auto known =
            std::ranges::find(pli_.facts.earlier.accounts, person, &KnownAccount::person);
        if (known != pli_.facts.earlier.accounts.end()) {
            return known->iban;
        }
        const std::vector<InsuredPerson> people = people_called(person);
        return people.size() == 1 ? people.front().iban : std::string();
    }

    void judge_account(ProposedDocument& document) {
        if (document.account.empty()) {
            if (is_nobodys_account(document)) {
                document.notes.push_back(nobodys_account_reason(document));
            }
            return;
        }
        const std::string known = known_account(document.person);
        if (!known.empty() && known != document.account) {
            stop_or_note(document, account_reason(document));
        }
    }

    /// A paper by which people change their account, and nobody knows whose: it was compared with
    /// nothing. That is said and stops nothing: whoever works on it must find the person first.
    [[nodiscard]] bool is_nobodys_account(const ProposedDocument& document) const {
        const DocumentType* type = type_with_code(document.type.code, pli_.settings);
        const bool for_accounts =
            type != nullptr && std::ranges::any_of(type->fields, [](const FieldRule& rule) {
                return rule.identifier == to_text(IdentifierKind::Iban);
            });
        return for_accounts && document.person.empty() &&
               !is_for_a_company(document, decision_, pli_.settings) &&
               !accounts_on(document.page_indexes, pli_.pli.pages).empty();
    }

    /// Modest: a copy in colour with its number passes, unless the number came before.
    void judge_secured(ProposedDocument& document) {
        constexpr double least_coloured = 0.002; // chosen: a line of coloured print
        const PageReading& first = page(document.page_indexes.front());
        if (first.coloured && *first.coloured < least_coloured) {
            stop_or_note(document, photocopy_reason(document));
        }
        if (document.form_number.empty()) {
            stop_or_note(document, no_number_reason(document));
            return;
        }
        for (const EarlierNumber& earlier : pli_.facts.earlier.aat_numbers) {
            if (earlier.number == document.form_number) {
                stop_or_note(document, used_number_reason(document, earlier));
                return;
            }
        }
    }

    [[nodiscard]] bool is_for_the_doctors(int page_index) const {
        static const std::array<std::string, 4> names = {
            match_key("médecin conseil"),
            match_key("service médical"),
            match_key("service du contrôle médical"),
            match_key("ELSM")};
        constexpr std::size_t longest_line = 38; // spec: NF Z10-011; what is longer is a sentence
        const auto index = static_cast<std::size_t>(page_index);
        for (const AddressBlock& block :
             find_addresses(pli_.layouts[index], pli_.guesses[index].kind)) {
            if (block.place != AddressPlace::Addressee) {
                continue;
            }
            for (const std::string& line : block.lines) {
                const std::string key = match_key(line);
                if (key.size() <= longest_line &&
                    std::ranges::any_of(names, [&](const std::string& name) {
                        return key.find(name) != std::string::npos;
                    })) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The corbeilles into which the caisse puts what is for the medical channel only.
    [[nodiscard]] std::set<std::string> medical_corbeilles() const {
        std::set<std::string> corbeilles;
        for (const DocumentType& type : pli_.settings.types) {
            const auto route = caisse_->plan.find(type.code);
            if (type.medical && route != caisse_->plan.end()) {
                corbeilles.insert(route->second.corbeille);
            }
        }
        return corbeilles;
    }

    /// An envelope speaks for all that was in it.
    void judge_medical() {
        if (caisse_ == nullptr) {
            return;
        }
        const std::set<std::string> medical = medical_corbeilles();
        bool all_for_doctors = false;
        for (const ProposedDocument& document : decision_.documents) {
            all_for_doctors = all_for_doctors || (document.type.code == codes::envelope &&
                                                  any_for_the_doctors(document));
        }
        for (const ProposedDocument& document : decision_.documents) {
            const DocumentType* type = type_with_code(document.type.code, pli_.settings);
            if (carries_nothing(document) || medical.contains(document.route.corbeille)) {
                continue;
            }
            if (all_for_doctors || (type != nullptr && type->medical) ||
                any_for_the_doctors(document)) {
                stop(doctor_reason(document));
            }
        }
    }

    [[nodiscard]] bool any_for_the_doctors(const ProposedDocument& document) const {
        return std::ranges::any_of(document.page_indexes, [&](int page_index) {
            return !missing_.contains(page_index) && is_for_the_doctors(page_index);
        });
    }

    Decision& decision_;
    const GuardedPli& pli_;
    std::set<int> missing_;
    const Caisse* caisse_ = nullptr; ///< Nothing when it is not known.
};

} // namespace

void guard(Decision& decision, const GuardedPli& pli) {
    Guards(decision, pli).judge();
}

} // namespace pleiade::classify
