#include "classify/rules/doubts.h"

#include "classify/rules/codes.h"
#include "classify/rules/continuation.h"
#include "classify/rules/keys.h"
#include "classify/rules/reasons.h"
#include "classify/rules/ticks.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pleiade::classify {
namespace {

constexpr double routing_confidence = 0.9;  // chosen: a measured tick, words found as they stand
constexpr double required_confidence = 0.8; // chosen: what print reaches that is surely read

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

/// Whether a page of a few words ends what stands before it: it names somebody or something that
/// was named there, or is signed. A note that somebody enclosed does neither.
bool ends_document(
    const Layout& page, const std::vector<int>& before, const std::vector<Layout>& layouts
) {
    static constexpr std::array<std::string_view, 6> ends = {
        "signature", "cachet", "fait", "tampon", "date", "suite"};
    constexpr std::size_t least_letters = 5; // chosen: shorter words stand anywhere
    return std::ranges::any_of(page.words, [&](const LaidWord& word) {
        const std::string& key = word.folded;
        return std::ranges::find(ends, std::string_view(key)) != ends.end() ||
               (key.size() >= least_letters && std::ranges::any_of(before, [&](int index) {
                    const auto& words = layouts[static_cast<std::size_t>(index)].words;
                    return std::ranges::find(words, key, &LaidWord::folded) != words.end();
                }));
    });
}

/// Whether the page says by itself that it goes on: by its number, as the back of a form, or as the
/// last lines of what stands before.
bool says_it_goes_on(const Doubted& doubted, const JoinedPage& joined) {
    const auto page = static_cast<std::size_t>(joined.page_index);
    const PageGuess& guess = doubted.guesses[page];
    if (guess.type.code != joined.code && guess.type.code != codes::unknown &&
        guess.type.confidence >= serious) {
        return false;
    }
    constexpr int few_words = 20; // chosen: date, signature and stamp
    constexpr int several = 2;    // chosen: fronts of forms speak of one such matter
    const bool a_rest = guess.words > 0 && guess.words <= few_words &&
                        ends_document(doubted.layouts[page], joined.before, doubted.layouts);
    // What is filled in bears a day or a number at least; the back of a form none.
    const bool a_back = (guess.notice || guess.small_print >= several) &&
                        doubted.pli.pages[page].identifiers.empty();
    return guess.says_further || a_back ||
           (!guess.headed && (a_rest || speaks_for(guess, joined.code)));
}

/// What makes it sure that the page goes on with the document, for people; nothing when it is not.
std::optional<std::vector<Evidence>>
why_it_goes_on(const Doubted& doubted, const ProposedDocument& document, int page_index) {
    constexpr double likely = 0.5;  // chosen: beside what the page itself says
    constexpr double certain = 0.9; // measured: docs/adr/0025
    const ReadPli& pli = doubted.pli;
    std::vector<int> before = document.page_indexes;
    std::erase_if(before, [&](int other) { return other >= page_index; });
    const JoinedPage joined{
        pli.pages, doubted.layouts, doubted.guesses, document.type.code, before, page_index};
    const auto& identifiers = pli.pages[static_cast<std::size_t>(page_index)].identifiers;
    const bool numbered = std::ranges::any_of(identifiers, [](const Identifier& identifier) {
        return identifier.kind == IdentifierKind::Nir && identifier.valid;
    });
    const bool says_so = says_it_goes_on(doubted, joined);
    if (numbered) {
        return std::nullopt;
    }
    if (!doubted.settings.model) { // the signs were weighed with its chances
        return says_so ? std::optional<std::vector<Evidence>>(std::in_place) : std::nullopt;
    }
    const ContinuationSigns signs = continuation_signs(joined);
    const double chance = continuation_chance(signs);
    const bool sure = says_so ? chance >= likely : chance >= certain && !stands_for_itself(joined);
    return sure && !opens_something(joined) ? std::optional(continuation_why(signs, page_index))
                                            : std::nullopt;
}

/// Says in the decision why a page goes on with its document; whether it is sure that it does.
bool is_explained(
    const Doubted& doubted, const ProposedDocument& document, int page_index, Decision& decision
) {
    const auto page = static_cast<std::size_t>(page_index);
    const PageGuess& guess = doubted.guesses[page];
    const std::vector<int>& missing = doubted.pli.missing_page_indexes;
    if (page_index == document.page_indexes.front() || guess.type.code == codes::blank ||
        std::ranges::find(missing, page_index) != missing.end() ||
        !is_doubtful(guess, document.type.code)) {
        return true;
    }
    const auto why = why_it_goes_on(doubted, document, page_index);
    if (why) {
        std::vector<Evidence>& said = decision.page_types[page].why;
        said.insert(said.begin() + (said.empty() ? 0 : 1), why->begin(), why->end());
    }
    return why.has_value();
}

std::vector<int>
unexplained_pages(const Doubted& doubted, const ProposedDocument& document, Decision& decision) {
    std::vector<int> pages = document.page_indexes;
    std::erase_if(pages, [&](int page_index) {
        return is_explained(doubted, document, page_index, decision);
    });
    return pages;
}

/// A page that little speaks for joined the document before it. It may be a paper of its own, above
/// all where it bears the number of an insured person: a person must see it. A scan-only caisse has
/// its own people for that, and is told.
void doubt_joined_pages(const Doubted& doubted, bool scan_only, Decision& decision) {
    if (!doubted.pli.document_starts.empty()) {
        return; // the sheets between documents say what belongs together
    }
    for (ProposedDocument& document : decision.documents) {
        for (const int page_index : unexplained_pages(doubted, document, decision)) {
            (scan_only ? document.notes : decision.verify_reasons)
                .push_back(joined_reason(page_index));
            document.type.automatic = document.type.automatic && !scan_only;
        }
    }
}

/// Whether a form that doctors sign does not say so yet who did.
bool wants_a_doctor(const ProposedDocument& document, const ClassifySettings& settings) {
    const DocumentType* type = type_with_code(document.type.code, settings);
    const auto names_doctor = [](const auto& named) { return named.name == "rpps"; };
    return type != nullptr && std::ranges::any_of(type->fields, names_doctor) &&
           std::ranges::none_of(document.fields, names_doctor);
}

/// A few lines without a title behind a form that lacks its doctor: its last page more often than a
/// paper of its own. What carries its own proof is one: an account, an envelope.
void doubt_thin_documents(
    Decision& decision,
    const ReadPli& pli,
    const std::vector<PageGuess>& guesses,
    const ClassifySettings& settings
) {
    if (!pli.document_starts.empty()) {
        return;
    }
    for (std::size_t i = 1; i < decision.documents.size(); ++i) {
        if (!wants_a_doctor(decision.documents[i - 1], settings)) {
            continue;
        }
        const ProposedDocument& document = decision.documents[i];
        const int page_index = document.page_indexes.front();
        const auto page = static_cast<std::size_t>(page_index);
        const PageGuess& guess = guesses[page];
        constexpr int few_words = 60; // chosen: a stamp, a signature, the last lines of a form
        const bool proven =
            guess.kind == PageKind::Envelope ||
            std::ranges::any_of(pli.pages[page].identifiers, [](const Identifier& identifier) {
                return identifier.kind == IdentifierKind::Iban && identifier.valid;
            });
        if (document.page_indexes.size() == 1 && guess.words > 0 && guess.words <= few_words &&
            !guess.heads && !proven) {
            decision.verify_reasons.push_back(thin_reason(document));
        }
    }
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

} // namespace

bool decides(const Field& field, const FieldRoute& route) {
    return field.name == route.field && field.value == route.value;
}

bool is_doubtful(const PageGuess& guess, const std::string& code) {
    const bool another = guess.type.code != code && guess.type.code != codes::unknown &&
                         guess.type.confidence >= serious;
    return another || guess.type.code == codes::unknown || guess.type.confidence < serious ||
           (guess.at_foot && !guess.heads);
}

void doubt(const Doubted& doubted, Decision& decision) {
    const auto& [pli, layouts, guesses, settings, caisse] = doubted;
    doubt_documents(decision, pli, caisse, settings);
    doubt_pages(decision, pli);
    const bool scan_only = caisse != nullptr && caisse->cession == Cession::ScanOnly;
    doubt_joined_pages(doubted, scan_only, decision);
    if (!scan_only) {
        doubt_thin_documents(decision, pli, guesses, settings);
        doubt_senders(decision, pli, guesses, settings);
        doubt_differing_pages(decision, pli, layouts, settings);
    }
}

} // namespace pleiade::classify
