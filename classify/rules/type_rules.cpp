#include "classify/rules/type_rules.h"

#include "classify/rules/codes.h"
#include "classify/rules/page_shape.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace pleiade::classify {
namespace {

constexpr double sure = 0.95;          // chosen: as the default threshold
constexpr double most_certain = 0.999; // chosen: paper is never certain

// chosen: phrases of one type tend to come together, so each further one proves less
constexpr double next_phrase_share = 0.85;
constexpr double second_title_share = 0.3; // chosen: two titles of a type are mostly one, twice
constexpr double edits_cost = 0.3;         // chosen: a match at the edge of readability
constexpr double notice_share = 0.2;       // chosen: a notice speaks of its form all the time

// chosen: how far the shape of a letter may lift what its words say. A free letter known by shape
// alone (0.92) stays below the threshold: it may hide an appeal. One whose words name it passes.
constexpr double most_by_shape = 4.5;
constexpr double most_by_shape_and_words = 5.5;
constexpr double words_that_name = 2.5;

// chosen: a letter with everything that a letter has, read so well that an appeal in it would have
// been seen, passes (0.97)
constexpr double most_by_complete_shape = 5.5;
constexpr double other_form_odds = 2.0; // chosen: as unknown_log_odds

constexpr double lower_half = 0.5;

constexpr const char* letter_phrase = "veuillez agréer"; // a type with this phrase is a letter

double readability(const Match& match, const Pattern& pattern) {
    return pattern.most_edits() == 0
               ? 1.0
               : 1.0 - edits_cost * match.edits / static_cast<double>(pattern.most_edits());
}

/// Whether words of the same run stand directly before or behind the match: then it is part of a
/// sentence and not a title.
bool stands_alone(const Layout& layout, const Match& match) {
    const auto first = static_cast<std::size_t>(layout.search.word_at(match.begin));
    const auto last = static_cast<std::size_t>(layout.search.word_at(match.end - 1));
    constexpr std::size_t short_word = 2; // "n°", "-", a stray letter
    const auto disturbs = [&](std::size_t word, int run) {
        return layout.words[word].run_index == run && layout.words[word].folded.size() > short_word;
    };
    const int run = layout.words[first].run_index;
    // "prescrire un arrêt de travail": a short word has its sentence before it
    const bool before =
        (first > 0 && disturbs(first - 1, run)) || (first > 1 && disturbs(first - 2, run));
    const bool after =
        last + 1 < layout.words.size() && disturbs(last + 1, layout.words[last].run_index);
    return !before && !after;
}

/// A notice is called so by the first word of its title; "voir la notice" is said on every form.
bool begins_run(const Layout& layout, const Match& match) {
    const auto first = static_cast<std::size_t>(layout.search.word_at(match.begin));
    return first == 0 || layout.words[first - 1].run_index != layout.words[first].run_index;
}

double height_of(const Layout& layout, const Match& match) {
    int tallest = 0;
    for (int i = layout.search.word_at(match.begin); i <= layout.search.word_at(match.end - 1);
         ++i) {
        tallest = std::max(tallest, layout.words[static_cast<std::size_t>(i)].box_px.height());
    }
    return tallest;
}

/// Forms print their names in capitals, sentences name them in small letters.
bool is_in_capitals(const Layout& layout, const Match& match) {
    const int first = layout.search.word_at(match.begin);
    const int last = layout.search.word_at(match.end - 1);
    return std::all_of(
        layout.words.begin() + first,
        layout.words.begin() + last + 1,
        [](const LaidWord& word) {
            return std::none_of(word.text.begin(), word.text.end(), [](char c) {
                return c >= 'a' && c <= 'z';
            });
        }
    );
}

struct TitleLook {
    double share = 0.0;
    bool heads_page = false;
};

// chosen: a title is alone on its line, large and high, or with other words in large letters or
// capitals at the head of the page ("avis de prolongation d'arrêt de travail"); in a sentence it is
// only a mention
TitleLook title_look(const Layout& layout, const Match& match) {
    constexpr double mention = 0.25;
    constexpr double alone_bonus = 0.35;
    constexpr double heading_bonus = 0.3;
    constexpr double top_bonus = 0.2;
    constexpr double large_bonus = 0.2;
    constexpr double top_zone = 0.33;
    constexpr double large = 1.25; // of the median word height
    constexpr double heading_size = 1.4;
    const bool alone = stands_alone(layout, match);
    const bool top = layout.y_share(layout.box_of(match)) < top_zone;
    const bool tall = height_of(layout, match) >= large * layout.word_height_px;
    const bool heading = top && (height_of(layout, match) >= heading_size * layout.word_height_px ||
                                 is_in_capitals(layout, match));
    const double share = mention + (alone ? alone_bonus : (heading ? heading_bonus : 0.0)) +
                         (top ? top_bonus : 0.0) + (tall ? large_bonus : 0.0);
    return {share, (alone && (top || tall)) || heading};
}

std::string quoted(const std::string& text) {
    return "« " + text + " »";
}

bool begins_with(const std::string& text, const std::string& start) {
    return text.compare(0, start.size(), start) == 0;
}

} // namespace

/// Everything about a page that the anchors are compared with.
struct TypeRules::Sight {
    const PageReading& page;
    const Layout& layout;
    PageShape shape;
    std::vector<FormNumber> numbers;
    bool notice = false;
    int page_index = 0;
};

struct TypeRules::Score {
    double log_odds = 0.0;
    bool heads = false;
    bool at_foot = false;
    bool own_words = false; ///< Not only what people write in any letter.
    std::vector<Evidence> why;

    void add(const Evidence& evidence) {
        log_odds += evidence.weight;
        why.push_back(evidence);
    }
};

TypeRules::TypeRules(const std::vector<DocumentType>& types)
    : notice_titles_{
          Pattern("notice"),
          Pattern("notice explicative"),
          Pattern("notice d'utilisation"),
          Pattern("notice d'information")} {
    for (const DocumentType& type : types) {
        PreparedType prepared{type.code, type.returned, type.code == codes::letter, {}};
        for (const Anchor& anchor : type.anchors) {
            prepared.letter = prepared.letter ||
                              (anchor.kind == Anchor::Kind::Phrase && anchor.text == letter_phrase);
            prepared.anchors.push_back({anchor, Pattern(anchor.text)});
            if (anchor.kind == Anchor::Kind::Cerfa || anchor.kind == Anchor::Kind::SNumber) {
                numbers_.insert(anchor.text);
            }
        }
        types_.push_back(std::move(prepared));
    }
    for (const PreparedType& type : types_) {
        for (const PreparedAnchor& prepared : type.anchors) {
            if (type.code == codes::letter && prepared.anchor.kind == Anchor::Kind::Phrase) {
                polite_.insert(prepared.anchor.text);
            }
        }
    }
}

namespace {

/// Sights of one kind of anchor, strongest first, and how each further one counts.
void settle(std::vector<Evidence>& sights, double next_share, std::vector<Evidence>& into) {
    std::sort(sights.begin(), sights.end(), [](const Evidence& a, const Evidence& b) {
        return a.weight > b.weight;
    });
    double share = 1.0;
    for (Evidence& sight : sights) {
        sight.weight *= share;
        share *= next_share;
        into.push_back(std::move(sight));
    }
}

} // namespace

void TypeRules::weigh(const PreparedType& type, const Sight& sight, Score& score) const {
    std::vector<Evidence> titles;
    std::vector<Evidence> phrases;
    std::vector<Evidence> rest;
    const auto see = [&](std::vector<Evidence>& list, std::string what, Box box, double weight) {
        list.push_back({std::move(what), sight.page_index, box, weight});
    };
    const double form_share = sight.notice ? notice_share : 1.0;
    for (const auto& [anchor, pattern] : type.anchors) {
        switch (anchor.kind) {
        case Anchor::Kind::Cerfa:
        case Anchor::Kind::SNumber: {
            const FormNumber* best = nullptr;
            for (const FormNumber& number : sight.numbers) {
                if (number.number == anchor.text && !number.notice &&
                    (best == nullptr || number.share > best->share)) {
                    best = &number;
                }
            }
            if (best != nullptr) {
                see(rest,
                    "numéro " + anchor.text + (best->corner ? " à sa place" : " cité"),
                    best->box_px,
                    anchor.weight * best->share * form_share);
                const bool below = sight.layout.y_share(best->box_px) > lower_half;
                score.heads = score.heads || (best->corner && !below);
                score.at_foot = score.at_foot || (best->corner && below);
            }
            break;
        }
        case Anchor::Kind::Mark:
            for (const Mark& mark : sight.page.marks) {
                if (begins_with(mark.text, anchor.text)) {
                    see(rest, "code-barres " + anchor.text, mark.box_px, anchor.weight);
                    score.heads = true;
                    break;
                }
            }
            break;
        case Anchor::Kind::Sign:
            if (sight.shape.machine_readable.has_value()) {
                see(rest, "lignes à lecture optique", *sight.shape.machine_readable, anchor.weight);
                score.heads = true;
            }
            break;
        case Anchor::Kind::Title: {
            double best = 0.0;
            Box box;
            for (const Match& match : pattern.find(sight.layout.search)) {
                const TitleLook look = title_look(sight.layout, match);
                const double share = look.share * readability(match, pattern);
                if (share > best) {
                    best = share;
                    box = sight.layout.box_of(match);
                }
                score.heads = score.heads || (look.heads_page && !sight.notice);
            }
            if (best > 0.0) {
                see(titles,
                    "titre " + quoted(anchor.text),
                    box,
                    anchor.weight * std::min(best, 1.0) * form_share);
            }
            break;
        }
        case Anchor::Kind::Phrase:
        case Anchor::Kind::Not: {
            const std::vector<Match> matches = pattern.find(sight.layout.search);
            if (matches.empty()) {
                break;
            }
            const double weight = anchor.weight * readability(matches.front(), pattern);
            const bool against = anchor.kind == Anchor::Kind::Not;
            see(against ? rest : phrases,
                quoted(anchor.text),
                sight.layout.box_of(matches.front()),
                against ? -weight : weight * form_share);
            score.own_words = score.own_words || (!against && !polite_.contains(anchor.text));
            break;
        }
        }
    }
    score.own_words = score.own_words || !titles.empty();
    std::vector<Evidence> all = std::move(rest);
    settle(titles, second_title_share, all);
    settle(phrases, next_phrase_share, all);
    for (const Evidence& evidence : all) {
        score.add(evidence);
    }
}

void TypeRules::weigh_shape(const std::string& code, const Sight& sight, Score& score) const {
    const auto add = [&](const char* what, const Box& box, double weight) {
        score.add({what, sight.page_index, box, weight});
    };
    if (code == codes::envelope) {
        for (const ShapeSign& sign : sight.shape.envelope_signs) {
            add(sign.what, sign.box_px, sign.weight);
        }
    }
    if (code == codes::letter && sight.shape.opening.has_value()) {
        add("formule d'appel ou objet de lettre", *sight.shape.opening, 2.0); // chosen
        score.heads = true;
    }
}

/// A free letter beyond doubt: greeting, leave, the office it goes to, no sign of any form or of
/// anything special that a letter can want, and all of it well read.
bool TypeRules::is_complete_letter(
    std::size_t candidate, const Sight& sight, const std::vector<Score>& scores
) const {
    if (types_[candidate].code != codes::letter || !sight.shape.opening || !sight.shape.closing ||
        !sight.numbers.empty() || sight.page.text.confidence < well_read) {
        return false;
    }
    for (std::size_t i = 0; i < types_.size(); ++i) {
        const bool wanted = types_[i].letter ? scores[i].own_words
                                             : scores[i].heads || scores[i].at_foot ||
                                                   scores[i].log_odds >= other_form_odds;
        if (i != candidate && wanted) {
            return false;
        }
    }
    const std::vector<AddressBlock> blocks = find_addresses(sight.layout, sight.shape.kind);
    return std::any_of(blocks.begin(), blocks.end(), [](const AddressBlock& block) {
        return block.cedex && block.place == AddressPlace::Addressee;
    });
}

/// What all letters say speaks for none of the special ones.
void TypeRules::forget_politeness(std::size_t candidate, std::vector<Score>& scores) const {
    for (std::size_t i = 0; i < types_.size(); ++i) {
        if (i != candidate && types_[i].letter) {
            scores[i].log_odds = std::min(scores[i].log_odds, 0.0);
        }
    }
}

/// In a badly read letter what it really wants may have been lost: however many polite words were
/// read, it stays below the threshold.
void TypeRules::bound_letter(const Sight& sight, std::vector<Score>& scores) const {
    for (std::size_t i = 0; i < types_.size(); ++i) {
        if (types_[i].code == codes::letter && sight.page.text.confidence < well_read) {
            scores[i].log_odds = std::min(scores[i].log_odds, most_by_shape);
        }
    }
}

/// A page that looks like a letter is the letter its words speak for most, the free one if none.
void TypeRules::lift_letter(const Sight& sight, std::vector<Score>& scores) const {
    if (sight.shape.letter_signs.empty() || sight.notice) {
        return;
    }
    std::size_t best = types_.size();
    for (std::size_t i = 0; i < types_.size(); ++i) {
        const bool better =
            best == types_.size() || scores[i].log_odds > scores[best].log_odds ||
            (scores[i].log_odds >= scores[best].log_odds && types_[i].code == codes::letter);
        if (types_[i].letter && better) {
            best = i;
        }
    }
    if (best == types_.size()) {
        return;
    }
    Score& score = scores[best];
    const bool named = types_[best].code != codes::letter && score.log_odds >= words_that_name;
    const bool complete = !named && is_complete_letter(best, sight, scores);
    if (complete) {
        forget_politeness(best, scores);
    }
    const double most = named      ? most_by_shape_and_words
                        : complete ? most_by_complete_shape
                                   : most_by_shape;
    score.log_odds = std::max(score.log_odds, 0.0);
    for (const ShapeSign& sign : sight.shape.letter_signs) {
        const double room = most - score.log_odds;
        if (room > 0.0) {
            score.add({sign.what, sight.page_index, sign.box_px, std::min(sign.weight, room)});
        }
    }
}

PageGuess TypeRules::guess(const PageReading& page, const Layout& layout, int page_index) const {
    const auto certain = [&](const char* code, const char* what) {
        PageGuess guess;
        guess.type = {code, 1.0, false, {{what, page_index, Box{}, 0.0}}};
        return guess;
    };
    if (page.separator.has_value()) {
        return certain(codes::separator, "feuille de séparation");
    }
    if (page.blank) {
        return certain(codes::blank, "face blanche");
    }
    Sight sight{page, layout, shape_of(page, layout), find_form_numbers(layout, numbers_)};
    sight.page_index = page_index;
    for (const FormNumber& number : sight.numbers) {
        sight.notice = sight.notice || (number.notice && number.corner);
    }
    for (const Pattern& title : notice_titles_) {
        for (const Match& match : title.find(layout.search)) {
            sight.notice =
                sight.notice || (begins_run(layout, match) && title_look(layout, match).heads_page);
        }
    }
    PageGuess guess;
    guess.kind = sight.shape.kind;
    guess.opens_letter = sight.shape.opening.has_value();
    guess.closes_letter = sight.shape.closing.has_value();
    guess.says_further = sight.shape.says_further;
    guess.print_stamp = sight.shape.print_stamp;
    guess.headed = sight.shape.headed;
    guess.notice = sight.notice;
    guess.small_print = sight.shape.small_print;
    guess.words = sight.shape.words;
    const double unknown = std::exp(unknown_log_odds);
    double sum = unknown;
    double best = unknown;
    std::vector<Score> scores(types_.size());
    for (std::size_t i = 0; i < types_.size(); ++i) {
        weigh(types_[i], sight, scores[i]);
        weigh_shape(types_[i].code, sight, scores[i]);
    }
    bound_letter(sight, scores);
    lift_letter(sight, scores);
    for (std::size_t i = 0; i < types_.size(); ++i) {
        const PreparedType& type = types_[i];
        Score& score = scores[i];
        if (score.log_odds <= 0.0) {
            continue; // no sign of it: its share lies in "unknown"
        }
        const double odds = std::exp(score.log_odds);
        sum += odds;
        if (odds > best) {
            best = odds;
            guess.type.code = type.code;
            guess.type.why = score.why;
            guess.heads = score.heads;
            guess.at_foot = score.at_foot;
            guess.returned = type.returned;
        }
    }
    for (std::size_t i = 0; i < types_.size(); ++i) {
        Score& score = scores[i];
        guess.scores.push_back(
            {types_[i].code,
             score.log_odds,
             score.log_odds > 0.0 ? std::exp(score.log_odds) / sum : 0.0,
             score.heads,
             score.at_foot,
             types_[i].returned,
             std::move(score.why)}
        );
    }
    guess.heads = (guess.heads || guess.opens_letter) && guess.type.code != codes::unknown;
    guess.type.confidence = std::min(best / sum, most_certain);
    guess.returned = guess.returned && guess.type.confidence >= sure;
    return guess;
}

} // namespace pleiade::classify
