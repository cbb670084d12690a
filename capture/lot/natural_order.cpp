#include "capture/lot_folder.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace pleiade::capture {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The run of digits at the beginning of `text`.
std::string_view number_at(std::string_view text) {
    const auto* const end = std::find_if_not(text.begin(), text.end(), is_digit);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::string_view without_zeros(std::string_view number) {
    return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

/// Negative, zero or positive, like std::string::compare. Any number of digits.
int compare_numbers(std::string_view left, std::string_view right) {
    const std::string_view a = without_zeros(left);
    const std::string_view b = without_zeros(right);
    return a.size() != b.size() ? (a.size() < b.size() ? -1 : 1) : a.compare(b);
}

} // namespace

bool natural_less(const std::string& left, const std::string& right) {
    std::string_view a = left;
    std::string_view b = right;
    while (!a.empty() && !b.empty()) {
        const std::string_view a_number = number_at(a);
        const std::string_view b_number = number_at(b);
        if (!a_number.empty() && !b_number.empty()) {
            if (const int order = compare_numbers(a_number, b_number); order != 0) {
                return order < 0;
            }
            a.remove_prefix(a_number.size());
            b.remove_prefix(b_number.size());
            continue;
        }
        if (a.front() != b.front()) {
            return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front());
        }
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    // Equal but for leading zeros, or one begins with the other: any order, as long as it is one.
    return a.empty() != b.empty() ? a.empty() : left < right;
}

} // namespace pleiade::capture
