#pragma once
// What a pli holds, for whom, how sure, and why: the result of `understand`.

#include "core/box.h"
#include "core/caisse.h"
#include "core/facts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade {

/// One reason a person can check: which anchor, barcode, rule or weight, on which page and where.
struct Evidence {
    std::string what;    ///< "cerfa number 10170 top left".
    int page_index = -1; ///< 0-based within the pli; -1 when it is not about one page.
    Box box_px;          ///< Empty when it is not about a place.
    double weight = 0.0; ///< Log-odds it added (or took, when negative).
};

struct TypeGuess {
    std::string code = "INCONNU";
    double confidence = 0.0; ///< Probability, 0 to 1.
    bool automatic = false;  ///< At or above the threshold of its type and caisse.
    std::vector<Evidence> why;
};

/// Who stands behind the type of a document.
enum class DecidedBy {
    Automatic, ///< The rules, and they were sure.
    Person,
    Undecided, ///< Nobody: the caisse has its own people for it, and gets our best guess.
};

[[nodiscard]] std::string to_text(DecidedBy decided_by); ///< "auto", "person", "undecided".
[[nodiscard]] std::optional<DecidedBy> decided_by_from(std::string_view text);

struct CaisseGuess {
    std::string code = unknown_caisse;
    double confidence = 0.0;
    std::vector<Evidence> why;
};

struct Field {
    std::string name;
    std::string value; ///< Normalised.
    double confidence = 0.0;
    int page_index = -1;
    Box box_px;
};

/// Something a document of its type should hold and does not: the caisse can ask its sender once
/// for everything on the list.
struct MissingField {
    std::string field; ///< Name of the field, or "signature".
    std::string why;   ///< French, for people: "absent", "illisible", "non signé".

    bool operator==(const MissingField&) const = default;
};

struct ProposedDocument {
    TypeGuess type;
    std::vector<int> page_indexes; ///< 0-based within the pli, in order; blank sides included.
    std::vector<Field> fields;
    std::vector<MissingField> missing;
    std::optional<int> master_index; ///< Into Decision::documents, for attachments.
    Route route;
    std::string person{};             ///< NIR of whom it is about; empty when nobody or several.
    std::string account{};            ///< IBAN of that person, when it gives one.
    std::string form_number{};        ///< The one a secured form has for itself.
    std::vector<std::string> notes{}; ///< In French, for the back office: nothing that stops it.
};

struct Decision {
    CaisseGuess caisse;
    std::vector<ProposedDocument>
        documents;                     ///< Every page that is not a separator is in exactly one.
    std::vector<TypeGuess> page_types; ///< One per page of the pli.
    bool to_verify = false;
    std::vector<std::string> verify_reasons; ///< For a person: "type of page 2 is not sure (0.61)".
};

} // namespace pleiade
