#pragma once
// A kind of document and the printed evidence it is known by. Data (types.toml), not code.

#include <string>
#include <string_view>
#include <vector>

namespace pleiade {

/// The one Anchor::Kind::Sign there is. Source: ICAO Doc 9303, lines filled up with "<".
inline constexpr std::string_view machine_readable_sign = "mrz";

/// One piece of printed evidence. Texts are compared folded: lower case, no accents, single blanks.
struct Anchor {
    enum class Kind {
        Cerfa,   ///< Cerfa number, five digits, version ignored: "10170".
        SNumber, ///< Form number of the Assurance Maladie: "S3704".
        Title,   ///< Words of the title; counts more in large print and near the top.
        Phrase,  ///< Words anywhere on the page.
        Mark,    ///< Beginning of a barcode text: "ARLAPOSTE".
        Not,     ///< Words that speak against this type.
        Sign,    ///< What is no word: "mrz", the machine-readable lines of identity papers.
    };
    Kind kind = Kind::Phrase;
    std::string text;
    double weight =
        1.0; ///< Log-odds that this anchor adds when seen. chosen per type in types.toml
};

/// One of the boxes that a field is ticked in, or of the texts that stand for its value.
struct FieldChoice {
    std::string value;               ///< "prolongation", "AT", "oui" ...
    std::vector<std::string> labels; ///< Printed beside the box, or the texts.
};

/// A value to take from a page of this type.
struct FieldRule {
    /// Values in a table: `labels` are then the heading of a column.
    enum class Column {
        None,
        Each, ///< Every value of the column is a field of this name.
        Sum,  ///< Amounts only: what they come to.
    };
    std::string name; ///< "nir", "siret", "accident_date" ...
    std::string
        identifier; ///< IdentifierKind as text, "amount", "time", "number", "check" (a box),
                    ///< "printed" (one of several texts), or empty for the words there.
    std::vector<std::string> labels; ///< Printed labels left of or above the value. Of a check: the
                                     ///< question that its boxes answer; may be empty.
    bool required = false;           ///< Without it a person must look at the pli.
    bool mandatory = false;          ///< Without it the file is incomplete, but goes its way.
    bool past = false;               ///< A date that cannot lie after the day of receipt.
    std::string not_before;          ///< Name of the date field that this date does not precede.
    Column column = Column::None;
    std::vector<FieldChoice> choices; ///< Of a check, or of what is printed.
};

/// A field value that decides the addressee: the document goes as another row of the caisse's plan
/// says, where it has that row.
struct FieldRoute {
    std::string field;
    std::string value;
    std::string plan_row; ///< A type code, or a name of its own: "AAT-MEDICAL".
};

struct DocumentType {
    std::string code;  ///< "AAT", "DAT" ...
    std::string title; ///< French, for people.
    std::string service;
    bool medical = false;    ///< Only for the medical channel: every caisse says where that is.
    bool attachment = false; ///< Follows the master document of its pli, a medical one first.
    bool family = false;     ///< May name several people of one household.
    bool secured = false;    ///< Its original is coloured and bears a number of its own.
    bool never_automatic = false; ///< A person says where it goes, however sure its type is.
    bool returned = false; ///< Mail of the caisse that came back: it is the sender printed there.
    std::vector<Anchor> anchors;
    std::vector<FieldRule> fields;
    std::vector<std::string> chronology; ///< Its date fields, oldest first.
    std::vector<std::string> signature;  ///< Labels beside which it is signed; empty = need not be.
    std::vector<FieldRoute> routes;      ///< The first that holds.
};

} // namespace pleiade
