#pragma once
// What the guards say to people.

#include "core/decision.h"

#include <chrono>
#include <string>

namespace pleiade::classify {

/// "16/03/2026".
[[nodiscard]] std::string french_day(std::chrono::sys_days day);

/// "AAT, page 1".
[[nodiscard]] std::string place_of(const ProposedDocument& document);

/// "document déjà reçu (AAT, page 1) : pli 061-nice/0001.tif du 16/03/2026".
[[nodiscard]] std::string
duplicate_reason(const ProposedDocument& document, const EarlierPage& earlier);

/// "réitération : AAT du même assuré reçu le 10/03/2026 (pli ...)".
[[nodiscard]] std::string reiteration_note(const EarlierDocument& earlier);

/// "plusieurs assurés dans un même document (AAT, page 1)".
[[nodiscard]] std::string two_people_reason(const ProposedDocument& document);

/// "plusieurs comptes bancaires (RIB, page 2)".
[[nodiscard]] std::string several_accounts_reason(const ProposedDocument& document);

/// "compte bancaire changé (RIB, page 2) : ce n'est pas l'IBAN connu de l'assuré".
[[nodiscard]] std::string account_reason(const ProposedDocument& document);

/// "compte bancaire sans assuré connu (RIB, page 1) : comparé à aucun autre".
[[nodiscard]] std::string nobodys_account_reason(const ProposedDocument& document);

/// "numéro de formulaire sécurisé déjà reçu (AAT-SEC, page 1) : pli ... du ...".
[[nodiscard]] std::string
used_number_reason(const ProposedDocument& document, const EarlierNumber& earlier);

/// "formulaire sécurisé sans numéro lisible (AAT-SEC, page 1) : copie ?".
[[nodiscard]] std::string no_number_reason(const ProposedDocument& document);

/// "formulaire sécurisé sans couleur (AAT-SEC, page 1) : photocopie ?".
[[nodiscard]] std::string photocopy_reason(const ProposedDocument& document);

/// "courrier pour le médecin-conseil hors du circuit médical (LIBRE, page 1)".
[[nodiscard]] std::string doctor_reason(const ProposedDocument& document);

/// "assuré inconnu du référentiel (AAT, page 1)".
[[nodiscard]] std::string nobody_reason(const ProposedDocument& document);

/// "plusieurs assurés du référentiel pour un numéro (AAT, page 1)".
[[nodiscard]] std::string several_people_reason(const ProposedDocument& document);

/// "assuré de la caisse 131 (AAT, page 1), courrier de la caisse 061".
[[nodiscard]] std::string person_caisse_reason(
    const ProposedDocument& document, const std::string& of_person, const std::string& of_mail
);

/// "date de naissance autre que celle du référentiel (AAT, page 1)".
[[nodiscard]] std::string birth_date_reason(const ProposedDocument& document);

/// "nom de l'assuré du référentiel absent (AAT, page 1)".
[[nodiscard]] std::string name_reason(const ProposedDocument& document);

} // namespace pleiade::classify
