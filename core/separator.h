#pragma once
// A separator sheet put between papers at preparation. How it is printed and read:
// capture/separator_code.h.

#include <string>

namespace pleiade {

enum class SeparatorKind { LotHeader, Pli, Document };

struct Separator {
    SeparatorKind kind = SeparatorKind::Pli;
    std::string caisse; ///< Lot header only: code of the caisse, "000" or empty for mixed mail.
    std::string label;  ///< Lot header only: what the operator called the lot; may be empty.

    bool operator==(const Separator&) const = default;
};

} // namespace pleiade
