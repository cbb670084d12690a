#include "classify/rules/sealed_fields.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace pleiade::classify {
namespace {

constexpr double sealed_confidence = 0.999; // chosen: signed; the page may still be another's

/// What a value of a 2D-Doc is called in types.toml.
struct Meaning {
    std::string_view id;
    std::string_view field;
    bool has_key =
        false; ///< Its printed value verified itself: where it differs, it was printed so.
};

// spec: 2D-Doc V3.3.9 chapter 7
constexpr std::array<Meaning, 6> meanings{{
    {"31", "iban", true},
    {"30", "holder", false},
    {"50", "siret", true},
    {"69", "birth_date", false},
    {"40", "tax_number", false},
    {"47", "tax_number", false},
}};

/// Numbers are kept without blanks.
std::string normalised(std::string value, bool has_key) {
    if (has_key) {
        std::erase(value, ' ');
    }
    return value;
}

bool may_count(const SealedField& field) {
    return field.sealed && !field.truncated && !field.value.empty();
}

/// Every value that a 2D-Doc gives for a field.
std::vector<std::string> values_in(const SealedDocument& document, const std::string& name) {
    std::vector<std::string> values;
    for (const Meaning& meaning : meanings) {
        for (const SealedField& field : document.fields) {
            if (meaning.field == name && meaning.id == field.id && may_count(field)) {
                values.push_back(normalised(field.value, meaning.has_key));
            }
        }
    }
    return values;
}

std::vector<Field> sealed_values(
    const std::string& name,
    const std::vector<int>& page_indexes,
    const std::vector<PageReading>& pages
) {
    std::vector<Field> found;
    for (const int page_index : page_indexes) {
        const PageReading& page = pages[static_cast<std::size_t>(page_index)];
        for (const SealedDocument& document : page.sealed_documents) {
            if (document.state != SealState::Verified) {
                continue;
            }
            for (const std::string& value : values_in(document, name)) {
                found.push_back({name, value, sealed_confidence, page_index, document.box_px});
            }
        }
    }
    return found;
}

bool has_key(const std::string& name) {
    return std::any_of(meanings.begin(), meanings.end(), [&](const Meaning& meaning) {
        return meaning.field == name && meaning.has_key;
    });
}

/// In place of the printed one, or behind the others.
void put(Field sealed, SealedFields& into) {
    const auto printed =
        std::find_if(into.fields.begin(), into.fields.end(), [&](const Field& field) {
            return field.name == sealed.name;
        });
    if (printed == into.fields.end()) {
        into.fields.push_back(std::move(sealed));
        return;
    }
    if (printed->value != sealed.value && has_key(sealed.name)) {
        into.conflicts.push_back({sealed.name, printed->page_index});
    }
    *printed = std::move(sealed);
}

} // namespace

SealedFields with_sealed_fields(
    std::vector<Field> read,
    const DocumentType& type,
    const std::vector<int>& page_indexes,
    const std::vector<PageReading>& pages
) {
    SealedFields result{std::move(read), {}};
    if (!type.attachment) {
        return result;
    }
    for (const FieldRule& rule : type.fields) {
        std::vector<Field> sealed = sealed_values(rule.name, page_indexes, pages);
        const bool agreed = std::all_of(sealed.begin(), sealed.end(), [&](const Field& field) {
            return field.value == sealed.front().value;
        });
        if (!sealed.empty() && agreed) {
            put(std::move(sealed.front()), result);
        }
    }
    return result;
}

} // namespace pleiade::classify
