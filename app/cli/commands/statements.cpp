#include "app/cli/commands/statements.h"

#include "core/clock.h"
#include "core/day.h"
#include "core/failure.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <regex>
#include <set>
#include <sstream>

namespace pleiade::cli {
namespace {

using Json = nlohmann::json;

constexpr int most_pages = 100000; // spec: docs/settings.md, reading.pages_per_file

std::optional<int> page_number_in(const std::string& text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && number >= 1 && number <= most_pages ? std::optional(number) : std::nullopt;
}

/// "2026-03-14", or with a time of day: "2026-03-14T10:22:00Z".
Instant instant_in(const std::string& text) {
    constexpr std::size_t day_length = 10;
    const auto day = day_from_iso(text.substr(0, day_length));
    const std::string rest = text.size() > day_length ? text.substr(day_length) : "";
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    if (!rest.empty()) {
        char t = 0;
        char first = 0;
        char second = 0;
        char zone = 0;
        std::istringstream time(rest);
        time >> t >> hours >> first >> minutes >> second >> seconds >> zone;
        const bool shaped = t == 'T' && first == ':' && second == ':' && zone == 'Z' &&
                            time.peek() == std::istringstream::traits_type::eof();
        const bool real = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 &&
                          seconds >= 0 && seconds < 60;
        if (!shaped || !real) {
            throw Error(Remedy::FixInput, "\"when\" is written 2026-03-14 or 2026-03-14T10:22:00Z");
        }
    }
    if (!day) {
        throw Error(Remedy::FixInput, "\"when\" is written 2026-03-14 or 2026-03-14T10:22:00Z");
    }
    const Instant when = Instant(*day) + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
                         std::chrono::seconds(seconds);
    if (when > SystemClock().now()) {
        throw Error(
            Remedy::FixInput, "\"when\" lies in the future: nothing said later could replace it"
        );
    }
    return when;
}

std::string text_at(const Json& json, const char* key) {
    const Json& value = json.at(key);
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
        throw Error(Remedy::FixInput, "\"" + std::string(key) + "\" must be a text");
    }
    return value.get<std::string>();
}

/// A value or a list of them; null: the field stands nowhere.
std::vector<std::string> values_in(const Json& json) {
    if (json.is_null()) {
        return {""};
    }
    if (json.is_string()) {
        return {json.get<std::string>()};
    }
    if (json.is_array() && !json.empty() &&
        std::all_of(json.begin(), json.end(), [](const Json& each) { return each.is_string(); })) {
        return json.get<std::vector<std::string>>();
    }
    throw Error(Remedy::FixInput, "a field is a text, a list of texts, or null");
}

std::vector<int> pages_in(const Json& json) {
    std::vector<int> numbers;
    for (const Json& each : json) {
        const bool number = each.is_number_integer() && each >= 1 && each <= most_pages;
        if (!number) {
            numbers.clear();
            break;
        }
        numbers.push_back(each.get<int>());
    }
    if (!json.is_array() || numbers.empty()) {
        throw Error(Remedy::FixInput, "\"page_numbers\" must be a list of numbers from 1");
    }
    return numbers;
}

void refuse_other_keys(const Json& json) {
    static const std::set<std::string> known{
        "document", "pli", "page_numbers", "type", "fields", "who", "when"};
    for (const auto& [key, value] : json.items()) {
        if (!known.contains(key)) {
            throw Error(
                Remedy::FixInput,
                "a key is unknown. Known: document, pli, page_numbers, "
                "type, fields, who, when"
            );
        }
    }
}

/// Which document a line is about.
std::string subject_in(const Json& json) {
    if (json.contains("document") == json.contains("pli")) {
        throw Error(Remedy::FixInput, R"(say "document" (its key) or "pli" (its number or name))");
    }
    if (json.contains("document")) {
        return text_at(json, "document");
    }
    const Json& pli = json.at("pli");
    return pli.is_number_unsigned() ? pli.dump() : text_at(json, "pli");
}

store::Statement statement_from(const std::string& line, const store::Statement& usual) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) {
        throw Error(Remedy::FixInput, "not an object in JSON");
    }
    refuse_other_keys(json);
    store::Statement statement = usual;
    statement.subject = subject_in(json);
    if (!json.contains("type")) {
        throw Error(Remedy::FixInput, "\"type\" is missing");
    }
    statement.type = text_at(json, "type");
    if (json.contains("page_numbers")) {
        statement.page_numbers = pages_in(json.at("page_numbers"));
    }
    const Json fields = json.value("fields", Json::object());
    if (!fields.is_object()) {
        throw Error(Remedy::FixInput, "\"fields\" must be an object: values by name");
    }
    for (const auto& [name, value] : fields.items()) {
        for (std::string& each : values_in(value)) {
            statement.fields.push_back({name, std::move(each)});
        }
    }
    if (json.contains("who")) {
        statement.who = text_at(json, "who");
    }
    if (json.contains("when")) {
        statement.when = instant_in(text_at(json, "when"));
    }
    return statement;
}

std::vector<store::Statement>
statements_from(std::istream& lines, const std::string& name, const store::Statement& usual) {
    std::vector<store::Statement> statements;
    std::size_t line_number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++line_number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        const std::string where = name + ":" + std::to_string(line_number);
        try {
            statements.push_back(statement_from(line, usual));
            statements.back().where = where;
        } catch (const Error& error) {
            throw Error(error.remedy(), where + ": " + error.what());
        }
    }
    if (lines.bad()) {
        throw Error(Remedy::RetryLater, "reading " + name + " broke off");
    }
    if (statements.empty()) {
        throw Error(Remedy::FixInput, name + ": there is not one line in it");
    }
    return statements;
}

/// What every document may have, whatever its type. spec: classify/rules/sender.h, sealed_fields.h
bool is_common_field(const std::string& name) {
    static const std::set<std::string> names{
        "sender_name",
        "sender_postcode",
        "registered_number",
        "registered_date",
        "iban",
        "holder",
        "siret",
        "birth_date",
        "tax_number"};
    return names.contains(name);
}

bool has_field(const DocumentType& type, const std::string& name) {
    return std::ranges::find(type.fields, name, &FieldRule::name) != type.fields.end();
}

/// A day as people write it, 14/03/2026 or 2026-03-14; nothing when there is no such day.
std::optional<std::chrono::sys_days> day_in(const std::string& text) {
    const bool french = text.size() == 10 && text[2] == '/' && text[5] == '/';
    const std::string iso =
        french ? text.substr(6, 4) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2) : text;
    return day_from_iso(iso);
}

/// "1234,56", "1 234.56", "40": euros, with cents or without.
bool is_amount(const std::string& text) {
    static const std::regex shape(R"(\d{1,3}( ?\d{3})*([.,]\d\d)?( ?(€|EUR|euros?))?)");
    return std::regex_match(text, shape);
}

/// Thirteen characters, or fifteen with the key that belongs to them.
/// spec: docs/domain.md 2.1; 2A and 2B count as 19 and 18.
bool is_nir(const std::string& text) {
    static const std::regex shape(R"([1-8]\d{4}(\d\d|2[AB])\d{6}(\d\d)?)");
    constexpr std::size_t body = 13;
    constexpr std::uint64_t modulus = 97;
    std::string nir = text;
    std::erase_if(nir, [](char c) { return c == ' ' || c == '.'; });
    if (!std::regex_match(nir, shape)) {
        return false;
    }
    std::string digits = nir.substr(0, body);
    if (const std::size_t letter = digits.find_first_of("AB"); letter != std::string::npos) {
        digits.replace(letter - 1, 2, digits[letter] == 'A' ? "19" : "18");
    }
    const std::uint64_t key = modulus - std::stoull(digits) % modulus;
    return nir.size() == body || std::stoull(nir.substr(body)) == key;
}

/// Why a value cannot stand in a field of this kind; empty when it can. Not the value itself: it
/// may be a person's number.
std::string objection_to(const FieldRule& rule, const std::string& value) {
    if (value.empty()) {
        return {}; // it stands nowhere on the paper
    }
    if (rule.identifier == "date") {
        const auto day = day_in(value);
        if (!day) {
            return rule.name +
                   " is a day, written 2026-03-14 or 14/03/2026, and there is no such day";
        }
        if (rule.past && Instant(*day) > SystemClock().now()) {
            return rule.name + " is a day that was, not one to come";
        }
    }
    if (rule.identifier == "amount" && !is_amount(value)) {
        return rule.name + " is an amount in euros, written 1234,56";
    }
    const auto is_value = [&](const auto& choice) { return choice.value == value; };
    if (!rule.choices.empty() && std::ranges::none_of(rule.choices, is_value)) {
        std::string values;
        for (const auto& choice : rule.choices) {
            values += (values.empty() ? "" : ", ") + choice.value;
        }
        return rule.name + " is one of " + values;
    }
    if (rule.identifier == "nir" && !is_nir(value)) {
        return rule.name + " is a NIR: 13 characters, or 15 with the right key. Copy it again";
    }
    return {};
}

/// A word that may be repeated: no number of a person.
std::string named(const std::string& code) {
    constexpr std::size_t longest = 30; // chosen: twice the longest code
    const bool plain = code.size() <= longest && std::ranges::all_of(code, [](unsigned char c) {
                           return std::isalpha(c) != 0 || c == '-' || c == '_' || c == '6';
                       });
    return plain ? " \"" + code + "\"" : std::string();
}

std::string field_names(const DocumentType& type) {
    std::string names;
    for (const FieldRule& rule : type.fields) {
        names += (names.empty() ? "" : ", ") + rule.name;
    }
    return names;
}

} // namespace

std::vector<int> page_numbers_in(const std::string& text) {
    std::vector<int> numbers;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        const std::size_t dash = part.find('-');
        const auto first = page_number_in(part.substr(0, dash));
        const auto last = dash == std::string::npos ? first : page_number_in(part.substr(dash + 1));
        if (!first || !last || *last < *first) {
            throw Error(Remedy::FixInput, "pages are written 3, 1-3 or 1-2,5, counted from 1");
        }
        for (int number = *first; number <= *last; ++number) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

store::NamedValue field_in(const std::string& text) {
    const std::size_t sign = text.find('=');
    if (sign == 0 || sign == std::string::npos) {
        throw Error(Remedy::FixInput, "a field is written name=value");
    }
    return {text.substr(0, sign), text.substr(sign + 1)};
}

std::vector<store::Statement>
statements_in(const std::filesystem::path& file, const store::Statement& usual) {
    if (file == "-") {
        return statements_from(std::cin, "standard input", usual);
    }
    std::ifstream lines(file);
    if (!lines || std::filesystem::is_directory(file)) {
        throw Error(Remedy::FixInput, "cannot read " + file.string());
    }
    return statements_from(lines, file.string(), usual);
}

void check_statement(const store::Statement& statement, const std::vector<DocumentType>& types) {
    const std::string where = statement.where.empty() ? "" : statement.where + ": ";
    if (!statement.who.empty() && statement.who.find_first_not_of(' ') == std::string::npos) {
        throw Error(Remedy::FixInput, where + "blanks are nobody: say who says it");
    }
    const auto type = std::ranges::find(types, statement.type, &DocumentType::code);
    if (type == types.end()) {
        throw Error(
            Remedy::FixInput,
            where + "there is no such type" + named(statement.type) +
                ". Types are those of types.toml"
        );
    }
    for (const store::NamedValue& field : statement.fields) {
        if (!has_field(*type, field.name) && !is_common_field(field.name)) {
            const std::string names = field_names(*type);
            throw Error(
                Remedy::FixInput,
                where + type->code + " has no such field" + named(field.name) +
                    (names.empty() ? std::string() : ". It has " + names)
            );
        }
        const auto rule = std::ranges::find(type->fields, field.name, &FieldRule::name);
        const std::string objection =
            rule == type->fields.end() ? std::string() : objection_to(*rule, field.value);
        if (!objection.empty()) {
            throw Error(Remedy::FixInput, where + objection);
        }
    }
}

} // namespace pleiade::cli
