#pragma once
// A real PostgreSQL for tests: one embedded cluster per test program, a fresh database per test.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pleiade::test {

/// A folder of its own that is removed at the end; user postgres may enter it.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A database with the current schema, dropped at the end.
class TempDatabase {
public:
    enum class Schema { Current, None };

    explicit TempDatabase(Schema schema = Schema::Current);
    ~TempDatabase();
    TempDatabase(const TempDatabase&) = delete;
    TempDatabase& operator=(const TempDatabase&) = delete;

    [[nodiscard]] const std::string& url() const { return url_; }

    /// Statements without an answer. @throws std::exception with the complaint of the database.
    void exec(const std::string& statements) const;

    /// All rows, fields as text, null as "", asked after `settings` of the transaction.
    [[nodiscard]] std::vector<std::vector<std::string>>
    rows(const std::string& query, const std::string& settings = "") const;

    /// The one field of the one row, asked after `settings` of the transaction.
    [[nodiscard]] std::string
    value(const std::string& query, const std::string& settings = "") const;
    [[nodiscard]] std::int64_t number(const std::string& query) const;

    /// The complaint of the database, empty when it accepts the statements; nothing is kept.
    [[nodiscard]] std::string refusal(const std::string& statements) const;

private:
    struct Connection; // keeps libpqxx out of this header

    std::string name_;
    std::string url_;
    std::unique_ptr<Connection> connection_;
};

} // namespace pleiade::test
