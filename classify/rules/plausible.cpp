#include "classify/rules/plausible.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace pleiade::classify {
namespace {

constexpr double share_when_contradicted = 0.5; // chosen: somebody looks, nothing is dropped
constexpr int first_year = 1900;                // chosen: older dates stand on no paper of today
constexpr int farthest_years = 10; // chosen: rights and cards are valid for ten years at most

int number_in(std::string_view text) {
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

const Field* named(const std::vector<Field>& fields, std::string_view name) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) {
        return field.name == name;
    });
    return found == fields.end() ? nullptr : &*found;
}

} // namespace

std::optional<std::chrono::year_month_day> day_from(std::string_view iso) {
    constexpr std::size_t iso_length = 10;
    if (iso.size() != iso_length) {
        return std::nullopt;
    }
    const std::chrono::year_month_day day(
        std::chrono::year{number_in(iso.substr(0, 4))},
        std::chrono::month{static_cast<unsigned>(number_in(iso.substr(5, 2)))},
        std::chrono::day{static_cast<unsigned>(number_in(iso.substr(8, 2)))}
    );
    return day.ok() ? std::optional(day) : std::nullopt;
}

bool can_be(const FieldRule& rule, std::string_view iso, std::chrono::sys_days today) {
    const auto day = day_from(iso);
    if (!day.has_value()) {
        return false;
    }
    if (today == std::chrono::sys_days{}) {
        return true;
    }
    const std::chrono::year_month_day now(today);
    if (rule.past) {
        return std::chrono::sys_days(*day) <= today && day->year() >= std::chrono::year{first_year};
    }
    return day->year() >= std::chrono::year{first_year} &&
           day->year() <= now.year() + std::chrono::years{farthest_years};
}

bool agrees_with_nir(std::string_view iso, std::string_view nir) {
    constexpr std::size_t nir_length = 15;
    const auto day = day_from(iso);
    if (!day.has_value() || nir.size() != nir_length) {
        return true;
    }
    constexpr int century = 100;
    constexpr int december = 12;
    const int month = number_in(nir.substr(3, 2));
    const bool month_known = month >= 1 && month <= december;
    return static_cast<int>(day->year()) % century == number_in(nir.substr(1, 2)) &&
           (!month_known || static_cast<int>(static_cast<unsigned>(day->month())) == month);
}

void doubt_contradictions(const DocumentType& type, std::vector<Field>& fields) {
    for (const FieldRule& rule : type.fields) {
        if (rule.not_before.empty()) {
            continue;
        }
        const Field* first = named(fields, rule.not_before);
        const Field* last = named(fields, rule.name);
        if (first == nullptr || last == nullptr || first->value <= last->value) {
            continue; // ISO 8601: the order of days is that of their texts
        }
        for (Field& field : fields) {
            if (field.name == rule.name || field.name == rule.not_before) {
                field.confidence *= share_when_contradicted;
            }
        }
    }
}

} // namespace pleiade::classify
