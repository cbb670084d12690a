#pragma once
// Two caisses in one database: 061, whose wall is tried, and 201, of which nobody beyond it may
// learn anything.

#include "tests/integration/store/mail_room.h"

#include <string>

namespace pleiade::store {

inline constexpr const char* own_caisse = "061";
inline constexpr const char* foreign_caisse = "201";

/// Every key of the mail of 201 is one of these: 1000 of what was delivered, 1001 of what is about
/// to be, 1002 of a page that somebody is reading just now.
inline constexpr int first_foreign_key = 1000;
inline constexpr int last_foreign_key = 1009;

struct Neighbours : MailRoom {
    Neighbours(); ///< With mail of 061 only.

    void bring_foreign_mail(); ///< At least one row of 201 in every table that has a caisse.

    /// Before a statement: a session of this role that named caisse 061.
    [[nodiscard]] static std::string as(const std::string& role);

private:
    void deliver(const std::string& caisse);
    void add_platform_rows(const std::string& caisse);
};

} // namespace pleiade::store
