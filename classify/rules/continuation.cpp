#include "classify/rules/continuation.h"

#include "classify/rules/codes.h"
#include "classify/rules/page_number.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

namespace pleiade::classify {
namespace {

using Words = std::set<std::string>;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::ptrdiff_t digits_of(const std::string& text) {
    return std::ranges::count_if(text, is_digit);
}

bool begins_with_capital(const std::string& text) {
    return !text.empty() && text[0] >= 'A' && text[0] <= 'Z';
}

/// Words and numbers by which two pages are known to speak of one thing: numbers, long words and
/// what is written with a capital, names above all.
Words telling_words(const Layout& layout) {
    constexpr std::ptrdiff_t least_digits = 5; // chosen: of a number of a file, a day, an account
    constexpr std::size_t least_letters = 5;   // chosen: shorter ones stand anywhere
    constexpr std::size_t least_of_name = 4;   // chosen
    Words words;
    for (const LaidWord& word : layout.words) {
        const std::ptrdiff_t digits = digits_of(word.folded);
        const std::size_t least = begins_with_capital(word.text) ? least_of_name : least_letters;
        if (digits >= least_digits || (digits == 0 && word.folded.size() >= least)) {
            words.insert(word.folded);
        }
    }
    return words;
}

/// "Fait à ..., le", "signature", "cachet": where papers end.
bool is_signed_somewhere(const Layout& layout) {
    static constexpr std::array<std::string_view, 5> ends = {
        "signature", "cachet", "tampon", "signe", "signee"};
    return std::ranges::any_of(layout.runs, [&](const Run& run) {
        const auto first = layout.words.begin() + run.first_word;
        const auto end = layout.words.begin() + run.end_word;
        const bool made = first->folded == "fait" && end - first > 1 &&
                          ((first + 1)->folded == "a" || (first + 1)->folded == "le");
        return made || std::any_of(first, end, [](const LaidWord& word) {
                   return std::ranges::find(ends, std::string_view(word.folded)) != ends.end();
               });
    });
}

/// The line that most others begin near: a page of the same print begins where the first does.
double left_margin(const Layout& layout) {
    constexpr std::size_t a_fifth = 5; // chosen: marks in the margin lie left of it
    std::vector<int> starts;
    starts.reserve(layout.runs.size());
    for (const Run& run : layout.runs) {
        starts.push_back(run.box_px.x0);
    }
    std::ranges::sort(starts);
    constexpr double middle = 0.5; // of an empty page, so that it is like no other
    return starts.empty() ? middle
                          : static_cast<double>(starts[starts.size() / a_fifth]) /
                                std::max(layout.width_px, 1);
}

std::string letters_of(std::string text) {
    std::erase_if(text, is_digit);
    return text;
}

/// One line of words at the same place at the foot of both.
bool have_same_foot(const Layout& page, const Layout& before) {
    constexpr double foot = 0.9;
    constexpr double same_place = 0.03;
    constexpr std::size_t least_letters = 5; // chosen
    return std::ranges::any_of(page.runs, [&](const Run& run) {
        const double y = page.y_share(run.box_px);
        const std::string letters = letters_of(page.folded_of(run));
        return y >= foot && letters.size() >= least_letters &&
               std::ranges::any_of(before.runs, [&](const Run& other) {
                   return std::abs(before.y_share(other.box_px) - y) < same_place &&
                          letters_of(before.folded_of(other)) == letters;
               });
    });
}

/// Larger type, or two words in capitals.
bool is_heading(const Run& run, const Layout& layout) {
    constexpr double larger = 1.3; // measured: headings have 1.3, titles 1.9 and more
    constexpr std::size_t least_letters = 4;
    constexpr int several = 2;
    int words = 0;
    int tallest = 0;
    bool capitals = true;
    for (int i = run.first_word; i < run.end_word; ++i) {
        const LaidWord& word = layout.words[static_cast<std::size_t>(i)];
        if (word.folded.size() >= least_letters && digits_of(word.folded) == 0) {
            ++words;
            tallest = std::max(tallest, word.box_px.height());
        }
        const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
        capitals = capitals && std::ranges::none_of(word.text, is_small);
    }
    return (words > 0 && tallest >= larger * layout.word_height_px) ||
           (words >= several && capitals);
}

bool has_heading(const Layout& layout) {
    constexpr double head = 0.22;
    return std::ranges::any_of(layout.runs, [&](const Run& run) {
        return layout.y_share(run.box_px) <= head && is_heading(run, layout);
    });
}

/// "(suite)", "annexe" at the head of the page.
bool is_called_further(const Layout& layout) {
    static constexpr std::array<std::string_view, 4> names = {
        "suite", "verso", "feuillet", "annexe"};
    constexpr double head = 0.25;
    return std::ranges::any_of(layout.words, [&](const LaidWord& word) {
        return layout.y_share(word.box_px) <= head &&
               std::ranges::find(names, std::string_view(word.folded)) != names.end();
    });
}

bool bears(const PageReading& page, IdentifierKind kind) {
    return std::ranges::any_of(page.identifiers, [&](const Identifier& identifier) {
        return identifier.kind == kind && identifier.valid;
    });
}

/// How much larger or smaller the paper is, as a share of its sides.
double other_paper(const Layout& page, const Layout& before) {
    const auto apart = [](int one, int other) {
        return std::abs(std::log((one + 1.0) / (other + 1.0)));
    };
    return apart(page.width_px, before.width_px) + apart(page.height_px, before.height_px);
}

double log_odds(double chance) {
    constexpr double least = 0.001; // chosen: of a page, the model is no surer
    return std::log((chance + least) / (1.0 - chance + least));
}

double chance_of(const std::string& code, const PageGuess& guess) {
    const auto score = std::ranges::find(guess.scores, code, &TypeScore::code);
    return score == guess.scores.end() ? 0.0 : score->chance;
}

double chance_of_nothing_known(const PageGuess& guess) {
    double chance = 1.0;
    for (const TypeScore& score : guess.scores) {
        chance -= score.chance;
    }
    return std::clamp(chance, 0.0, 1.0);
}

/// What the anchors of other bodies found, as far as it is told apart.
double named_other_body(const PageGuess& guess) {
    constexpr double most = 5.0; // chosen: a full title
    const auto score = std::ranges::find(guess.scores, codes::misdirected, &TypeScore::code);
    return score == guess.scores.end() ? 0.0 : std::clamp(score->log_odds, 0.0, most);
}

/// The page, the document before it, and how both are numbered.
class Joint {
public:
    explicit Joint(const JoinedPage& joined)
        : joined_(joined),
          number_(find_page_number(layout())),
          written_(written_before(joined)),
          number_before_(find_page_number(last_layout())) {}
    explicit Joint(JoinedPage&&) = delete;

    [[nodiscard]] const Layout& layout() const { return joined_.layouts[at(joined_.page_index)]; }
    [[nodiscard]] const PageReading& page() const { return joined_.pages[at(joined_.page_index)]; }
    [[nodiscard]] const PageGuess& guess() const { return joined_.guesses[at(joined_.page_index)]; }
    [[nodiscard]] const Layout& last_layout() const { return joined_.layouts[at(written_.back())]; }
    [[nodiscard]] const PageNumber& number() const { return number_; }
    [[nodiscard]] const PageNumber& number_before() const { return number_before_; }

    [[nodiscard]] bool number_follows() const {
        if (number_.number < 2) {
            return false;
        }
        const auto is_place = [&](std::size_t pages) {
            return number_.number == static_cast<int>(pages) + 1;
        };
        return number_.number == number_before_.number + 1 ||
               (number_before_.number == 0 &&
                (is_place(written_.size()) || is_place(joined_.before.size())));
    }
    /// A page of something of which other pages are here or nowhere.
    [[nodiscard]] bool number_is_anothers() const {
        return number_.number > 1 && !number_.bare && !number_follows();
    }
    [[nodiscard]] bool says_further() const {
        return number_follows() || (guess().says_further && !number_is_anothers()) ||
               is_called_further(layout());
    }
    [[nodiscard]] bool shares_words() const {
        const Words own = telling_words(layout());
        return std::ranges::any_of(written_, [&](int page_index) {
            const Words others = telling_words(joined_.layouts[at(page_index)]);
            return std::ranges::any_of(own, [&](const auto& word) {
                return others.contains(word);
            });
        });
    }
    [[nodiscard]] bool signed_before() const {
        return std::ranges::any_of(written_, [&](int page_index) {
            return is_signed_somewhere(joined_.layouts[at(page_index)]);
        });
    }
    [[nodiscard]] bool borne_before(IdentifierKind kind) const {
        return std::ranges::any_of(written_, [&](int page_index) {
            return bears(joined_.pages[at(page_index)], kind);
        });
    }

private:
    static std::size_t at(int page_index) { return static_cast<std::size_t>(page_index); }

    static std::vector<int> written_before(const JoinedPage& joined) {
        std::vector<int> written = joined.before;
        std::erase_if(written, [&](int page_index) { return joined.pages[at(page_index)].blank; });
        return written.empty() ? joined.before : written;
    }

    const JoinedPage& joined_;
    PageNumber number_;
    std::vector<int> written_;
    PageNumber number_before_;
};

// measured: docs/adr/0025; of a page of which all signs are 0
constexpr double usual_odds = 4.48;

} // namespace

ContinuationSigns continuation_signs(const JoinedPage& joined) {
    const Joint joint(joined);
    const Layout& layout = joint.layout();
    const PageGuess& guess = joint.guess();
    const bool signed_here = is_signed_somewhere(layout);
    const double signs = !signed_here ? 0.0 : joint.signed_before() ? 0.5 : 1.0;
    const int small_print = joint.page().identifiers.empty() ? std::min(guess.small_print, 2) : 0;
    constexpr double most_margin = 0.3; // chosen: columns of another form
    const double margin =
        std::min(most_margin, std::abs(left_margin(layout) - left_margin(joint.last_layout())));
    const auto yes = [](bool sign) { return sign ? 1.0 : 0.0; };
    // measured: docs/adr/0025
    return {{
        {"own", "ses mots", log_odds(chance_of(joined.code, guess)), 0.34},
        {"unknown", "", log_odds(chance_of_nothing_known(guess)), -1.67},
        {"other_body", "", named_other_body(guess), -0.73},
        {"small_print", "mentions de verso", static_cast<double>(small_print), 3.73},
        {"further", "numérotée comme une suite", yes(joint.says_further()), 4.41},
        {"more_follow",
         "la page précédente en annonce d'autres",
         yes(joint.number_before().more_follow()),
         2.09},
        {"words", "", std::log1p(guess.words), -1.76},
        {"shared", "mêmes noms ou numéros", yes(joint.shares_words()), 1.62},
        {"signed", "la signature qui manquait", signs, 2.25},
        {"company", "", yes(bears(joint.page(), IdentifierKind::Siret)), -3.16},
        {"doctor_again",
         "",
         yes(bears(joint.page(), IdentifierKind::Rpps) && joint.borne_before(IdentifierKind::Rpps)),
         -4.97},
        {"margin", "", margin, -5.76},
        {"same_foot", "même pied de page", yes(have_same_foot(layout, joint.last_layout())), 0.98},
        {"heading", "", yes(has_heading(layout)), -0.26},
    }};
}

double continuation_chance(const ContinuationSigns& signs) {
    double odds = usual_odds;
    for (const ContinuationSign& sign : signs) {
        odds += sign.value * sign.weight;
    }
    return 1.0 / (1.0 + std::exp(-odds));
}

bool opens_something(const JoinedPage& joined) {
    constexpr double other = 0.2; // chosen: A4 and A5 lie 0.7 apart, two scans of one 0.02
    const Joint joint(joined);
    return joint.number().opens() || other_paper(joint.layout(), joint.last_layout()) > other;
}

bool stands_for_itself(const JoinedPage& joined) {
    constexpr double surely_named = 0.9; // chosen: words alone seldom say more of a further page
    constexpr int least_words = 4;       // chosen: fewer are a doodle as well as a signature
    const Joint joint(joined);
    const PageGuess& guess = joint.guess();
    const bool named = guess.type.code != joined.code && guess.type.code != codes::unknown &&
                       guess.type.confidence >= surely_named;
    return named || guess.words < least_words || guess.opens_letter || guess.heads ||
           joint.number_before().last() || joint.number_is_anothers() ||
           bears(joint.page(), IdentifierKind::Nir) || bears(joint.page(), IdentifierKind::Iban);
}

std::vector<Evidence> continuation_why(const ContinuationSigns& signs, int page_index) {
    constexpr double least = 0.3; // chosen: of log-odds
    constexpr std::size_t most = 3;
    std::vector<Evidence> why;
    for (const ContinuationSign& sign : signs) {
        const double weight = sign.value * sign.weight;
        if (*sign.what != '\0' && weight >= least) {
            why.push_back({std::string("suite : ") + sign.what, page_index, Box{}, weight});
        }
    }
    std::ranges::stable_sort(why, std::ranges::greater{}, &Evidence::weight);
    why.resize(std::min(why.size(), most));
    return why;
}

} // namespace pleiade::classify
