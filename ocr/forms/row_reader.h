#pragma once
// Reads the ink of one comb row as text, several times if need be.

#include "core/page_text.h"
#include "ocr/forms/comb_reading.h"
#include "ocr/forms/comb_votes.h"
#include "ocr/identifiers/rule.h"
#include "ocr/text_reader.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::ocr {

/// From the first to the last filled cell.
struct Span {
    std::size_t first = 0;
    std::size_t count = 0;
};

/// The readings of one row, made one after the other until they are enough.
class RowReader {
public:
    RowReader(const CombInk& ink, Span span, ZoneContent content, TextReader& zones)
        : ink_(ink), span_(span), content_(content), zones_(zones), votes_(span.count) {}
    RowReader(CombInk&&, Span, ZoneContent, TextReader&) = delete;

    [[nodiscard]] bool more() const; ///< Is there a way of reading that was not tried?
    [[nodiscard]] std::size_t done() const { return texts_.size(); }
    [[nodiscard]] const CombVotes& votes() const { return votes_; }
    [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

    void read_once_more();

    /// Asks again what stands in one cell, letters allowed: digits only reads 2A as 24, 2B as 28.
    void ask_for_letter(std::size_t cell);

private:
    [[nodiscard]] CombCharacters cells_read_with(CombSetting setting, ZoneContent content);

    const CombInk& ink_;
    Span span_;
    ZoneContent content_;
    TextReader& zones_;
    CombVotes votes_;
    std::vector<std::string> texts_;
    std::optional<Character> letter_; ///< Settled for all readings once it was asked for.
    std::size_t letter_cell_ = 0;
};

/// Reads until the value is settled or all ways of reading are used up.
[[nodiscard]] std::optional<std::string> settled(const Rule& rule, RowReader& reader);

} // namespace pleiade::ocr
