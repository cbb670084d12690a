#include "classify/rules/guard_reasons.h"

#include "core/day.h"

namespace pleiade::classify {
namespace {

std::string in_brackets(const ProposedDocument& document) {
    return " (" + place_of(document) + ")";
}

std::string pli_of(const std::string& name, std::chrono::sys_days day) {
    return " : pli " + name + " du " + french_day(day);
}

} // namespace

std::string french_day(std::chrono::sys_days day) {
    const std::string iso = iso_day(day);
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string place_of(const ProposedDocument& document) {
    const std::string page = document.page_indexes.empty()
                                 ? std::string("?")
                                 : std::to_string(document.page_indexes.front() + 1);
    return document.type.code + ", page " + page;
}

std::string duplicate_reason(const ProposedDocument& document, const EarlierPage& earlier) {
    return "document déjà reçu" + in_brackets(document) +
           pli_of(earlier.pli_name, earlier.received_on);
}

std::string reiteration_note(const EarlierDocument& earlier) {
    return "réitération : " + earlier.type + " du même assuré reçu le " +
           french_day(earlier.received_on) + " (pli " + earlier.pli_name + ")";
}

std::string two_people_reason(const ProposedDocument& document) {
    return "plusieurs assurés dans un même document" + in_brackets(document);
}

std::string account_reason(const ProposedDocument& document) {
    return "compte bancaire changé" + in_brackets(document) +
           " : ce n'est pas l'IBAN connu de l'assuré";
}

std::string nobodys_account_reason(const ProposedDocument& document) {
    return "compte bancaire sans assuré connu" + in_brackets(document) + " : comparé à aucun autre";
}

std::string several_accounts_reason(const ProposedDocument& document) {
    return "plusieurs comptes bancaires" + in_brackets(document);
}

std::string used_number_reason(const ProposedDocument& document, const EarlierNumber& earlier) {
    return "numéro de formulaire sécurisé déjà reçu" + in_brackets(document) +
           pli_of(earlier.pli_name, earlier.received_on);
}

std::string no_number_reason(const ProposedDocument& document) {
    return "formulaire sécurisé sans numéro lisible" + in_brackets(document) + " : copie ?";
}

std::string photocopy_reason(const ProposedDocument& document) {
    return "formulaire sécurisé sans couleur" + in_brackets(document) + " : photocopie ?";
}

std::string doctor_reason(const ProposedDocument& document) {
    return "courrier pour le médecin-conseil hors du circuit médical" + in_brackets(document);
}

std::string nobody_reason(const ProposedDocument& document) {
    return "assuré inconnu du référentiel" + in_brackets(document);
}

std::string several_people_reason(const ProposedDocument& document) {
    return "plusieurs assurés du référentiel pour un numéro" + in_brackets(document);
}

std::string person_caisse_reason(
    const ProposedDocument& document, const std::string& of_person, const std::string& of_mail
) {
    return "assuré de la caisse " + of_person + in_brackets(document) + ", courrier de la caisse " +
           of_mail;
}

std::string birth_date_reason(const ProposedDocument& document) {
    return "date de naissance autre que celle du référentiel" + in_brackets(document);
}

std::string name_reason(const ProposedDocument& document) {
    return "nom de l'assuré du référentiel absent" + in_brackets(document);
}

} // namespace pleiade::classify
