#include "store/state_names.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace pleiade::store {
namespace {

template <typename State>
using Name = std::pair<State, std::string_view>;

constexpr std::array<Name<LotState>, 3> lot_states{
    {{LotState::Open, "open"}, {LotState::Closed, "closed"}, {LotState::Done, "done"}}};
constexpr std::array<Name<PageState>, 7> page_states{
    {{PageState::Captured, "captured"},
     {PageState::Read, "read"},
     {PageState::Blank, "blank"},
     {PageState::Void, "void"},
     {PageState::SetAside, "set_aside"},
     {PageState::RescanWanted, "rescan_wanted"},
     {PageState::Replaced, "replaced"}}};
constexpr std::array<Name<PliState>, 9> pli_states{
    {{PliState::Captured, "captured"},
     {PliState::Read, "read"},
     {PliState::Understood, "understood"},
     {PliState::ToVerify, "to_verify"},
     {PliState::Verified, "verified"},
     {PliState::Delivering, "delivering"},
     {PliState::Delivered, "delivered"},
     {PliState::SetAside, "set_aside"},
     {PliState::Superseded, "superseded"}}};
constexpr std::array<Name<DocumentState>, 4> document_states{
    {{DocumentState::Proposed, "proposed"},
     {DocumentState::Confirmed, "confirmed"},
     {DocumentState::Delivered, "delivered"},
     {DocumentState::Superseded, "superseded"}}};
constexpr std::array<Name<DeliveryState>, 5> delivery_states{
    {{DeliveryState::Waiting, "waiting"},
     {DeliveryState::Sent, "sent"},
     {DeliveryState::InDoubt, "in_doubt"},
     {DeliveryState::Acknowledged, "acknowledged"},
     {DeliveryState::Refused, "refused"}}};

template <typename State, std::size_t Count>
std::string name_of(const std::array<Name<State>, Count>& names, State state) {
    for (const auto& name : names) {
        if (name.first == state) {
            return std::string(name.second);
        }
    }
    throw std::logic_error("a state without a name");
}

template <typename State, std::size_t Count>
State state_of(const std::array<Name<State>, Count>& names, std::string_view text) {
    for (const auto& name : names) {
        if (name.second == text) {
            return name.first;
        }
    }
    throw std::logic_error("no state is called " + std::string(text));
}

} // namespace

std::string to_text(LotState state) {
    return name_of(lot_states, state);
}
std::string to_text(PageState state) {
    return name_of(page_states, state);
}
std::string to_text(PliState state) {
    return name_of(pli_states, state);
}
std::string to_text(DocumentState state) {
    return name_of(document_states, state);
}
std::string to_text(DeliveryState state) {
    return name_of(delivery_states, state);
}

Channel channel_of(std::string_view text) {
    if (const auto channel = channel_from(text)) {
        return *channel;
    }
    throw std::logic_error("no channel is called " + std::string(text));
}
LotState lot_state_of(std::string_view text) {
    return state_of(lot_states, text);
}
PageState page_state_of(std::string_view text) {
    return state_of(page_states, text);
}
PliState pli_state_of(std::string_view text) {
    return state_of(pli_states, text);
}
DocumentState document_state_of(std::string_view text) {
    return state_of(document_states, text);
}
DeliveryState delivery_state_of(std::string_view text) {
    return state_of(delivery_states, text);
}

DecidedBy decided_by_of(std::string_view text) {
    if (const auto decided_by = decided_by_from(text)) {
        return *decided_by;
    }
    throw std::logic_error("nobody is called " + std::string(text));
}

} // namespace pleiade::store
