#include "classify/rules/fuzzy.h"

#include "classify/rules/folding.h"

#include <algorithm>
#include <numeric>

namespace pleiade::classify {
namespace {

constexpr std::size_t longest_pattern = 64; // one machine word
constexpr std::size_t gram_length = 3;

std::size_t letter_index(char c) {
    constexpr std::size_t letters = 26;
    return c >= 'a' ? static_cast<std::size_t>(c - 'a')
                    : letters + static_cast<std::size_t>(c - '0');
}

std::size_t gram_at(std::string_view text, std::size_t at) {
    return (letter_index(text[at]) * alphabet_size + letter_index(text[at + 1])) * alphabet_size +
           letter_index(text[at + 2]);
}

/// chosen: about one wrong character in eight, none in short words where one makes another word
int allowed_edits(std::size_t length) {
    struct Step {
        std::size_t below;
        int edits;
    };
    constexpr std::array<Step, 4> steps = {{{8, 0}, {14, 1}, {23, 2}, {33, 3}}};
    for (const Step& step : steps) {
        if (length < step.below) {
            return step.edits;
        }
    }
    return 4;
}

/// chosen: with more wrong characters it is another word ("acte de naissance", "date de
/// naissance"); articles may be lost
int allowed_in_word(std::size_t length) {
    constexpr std::size_t article = 3;
    constexpr std::size_t short_word = 4;
    constexpr std::size_t medium_word = 7;
    if (length <= article) {
        return static_cast<int>(length);
    }
    return length <= short_word ? 1 : (length <= medium_word ? 2 : 3);
}

bool parts_words(char c) {
    return c == ' ' || c == '\'' || c == '-' || c == '/';
}

} // namespace

void SearchText::append(std::string_view key, int word_index) {
    text_ += key;
    word_at_.insert(word_at_.end(), key.size(), word_index);
}

void SearchText::index() {
    for (std::size_t at = 0; at + gram_length <= text_.size(); ++at) {
        grams_.set(gram_at(text_, at));
    }
}

bool SearchText::starts_word(std::size_t position) const {
    return position == 0 || position >= text_.size() ||
           word_at_[position] != word_at_[position - 1];
}

Pattern::Pattern(std::string_view utf8)
    : key_(match_key(utf8).substr(0, longest_pattern)), most_edits_(allowed_edits(key_.size())) {
    for (std::size_t at = 0; at + gram_length <= key_.size(); ++at) {
        grams_.push_back(gram_at(key_, at));
    }
    for (std::size_t at = 0; at < key_.size(); ++at) {
        places_[letter_index(key_[at])] |= std::uint64_t{1} << at;
    }
    for (std::size_t at = 0; at <= utf8.size(); ++at) {
        const std::size_t end = at == utf8.size() || parts_words(utf8[at])
                                    ? std::min(match_key(utf8.substr(0, at)).size(), key_.size())
                                    : 0;
        if (end > (word_ends_.empty() ? 0 : word_ends_.back())) {
            word_ends_.push_back(end);
        }
    }
}

/// Each edit spoils at most three groups of three: too few left means it cannot be there.
bool Pattern::may_be_in(const SearchText& text) const {
    const auto needed = static_cast<std::ptrdiff_t>(grams_.size()) -
                        static_cast<std::ptrdiff_t>(gram_length) * most_edits_;
    const auto seen = std::count_if(grams_.begin(), grams_.end(), [&](std::size_t gram) {
        return text.holds_gram(gram);
    });
    return seen >= needed;
}

std::vector<Match> Pattern::find(const SearchText& text) const {
    std::vector<Match> matches;
    if (key_.empty() || !may_be_in(text)) {
        return matches;
    }
    const std::uint64_t last = std::uint64_t{1} << (key_.size() - 1);
    std::uint64_t plus = ~std::uint64_t{0}; // names as in the paper: Pv, Mv, Xv, Xh, Ph, Mh
    std::uint64_t minus = 0;
    int score = static_cast<int>(key_.size());
    int best = most_edits_ + 1;
    std::size_t best_end = 0;
    const auto settle = [&] {
        if (best <= most_edits_) {
            const Match match = align(text, best_end, best);
            if (on_words(text, match) && keeps_words(text, match)) {
                matches.push_back(match);
            }
        }
        best = most_edits_ + 1;
    };
    for (std::size_t at = 0; at < text.text().size(); ++at) {
        const std::uint64_t equal = places_[letter_index(text.text()[at])];
        const std::uint64_t vertical = equal | minus;
        const std::uint64_t horizontal = (((equal & plus) + plus) ^ plus) | equal;
        std::uint64_t up = minus | ~(horizontal | plus);
        std::uint64_t down = plus & horizontal;
        score += (up & last) != 0 ? 1 : 0;
        score -= (down & last) != 0 ? 1 : 0;
        up <<= 1U;
        down <<= 1U;
        plus = down | ~(vertical | up);
        minus = up & vertical;
        if (score <= most_edits_ && score < best) {
            best = score;
            best_end = at + 1;
        } else if (score > most_edits_) {
            settle();
        }
    }
    settle();
    return matches;
}

/// Where the match that ends at `end` begins: the same comparison, backwards, in a small table.
Match Pattern::align(const SearchText& text, std::size_t end, int edits) const {
    const std::size_t most = std::min(end, key_.size() + static_cast<std::size_t>(edits));
    std::vector<int> row(key_.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    std::size_t length = 0;
    int least = row.back();
    for (std::size_t taken = 1; taken <= most; ++taken) {
        const char c = text.text()[end - taken];
        int diagonal = row[0];
        row[0] = static_cast<int>(taken);
        for (std::size_t i = 1; i <= key_.size(); ++i) {
            const int replaced = diagonal + (key_[key_.size() - i] == c ? 0 : 1);
            diagonal = row[i];
            row[i] = std::min({replaced, row[i] + 1, row[i - 1] + 1});
        }
        const bool on_word = text.starts_word(end - taken);
        if (row.back() < least || (row.back() == least && on_word)) {
            least = row.back();
            length = taken;
        }
    }
    return {end - length, end, edits};
}

/// No word of the pattern has so many wrong characters that it is another one.
bool Pattern::keeps_words(const SearchText& text, const Match& match) const {
    if (match.edits == 0 || word_ends_.size() < 2) {
        return true;
    }
    // letters of the same word before the match are wrong ones too; more of them are a word glued
    constexpr std::size_t most_glued_letters = 3; // chosen
    std::size_t before = 0;
    while (before <= most_glued_letters && !text.starts_word(match.begin - before)) {
        ++before;
    }
    const int wrong_before = before > most_glued_letters ? 0 : static_cast<int>(before);
    const std::string_view found =
        std::string_view(text.text()).substr(match.begin, match.end - match.begin);
    std::vector<std::vector<int>> cost(key_.size() + 1, std::vector<int>(found.size() + 1));
    for (std::size_t i = 0; i <= key_.size(); ++i) {
        for (std::size_t j = 0; j <= found.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = static_cast<int>(i + j);
                continue;
            }
            const int replaced = cost[i - 1][j - 1] + (key_[i - 1] == found[j - 1] ? 0 : 1);
            cost[i][j] = std::min({replaced, cost[i - 1][j] + 1, cost[i][j - 1] + 1});
        }
    }
    // back from the end: what each word cost
    std::size_t j = found.size();
    for (std::size_t word = word_ends_.size(); word-- > 0;) {
        const std::size_t begin = word == 0 ? 0 : word_ends_[word - 1];
        const int at_end = cost[word_ends_[word]][j];
        for (std::size_t i = word_ends_[word]; i > begin;) {
            const int here = cost[i][j];
            if (j > 0 && here == cost[i - 1][j - 1] + (key_[i - 1] == found[j - 1] ? 0 : 1)) {
                --i;
                --j;
            } else if (here == cost[i - 1][j] + 1) {
                --i;
            } else {
                --j;
            }
        }
        const int wrong = at_end - cost[begin][j] + (word == 0 ? wrong_before : 0);
        if (wrong > allowed_in_word(word_ends_[word] - begin)) {
            return false;
        }
    }
    return true;
}

bool Pattern::on_words(const SearchText& text, const Match& match) const {
    constexpr std::size_t short_words = 8;   // chosen: "devis" may not be found in "redevise"
    constexpr std::size_t medium_words = 12; // chosen: one character may be lost at either end
    if (key_.size() >= medium_words || match.end <= match.begin) {
        return match.end > match.begin;
    }
    const std::size_t slack = key_.size() < short_words ? 0 : 1;
    const auto near_edge = [&](std::size_t position) {
        for (std::size_t off = 0; off <= slack; ++off) {
            if (text.starts_word(position + off) ||
                (position >= off && text.starts_word(position - off))) {
                return true;
            }
        }
        return false;
    };
    return near_edge(match.begin) && near_edge(match.end);
}

} // namespace pleiade::classify
