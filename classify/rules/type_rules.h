#pragma once
// What kind of document one page looks like: anchors of all types weighed against each other and
// against "nothing known".

#include "classify/rules/address.h"
#include "classify/rules/form_numbers.h"
#include "classify/rules/fuzzy.h"
#include "classify/rules/layout.h"
#include "core/decision.h"
#include "core/document_type.h"
#include "core/page_reading.h"

#include <set>
#include <string>
#include <vector>

namespace pleiade::classify {

/// Of "nothing known", beside the anchors alone.
/// chosen: one full title (5) alone gives 0.95, one full title and a phrase or two are certain; a
/// title quoted in a sentence gives less than 0.5
inline constexpr double unknown_log_odds = 2.0;

/// chosen: from here on a page that shows another type is taken seriously, though not trusted
inline constexpr double serious = 0.5;

/// What the anchors of one type say of a page.
struct TypeScore {
    std::string code;
    double log_odds = 0.0;
    double chance = 0.0; ///< Of all types and of none together 1: with the model's words, if any.
    bool heads = false;  ///< As in PageGuess; the next as well.
    bool at_foot = false;
    bool returned = false; ///< The type is mail that came back.
    std::vector<Evidence> why;
};

struct PageGuess {
    TypeGuess type; ///< `automatic` is not decided here: it depends on the caisse.
    PageKind kind = PageKind::Sheet;
    bool heads = false;   ///< Has what only a first page has: title, number above, opening.
    bool at_foot = false; ///< Its form number stands below: mostly on the first page, of forms of
                          ///< several pages on the last.
    bool opens_letter = false;  ///< "Madame, Monsieur," or "Objet :" on a line of its own.
    bool closes_letter = false; ///< Takes leave: "Veuillez agréer ...".
    bool says_further = false;  ///< "volet 2", "page 2", "2/3": not a first page.
    std::string print_stamp;    ///< As in PageShape.
    bool headed = false;        ///< Has a title or an address of its own, known or not.
    bool notice = false;        ///< Is called a notice.
    int small_print = 0;        ///< As in PageShape.
    int words = 0;
    bool returned = false;         ///< Surely mail of the caisse that came back.
    std::vector<TypeScore> scores; ///< Of every type; empty where no anchor was looked at.
};

/// The types of types.toml, made ready for searching once.
class TypeRules {
public:
    explicit TypeRules(const std::vector<DocumentType>& types);

    [[nodiscard]] PageGuess
    guess(const PageReading& page, const Layout& layout, int page_index) const;

private:
    struct PreparedAnchor {
        Anchor anchor;
        Pattern pattern;
    };
    struct PreparedType {
        std::string code;
        bool returned = false;
        bool letter = false; ///< Greets or takes leave: one of its phrases says so.
        std::vector<PreparedAnchor> anchors;
    };
    struct Score;
    struct Sight;

    void weigh(const PreparedType& type, const Sight& sight, Score& score) const;
    void weigh_shape(const std::string& code, const Sight& sight, Score& score) const;
    [[nodiscard]] bool is_complete_letter(
        std::size_t candidate, const Sight& sight, const std::vector<Score>& scores
    ) const;
    void forget_politeness(std::size_t candidate, std::vector<Score>& scores) const;
    void bound_letter(const Sight& sight, std::vector<Score>& scores) const;
    void lift_letter(const Sight& sight, std::vector<Score>& scores) const;

    std::vector<PreparedType> types_;
    std::set<std::string> numbers_;
    std::set<std::string> polite_; ///< Phrases of the free letter: people write them in any.
    std::vector<Pattern> notice_titles_;
};

} // namespace pleiade::classify
