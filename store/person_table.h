#pragma once
// A table or view of insured people in somebody else's PostgreSQL: read, never written.

#include "store/connection.h"

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

namespace pleiade::store {

/// Safe to share between threads: they take turns on its one connection.
class PersonTable {
public:
    /// @param table "assures" or "registre.assures": a table or a view.
    /// @throws Error(RetryLater) when the database is out of reach, Error(FixConfiguration) when it
    /// has no such table, or this user may not read it.
    PersonTable(const std::string& url, const std::string& table);

    /// Their names, in the order of the table.
    [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }

    /// Whether a column holds text: an index serves only where nothing is converted.
    [[nodiscard]] bool is_text(std::size_t column) const { return texts_.at(column); }

    /// Rows in which the column of text `column` is one of the values, their fields as text, NULL
    /// as "". At most `most_rows`.
    /// @throws Error(RetryLater) when the database is out of reach or takes more than five seconds.
    [[nodiscard]] std::vector<std::vector<std::string>>
    rows_with(std::size_t column, const std::vector<std::string>& values) const;

    static constexpr std::size_t most_rows = 100; // chosen: two people are too many already

private:
    [[noreturn]] void fail() const;

    std::string table_; ///< Quoted.
    Connection connection_;
    std::vector<std::string> columns_;
    std::vector<bool> texts_;
    mutable std::mutex turn_;
};

} // namespace pleiade::store
