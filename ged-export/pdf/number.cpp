#include "ged-export/pdf/number.h"

#include <array>
#include <charconv>

namespace pleiade::ged {

std::string number(double value) {
    std::array<char, 400> buffer{}; // enough for every double in fixed notation
    const auto result = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 3
    );
    std::string text(buffer.data(), result.ptr);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
        text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

} // namespace pleiade::ged
