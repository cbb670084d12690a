#include "classify/rules/page_number.h"

#include <algorithm>
#include <array>
#include <string>

namespace pleiade::classify {
namespace {

constexpr double upper_margin = 0.12; // chosen: where sheets are numbered
constexpr double lower_margin = 0.88;
constexpr int most_pages = 12; // chosen: a larger share of something is a date or a part number

bool in_margin(const Layout& layout, const Box& box) {
    const double y = layout.y_share(box);
    return y < upper_margin || y > lower_margin;
}

/// "3", "03"; 0 for anything else.
int small_number_in(std::string_view text) {
    constexpr std::size_t most_digits = 2;
    constexpr int ten = 10;
    if (text.size() > most_digits) {
        return 0;
    }
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return 0;
        }
        number = number * ten + (c - '0');
    }
    return number;
}

/// "2/3".
PageNumber share_in(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return {};
    }
    const PageNumber share{
        small_number_in(text.substr(0, slash)), small_number_in(text.substr(slash + 1))};
    return share.of > 0 && share.number <= share.of && share.of <= most_pages ? share
                                                                              : PageNumber{};
}

/// Without what stands around numbers: "(2/3)", "- 2 -".
std::string_view bared(std::string_view text) {
    constexpr std::string_view around = " ()-.,";
    const std::size_t first = text.find_first_not_of(around);
    return first == std::string_view::npos
               ? std::string_view{}
               : text.substr(first, text.find_last_not_of(around) - first + 1);
}

/// Words of the run that a word stands in, from that word on.
class FromWord {
public:
    FromWord(const Layout& layout, std::size_t word_index)
        : layout_(layout), word_index_(word_index) {}
    FromWord(Layout&&, std::size_t) = delete;

    [[nodiscard]] std::string_view operator[](std::size_t further) const {
        const std::size_t at = word_index_ + further;
        return at < layout_.words.size() &&
                       layout_.words[at].run_index == layout_.words[word_index_].run_index
                   ? bared(layout_.words[at].text)
                   : std::string_view{};
    }
    [[nodiscard]] bool begins_run() const {
        return word_index_ == 0 ||
               layout_.words[word_index_ - 1].run_index != layout_.words[word_index_].run_index;
    }

private:
    const Layout& layout_;
    std::size_t word_index_;
};

bool stands_between(std::string_view word) {
    return word == "sur" || word == "de" || word == "/";
}

/// "2/3", "2 sur 3" or "2", from this word on.
PageNumber number_from(const FromWord& words, std::size_t at) {
    const PageNumber share = share_in(words[at]);
    if (share.number > 0) {
        return share;
    }
    PageNumber number{small_number_in(words[at])};
    const int of = stands_between(words[at + 1]) ? small_number_in(words[at + 2]) : 0;
    number.of = of >= number.number ? of : 0;
    return number;
}

PageNumber number_at(const Layout& layout, std::size_t word_index) {
    static constexpr std::array<std::string_view, 5> names = {
        "page", "feuille", "feuillet", "folio", "p"};
    const FromWord words(layout, word_index);
    const LaidWord& word = layout.words[word_index];
    if (std::ranges::find(names, std::string_view(word.folded)) != names.end()) {
        return number_from(words, 1);
    }
    constexpr std::size_t name_length = 2;
    if (word.text.starts_with("P.") || word.text.starts_with("p.")) {
        const std::string_view rest = bared(std::string_view(word.text).substr(name_length));
        const PageNumber share = share_in(rest);
        return share.number > 0 ? share : PageNumber{small_number_in(rest)};
    }
    const PageNumber unnamed = number_from(words, 0);
    const bool whole = words.begins_run() || words[0].find('/') != std::string_view::npos;
    return unnamed.of > 0 && whole ? unnamed : PageNumber{};
}

/// A number and nothing else on its line.
PageNumber bare_number(const Layout& layout) {
    constexpr int most = 19; // chosen: more is no page of a letter
    for (const Run& run : layout.runs) {
        const std::string text = layout.text_of(run);
        const int number = small_number_in(bared(text));
        if (number > 0 && number <= most && in_margin(layout, run.box_px)) {
            return {number, 0, true};
        }
    }
    return {};
}

} // namespace

PageNumber find_page_number(const Layout& layout) {
    PageNumber best;
    for (std::size_t i = 0; i < layout.words.size(); ++i) {
        if (!in_margin(layout, layout.words[i].box_px)) {
            continue;
        }
        const PageNumber found = number_at(layout, i);
        if (found.number > 0 && (best.number == 0 || (best.of == 0 && found.of > 0))) {
            best = found;
        }
    }
    return best.number > 0 ? best : bare_number(layout);
}

} // namespace pleiade::classify
