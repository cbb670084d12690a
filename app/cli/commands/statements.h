#pragma once
// What people say of documents, as they write it: options of a command, or lines of a file. What
// they wrote is not repeated in messages: it may be somebody's number.

#include "core/document_type.h"
#include "store/truth.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pleiade::cli {

/// "3", "1-3", "1-2,5". @throws Error(FixInput)
[[nodiscard]] std::vector<int> page_numbers_in(const std::string& text);

/// "name=value"; nothing after the sign: the field stands nowhere on the paper.
/// @throws Error(FixInput)
[[nodiscard]] store::NamedValue field_in(const std::string& text);

/// Statements out of a file of JSON lines, "-" for the standard input.
/// @param usual What a line does not say of who and when.
/// @throws Error(FixInput) "file:line: what"
[[nodiscard]] std::vector<store::Statement>
statements_in(const std::filesystem::path& file, const store::Statement& usual);

/// @throws Error(FixInput) when the type is not configured or no type has such a field.
void check_statement(const store::Statement& statement, const std::vector<DocumentType>& types);

} // namespace pleiade::cli
