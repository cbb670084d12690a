#include "core/day.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace pleiade {
namespace {

constexpr std::string_view shape = "dddd-dd-dd"; // spec: ISO 8601, calendar date, extended format

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

int number_in(std::string_view digits) {
    int number = 0;
    for (const char digit : digits) {
        number = number * 10 + (digit - '0');
    }
    return number;
}

} // namespace

std::string iso_day(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    std::array<char, 32> text{};
    (void)std::snprintf(
        text.data(),
        text.size(),
        "%04d-%02u-%02u",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
    return text.data();
}

std::optional<std::chrono::sys_days> day_from_iso(std::string_view text) {
    const bool shaped =
        text.size() == shape.size() &&
        std::equal(text.begin(), text.end(), shape.begin(), [](char c, char wanted) {
            return wanted == 'd' ? is_digit(c) : c == wanted;
        });
    if (!shaped) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date(
        std::chrono::year(number_in(text.substr(0, 4))),
        std::chrono::month(static_cast<unsigned>(number_in(text.substr(5, 2)))),
        std::chrono::day(static_cast<unsigned>(number_in(text.substr(8, 2))))
    );
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

} // namespace pleiade
