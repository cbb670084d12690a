#include "classify/learning/weighing.h"

#include "classify/rules/codes.h"
#include "classify/rules/letter_shape.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <string>

namespace pleiade::classify {
namespace {

constexpr double sure = 0.95;           // chosen: as the default threshold
constexpr double most_certain = 0.9999; // chosen: paper is never certain; room for a curve
constexpr double most_of_badly_read_letter = 0.92; // chosen: as by its shape alone, type_rules.cpp
constexpr std::size_t most_words_shown = 4;
constexpr double least_shown = 0.1; // chosen: of log-odds; less decides nothing

std::optional<std::size_t> index_of(const std::string& code, const TypeModel& model) {
    const auto found = std::lower_bound(model.codes.begin(), model.codes.end(), code);
    if (found == model.codes.end() || *found != code) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - model.codes.begin());
}

/// The row of weights of a feature; nothing when it does not count.
const std::int8_t* row_of(std::uint32_t feature, const TypeModel& model) {
    const auto found = std::lower_bound(model.features.begin(), model.features.end(), feature);
    if (found == model.features.end() || *found != feature) {
        return nullptr;
    }
    const auto row = static_cast<std::size_t>(found - model.features.begin());
    return model.weights.data() + row * model.codes.size();
}

/// 1.23 as "+1,2".
std::string weight_text(double weight) {
    std::string text(16, '\0');
    const int length = std::snprintf(text.data(), text.size(), "%+.1f", weight);
    text.resize(static_cast<std::size_t>(std::max(length, 0)));
    std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

struct WordShare {
    double weight = 0.0;
    int word_index = -1;
};

/// What each word of the page added to the odds of one type, strongest first: all its signs
/// together, under its spelling. -1 stands for the layout.
std::vector<WordShare> word_shares(
    const PageSigns& signs,
    const SignValues& values,
    const Layout& layout,
    const TypeModel& model,
    std::size_t type
) {
    std::map<std::uint32_t, int> sightings;
    for (const std::vector<Sign>* list : {&signs.text, &signs.shape}) {
        for (const Sign& sign : *list) {
            ++sightings[sign.feature];
        }
    }
    std::map<std::string, WordShare> by_word;
    for (const std::vector<Sign>* list : {&signs.text, &signs.shape}) {
        for (const Sign& sign : *list) {
            const std::int8_t* row = row_of(sign.feature, model);
            if (row == nullptr) {
                continue;
            }
            const auto value =
                std::lower_bound(values.begin(), values.end(), std::pair{sign.feature, 0.0F});
            const double share = static_cast<double>(value->second) / sightings[sign.feature];
            const std::string spelling =
                sign.word_index < 0
                    ? std::string()
                    : layout.words[static_cast<std::size_t>(sign.word_index)].folded;
            WordShare& word =
                by_word.try_emplace(spelling, WordShare{0.0, sign.word_index}).first->second;
            word.weight += share * row[type] * model.scales[type] * model.mixing.words;
        }
    }
    std::vector<WordShare> shares;
    for (const auto& [spelling, share] : by_word) {
        shares.push_back(share);
    }
    std::stable_sort(shares.begin(), shares.end(), [](const WordShare& a, const WordShare& b) {
        return std::abs(a.weight) > std::abs(b.weight);
    });
    return shares;
}

void explain_words(
    const std::vector<WordShare>& shares, const Layout& layout, int page_index, TypeGuess& type
) {
    std::size_t shown = 0;
    for (const WordShare& share : shares) {
        if (std::abs(share.weight) < least_shown || shown == most_words_shown) {
            break;
        }
        ++shown;
        if (share.word_index < 0) {
            type.why.push_back(
                {"mise en page (" + weight_text(share.weight) + ")",
                 page_index,
                 Box{},
                 share.weight}
            );
            continue;
        }
        const LaidWord& word = layout.words[static_cast<std::size_t>(share.word_index)];
        // numbers are people's: they are not repeated where reasons are kept and shown
        const bool number = std::any_of(word.text.begin(), word.text.end(), [](char c) {
            return c >= '0' && c <= '9';
        });
        type.why.push_back(
            {(number ? std::string("un nombre") : "mot « " + word.text + " »") + " (" +
                 weight_text(share.weight) + ")",
             page_index,
             word.box_px,
             share.weight}
        );
    }
}

std::vector<Evidence> scaled(std::vector<Evidence> why, double share) {
    for (Evidence& evidence : why) {
        evidence.weight *= share;
    }
    return why;
}

/// In a badly read letter what it really wants may have been lost: the words that were read do not
/// make it sure.
double most_of(const std::string& code, const PageReading& page) {
    const bool badly_read_letter = code == codes::letter && page.text.confidence < well_read;
    return badly_read_letter ? most_of_badly_read_letter : most_certain;
}

/// A type that was never taught has no words to speak for it: where its anchors do, its words are
/// taken to be as fitting as those of the best one, so that anchors decide between the two.
double
odds_of_new_type(const TypeScore& score, const Mixing& mixing, const std::vector<double>& words) {
    constexpr double most = 12.0; // chosen: a little more than the anchors of a taught type count
    const bool spoken_for = score.log_odds >= unknown_log_odds && !words.empty();
    return mixing.rules * std::min(score.log_odds, most) +
           (spoken_for ? mixing.words * *std::ranges::max_element(words) : 0.0);
}

} // namespace

double bounded_rules(double log_odds) {
    constexpr double least = -4.0; // chosen: what speaks against is mostly another type's title
    constexpr double most = 10.0;  // chosen: a title and a number
    return std::clamp(log_odds, least, most);
}

std::vector<double> weighed_words(const TypeModel& model, const SignValues& values) {
    std::vector<double> sums(model.codes.size());
    for (const auto& [feature, value] : values) {
        if (const std::int8_t* row = row_of(feature, model)) {
            for (std::size_t type = 0; type < sums.size(); ++type) {
                sums[type] += static_cast<double>(value) * row[type];
            }
        }
    }
    for (std::size_t type = 0; type < sums.size(); ++type) {
        sums[type] *= model.scales[type];
    }
    return sums;
}

void weigh_with_model(
    PageGuess& guess,
    const PageReading& page,
    const Layout& layout,
    const TypeModel& model,
    int page_index
) {
    if (guess.scores.empty()) {
        return;
    }
    const PageSigns signs = signs_of(page, layout);
    const SignValues values = values_of(signs);
    const std::vector<double> words = weighed_words(model, values);
    const Mixing& mixing = model.mixing;
    const double unfamiliar = unfamiliar_share(signs.words, model.known_words);
    const double unknown =
        mixing.unknown + mixing.unfamiliar * unfamiliar + mixing.wordless * signs.wordless;
    double best = unknown;
    const TypeScore* winner = nullptr;
    std::vector<std::pair<TypeScore*, double>> weighed{{nullptr, unknown}};
    for (TypeScore& score : guess.scores) {
        score.chance = 0.0;
        const std::optional<std::size_t> type = index_of(score.code, model);
        if (!type && score.log_odds <= 0.0) {
            continue; // never taught and no sign of it
        }
        if (score.code == codes::misdirected && score.log_odds < unknown_log_odds) {
            continue; // mail of another body names it; what only sounds strange is unknown
        }
        const double odds =
            type ? mixing.rules * bounded_rules(score.log_odds) + mixing.words * words[*type]
                 : odds_of_new_type(score, mixing, words);
        weighed.emplace_back(&score, odds);
        if (odds > best) {
            best = odds;
            winner = &score;
        }
    }
    double sum = 0.0; // of shares of the best: e to large odds is no number any more
    for (const auto& [score, odds] : weighed) {
        sum += std::exp(odds - best);
    }
    for (const auto& [score, odds] : weighed) {
        if (score != nullptr) {
            score->chance = std::exp(odds - best) / sum;
        }
    }
    guess.type = {};
    guess.type.code = winner == nullptr ? codes::unknown : winner->code;
    guess.type.confidence = std::min(1.0 / sum, most_of(guess.type.code, page));
    guess.heads = winner != nullptr && (winner->heads || guess.opens_letter);
    guess.at_foot = winner != nullptr && winner->at_foot;
    guess.returned = winner != nullptr && winner->returned && guess.type.confidence >= sure;
    if (winner == nullptr) {
        guess.type.why.push_back({"ne ressemble à rien de connu", page_index, Box{}, unknown});
        return;
    }
    guess.type.why = scaled(winner->why, mixing.rules);
    if (const auto type = index_of(winner->code, model)) {
        explain_words(
            word_shares(signs, values, layout, model, *type), layout, page_index, guess.type
        );
    }
}

} // namespace pleiade::classify
