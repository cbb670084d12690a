#include "classify/rules/reasons.h"

#include "classify/rules/codes.h"

#include <cctype>
#include <cmath>

namespace pleiade::classify {
namespace {

std::string first_page(const ProposedDocument& document) {
    return document.page_indexes.empty() ? std::string("?")
                                         : std::to_string(document.page_indexes.front() + 1);
}

} // namespace

std::string share_text(double share) {
    // Rounded down: 0.949 under a threshold of 0.95 may not read as having reached it.
    const int hundredths = static_cast<int>(std::floor(share * 100.0 + 1e-9));
    const std::string digits = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100) + "," + (digits.size() < 2 ? "0" : "") + digits;
}

std::string type_reason(const ProposedDocument& document) {
    const std::string page = "type de la page " + first_page(document);
    if (document.type.code == codes::unknown) {
        return page + " inconnu";
    }
    return page + " incertain (" + document.type.code + ", " +
           share_text(document.type.confidence) + ")";
}

std::string never_automatic_reason(const ProposedDocument& document, const DocumentType& type) {
    std::string title = type.title;
    if (!title.empty()) {
        title.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(title.front())));
    }
    return title + " (page " + first_page(document) + ") : une personne décide où il va";
}

std::string missing_reason(int page_index, const std::string& name) {
    const std::string page = "page " + std::to_string(page_index + 1) + " non lue";
    return name.empty() ? page : page + " : " + name;
}

std::string joined_reason(int page_index) {
    return "page " + std::to_string(page_index + 1) + " inconnue, jointe au document qui précède";
}

std::string thin_reason(const ProposedDocument& document) {
    return "page " + std::to_string(document.page_indexes.front() + 1) +
           " : quelques lignes sans titre, est-ce la suite ? (" + document.type.code + ")";
}

std::string other_body_reason(int page_index) {
    return "page " + std::to_string(page_index + 1) + " : un autre organisme est nommé";
}

std::string nothing_filled_in_reason(const ProposedDocument& document) {
    return "aucun champ obligatoire n'est lisible (" + document.type.code + ", page " +
           std::to_string(document.page_indexes.front() + 1) + ")";
}

std::string other_person_reason(const ProposedDocument& document) {
    return "le document joint parle d'une autre personne (" + document.type.code + ", page " +
           std::to_string(document.page_indexes.front() + 1) + ")";
}

std::string separator_mark_reason(int page_index) {
    return "page " + std::to_string(page_index + 1) +
           " : une marque de séparateur sur une page écrite";
}

std::string forged_reason(int page_index, const SealedDocument& document) {
    const std::string type =
        document.type_name.empty() ? "type " + document.type_code : document.type_name;
    return "page " + std::to_string(page_index + 1) + " : 2D-Doc falsifié, signature fausse (" +
           type + ", " + document.authority + " " + document.certificate + ")";
}

std::string seal_conflict_reason(int page_index, const std::string& field) {
    return "page " + std::to_string(page_index + 1) + " : champ " + field +
           " imprimé autrement que dans le 2D-Doc vérifié";
}

std::string medical_reason(const ProposedDocument& document) {
    return "pièce médicale (" + document.type.code + ", page " + first_page(document) +
           ") sans document médical";
}

std::string unsure_field_reason(const ProposedDocument& document, const std::string& field) {
    return "champ " + field + " incertain (" + document.type.code + ", page " +
           first_page(document) + ")";
}

std::string differing_field_reason(
    const ProposedDocument& document,
    const std::string& field,
    const std::map<int, std::string>& said
) {
    std::string values;
    for (const auto& [page_index, value] : said) {
        values +=
            (values.empty() ? "" : ", ") + value + " en page " + std::to_string(page_index + 1);
    }
    return "champ " + field + " différent d'une page à l'autre (" + document.type.code + ", page " +
           first_page(document) + ") : " + values;
}

std::string field_reason(const ProposedDocument& document, const std::string& field) {
    return "champ " + field + " absent (" + document.type.code + ", page " + first_page(document) +
           ")";
}

} // namespace pleiade::classify
