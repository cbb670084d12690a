#pragma once
// A kind of document and the printed evidence it is known by. Data (types.toml), not code.

#include <string>
#include <vector>

namespace pleiade {

/// One piece of printed evidence. Texts are compared folded: lower case, no accents, single blanks.
struct Anchor {
    enum class Kind {
        Cerfa,   ///< Cerfa number, five digits, version ignored: "10170".
        SNumber, ///< Form number of the Assurance Maladie: "S3704".
        Title,   ///< Words of the title; counts more in large print and near the top.
        Phrase,  ///< Words anywhere on the page.
        Mark,    ///< Beginning of a barcode text: "ARLAPOSTE".
        Not,     ///< Words that speak against this type.
    };
    Kind kind = Kind::Phrase;
    std::string text;
    double weight =
        1.0; ///< Log-odds that this anchor adds when seen. chosen per type in types.toml
};

/// A value to take from a page of this type.
struct FieldRule {
    std::string name;       ///< "nir", "siret", "accident_date" ...
    std::string identifier; ///< IdentifierKind as text, "amount", or empty for the words there.
    std::vector<std::string> labels; ///< Printed labels left of or above the value.
    bool required = false;
};

struct DocumentType {
    std::string code;  ///< "AAT", "DAT" ...
    std::string title; ///< French, for people.
    std::string service;
    bool medical = false;    ///< Only for the medical channel: every caisse says where that is.
    bool attachment = false; ///< Follows the master document of its pli, a medical one first.
    bool family = false;     ///< May name several people of one household.
    bool secured = false;    ///< Its original is coloured and bears a number of its own.
    bool returned = false;   ///< Mail of the caisse that came back: it is the sender printed there.
    std::vector<Anchor> anchors;
    std::vector<FieldRule> fields;
};

} // namespace pleiade
