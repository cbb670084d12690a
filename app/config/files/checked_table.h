#pragma once
// A TOML table read strictly: every key is asked for by name and type, and what was never asked for
// is a mistake. Mistakes are collected, not thrown, so that one look shows all of a file.

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::config {

/// Mistakes of the files read so far, in order: "file:line:column: what".
class Problems {
public:
    void add(const std::string& file, const toml::source_region& where, const std::string& what);
    void add(const std::string& where, const std::string& what);

    [[nodiscard]] bool empty() const { return lines_.empty(); }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

private:
    std::vector<std::string> lines_;
};

enum class Need { Required, Optional };

struct WholeRange {
    int least = 0;
    int most = 0;
};

class CheckedTable {
public:
    /// Keeps views: table and problems must outlive it.
    CheckedTable(const toml::table& table, std::string file, Problems& problems);

    [[nodiscard]] std::string text(std::string_view key, Need need);
    /// Optional. Relative means: to the folder of this file, wherever the program is started.
    [[nodiscard]] std::string folder(std::string_view key);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key, Need need);
    [[nodiscard]] std::optional<int> whole(std::string_view key, Need need, WholeRange range);
    [[nodiscard]] std::optional<double>
    number(std::string_view key, Need need, double least, double most);
    [[nodiscard]] bool flag(std::string_view key); ///< Optional, false when missing.
    [[nodiscard]] const toml::table* table(std::string_view key);
    [[nodiscard]] const toml::array* array(std::string_view key, Need need);

    /// Every key that nobody asked for is a mistake.
    void refuse_other_keys();

    /// A mistake at the value of `key`, or at the table when the key is missing.
    void refuse(std::string_view key, const std::string& what);

    [[nodiscard]] const toml::table& raw() const { return table_; }
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] Problems& problems() { return problems_; }

private:
    const toml::node* find(std::string_view key, Need need);

    const toml::table& table_;
    std::string file_;
    Problems& problems_;
    std::set<std::string, std::less<>> asked_;
};

/// As people write it: 0.5, 100.
[[nodiscard]] std::string short_text(double number);

/// The root table of a file; nothing, and a problem with its place, when it is not TOML.
[[nodiscard]] std::optional<toml::table>
parse_file(const std::filesystem::path& file, Problems& problems);

} // namespace pleiade::config
