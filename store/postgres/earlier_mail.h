#pragma once
// Questions about other mail, inside a transaction.

#include "store/journey.h"

#include <pqxx/pqxx>
#include <string>

namespace pleiade::store::postgres {

[[nodiscard]] EarlierMail earlier_mail(pqxx::transaction_base& work, const Inquiry& inquiry);

/// Until the transaction ends, nobody else decides about mail of this caisse, nor about mail of
/// none, which is looked at with it.
void lock_mail_of(pqxx::work& work, const std::string& caisse);

} // namespace pleiade::store::postgres
