#pragma once
// Why a person must look at a pli, in the words they read.

#include "core/decision.h"
#include "core/document_type.h"
#include "core/sealed_document.h"

#include <map>
#include <string>

namespace pleiade::classify {

/// 0.612 as "0,61".
[[nodiscard]] std::string share_text(double share);

/// "type de la page 2 incertain (DAT, 0,61)" or "type de la page 2 inconnu".
[[nodiscard]] std::string type_reason(const ProposedDocument& document);

/// "courrier d'un autre organisme (page 2) : une personne décide où il va".
[[nodiscard]] std::string
never_automatic_reason(const ProposedDocument& document, const DocumentType& type);

/// "page 2 non lue : facture.tif".
[[nodiscard]] std::string missing_reason(int page_index, const std::string& name);

/// "page 2 inconnue, jointe au document qui précède".
[[nodiscard]] std::string joined_reason(int page_index);

/// "page 2 : quelques lignes sans titre, est-ce la suite ? (PJ-ORDO)".
[[nodiscard]] std::string thin_reason(const ProposedDocument& document);

/// "page 1 : un autre organisme est nommé".
[[nodiscard]] std::string other_body_reason(int page_index);

/// "aucun champ obligatoire n'est lisible (AAT, page 1)".
[[nodiscard]] std::string nothing_filled_in_reason(const ProposedDocument& document);

/// "le document joint parle d'une autre personne (PJ-PAIE, page 2)".
[[nodiscard]] std::string other_person_reason(const ProposedDocument& document);

/// "page 2 : une marque de séparateur sur une page écrite".
[[nodiscard]] std::string separator_mark_reason(int page_index);

/// "page 2 : 2D-Doc falsifié, signature fausse (Bulletin de salaire, FR04 0001)".
[[nodiscard]] std::string forged_reason(int page_index, const SealedDocument& document);

/// "page 2 : champ iban imprimé autrement que dans le 2D-Doc vérifié".
[[nodiscard]] std::string seal_conflict_reason(int page_index, const std::string& field);

/// "pièce médicale (PJ-ORDO, page 2) sans document médical".
[[nodiscard]] std::string medical_reason(const ProposedDocument& document);

/// "champ motif incertain (AAT, page 1)".
[[nodiscard]] std::string
unsure_field_reason(const ProposedDocument& document, const std::string& field);

/// "champ volet différent d'une page à l'autre (AAT, page 1) : 1 en page 1, 2 en page 2".
[[nodiscard]] std::string differing_field_reason(
    const ProposedDocument& document,
    const std::string& field,
    const std::map<int, std::string>& said
);

/// "champ nir absent (AAT, page 1)".
[[nodiscard]] std::string field_reason(const ProposedDocument& document, const std::string& field);

} // namespace pleiade::classify
