#include "classify/understand.h"

#include "classify/learning/weighing.h"
#include "classify/rules/boundaries.h"
#include "classify/rules/caisse_rules.h"
#include "classify/rules/codes.h"
#include "classify/rules/completeness.h"
#include "classify/rules/doubts.h"
#include "classify/rules/fields.h"
#include "classify/rules/guards.h"
#include "classify/rules/keys.h"
#include "classify/rules/layout.h"
#include "classify/rules/reasons.h"
#include "classify/rules/sealed_fields.h"
#include "classify/rules/sender.h"
#include "classify/rules/type_rules.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace pleiade::classify {
namespace {

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

/// Nothing on the paper is of a later day than that on which it came; of a page that nobody has
/// received the day is today.
std::chrono::sys_days last_day_on_paper(const Facts& facts) {
    return facts.received_on == std::chrono::sys_days{} ? facts.today : facts.received_on;
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
    doubt({pli, layouts, guesses, settings, caisse}, decision);
    name_keys(decision, pli, settings);
    guard(decision, {pli, layouts, guesses, settings, facts});
    decision.to_verify = !decision.verify_reasons.empty();
    return decision;
}

} // namespace pleiade::classify
