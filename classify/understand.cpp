#include "classify/understand.h"

#include "classify/learning/weighing.h"
#include "classify/rules/boundaries.h"
#include "classify/rules/caisse_rules.h"
#include "classify/rules/codes.h"
#include "classify/rules/completeness.h"
#include "classify/rules/fields.h"
#include "classify/rules/guards.h"
#include "classify/rules/keys.h"
#include "classify/rules/layout.h"
#include "classify/rules/reasons.h"
#include "classify/rules/sealed_fields.h"
#include "classify/rules/sender.h"
#include "classify/rules/ticks.h"
#include "classify/rules/type_rules.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace pleiade::classify {
namespace {

constexpr double serious = 0.5;            // chosen: as for boundaries
constexpr double default_threshold = 0.95; // chosen: as Caisse::threshold, when no caisse is known

const Caisse* caisse_of(const std::string& code, const ClassifySettings& settings) {
    for (const Caisse& caisse : settings.caisses) {
        if (caisse.code == code) {
            return &caisse;
        }
    }
    return nullptr;
}

double threshold_of(const std::string& code, const Caisse* caisse) {
    if (caisse == nullptr) {
        return default_threshold;
    }
    const auto own = caisse->thresholds.find(code);
    return own == caisse->thresholds.end() ? caisse->threshold : own->second;
}

bool is_automatic(const TypeGuess& guess, const Caisse* caisse, const ClassifySettings& settings) {
    const DocumentType* type = type_with_code(guess.code, settings);
    return guess.code != codes::unknown && (type == nullptr || !type->never_automatic) &&
           guess.confidence >= threshold_of(guess.code, caisse);
}

/// An attachment goes where its master goes whatever its type, so it may be less sure; not where
/// the caisse has set a threshold of its own for that type.
bool sure_enough_beside_master(const TypeGuess& guess, const Caisse* caisse) {
    constexpr double attachment_threshold = 0.85; // chosen: a wrong name, but never a wrong desk
    return caisse != nullptr && caisse->thresholds.count(guess.code) == 0 &&
           guess.confidence >= attachment_threshold;
}

/// The type of a document: its first page speaks, unless it says nothing and a later one does.
TypeGuess
document_type(const std::vector<int>& page_indexes, const std::vector<PageGuess>& guesses) {
    const PageGuess* best = nullptr;
    for (const int page_index : page_indexes) {
        const PageGuess& guess = guesses[static_cast<std::size_t>(page_index)];
        const std::string& code = guess.type.code;
        if (code == codes::blank || code == codes::unknown) {
            continue;
        }
        if (best == nullptr || best->type.code == codes::envelope ||
            (best->type.confidence < serious && guess.type.confidence > best->type.confidence)) {
            best = &guess;
        }
    }
    if (best != nullptr) {
        return best->type;
    }
    const bool all_blank = std::all_of(page_indexes.begin(), page_indexes.end(), [&](int index) {
        return guesses[static_cast<std::size_t>(index)].type.code == codes::blank;
    });
    for (const int page_index : page_indexes) {
        const TypeGuess& guess = guesses[static_cast<std::size_t>(page_index)].type;
        if (all_blank || guess.code == codes::unknown) {
            return guess;
        }
    }
    return {};
}

/// The document that the attachments of the pli belong to: the first medical one, whose channel not
/// everybody may see, else the first that is none itself.
std::optional<int>
find_master(const std::vector<ProposedDocument>& documents, const ClassifySettings& settings) {
    std::optional<int> first;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const std::string& code = documents[i].type.code;
        const DocumentType* type = type_with_code(code, settings);
        const bool attachment = type != nullptr && type->attachment;
        if (attachment || code == codes::envelope || code == codes::blank) {
            continue;
        }
        if (type != nullptr && type->medical) {
            return static_cast<int>(i);
        }
        first = first ? first : static_cast<int>(i);
    }
    return first;
}

Route route_of(const std::string& code, const Caisse* caisse) {
    if (caisse == nullptr) {
        return {};
    }
    const auto row = caisse->plan.find(code);
    return row == caisse->plan.end() ? caisse->other : row->second;
}

constexpr double routing_confidence = 0.9;  // chosen: a measured tick, words found as they stand
constexpr double required_confidence = 0.8; // chosen: what print reaches that is surely read

bool decides(const Field& field, const FieldRoute& route) {
    return field.name == route.field && field.value == route.value;
}

/// A desk that hangs on a field which is not sure is a person's to choose.
void doubt_routes(Decision& decision, const ProposedDocument& document, const DocumentType* type) {
    for (const FieldRoute& route : type == nullptr ? std::vector<FieldRoute>{} : type->routes) {
        for (const Field& field : document.fields) {
            if (decides(field, route) && field.confidence < routing_confidence) {
                decision.verify_reasons.push_back(unsure_field_reason(document, field.name));
            }
        }
    }
}

/// The row of the plan that a document goes by: that of its type, unless a field says who it is for
/// and the plan has a row for that.
std::string plan_row_of(
    const ProposedDocument& document, const Caisse* caisse, const ClassifySettings& settings
) {
    const DocumentType* type = type_with_code(document.type.code, settings);
    for (const FieldRoute& route : type == nullptr ? std::vector<FieldRoute>{} : type->routes) {
        for (const Field& field : document.fields) {
            if (decides(field, route) && caisse != nullptr &&
                caisse->plan.contains(route.plan_row)) {
                return route.plan_row;
            }
        }
    }
    return document.type.code;
}

/// Who sent each document, and on the one the others follow the number it was registered under:
/// its day of receipt may start a legal delay. What came back to the caisse was sent by it.
void name_senders(
    Decision& decision,
    const ReadPli& pli,
    const std::vector<Layout>& layouts,
    const ClassifySettings& settings
) {
    for (ProposedDocument& document : decision.documents) {
        const DocumentType* type = type_with_code(document.type.code, settings);
        if (type == nullptr || type->returned) {
            continue;
        }
        const PageKind kind =
            document.type.code == codes::envelope ? PageKind::Envelope : PageKind::Sheet;
        std::vector<Field> sender =
            sender_fields(document.page_indexes, kind, layouts, settings.caisses);
        std::move(sender.begin(), sender.end(), std::back_inserter(document.fields));
    }
    const std::optional<int> master = find_master(decision.documents, settings);
    const std::optional<Field> number = registered_number(pli.pages);
    if (master.has_value() && number.has_value()) {
        ProposedDocument& document = decision.documents[static_cast<std::size_t>(*master)];
        const DocumentType* type = type_with_code(document.type.code, settings);
        if (type != nullptr && !type->returned) {
            document.fields.push_back(*number);
        }
    }
}

void route(Decision& decision, const Caisse* caisse, const ClassifySettings& settings) {
    const std::optional<int> master = find_master(decision.documents, settings);
    for (ProposedDocument& document : decision.documents) {
        document.route = route_of(plan_row_of(document, caisse, settings), caisse);
    }
    if (!master.has_value()) {
        return;
    }
    const ProposedDocument& followed = decision.documents[static_cast<std::size_t>(*master)];
    const Route master_route = followed.route;
    const DocumentType* master_type = type_with_code(followed.type.code, settings);
    const bool medical = master_type != nullptr && master_type->medical;
    for (ProposedDocument& document : decision.documents) {
        const DocumentType* type = type_with_code(document.type.code, settings);
        if (type != nullptr && type->attachment) {
            document.master_index = master;
            document.route = master_route;
            document.type.automatic =
                document.type.automatic || sure_enough_beside_master(document.type, caisse);
            if (type->medical && !medical) {
                decision.verify_reasons.push_back(medical_reason(document));
            }
        }
    }
}

/// Whether none of its pages could be read.
bool is_missing(const ProposedDocument& document, const ReadPli& pli) {
    return std::ranges::all_of(document.page_indexes, [&](int page_index) {
        return std::ranges::find(pli.missing_page_indexes, page_index) !=
               pli.missing_page_indexes.end();
    });
}

/// Doubts about types and fields. A scan-only caisse has its own people for both: it gets its
/// documents with what we think of them.
void doubt_documents(
    Decision& decision, const ReadPli& pli, const Caisse* caisse, const ClassifySettings& settings
) {
    if (caisse != nullptr && caisse->cession == Cession::ScanOnly) {
        return;
    }
    for (const ProposedDocument& document : decision.documents) {
        const DocumentType* type = type_with_code(document.type.code, settings);
        if (type != nullptr && type->never_automatic) {
            decision.verify_reasons.push_back(never_automatic_reason(document, *type));
            continue;
        }
        if (!document.type.automatic) {
            if (!is_missing(document, pli)) { // what is missing is said page by page
                decision.verify_reasons.push_back(type_reason(document));
            }
            continue;
        }
        doubt_routes(decision, document, type);
        for (const FieldRule& rule : type == nullptr ? std::vector<FieldRule>{} : type->fields) {
            if (!rule.required) {
                continue;
            }
            const auto found = std::ranges::find(document.fields, rule.name, &Field::name);
            if (found == document.fields.end()) {
                decision.verify_reasons.push_back(field_reason(document, rule.name));
            } else if (found->confidence < required_confidence) {
                decision.verify_reasons.push_back(unsure_field_reason(document, rule.name));
            }
        }
    }
}

/// Source: docs/adr/0022, the marks of separator sheets.
bool is_separator_mark(const Mark& mark) {
    return mark.format == "PatchT" || mark.text.rfind("PLEIADE1;", 0) == 0;
}

/// A page that shows a separator's mark but was not taken for a sheet: it may be a sheet somebody
/// wrote on, and then mail of two persons lies in one pli.
void doubt_separator_marks(Decision& decision, const ReadPli& pli) {
    for (std::size_t i = 0; i < pli.pages.size(); ++i) {
        const PageReading& page = pli.pages[i];
        if (!page.separator &&
            std::any_of(page.marks.begin(), page.marks.end(), is_separator_mark)) {
            decision.verify_reasons.push_back(separator_mark_reason(static_cast<int>(i)));
        }
    }
}

/// A paper whose own signature says that it was altered goes nowhere by itself, whoever the caisse.
void doubt_forged_pages(Decision& decision, const ReadPli& pli) {
    for (std::size_t i = 0; i < pli.pages.size(); ++i) {
        for (const SealedDocument& document : pli.pages[i].sealed_documents) {
            if (document.state == SealState::Forged) {
                decision.verify_reasons.push_back(forged_reason(static_cast<int>(i), document));
            }
        }
    }
}

void doubt_pages(Decision& decision, const ReadPli& pli) {
    doubt_separator_marks(decision, pli);
    doubt_forged_pages(decision, pli);
    for (std::size_t i = 0; i < pli.missing_page_indexes.size(); ++i) {
        const std::string name = i < pli.missing_names.size() ? pli.missing_names[i] : "";
        decision.verify_reasons.push_back(missing_reason(pli.missing_page_indexes[i], name));
    }
    if (decision.documents.empty()) {
        decision.verify_reasons.emplace_back("le pli n'a aucune page");
        return;
    }
    const auto only = [&](const char* code) {
        return std::all_of(
            decision.documents.begin(),
            decision.documents.end(),
            [&](const ProposedDocument& document) { return document.type.code == code; }
        );
    };
    if (only(codes::blank)) {
        decision.verify_reasons.emplace_back("le pli n'a que des faces blanches");
    }
    if (only(codes::envelope)) {
        decision.verify_reasons.emplace_back("le pli n'a qu'une enveloppe");
    }
}

/// Whoever fills in a form that asks for several things gives one of them at least: articles,
/// adverts and empty forms have none.
bool is_nothing_filled_in(const ProposedDocument& document, const DocumentType& type) {
    constexpr std::ptrdiff_t several = 2; // chosen: one alone is missed when it is read badly
    const auto asked = std::ranges::count_if(type.fields, &FieldRule::mandatory);
    return asked >= several && std::ranges::none_of(type.fields, [&](const FieldRule& rule) {
               return rule.mandatory &&
                      std::ranges::find(document.fields, rule.name, &Field::name) !=
                          document.fields.end();
           });
}

/// The NIR that a document is sure of; empty when there is none.
std::string sure_nir(const ProposedDocument& document) {
    constexpr double sure_of_person = 0.9; // chosen
    const auto nir = std::ranges::find(document.fields, "nir", &Field::name);
    return nir != document.fields.end() && nir->confidence >= sure_of_person ? nir->value : "";
}

/// What stands in forms of other bodies, papers without anything filled in, and papers of other
/// people behind a document.
void doubt_senders(
    Decision& decision,
    const ReadPli& pli,
    const std::vector<PageGuess>& guesses,
    const ClassifySettings& settings
) {
    constexpr double named = 3.5; // chosen: its full name; a pay slip names several in passing
    for (const ProposedDocument& document : decision.documents) {
        const DocumentType* type = type_with_code(document.type.code, settings);
        if (type == nullptr || type->never_automatic || is_missing(document, pli)) {
            continue;
        }
        if (!type->attachment) {
            const int page_index = document.page_indexes.front();
            const PageGuess& guess = guesses[static_cast<std::size_t>(page_index)];
            const bool other = std::ranges::any_of(guess.scores, [](const TypeScore& score) {
                return score.code == codes::misdirected && score.log_odds >= named;
            });
            if (other) {
                decision.verify_reasons.push_back(other_body_reason(page_index));
            }
            if (document.type.automatic && is_nothing_filled_in(document, *type)) {
                decision.verify_reasons.push_back(nothing_filled_in_reason(document));
            }
        } else if (document.master_index && !type->family) {
            const auto& master =
                decision.documents[static_cast<std::size_t>(*document.master_index)];
            const std::string own = sure_nir(document);
            const std::string masters = sure_nir(master);
            if (!own.empty() && !masters.empty() && own != masters) {
                decision.verify_reasons.push_back(other_person_reason(document));
            }
        }
    }
}

/// Do words of the page speak for a type, if only a little?
bool speaks_for(const PageGuess& guess, const std::string& code) {
    constexpr double a_little = 0.5; // chosen: one phrase
    return std::any_of(guess.scores.begin(), guess.scores.end(), [&](const TypeScore& score) {
        return score.code == code && score.log_odds >= a_little;
    });
}

/// A page that little speaks for joined the document before it. It may be a paper of its own, above
/// all where it bears the number of an insured person: a person must see it.
void doubt_joined_pages(
    Decision& decision, const ReadPli& pli, const std::vector<PageGuess>& guesses
) {
    if (!pli.document_starts.empty()) {
        return; // the sheets between documents say what belongs together
    }
    for (const ProposedDocument& document : decision.documents) {
        for (const int page_index : document.page_indexes) {
            const auto page = static_cast<std::size_t>(page_index);
            const std::vector<Identifier>& identifiers = pli.pages[page].identifiers;
            const bool numbered = std::any_of(
                identifiers.begin(),
                identifiers.end(),
                [](const Identifier& identifier) {
                    return identifier.kind == IdentifierKind::Nir && identifier.valid;
                }
            );
            const PageGuess& guess = guesses[page];
            const bool written = guess.type.code != codes::blank &&
                                 std::ranges::find(pli.missing_page_indexes, page_index) ==
                                     pli.missing_page_indexes.end();
            const bool another = guess.type.code != document.type.code &&
                                 guess.type.code != codes::unknown &&
                                 guess.type.confidence >= serious;
            const bool doubtful = another || guess.type.code == codes::unknown ||
                                  guess.type.confidence < serious ||
                                  (guess.at_foot && !guess.heads);
            constexpr int few_words = 20; // chosen: date, signature and stamp
            const bool a_rest = guess.words > 0 && guess.words <= few_words;
            // What is filled in bears a day or a number at least; the back of a form none.
            const bool a_back = guess.notice && identifiers.empty();
            const bool goes_on =
                !another && (guess.says_further || a_back ||
                             (!guess.headed && (a_rest || speaks_for(guess, document.type.code))));
            if (page_index != document.page_indexes.front() && doubtful && written &&
                (numbered || !goes_on)) {
                decision.verify_reasons.push_back(joined_reason(page_index));
            }
        }
    }
}

/// Nothing on the paper is of a later day than that on which it came; of a page that nobody has
/// received the day is today.
std::chrono::sys_days last_day_on_paper(const Facts& facts) {
    return facts.received_on == std::chrono::sys_days{} ? facts.today : facts.received_on;
}

/// Whether a field says whom its document is for: by a text that is printed, or by a box that the
/// caisse sorts by. Other boxes of a second page are often another question's.
bool says_whom_for(const FieldRule& rule, const DocumentType& type) {
    const bool routes = std::ranges::any_of(type.routes, [&](const FieldRoute& route) {
        return route.field == rule.name;
    });
    return rule.identifier == "printed" || (rule.identifier == "check" && routes);
}

/// What each page of the document says, where it says it.
std::map<int, std::string> choices_by_page(
    const FieldRule& rule,
    const ProposedDocument& document,
    const ReadPli& pli,
    const std::vector<Layout>& layouts
) {
    std::map<int, std::string> said;
    for (const int page_index : document.page_indexes) {
        const auto page = static_cast<std::size_t>(page_index);
        const std::optional<Field> choice =
            rule.identifier == "printed"
                ? printed_choice(rule, layouts[page], page_index)
                : ticked_choice(rule, pli.pages[page], layouts[page], page_index);
        if (choice) {
            said.emplace(page_index, choice->value);
        }
    }
    return said;
}

/// Volets 1 and 2 of a form lie on two desks: which of them was scanned first decides nothing.
void doubt_differing_pages(
    Decision& decision,
    const ReadPli& pli,
    const std::vector<Layout>& layouts,
    const ClassifySettings& settings
) {
    for (const ProposedDocument& document : decision.documents) {
        const DocumentType* type = type_with_code(document.type.code, settings);
        if (type == nullptr || document.page_indexes.size() < 2) {
            continue;
        }
        for (const FieldRule& rule : type->fields) {
            if (!says_whom_for(rule, *type)) {
                continue;
            }
            const auto said = choices_by_page(rule, document, pli, layouts);
            const bool differ = std::ranges::any_of(said, [&](const auto& each) {
                return each.second != said.begin()->second;
            });
            if (differ) {
                decision.verify_reasons.push_back(differing_field_reason(document, rule.name, said)
                );
            }
        }
    }
}

std::vector<PageGuess> guess_pages(
    const ReadPli& pli, const std::vector<Layout>& layouts, const ClassifySettings& settings
) {
    const TypeRules rules(settings.types);
    const std::set<int> missing(pli.missing_page_indexes.begin(), pli.missing_page_indexes.end());
    std::vector<PageGuess> guesses;
    for (std::size_t i = 0; i < pli.pages.size(); ++i) {
        const int page_index = static_cast<int>(i);
        guesses.push_back(
            missing.contains(page_index) ? PageGuess{}
                                         : rules.guess(pli.pages[i], layouts[i], page_index)
        );
        if (settings.model) {
            weigh_with_model(guesses.back(), pli.pages[i], layouts[i], *settings.model, page_index);
        }
    }
    return guesses;
}

/// Pages behind the first have the type of their document, unless they are blank.
void settle_page_types(Decision& decision, const std::vector<PageGuess>& guesses) {
    for (const PageGuess& guess : guesses) {
        decision.page_types.push_back(guess.type);
    }
    for (const ProposedDocument& document : decision.documents) {
        for (const int page_index : document.page_indexes) {
            TypeGuess& page = decision.page_types[static_cast<std::size_t>(page_index)];
            if (page.code == codes::blank || page.code == document.type.code) {
                continue;
            }
            page = document.type;
            page.why.insert(page.why.begin(), {"suite du document", page_index, Box{}, 0.0});
        }
    }
}

} // namespace

std::vector<Question> ask(const std::vector<PageReading>& pages, const ClassifySettings& settings) {
    return questions_about(pages, settings);
}

Decision understand(const ReadPli& pli, const ClassifySettings& settings, const Facts& facts) {
    std::vector<Layout> layouts;
    layouts.reserve(pli.pages.size());
    for (const PageReading& page : pli.pages) {
        layouts.push_back(lay_out(page));
    }
    const std::vector<PageGuess> guesses = guess_pages(pli, layouts, settings);
    CaisseAnswer answer = decide_caisse(pli.lot_caisse, layouts, guesses, settings.caisses);
    Decision decision;
    decision.caisse = std::move(answer.guess);
    decision.verify_reasons = std::move(answer.doubts);
    const Caisse* caisse = caisse_of(decision.caisse.code, settings);
    for (std::vector<int>& page_indexes : split_documents(pli, guesses)) {
        ProposedDocument document;
        document.type = document_type(page_indexes, guesses);
        document.type.automatic = is_automatic(document.type, caisse, settings);
        document.page_indexes = std::move(page_indexes);
        if (const DocumentType* type = type_with_code(document.type.code, settings);
            type != nullptr) {
            SealedFields fields = with_sealed_fields(
                read_fields(
                    *type, document.page_indexes, {pli.pages, layouts}, last_day_on_paper(facts)
                ),
                *type,
                document.page_indexes,
                pli.pages
            );
            document.fields = std::move(fields.fields);
            for (const SealConflict& conflict : fields.conflicts) {
                decision.verify_reasons.push_back(
                    seal_conflict_reason(conflict.page_index, conflict.field)
                );
            }
            document.missing = missing_of(*type, document, pli.pages, layouts);
        }
        decision.documents.push_back(std::move(document));
    }
    name_senders(decision, pli, layouts, settings);
    route(decision, caisse, settings);
    settle_page_types(decision, guesses);
    for (TypeGuess& page : decision.page_types) {
        page.automatic = is_automatic(page, caisse, settings);
    }
    doubt_documents(decision, pli, caisse, settings);
    doubt_pages(decision, pli);
    if (caisse == nullptr || caisse->cession != Cession::ScanOnly) {
        doubt_joined_pages(decision, pli, guesses);
        doubt_senders(decision, pli, guesses, settings);
        doubt_differing_pages(decision, pli, layouts, settings);
    }
    name_keys(decision, pli, settings);
    guard(decision, {pli, layouts, guesses, settings, facts});
    decision.to_verify = !decision.verify_reasons.empty();
    return decision;
}

} // namespace pleiade::classify
