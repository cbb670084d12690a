#pragma once
// A number or date with a meaning, found on a page and checked. The rules are in ocr/identifiers.

#include "core/box.h"
#include "core/page_text.h"

#include <string>
#include <vector>

namespace pleiade {

enum class IdentifierKind {
    Nir,            ///< value: 15 characters, key computed when only 13 were printed.
    ProvisionalNir, ///< Matricule: 7 or 8 digits and a letter.
    Siren,
    Siret,
    Finess,
    Adeli,
    OrganismCode, ///< Regime 2, caisse 3, centre 4: who insures somebody. No check digit.
    Rpps,
    Iban,
    S10,     ///< UPU S10, 13 characters.
    LaPoste, ///< La Poste domestic, 13 characters.
    Date,    ///< value: ISO 8601, 2026-03-14.
};

struct Identifier {
    IdentifierKind kind = IdentifierKind::Nir;
    std::string value;         ///< Normalised: no blanks, upper case.
    bool valid = false;        ///< The check rule of its kind holds (soft for Rpps, LaPoste).
    bool key_computed = false; ///< A Nir printed without its key.
    bool repaired = false;     ///< One reading confusion was undone; how: `repair`.
    std::string repair;        ///< "O read at 4, is 0"; empty when nothing was repaired.
    double confidence = 0.0;   ///< 0 to 1.
    Box box_px;
    std::vector<Character> characters;
};

/// The kind as it stands in JSON: "nir", "provisional_nir", "siren" ... "organism_code" ...
/// "la_poste", "date".
[[nodiscard]] std::string to_text(IdentifierKind kind);

/// The way back. @throws Error(FixInput) when there is no such kind.
[[nodiscard]] IdentifierKind identifier_kind_from(const std::string& text);

} // namespace pleiade
