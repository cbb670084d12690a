#pragma once
// What may be the value of a field: identifiers, amounts, times of day, and words.

#include "classify/rules/layout.h"
#include "core/page_reading.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::classify {

inline constexpr std::string_view amount_kind = "amount";
inline constexpr std::string_view time_kind = "time";
inline constexpr std::string_view number_kind = "number";
inline constexpr std::string_view bic_kind = "bic";
inline constexpr std::string_view check_kind = "check";
inline constexpr std::string_view printed_kind = "printed";
inline constexpr std::string_view date_kind = "date";
inline constexpr std::string_view address_kind = "address";
inline constexpr std::string_view name_kind = "name";

struct Candidate {
    std::string kind; ///< IdentifierKind as text, "amount", "address" ..., or empty for words.
    std::string value;
    double confidence = 0.0;
    Box box_px;
    int page_index = 0;
    bool label_needed = false; ///< Too little by itself: only a label makes it a value.
    bool marked = false;       ///< An amount with its currency.
};

/// Mean over words [first_word, end_word); 0 when there are none.
[[nodiscard]] double confidence_of(const PageReading& page, int first_word, int end_word);

/// "1 234,56", "1.234,56", "12.50€", "#12,50#" or "40 €" as "1234,56", "12,50", "40,00"; nothing
/// when it is no amount with cents or with its currency.
[[nodiscard]] std::optional<std::string> amount_of(std::string_view text);

/// "14h30", "14:30", "8 h" as "14:30", "08:00".
[[nodiscard]] std::optional<std::string> time_of(std::string_view text);

/// "(12.05.2002," as "2002-05-12".
[[nodiscard]] std::optional<std::string> written_day_of(std::string_view text);

/// "1203 2024", "12 | 03 | 2024": the eight digits of a day in boxes, as ISO 8601 writes it.
[[nodiscard]] std::optional<std::string> boxed_day_of(std::string_view text);

/// "18 71 731 529 099", "2334515034E": digits, at most a few letters, as one word; nothing for
/// words, days and amounts.
[[nodiscard]] std::optional<std::string> number_of(std::string_view text);

/// "AGRI FRPP", "LEVAFRPPO61" as "AGRIFRPP", "LEVAFRPP061": a bank's code of eight or eleven
/// characters with the country of an IBAN. Source: ISO 9362.
[[nodiscard]] std::optional<std::string> bic_of(std::string_view text);

/// "12 rue des Lilas 06000 NICE" of "Demeurant : 12 rue des Lilas 06000 NICE": from the number of
/// the house or the kind of street on; empty when there is neither.
[[nodiscard]] std::string street_on(std::string_view line);

/// A title and two words or more without digits: "MME DURAND ANNE".
[[nodiscard]] bool is_titled_name(std::string_view words);

/// Whether words may be the name of a person or a firm: hardly a digit in them.
[[nodiscard]] bool may_name(std::string_view words);

/// Whether words are print rather than what somebody filled in: another label, a heading.
[[nodiscard]] bool reads_as_label(std::string_view words);

[[nodiscard]] long cents_of(std::string_view amount); ///< Of "1234,56". Precondition: amount_of().
[[nodiscard]] std::string amount_text(long cents);

[[nodiscard]] std::vector<Candidate>
candidates_on(const PageReading& page, const Layout& layout, int page_index);

} // namespace pleiade::classify
