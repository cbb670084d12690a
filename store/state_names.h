#pragma once
// The states of core/mail.h as they stand in the database and in reports, and back.

#include "core/decision.h"
#include "core/mail.h"

#include <string>
#include <string_view>

namespace pleiade::store {

[[nodiscard]] std::string to_text(LotState state);
[[nodiscard]] std::string to_text(PageState state); ///< "captured" ... "set_aside".
[[nodiscard]] std::string to_text(PliState state);
[[nodiscard]] std::string to_text(DocumentState state);
[[nodiscard]] std::string to_text(DeliveryState state);

/// The way back. @throws std::logic_error for a word that no state has.
[[nodiscard]] Channel channel_of(std::string_view text);
[[nodiscard]] LotState lot_state_of(std::string_view text);
[[nodiscard]] PageState page_state_of(std::string_view text);
[[nodiscard]] PliState pli_state_of(std::string_view text);
[[nodiscard]] DocumentState document_state_of(std::string_view text);
[[nodiscard]] DeliveryState delivery_state_of(std::string_view text);
[[nodiscard]] DecidedBy decided_by_of(std::string_view text);

} // namespace pleiade::store
