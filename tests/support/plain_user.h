#pragma once
// Rights mean nothing to root: while one of these lives, the test is a plain user.

#include <unistd.h>

#include <exception>
#include <filesystem>
#include <stdexcept>

namespace pleiade::test {

class PlainUser {
public:
    /// @param folder becomes the user's own.
    explicit PlainUser(const std::filesystem::path& folder) : was_root_(::geteuid() == 0) {
        constexpr uid_t nobody = 65534;
        if (was_root_ && (::chown(folder.c_str(), nobody, nobody) != 0 || ::seteuid(nobody) != 0)) {
            throw std::runtime_error("cannot become a plain user");
        }
    }
    PlainUser(const PlainUser&) = delete;
    PlainUser& operator=(const PlainUser&) = delete;
    PlainUser(PlainUser&&) = delete;
    PlainUser& operator=(PlainUser&&) = delete;
    ~PlainUser() {
        if (was_root_ && ::seteuid(0) != 0) {
            std::terminate(); // the tests that follow would be somebody else's
        }
    }

private:
    bool was_root_;
};

} // namespace pleiade::test
