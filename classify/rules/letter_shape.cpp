#include "classify/rules/letter_shape.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace pleiade::classify {
namespace {

constexpr int most_letter_words = 450; // chosen: a full typed page; more is a notice or a contract

/// Lines of prose: many words of one run, wide, one below the other from nearly the same margin.
struct Prose {
    int lines = 0;
    Box box_px;
};

Prose prose_of(const Layout& layout) {
    constexpr int least_words = 6;      // chosen: captions of forms have one to four
    constexpr double least_width = 0.3; // chosen: of the page; columns of tables are narrower
    constexpr double same_margin = 0.03;
    constexpr double most_step = 4.5; // chosen: in heights of a word, a blank line between
    Prose best;
    Prose running;
    const Run* last = nullptr;
    for (const Run& run : layout.runs) {
        const bool wide = run.end_word - run.first_word >= least_words &&
                          run.box_px.width() >= least_width * layout.width_px;
        if (!wide) {
            continue;
        }
        const bool follows =
            last != nullptr &&
            std::abs(run.box_px.x0 - last->box_px.x0) <= same_margin * layout.width_px &&
            run.box_px.y0 - last->box_px.y1 <= most_step * layout.word_height_px;
        running = follows ? Prose{running.lines + 1, united(running.box_px, run.box_px)}
                          : Prose{1, run.box_px};
        if (running.lines > best.lines) {
            best = running;
        }
        last = &run;
    }
    return best;
}

/// "J'ai", "m'a": with what a machine reads for the apostrophe.
bool speaks_of_itself(const std::string& text) {
    return text.size() > 3 && (text[0] == 'J' || text[0] == 'j' || text[0] == 'm') &&
           (text[1] == '\'' || text.compare(1, 3, "\xE2\x80\x99") == 0);
}

int words_between_people(const Layout& layout) {
    static constexpr std::array<std::string_view, 13> words = {
        "je",
        "vous",
        "mon",
        "ma",
        "mes",
        "me",
        "moi",
        "nous",
        "votre",
        "vos",
        "veuillez",
        "merci",
        "bonjour"};
    return static_cast<int>(std::count_if(
        layout.words.begin(),
        layout.words.end(),
        [](const LaidWord& word) {
            return speaks_of_itself(word.text) ||
                   std::find(words.begin(), words.end(), word.folded) != words.end();
        }
    ));
}

bool is_year(const std::string& folded) {
    return folded.size() == 4 && (folded.rfind("20", 0) == 0 || folded.rfind("19", 0) == 0) &&
           std::all_of(folded.begin(), folded.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "Nice, le 12 mars 2026": a short run in the upper right that ends with a year.
std::optional<Box> dated_line(const Layout& layout) {
    constexpr double upper = 0.45;
    constexpr double right = 0.45;
    constexpr int least_words = 3;
    constexpr int most_words = 8;
    for (const Run& run : layout.runs) {
        const int words = run.end_word - run.first_word;
        if (words >= least_words && words <= most_words && layout.y_share(run.box_px) < upper &&
            layout.x_share(run.box_px) > right &&
            is_year(layout.words[static_cast<std::size_t>(run.end_word - 1)].folded)) {
            return run.box_px;
        }
    }
    return std::nullopt;
}

/// "Madame, Monsieur," whatever was read of it: two or three words with a comma behind the last,
/// alone above the prose.
std::optional<Box> greeting_line(const Layout& layout, const Box& prose) {
    constexpr int most_words = 4;
    constexpr double farthest = 9.0; // chosen: in heights of a word
    for (const Run& run : layout.runs) {
        const std::string& last = layout.words[static_cast<std::size_t>(run.end_word - 1)].text;
        const int above = prose.y0 - run.box_px.y1;
        if (run.end_word - run.first_word <= most_words && !last.empty() && last.back() == ',' &&
            above >= 0 && above <= farthest * layout.word_height_px) {
            return run.box_px;
        }
    }
    return std::nullopt;
}

} // namespace

std::vector<ShapeSign> letter_signs(const Layout& layout) {
    constexpr int least_lines = 2;
    constexpr int least_between_people = 2; // chosen: "je vous"
    if (layout.words.size() > most_letter_words) {
        return {};
    }
    const Prose prose = prose_of(layout);
    if (prose.lines < least_lines || words_between_people(layout) < least_between_people) {
        return {};
    }
    // chosen: prose to somebody is likely a letter, with its place and date or its greeting surely
    std::vector<ShapeSign> signs = {{"texte suivi adressé à quelqu'un", prose.box_px, 2.5}};
    if (const auto line = dated_line(layout)) {
        signs.push_back({"lieu et date", *line, 1.0});
    }
    if (const auto line = greeting_line(layout, prose.box_px)) {
        signs.push_back({"ligne d'appel", *line, 1.0});
    }
    return signs;
}

} // namespace pleiade::classify
