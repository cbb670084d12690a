#include "app/config/files/types_file.h"

#include "core/identifier.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::config {
namespace {

constexpr double most_weight = 12.0; // chosen: log-odds of 160 000 to 1 need no more

struct AnchorName {
    const char* key;
    Anchor::Kind kind;
};

constexpr std::array<AnchorName, 7> anchor_names = {{
    {"cerfa", Anchor::Kind::Cerfa},
    {"s_number", Anchor::Kind::SNumber},
    {"title", Anchor::Kind::Title},
    {"phrase", Anchor::Kind::Phrase},
    {"mark", Anchor::Kind::Mark},
    {"not", Anchor::Kind::Not},
    {"sign", Anchor::Kind::Sign},
}};

bool all_digits(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isdigit(c) != 0;
    });
}

void check_number(CheckedTable& row, const AnchorName& name, const std::string& text) {
    constexpr std::size_t cerfa_digits = 5; // spec: docs/domain.md 1, "ddddd*vv"
    constexpr std::size_t s_length = 5;     // spec: docs/domain.md 1, "S3704"
    if (name.kind == Anchor::Kind::Cerfa && (text.size() != cerfa_digits || !all_digits(text))) {
        row.refuse(name.key, "a cerfa number has five digits, without its version");
    }
    if (name.kind == Anchor::Kind::SNumber &&
        (text.size() != s_length || text[0] != 'S' || !all_digits(text.substr(1)))) {
        row.refuse(name.key, "a form number is S and four digits, without its version letter");
    }
    if (name.kind == Anchor::Kind::Sign && text != machine_readable_sign) {
        row.refuse(name.key, "the only sign known is \"mrz\"");
    }
}

Anchor read_anchor(CheckedTable row) {
    Anchor anchor;
    int kinds = 0;
    for (const AnchorName& name : anchor_names) {
        if (!row.raw().contains(name.key)) {
            continue;
        }
        ++kinds;
        anchor.kind = name.kind;
        anchor.text = row.text(name.key, Need::Required);
        check_number(row, name, anchor.text);
    }
    anchor.weight = row.number("weight", Need::Required, 0.0, most_weight).value_or(0.0);
    if (kinds != 1) {
        row.refuse(
            "", "an anchor has exactly one of cerfa, s_number, title, phrase, mark, not, sign"
        );
    }
    row.refuse_other_keys();
    return anchor;
}

bool is_value_kind(const std::string& name) {
    static constexpr std::array<std::string_view, 8> others = {
        "amount", "time", "number", "bic", "check", "printed", "address", "name"};
    if (name.empty() || std::ranges::find(others, name) != others.end()) {
        return true;
    }
    for (int kind = 0; kind <= static_cast<int>(IdentifierKind::Date); ++kind) {
        if (to_text(static_cast<IdentifierKind>(kind)) == name) {
            return true;
        }
    }
    return false;
}

/// Calls `read` with each table of a list; anything else in it is a mistake.
template <typename Read>
void for_each_table(CheckedTable& owner, std::string_view key, Read read) {
    const toml::array* list = owner.array(key, Need::Optional);
    if (list == nullptr) {
        return;
    }
    for (const toml::node& node : *list) {
        if (const toml::table* row = node.as_table(); row != nullptr) {
            read(CheckedTable(*row, owner.file(), owner.problems()));
        } else {
            owner.problems().add(
                owner.file(), node.source(), "\"" + std::string(key) + "\" must hold tables"
            );
        }
    }
}

FieldChoice read_choice(CheckedTable row) {
    FieldChoice choice;
    choice.value = row.text("value", Need::Required);
    choice.labels = row.texts("labels", Need::Required);
    row.refuse_other_keys();
    return choice;
}

FieldRule::Column read_column(CheckedTable& row, const std::string& identifier) {
    const std::string name = row.text("column", Need::Optional);
    if (name == "each") {
        return FieldRule::Column::Each;
    }
    if (name == "sum" && identifier == "amount") {
        return FieldRule::Column::Sum;
    }
    if (!name.empty()) {
        row.refuse("column", "\"column\" must be each, or for amounts sum");
    }
    return FieldRule::Column::None;
}

/// What only fields of one kind have.
void read_particulars(CheckedTable& row, FieldRule& field) {
    const bool date = field.identifier == "date";
    const bool check = field.identifier == "check" || field.identifier == "printed";
    field.past = row.flag("past");
    field.not_before = row.text("not_before", Need::Optional);
    if (!date && (field.past || !field.not_before.empty())) {
        row.refuse(field.past ? "past" : "not_before", "only a date is past or not before another");
    }
    field.column = read_column(row, field.identifier);
    for_each_table(row, "choices", [&](CheckedTable choice) {
        field.choices.push_back(read_choice(std::move(choice)));
    });
    if (check == field.choices.empty()) {
        row.refuse("choices", "a check or something printed, and nothing else, has choices");
    }
}

/// What a field of a name is usually labelled, whatever the type.
using UsualLabels = std::map<std::string, std::vector<std::string>>;

UsualLabels read_usual_labels(CheckedTable& root) {
    UsualLabels usual;
    if (const toml::table* lists = root.table("usual_labels")) {
        CheckedTable table(*lists, root.file(), root.problems());
        for (const auto& [name, list] : *lists) {
            usual[std::string(name.str())] = table.texts(name.str(), Need::Required);
        }
    }
    return usual;
}

std::vector<std::string>
labels_of(CheckedTable& row, const std::string& name, const UsualLabels& usual) {
    std::vector<std::string> labels = row.texts("labels", Need::Optional);
    if (const auto found = usual.find(name); found != usual.end()) {
        std::ranges::copy_if(found->second, std::back_inserter(labels), [&](const auto& label) {
            return std::ranges::find(labels, label) == labels.end();
        });
    }
    return labels;
}

FieldRule read_field(CheckedTable row, const UsualLabels& usual) {
    FieldRule field;
    field.name = row.text("name", Need::Required);
    field.identifier = row.text("identifier", Need::Optional);
    field.labels = labels_of(row, field.name, usual);
    field.required = row.flag("required");
    field.mandatory = row.flag("mandatory");
    read_particulars(row, field);
    if (!is_value_kind(field.identifier)) {
        row.refuse(
            "identifier", "no such identifier; nir, siret, iban, date, amount, check ... are"
        );
    }
    const bool found_by_label = field.identifier.empty() || field.identifier == "amount" ||
                                field.identifier == "time" || field.identifier == "number" ||
                                field.identifier == "name" ||
                                field.column != FieldRule::Column::None;
    if (field.labels.empty() && found_by_label) {
        row.refuse("labels", "a field of this kind is found by its labels, give at least one");
    }
    row.refuse_other_keys();
    return field;
}

FieldRoute read_field_route(CheckedTable row, const DocumentType& type) {
    FieldRoute route;
    route.field = row.text("field", Need::Required);
    route.value = row.text("value", Need::Required);
    route.plan_row = row.text("as", Need::Required);
    const bool known =
        std::any_of(type.fields.begin(), type.fields.end(), [&](const FieldRule& field) {
            return field.name == route.field;
        });
    if (!route.field.empty() && !known) {
        row.refuse("field", "this type has no field \"" + route.field + "\"");
    }
    row.refuse_other_keys();
    return route;
}

DocumentType read_type(CheckedTable row, std::set<std::string>& codes, const UsualLabels& usual) {
    DocumentType type;
    type.code = row.text("code", Need::Required);
    type.title = row.text("title", Need::Required);
    type.service = row.text("service", Need::Required);
    type.medical = row.flag("medical");
    type.attachment = row.flag("attachment");
    type.family = row.flag("family");
    type.secured = row.flag("secured");
    type.never_automatic = row.flag("never_automatic");
    type.returned = row.flag("returned");
    for_each_table(row, "anchors", [&](CheckedTable anchor) {
        type.anchors.push_back(read_anchor(std::move(anchor)));
    });
    for_each_table(row, "fields", [&](CheckedTable field) {
        type.fields.push_back(read_field(std::move(field), usual));
    });
    type.signature = row.texts("signature", Need::Optional);
    type.chronology = row.texts("chronology", Need::Optional);
    for (const std::string& name : type.chronology) {
        const bool known = std::ranges::any_of(type.fields, [&](const FieldRule& field) {
            return field.name == name && field.identifier == "date";
        });
        if (!known) {
            row.refuse("chronology", "this type has no date field \"" + name + "\"");
        }
    }
    for_each_table(row, "routes", [&](CheckedTable route) {
        type.routes.push_back(read_field_route(std::move(route), type));
    });
    if (!type.code.empty() && !codes.insert(type.code).second) {
        row.refuse("code", "document type " + type.code + " is described twice");
    }
    row.refuse_other_keys();
    return type;
}

} // namespace

std::vector<DocumentType> read_types(const std::filesystem::path& file, Problems& problems) {
    const std::optional<toml::table> root = parse_file(file, problems);
    std::vector<DocumentType> types;
    if (!root.has_value()) {
        return types;
    }
    CheckedTable table(*root, file.string(), problems);
    const UsualLabels usual = read_usual_labels(table);
    std::set<std::string> codes;
    for_each_table(table, "type", [&](CheckedTable row) {
        types.push_back(read_type(std::move(row), codes, usual));
    });
    if (types.empty()) {
        table.refuse("type", "no [[type]] is described");
    }
    table.refuse_other_keys();
    return types;
}

} // namespace pleiade::config
