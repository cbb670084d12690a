#include "store/person_table.h"

#include "core/failure.h"
#include "store/postgres/database.h"
#include "store/postgres/values.h"

#include <algorithm>
#include <array>

namespace pleiade::store {
namespace {

// chosen: a lookup by an index takes a millisecond; without one, a list of millions takes seconds
constexpr const char* patience = "set local statement_timeout = '5s'";

std::string quoted_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + '"';
}

/// "registre.assures": a schema and a table.
std::string quoted_table(const std::string& table) {
    const std::size_t dot = table.find('.');
    if (dot == std::string::npos) {
        return quoted_name(table);
    }
    const std::string_view whole = table;
    return quoted_name(whole.substr(0, dot)) + "." + quoted_name(whole.substr(dot + 1));
}

/// Source: PostgreSQL 15, pg_type.dat.
bool is_text_type(pqxx::oid type) {
    constexpr std::array<pqxx::oid, 3> texts = {25, 1042, 1043}; // text, bpchar, varchar
    return std::ranges::find(texts, type) != texts.end();
}

} // namespace

PersonTable::PersonTable(const std::string& url, const std::string& table)
    : table_(quoted_table(table)) {
    try {
        connection_ = connect(url);
        connection_->look([&](auto& look) {
            look.exec0(patience);
            const pqxx::result head = look.exec("select * from " + table_ + " limit 0");
            for (pqxx::row_size_type i = 0; i < head.columns(); ++i) {
                columns_.emplace_back(head.column_name(i));
                texts_.push_back(is_text_type(head.column_type(i)));
            }
        });
    } catch (const std::exception&) {
        fail();
    }
}

std::vector<std::vector<std::string>>
PersonTable::rows_with(std::size_t column, const std::vector<std::string>& values) const {
    const std::lock_guard turn(turn_);
    const std::string query = "select * from " + table_ + " where " +
                              quoted_name(columns_.at(column)) + " = any($1) limit " +
                              std::to_string(most_rows);
    const auto ask = [&] {
        return connection_->look([&](auto& look) {
            look.exec0(patience);
            std::vector<std::vector<std::string>> rows;
            for (const pqxx::row& row : look.exec_params(query, postgres::array_of(values))) {
                std::vector<std::string>& cells = rows.emplace_back();
                for (const pqxx::field& field : row) {
                    cells.push_back(postgres::text_of(field));
                }
            }
            return rows;
        });
    };
    try {
        return ask();
    } catch (const Error& error) {
        if (error.remedy() != Remedy::RetryLater) {
            fail();
        }
    } catch (const std::exception&) {
        fail();
    }
    try {
        return ask(); // its server was started again, or a firewall cut what was idle
    } catch (const std::exception&) {
        fail();
    }
}

/// The platform's own database is another one: say which is meant.
void PersonTable::fail() const {
    const std::string where = "referential of insured people, table " + table_ + ": ";
    try {
        throw;
    } catch (const Error& error) {
        throw Error(error.remedy(), where + error.what());
    } catch (const std::logic_error& error) { // the table or a column went away
        throw Error(Remedy::FixConfiguration, where + error.what());
    }
}

} // namespace pleiade::store
