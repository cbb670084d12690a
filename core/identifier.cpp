#include "core/identifier.h"

#include "core/failure.h"

#include <array>
#include <utility>

namespace pleiade {
namespace {

constexpr std::array<std::pair<IdentifierKind, const char*>, 12> names{{
    {IdentifierKind::Nir, "nir"},
    {IdentifierKind::ProvisionalNir, "provisional_nir"},
    {IdentifierKind::Siren, "siren"},
    {IdentifierKind::Siret, "siret"},
    {IdentifierKind::Finess, "finess"},
    {IdentifierKind::Adeli, "adeli"},
    {IdentifierKind::OrganismCode, "organism_code"},
    {IdentifierKind::Rpps, "rpps"},
    {IdentifierKind::Iban, "iban"},
    {IdentifierKind::S10, "s10"},
    {IdentifierKind::LaPoste, "la_poste"},
    {IdentifierKind::Date, "date"},
}};

} // namespace

std::string to_text(IdentifierKind kind) {
    for (const auto& [known, name] : names) {
        if (known == kind) {
            return name;
        }
    }
    throw std::logic_error("identifier kind without a name");
}

IdentifierKind identifier_kind_from(const std::string& text) {
    for (const auto& [known, name] : names) {
        if (name == text) {
            return known;
        }
    }
    throw Error(Remedy::FixInput, "no such kind of identifier: " + text);
}

} // namespace pleiade
