#include "core/sealed_document.h"

#include "core/failure.h"

#include <array>
#include <utility>

namespace pleiade {
namespace {

constexpr std::array<std::pair<SealState, const char*>, 4> names{{
    {SealState::Unreadable, "unreadable"},
    {SealState::Untrusted, "untrusted"},
    {SealState::Forged, "forged"},
    {SealState::Verified, "verified"},
}};

} // namespace

std::string to_text(SealState state) {
    for (const auto& [known, name] : names) {
        if (known == state) {
            return name;
        }
    }
    throw std::logic_error("seal state without a name");
}

SealState seal_state_from(const std::string& text) {
    for (const auto& [known, name] : names) {
        if (name == text) {
            return known;
        }
    }
    throw Error(Remedy::FixInput, "no such state of a sealed document: " + text);
}

} // namespace pleiade
