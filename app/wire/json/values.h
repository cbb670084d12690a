#pragma once
// How each core value looks as JSON. Words and boxes are arrays: a page has hundreds of them.

#include "core/caisse.h"
#include "core/day.h"
#include "core/decision.h"
#include "core/document_type.h"
#include "core/failure.h"
#include "core/hex.h"
#include "core/page_image.h"
#include "core/page_reading.h"
#include "core/sealed_document.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace pleiade {

using Json = nlohmann::json;

// Enumerations: unknown words become the first value, which is the harmless one in each list.
NLOHMANN_JSON_SERIALIZE_ENUM(
    Remedy,
    {{Remedy::FixInput, "fix_input"},
     {Remedy::RetryLater, "retry_later"},
     {Remedy::FixConfiguration, "fix_configuration"},
     {Remedy::CheckOutcome, "check_outcome"}}
)
NLOHMANN_JSON_SERIALIZE_ENUM(
    Check, {{Check::None, "none"}, {Check::Good, "good"}, {Check::Bad, "bad"}}
)
NLOHMANN_JSON_SERIALIZE_ENUM(
    SeparatorKind,
    {{SeparatorKind::Document, "document"},
     {SeparatorKind::Pli, "pli"},
     {SeparatorKind::LotHeader, "lot_header"}}
)
NLOHMANN_JSON_SERIALIZE_ENUM(
    ImageCoding,
    {{ImageCoding::Jpeg, "jpeg"}, {ImageCoding::Ccitt4, "ccitt4"}, {ImageCoding::Layers, "layers"}}
)
NLOHMANN_JSON_SERIALIZE_ENUM(
    Cession, {{Cession::Full, "full"}, {Cession::ScanOnly, "scan-only"}, {Cession::Local, "local"}}
)
NLOHMANN_JSON_SERIALIZE_ENUM(
    Anchor::Kind,
    {{Anchor::Kind::Phrase, "phrase"},
     {Anchor::Kind::Cerfa, "cerfa"},
     {Anchor::Kind::SNumber, "s-number"},
     {Anchor::Kind::Title, "title"},
     {Anchor::Kind::Mark, "mark"},
     {Anchor::Kind::Not, "not"},
     {Anchor::Kind::Sign, "sign"}}
)
NLOHMANN_JSON_SERIALIZE_ENUM(
    FieldRule::Column,
    {{FieldRule::Column::None, "none"},
     {FieldRule::Column::Each, "each"},
     {FieldRule::Column::Sum, "sum"}}
)
NLOHMANN_JSON_SERIALIZE_ENUM(
    Question::Kind,
    {{Question::Kind::Nir, "nir"},
     {Question::Kind::Name, "name"},
     {Question::Kind::Siret, "siret"},
     {Question::Kind::PageFingerprint, "page_fingerprint"},
     {Question::Kind::AatNumber, "aat_number"},
     {Question::Kind::Iban, "iban"}}
)

inline void to_json(Json& json, const Box& box) {
    json = Json::array({box.x0, box.y0, box.x1, box.y1});
}
inline void from_json(const Json& json, Box& box) {
    box = {json.at(0), json.at(1), json.at(2), json.at(3)};
}

inline void to_json(Json& json, IdentifierKind kind) {
    json = to_text(kind);
}
inline void from_json(const Json& json, IdentifierKind& kind) {
    kind = identifier_kind_from(json.get<std::string>());
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Character, text, box_px, confidence, second, second_confidence)

inline void to_json(Json& json, const Word& word) {
    json = Json::array({word.text, word.box_px, word.confidence, word.line_index, word.characters});
}
inline void from_json(const Json& json, Word& word) {
    json.at(0).get_to(word.text);
    json.at(1).get_to(word.box_px);
    json.at(2).get_to(word.confidence);
    json.at(3).get_to(word.line_index);
    json.at(4).get_to(word.characters);
}

inline void to_json(Json& json, const TextLine& line) {
    json = Json::array({line.box_px, line.block_index, line.baseline_y0_px, line.baseline_y1_px});
}
inline void from_json(const Json& json, TextLine& line) {
    json.at(0).get_to(line.box_px);
    json.at(1).get_to(line.block_index);
    json.at(2).get_to(line.baseline_y0_px);
    json.at(3).get_to(line.baseline_y1_px);
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Failure, remedy, what)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PageText, lines, words, confidence)

/// Bytes that may be anything, which JSON cannot hold.
inline Bytes bytes_in(const Json& json) {
    std::optional<Bytes> bytes = bytes_from_hex(json.get<std::string>());
    if (!bytes.has_value()) {
        throw Error(Remedy::FixInput, "no bytes in hexadecimal digits");
    }
    return std::move(*bytes);
}

/// Bytes are rare, and absent from readings kept by earlier versions.
inline void to_json(Json& json, const Mark& mark) {
    json = Json{
        {"format", mark.format},
        {"text", mark.text},
        {"box_px", mark.box_px},
        {"check", mark.check}};
    if (!mark.bytes.empty()) {
        json["bytes"] = hex_of(mark.bytes);
    }
}
inline void from_json(const Json& json, Mark& mark) {
    json.at("format").get_to(mark.format);
    json.at("text").get_to(mark.text);
    json.at("box_px").get_to(mark.box_px);
    json.at("check").get_to(mark.check);
    if (json.contains("bytes")) {
        mark.bytes = bytes_in(json.at("bytes"));
    }
}

inline std::chrono::sys_days day_in(const Json& json) {
    const auto day = day_from_iso(json.get<std::string>());
    if (!day.has_value()) {
        throw Error(Remedy::FixInput, "no day as ISO 8601 writes it");
    }
    return *day;
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SealedField, id, name, value, truncated, sealed)

inline void to_json(Json& json, const SealedDocument& document) {
    json = Json{
        {"state", to_text(document.state)},
        {"reason", document.reason},
        {"signature", document.signature},
        {"version", document.version},
        {"authority", document.authority},
        {"certificate", document.certificate},
        {"country", document.country},
        {"perimeter", document.perimeter},
        {"type_code", document.type_code},
        {"type_name", document.type_name},
        {"fields", document.fields},
        {"box_px", document.box_px},
        {"mark_index", document.mark_index},
    };
    if (document.issued_on) {
        json["issued_on"] = iso_day(*document.issued_on);
    }
    if (document.signed_on) {
        json["signed_on"] = iso_day(*document.signed_on);
    }
}
inline void from_json(const Json& json, SealedDocument& document) {
    document.state = seal_state_from(json.at("state").get<std::string>());
    json.at("reason").get_to(document.reason);
    json.at("signature").get_to(document.signature);
    json.at("version").get_to(document.version);
    json.at("authority").get_to(document.authority);
    json.at("certificate").get_to(document.certificate);
    json.at("country").get_to(document.country);
    json.at("perimeter").get_to(document.perimeter);
    json.at("type_code").get_to(document.type_code);
    json.at("type_name").get_to(document.type_name);
    json.at("fields").get_to(document.fields);
    json.at("box_px").get_to(document.box_px);
    json.at("mark_index").get_to(document.mark_index);
    if (json.contains("issued_on")) {
        document.issued_on = day_in(json.at("issued_on"));
    }
    if (json.contains("signed_on")) {
        document.signed_on = day_in(json.at("signed_on"));
    }
}

inline void to_json(Json& json, const SealCertificate& certificate) {
    json = Json{
        {"authority", certificate.authority},
        {"id", certificate.id},
        {"valid_from", iso_day(certificate.valid_from)},
        {"valid_until", iso_day(certificate.valid_until)},
        {"public_key", hex_of(certificate.public_key)},
    };
}
inline void from_json(const Json& json, SealCertificate& certificate) {
    json.at("authority").get_to(certificate.authority);
    json.at("id").get_to(certificate.id);
    certificate.valid_from = day_in(json.at("valid_from"));
    certificate.valid_until = day_in(json.at("valid_until"));
    certificate.public_key = bytes_in(json.at("public_key"));
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(
    Identifier, kind, value, valid, key_computed, repaired, repair, confidence, box_px, characters
)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Separator, kind, caisse, label)
// Readings kept by earlier versions lack the newest members.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(
    PageGeometry,
    width_px,
    height_px,
    dpi,
    turned_deg,
    turn_confidence,
    skew_deg,
    skew_confidence,
    crop_px
)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TickBox, box_px, ticked, ink)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PageInk, measured, tick_boxes, blocks_px)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PageQuality, sharp, notes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StepTime, step, millis)

inline void to_json(Json& json, const PageReading& reading) {
    json = Json{
        {"geometry", reading.geometry},
        {"blank", reading.blank},
        {"quality", reading.quality},
        {"marks", reading.marks},
        {"text", reading.text},
        {"times", reading.times},
        {"identifiers", reading.identifiers},
        {"ink", reading.ink},
    };
    if (reading.separator) {
        json["separator"] = *reading.separator;
    }
    if (!reading.picture_print.empty()) {
        json["picture_print"] = reading.picture_print;
    }
    if (reading.coloured) {
        json["coloured"] = *reading.coloured;
    }
    if (!reading.sealed_documents.empty()) {
        json["sealed_documents"] = reading.sealed_documents;
    }
}
inline void from_json(const Json& json, PageReading& reading) {
    json.at("geometry").get_to(reading.geometry);
    json.at("blank").get_to(reading.blank);
    json.at("quality").get_to(reading.quality);
    json.at("marks").get_to(reading.marks);
    json.at("identifiers").get_to(reading.identifiers);
    json.at("text").get_to(reading.text);
    json.at("times").get_to(reading.times);
    if (json.contains("ink")) { // readings kept by earlier versions have none
        json.at("ink").get_to(reading.ink);
    }
    if (json.contains("separator")) {
        reading.separator = json.at("separator").get<Separator>();
    }
    reading.picture_print = json.value("picture_print", "");
    if (json.contains("coloured")) {
        reading.coloured = json.at("coloured").get<double>();
    }
    if (json.contains("sealed_documents")) {
        json.at("sealed_documents").get_to(reading.sealed_documents);
    }
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Evidence, what, page_index, box_px, weight)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TypeGuess, code, confidence, automatic, why)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CaisseGuess, code, confidence, why)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Field, name, value, confidence, page_index, box_px)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(MissingField, field, why)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Route, service, corbeille, priority, deadline_days, clear_days)

inline void to_json(Json& json, const ProposedDocument& document) {
    json = Json{
        {"type", document.type},
        {"page_indexes", document.page_indexes},
        {"fields", document.fields},
        {"missing", document.missing},
        {"route", document.route},
        {"person", document.person},
        {"account", document.account},
        {"form_number", document.form_number},
        {"notes", document.notes},
    };
    if (document.master_index) {
        json["master_index"] = *document.master_index;
    }
}
inline void from_json(const Json& json, ProposedDocument& document) {
    json.at("type").get_to(document.type);
    json.at("page_indexes").get_to(document.page_indexes);
    json.at("fields").get_to(document.fields);
    json.at("route").get_to(document.route);
    if (json.contains("missing")) { // decisions of earlier versions have none
        json.at("missing").get_to(document.missing);
    }
    document.person = json.value("person", "");
    document.account = json.value("account", "");
    document.form_number = json.value("form_number", "");
    document.notes = json.value("notes", std::vector<std::string>{});
    if (json.contains("master_index")) {
        document.master_index = json.at("master_index").get<int>();
    }
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(
    Decision, caisse, documents, page_types, to_verify, verify_reasons
)

/// Days since 1970.
inline int number_of(std::chrono::sys_days day) {
    return static_cast<int>(day.time_since_epoch().count());
}
inline std::chrono::sys_days day_at(const Json& json, const char* key) {
    return std::chrono::sys_days(std::chrono::days(json.at(key).get<int>()));
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PagePrint, picture, numbers, firm, words, bands)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Question, kind, key, page_index, print)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(KnownAccount, person, iban)

inline void to_json(Json& json, const EarlierPage& page) {
    json = Json{
        {"page_index", page.page_index},
        {"pli", page.pli},
        {"pli_name", page.pli_name},
        {"received_on", number_of(page.received_on)},
        {"same_file", page.same_file},
        {"print", page.print}};
}
inline void from_json(const Json& json, EarlierPage& page) {
    json.at("page_index").get_to(page.page_index);
    json.at("pli").get_to(page.pli);
    json.at("pli_name").get_to(page.pli_name);
    page.received_on = day_at(json, "received_on");
    json.at("same_file").get_to(page.same_file);
    json.at("print").get_to(page.print);
}

inline void to_json(Json& json, const EarlierDocument& document) {
    json = Json{
        {"person", document.person},
        {"type", document.type},
        {"pli_name", document.pli_name},
        {"received_on", number_of(document.received_on)}};
}
inline void from_json(const Json& json, EarlierDocument& document) {
    json.at("person").get_to(document.person);
    json.at("type").get_to(document.type);
    json.at("pli_name").get_to(document.pli_name);
    document.received_on = day_at(json, "received_on");
}

inline void to_json(Json& json, const EarlierNumber& number) {
    json = Json{
        {"number", number.number},
        {"pli_name", number.pli_name},
        {"received_on", number_of(number.received_on)}};
}
inline void from_json(const Json& json, EarlierNumber& number) {
    json.at("number").get_to(number.number);
    json.at("pli_name").get_to(number.pli_name);
    number.received_on = day_at(json, "received_on");
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EarlierMail, pages, documents, accounts, aat_numbers)

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(
    InsuredPerson, nir, family_name, birth_name, first_names, birth_date, caisse, iban
)

// Facts kept by earlier versions know the day and nothing else.
inline void to_json(Json& json, const Facts& facts) {
    json = Json{
        {"today", number_of(facts.today)},
        {"received_on", number_of(facts.received_on)},
        {"earlier", facts.earlier},
        {"referential", facts.referential},
        {"people", facts.people}};
}
inline void from_json(const Json& json, Facts& facts) {
    facts.today = day_at(json, "today");
    if (json.contains("earlier")) {
        facts.received_on = day_at(json, "received_on");
        json.at("earlier").get_to(facts.earlier);
        json.at("referential").get_to(facts.referential);
        json.at("people").get_to(facts.people);
    }
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Anchor, kind, text, weight)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(FieldChoice, value, labels)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(
    FieldRule, name, identifier, labels, required, mandatory, past, not_before, column, choices
)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(FieldRoute, field, value, plan_row)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(
    DocumentType,
    code,
    title,
    service,
    medical,
    attachment,
    family,
    secured,
    never_automatic,
    returned,
    anchors,
    fields,
    chronology,
    signature,
    routes
)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(
    Caisse,
    code,
    organisme,
    name,
    other_names,
    cedex_lines,
    postal_codes,
    cession,
    plan,
    other,
    thresholds,
    threshold,
    ged_folder,
    retention_days,
    reiteration_days
)

} // namespace pleiade

namespace pleiade::wire {

/// What is wrong with a text, without quoting it: it is about people's mail, and messages are kept
/// where their numbers must not be.
inline std::string fault_of(const nlohmann::json::exception& trouble) {
    if (const auto* parse = dynamic_cast<const nlohmann::json::parse_error*>(&trouble)) {
        return "no JSON from byte " + std::to_string(parse->byte) + " on";
    }
    if (dynamic_cast<const nlohmann::json::out_of_range*>(&trouble) != nullptr) {
        return "a value that it must have is missing";
    }
    return "a value is of another kind than it must be";
}

/// Runs `read` and turns what the JSON library throws into our Error.
template <typename Read>
auto understood(const char* what, const Read& read) {
    try {
        return read();
    } catch (const nlohmann::json::exception& trouble) {
        throw Error(Remedy::FixInput, std::string("not a ") + what + ": " + fault_of(trouble));
    }
}

template <typename Value>
Value value_from(std::string_view text, const char* what) {
    return understood(what, [&] { return Json::parse(text).template get<Value>(); });
}

/// Compact text; bytes that are not UTF-8 become the replacement character instead of an exception.
inline std::string text_from(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace pleiade::wire
