#include "core/due_date.h"

#include <array>

namespace pleiade {
namespace {

using std::chrono::days;
using std::chrono::month_day;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;

bool is_working_day(sys_days day) {
    const weekday name(day);
    return name != std::chrono::Saturday && name != std::chrono::Sunday && !is_french_holiday(day);
}

} // namespace

sys_days easter_sunday(year of) {
    // spec: Meeus, Astronomical Algorithms, ch. 8; the letters are his
    const int y = static_cast<int>(of);
    const int a = y % 19;
    const int b = y / 100;
    const int c = y % 100;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - b / 4 - g + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int month = (h + l - 7 * m + 114) / 31;
    const int day = (h + l - 7 * m + 114) % 31 + 1;
    return sys_days(
        of / std::chrono::month(static_cast<unsigned>(month)) /
        std::chrono::day(static_cast<unsigned>(day))
    );
}

bool is_french_holiday(sys_days day) {
    using namespace std::chrono;
    // spec: Code du travail L3133-1
    static constexpr std::array<month_day, 8> fixed = {
        January / 1,
        May / 1,
        May / 8,
        July / 14,
        August / 15,
        November / 1,
        November / 11,
        December / 25};
    static constexpr std::array<days, 3> after_easter = {days(1), days(39), days(50)};
    const year_month_day date(day);
    for (const month_day& holiday : fixed) {
        if (date.month() == holiday.month() && date.day() == holiday.day()) {
            return true;
        }
    }
    const days since_easter = day - easter_sunday(date.year());
    for (const days offset : after_easter) {
        if (since_easter == offset) {
            return true;
        }
    }
    return false;
}

sys_days due_on(sys_days received, const Route& route) {
    if (!route.clear_days) {
        return received + days(route.deadline_days);
    }
    sys_days end = received + days(route.deadline_days + 1);
    while (!is_working_day(end)) {
        end += days(1);
    }
    return end;
}

} // namespace pleiade
