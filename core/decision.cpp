#include "core/decision.h"

namespace pleiade {

std::string to_text(DecidedBy decided_by) {
    switch (decided_by) {
    case DecidedBy::Automatic:
        return "auto";
    case DecidedBy::Person:
        return "person";
    case DecidedBy::Undecided:
        break;
    }
    return "undecided";
}

std::optional<DecidedBy> decided_by_from(std::string_view text) {
    for (const DecidedBy who : {DecidedBy::Automatic, DecidedBy::Person, DecidedBy::Undecided}) {
        if (to_text(who) == text) {
            return who;
        }
    }
    return std::nullopt;
}

} // namespace pleiade
