#include "core/identifier.h"

namespace pleiade {

std::string to_text(IdentifierKind kind) {
    switch (kind) {
    case IdentifierKind::Nir:
        return "nir";
    case IdentifierKind::ProvisionalNir:
        return "provisional_nir";
    case IdentifierKind::Siren:
        return "siren";
    case IdentifierKind::Siret:
        return "siret";
    case IdentifierKind::Finess:
        return "finess";
    case IdentifierKind::Rpps:
        return "rpps";
    case IdentifierKind::Iban:
        return "iban";
    case IdentifierKind::S10:
        return "s10";
    case IdentifierKind::LaPoste:
        return "la_poste";
    case IdentifierKind::Date:
        return "date";
    }
    return "unknown";
}

} // namespace pleiade
