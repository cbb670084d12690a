#include "ocr/lstm/decode.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>

namespace pleiade::ocr {
namespace {

constexpr double sure = 0.8;             // chosen: a word read so well is not doubted
constexpr double worth_a_look = 0.01;    // chosen: codes less likely than this are not tried
constexpr std::size_t most_readings = 8; // chosen: followed at the same time
constexpr double least_odds = 1e-9;

// measured: see docs/adr/0014. As in Tesseract, what is not in the dictionary must be much more
// likely to win.
constexpr double unknown_word_costs = 2.25;

struct Steps {
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] bool empty() const { return begin >= end; }
};

/// The most likely codes of each step, looked at once.
class Path {
public:
    Path(const LineOdds& odds, const AllowedCodes& allowed) : odds_(odds), allowed_(allowed) {
        best_.reserve(odds.steps);
        for (std::size_t step = 0; step < odds.steps; ++step) {
            best_.push_back(best_at(step));
        }
    }
    Path(LineOdds&&, const AllowedCodes&) = delete;
    Path(const LineOdds&, AllowedCodes&&) = delete;

    [[nodiscard]] std::size_t best(std::size_t step) const { return best_[step]; }
    [[nodiscard]] double of(std::size_t step, std::size_t code) const {
        return static_cast<double>(odds_.at(step)[code]);
    }
    /// Of a code from one step to another, that one included.
    [[nodiscard]] double most(std::size_t code, std::size_t first, std::size_t last) const {
        double most = 0.0;
        for (std::size_t step = first; step <= last; ++step) {
            most = std::max(most, of(step, code));
        }
        return most;
    }
    [[nodiscard]] bool may_be(std::size_t code) const { return allowed_.empty() || allowed_[code]; }
    [[nodiscard]] std::size_t steps() const { return odds_.steps; }
    [[nodiscard]] std::size_t codes() const { return odds_.codes; }

private:
    [[nodiscard]] std::size_t best_at(std::size_t step) const {
        const float* at = odds_.at(step);
        std::size_t best = odds_.codes - 1;
        for (std::size_t code = 0; code < odds_.codes; ++code) {
            if (may_be(code) && (at[code] > at[best] || !may_be(best))) {
                best = code;
            }
        }
        return best;
    }

    const LineOdds& odds_;
    const AllowedCodes& allowed_;
    std::vector<std::size_t> best_;
};

/// Beginnings of readings, each with the codes that were tried after it.
class Beginnings {
public:
    static constexpr std::size_t none = 0; ///< The beginning without any code.

    [[nodiscard]] std::size_t longer(std::size_t beginning, std::size_t code) {
        for (const auto& [next_code, next] : all_[beginning].next) {
            if (next_code == code) {
                return next;
            }
        }
        all_[beginning].next.emplace_back(code, all_.size());
        all_.push_back({.before = beginning, .code = code, .next = {}});
        return all_.size() - 1;
    }
    [[nodiscard]] std::size_t last_code(std::size_t beginning) const {
        return all_[beginning].code;
    }
    [[nodiscard]] std::vector<std::size_t> codes(std::size_t beginning) const {
        std::vector<std::size_t> codes;
        for (; beginning != none; beginning = all_[beginning].before) {
            codes.push_back(all_[beginning].code);
        }
        std::ranges::reverse(codes);
        return codes;
    }

private:
    struct Beginning {
        std::size_t before = none;
        std::size_t code = 0;
        std::vector<std::pair<std::size_t, std::size_t>> next;
    };
    std::vector<Beginning> all_{{}};
};

/// How likely a beginning is, ending with nothing or with its last code.
/// Source: Graves and Jaitly 2014, prefix search for connectionist temporal classification.
struct Weighed {
    std::size_t beginning = Beginnings::none;
    double ends_empty = 0.0;
    double ends_with_code = 0.0;

    [[nodiscard]] double odds() const { return ends_empty + ends_with_code; }
};

Weighed& weighed_in(std::vector<Weighed>& all, std::size_t beginning) {
    const auto same = std::ranges::find(all, beginning, &Weighed::beginning);
    if (same != all.end()) {
        return *same;
    }
    all.push_back({.beginning = beginning});
    return all.back();
}

/// One step further: every beginning as it is, and with every code that is likely here.
std::vector<Weighed> one_step(
    const std::vector<Weighed>& now,
    const Path& path,
    std::size_t step,
    std::size_t no_character,
    Beginnings& beginnings
) {
    std::vector<Weighed> next;
    for (const Weighed& reading : now) {
        Weighed& same = weighed_in(next, reading.beginning);
        same.ends_empty += reading.odds() * path.of(step, no_character);
        if (reading.beginning != Beginnings::none) {
            const std::size_t last = beginnings.last_code(reading.beginning);
            same.ends_with_code += reading.ends_with_code * path.of(step, last);
        }
    }
    for (std::size_t code = 0; code < path.codes(); ++code) {
        const double here = path.of(step, code);
        if (here < worth_a_look || code == no_character || !path.may_be(code)) {
            continue;
        }
        for (const Weighed& reading : now) {
            const bool again = reading.beginning != Beginnings::none &&
                               beginnings.last_code(reading.beginning) == code;
            const double before = again ? reading.ends_empty : reading.odds();
            const std::size_t longer = beginnings.longer(reading.beginning, code);
            weighed_in(next, longer).ends_with_code += before * here;
        }
    }
    return next;
}

struct Reading {
    std::vector<std::size_t> codes;
    double unlikely = 0.0; ///< -ln of its odds.
};

/// The likely readings of a stretch, the likeliest first.
std::vector<Reading> readings_of(const Path& path, Steps steps, std::size_t no_character) {
    Beginnings beginnings;
    std::vector<Weighed> now{{.beginning = Beginnings::none, .ends_empty = 1.0}};
    double unlikely = 0.0;
    for (std::size_t step = steps.begin; step < steps.end; ++step) {
        now = one_step(now, path, step, no_character, beginnings);
        std::ranges::sort(now, std::ranges::greater{}, &Weighed::odds);
        now.resize(std::min(now.size(), most_readings));
        const double most = std::max(now.front().odds(), least_odds);
        unlikely -= std::log(most);
        for (Weighed& reading : now) { // so that long stretches do not come to nothing
            reading.ends_empty /= most;
            reading.ends_with_code /= most;
        }
    }
    std::vector<Reading> readings;
    readings.reserve(now.size());
    for (const Weighed& reading : now) {
        const double less = -std::log(std::max(reading.odds(), least_odds));
        readings.push_back({beginnings.codes(reading.beginning), unlikely + less});
    }
    return readings;
}

/// The share of characters in words that the dictionary does not know.
double unknown_share(const std::vector<std::size_t>& codes, const Dictionary& dictionary) {
    std::size_t unknown = 0;
    std::size_t all = 0;
    auto begin = codes.begin();
    while (begin != codes.end()) {
        const auto end = std::find(begin, codes.end(), space_code);
        const std::span<const std::size_t> word(begin, end);
        all += word.size();
        unknown += dictionary.knows(word) ? 0 : word.size();
        begin = end == codes.end() ? end : std::next(end);
    }
    return all == 0 ? 1.0 : static_cast<double>(unknown) / static_cast<double>(all);
}

/// The likeliest way through the steps for a chosen reading.
/// Source: Viterbi search over the codes with nothing between them.
class Way {
public:
    Way(const std::vector<std::size_t>& codes, const Path& path, Steps steps, std::size_t nothing)
        : codes_(codes),
          path_(path),
          steps_(steps),
          nothing_(nothing),
          least_(2 * codes.size() + 1, never), // nothing, code, nothing, code ... nothing
          back_((steps.end - steps.begin) * least_.size(), 0) {
        least_[0] = cost(0, 0);
        if (!codes.empty()) {
            least_[1] = cost(0, 1);
        }
        for (std::size_t step = 1; step < count(); ++step) {
            for (std::size_t state = least_.size(); state-- > 0;) {
                go(step, state);
            }
        }
    }
    Way(std::vector<std::size_t>&&, const Path&, Steps, std::size_t) = delete;

    /// Where each code stands.
    [[nodiscard]] std::vector<LineCharacter> characters() const {
        std::vector<LineCharacter> characters(codes_.size());
        for (std::size_t i = 0; i < codes_.size(); ++i) {
            characters[i].code = codes_[i];
        }
        std::size_t state = last_state();
        for (std::size_t step = count(); step-- > 0;) {
            if (is_code(state)) {
                LineCharacter& character = characters[state / 2];
                character.first_step = steps_.begin + step;
                character.last_step = std::max(character.last_step, steps_.begin + step);
            }
            state -= back_[step * least_.size() + state];
        }
        return characters;
    }

private:
    static constexpr double never = 1e30;

    static bool is_code(std::size_t state) { return state % 2 == 1; }
    [[nodiscard]] std::size_t count() const { return steps_.end - steps_.begin; }
    [[nodiscard]] std::size_t code_of(std::size_t state) const {
        return is_code(state) ? codes_[state / 2] : nothing_;
    }
    [[nodiscard]] double cost(std::size_t step, std::size_t state) const {
        return -std::log(std::max(least_odds, path_.of(steps_.begin + step, code_of(state))));
    }
    [[nodiscard]] std::size_t last_state() const {
        const std::size_t last = least_.size() - 1;
        return last > 0 && least_[last - 1] < least_[last] ? last - 1 : last;
    }
    /// Stay, come from the state before, or leave out the nothing between two different codes.
    void go(std::size_t step, std::size_t state) {
        const bool may_skip = state >= 2 && is_code(state) && code_of(state) != code_of(state - 2);
        const std::size_t most = may_skip ? 2 : std::min<std::size_t>(state, 1);
        std::size_t from = 0;
        for (std::size_t other = 1; other <= most; ++other) {
            from = least_[state - other] < least_[state - from] ? other : from;
        }
        least_[state] = least_[state - from] + cost(step, state);
        back_[step * least_.size() + state] = static_cast<std::uint8_t>(from);
    }

    const std::vector<std::size_t>& codes_;
    const Path& path_;
    Steps steps_;
    std::size_t nothing_;
    std::vector<double> least_;
    std::vector<std::uint8_t> back_;
};

/// A character is as likely as where it is seen best, and no likelier than that nothing else stands
/// before the next one.
void add_odds(const Path& path, std::size_t no_character, std::vector<LineCharacter>& characters) {
    for (std::size_t i = 0; i < characters.size(); ++i) {
        LineCharacter& here = characters[i];
        here.odds = path.most(here.code, here.first_step, here.last_step);
        if (i + 1 == characters.size()) {
            break;
        }
        const LineCharacter& next = characters[i + 1];
        for (std::size_t step = here.last_step + 1; step < next.first_step; ++step) {
            double expected = path.of(step, no_character) + path.of(step, here.code);
            expected += next.code == here.code ? 0.0 : path.of(step, next.code);
            here.odds = std::min(here.odds, expected);
        }
    }
}

/// The other code that is likeliest where the character was seen.
void add_second(const Path& path, std::size_t no_character, LineCharacter& character) {
    for (std::size_t code = 0; code < path.codes(); ++code) {
        if (code == character.code || code == no_character || code == space_code ||
            !path.may_be(code)) {
            continue;
        }
        const double odds = path.most(code, character.first_step, character.last_step);
        if (odds > character.second_odds) {
            character.second_odds = odds;
            character.second_code = code;
        }
    }
}

/// The most likely code of every step, said once.
std::vector<LineCharacter> plain_characters(const Path& path, std::size_t no_character) {
    std::vector<LineCharacter> characters;
    std::size_t before = no_character;
    for (std::size_t step = 0; step < path.steps(); ++step) {
        const std::size_t code = path.best(step);
        if (code != no_character && code != before) {
            characters.push_back({.code = code, .first_step = step, .last_step = step});
        } else if (code != no_character) {
            characters.back().last_step = step;
        }
        before = code;
    }
    add_odds(path, no_character, characters);
    return characters;
}

/// Looks at a doubtful stretch again with the dictionary.
std::vector<LineCharacter> considered(
    std::vector<LineCharacter> plain, const Path& path, Steps steps, const Decoder& decoder
) {
    const std::vector<Reading> readings = readings_of(path, steps, decoder.no_character);
    const Reading* chosen = nullptr;
    double least_cost = 0.0;
    for (const Reading& reading : readings) {
        const double factor =
            1.0 + (unknown_word_costs - 1.0) * unknown_share(reading.codes, decoder.dictionary);
        const double cost = factor * reading.unlikely;
        if (chosen == nullptr || cost < least_cost) {
            chosen = &reading;
            least_cost = cost;
        }
    }
    const bool same =
        std::ranges::equal(chosen->codes, plain, {}, {}, [](const LineCharacter& character) {
            return character.code;
        });
    if (same) {
        return plain;
    }
    std::vector<LineCharacter> characters =
        Way(chosen->codes, path, steps, decoder.no_character).characters();
    add_odds(path, decoder.no_character, characters);
    return characters;
}

void append_words(const std::vector<LineCharacter>& characters, std::vector<LineWord>& words) {
    LineWord word;
    for (const LineCharacter& character : characters) {
        if (character.code != space_code) {
            word.characters.push_back(character);
        } else if (!word.characters.empty()) {
            words.push_back(std::move(word));
            word = {};
        }
    }
    if (!word.characters.empty()) {
        words.push_back(std::move(word));
    }
}

} // namespace

double LineWord::odds() const {
    double least = 1.0;
    for (const LineCharacter& character : characters) {
        least = std::min(least, character.odds);
    }
    return least;
}

std::vector<LineWord>
words_along(const LineOdds& odds, const Decoder& decoder, const AllowedCodes& allowed) {
    const Path path(odds, allowed);
    const std::vector<LineCharacter> plain = plain_characters(path, decoder.no_character);
    std::vector<LineWord> words;
    std::size_t begin_step = 0;
    auto begin = plain.begin();
    while (begin != plain.end()) {
        const auto is_sure_space = [](const LineCharacter& character) {
            return character.code == space_code && character.odds >= sure;
        };
        const auto end = std::find_if(begin, plain.end(), is_sure_space);
        const std::size_t end_step = end == plain.end() ? path.steps() : end->first_step;
        std::vector<LineCharacter> part(begin, end);
        const bool doubtful = std::ranges::any_of(part, [](const LineCharacter& character) {
            return character.odds < sure;
        });
        if (doubtful && begin_step < end_step) {
            part = considered(std::move(part), path, {begin_step, end_step}, decoder);
        }
        append_words(part, words);
        begin_step = end == plain.end() ? end_step : end->last_step + 1;
        begin = end == plain.end() ? end : std::next(end);
    }
    for (LineWord& word : words) {
        for (LineCharacter& character : word.characters) {
            add_second(path, decoder.no_character, character);
        }
    }
    return words;
}

} // namespace pleiade::ocr
