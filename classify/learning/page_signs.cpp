#include "classify/learning/page_signs.h"

#include "classify/rules/folding.h"
#include "classify/rules/page_shape.h"
#include "core/units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace pleiade::classify {
namespace {

// chosen: a form's own words stand in these parts of it, whatever the middle is filled with
constexpr double top_share = 0.25;
constexpr double bottom_share = 0.9;
constexpr double large_share = 1.35; // of the median word height: titles

// chosen: the layout of a page supports its words, it does not outvote them
constexpr float shape_length = 0.4F;

/// Source: FNV-1a, 32 bits, folded to `bits`.
std::uint32_t hashed(char family, std::string_view first, std::string_view second, unsigned bits) {
    std::uint32_t hash = 2166136261U;
    const auto mix = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U; };
    mix(family);
    for (const char c : first) {
        mix(c);
    }
    mix('\0');
    for (const char c : second) {
        mix(c);
    }
    return (hash ^ (hash >> bits)) & ((1U << bits) - 1U);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A word as it is learned: numbers of forms as they are, other numbers by their length, so that no
/// person's number and no date can be learned; nothing for strokes and dots.
std::string learned_form(const LaidWord& word) {
    const std::string& text = word.folded;
    const auto digits = std::count_if(text.begin(), text.end(), is_digit);
    if (digits == 0) {
        return text.size() < 2 ? std::string() : match_key(word.text);
    }
    constexpr std::ptrdiff_t cerfa_digits = 5;
    const auto first = std::find_if(text.begin(), text.end(), is_digit);
    const auto end = std::find_if_not(first, text.end(), is_digit);
    const bool versioned = word.text.find('*') != std::string::npos;
    if (versioned && end - first >= cerfa_digits) {
        return std::string(first, first + cerfa_digits);
    }
    const auto letters = static_cast<std::ptrdiff_t>(text.size()) - digits;
    return "#" + std::to_string(std::min<std::ptrdiff_t>(digits, 15)) + (letters > 0 ? "a" : "");
}

class Collector {
public:
    explicit Collector(PageSigns& signs) : signs_(signs) {}

    void text(char family, std::string_view first, std::string_view second, int word_index) {
        signs_.text.push_back({hashed(family, first, second, sign_bits), word_index});
    }
    void shape(std::string_view name, std::string_view value) {
        signs_.shape.push_back({hashed('s', name, value, sign_bits), -1});
    }
    /// By powers of two: a page of 100 words is not another than one of 110.
    void size(std::string_view name, double value) {
        const double step = value <= 0.0 ? -1.0 : std::floor(std::log2(value + 1.0) * 2.0);
        shape(name, std::to_string(static_cast<int>(step)));
    }
    void share(std::string_view name, double value) {
        constexpr double steps = 6.0;
        shape(name, std::to_string(static_cast<int>(std::clamp(value, 0.0, 1.0) * steps)));
    }

private:
    PageSigns& signs_;
};

void collect_pieces(const std::string& form, int word_index, Collector& into) {
    constexpr std::size_t piece = 4;
    constexpr std::size_t longest = 24; // chosen: words run together by the reader
    const std::string padded = "_" + form.substr(0, longest) + "_";
    for (std::size_t at = 0; at + piece <= padded.size(); ++at) {
        into.text('p', std::string_view(padded).substr(at, piece), {}, word_index);
    }
}

void collect_words(const Layout& layout, PageSigns& signs) {
    constexpr std::size_t least_letters = 4; // chosen: shorter ones are read out of dirt too
    Collector into(signs);
    std::string before;
    int run_before = -1;
    for (std::size_t i = 0; i < layout.words.size(); ++i) {
        const LaidWord& word = layout.words[i];
        const std::string form = learned_form(word);
        if (form.empty()) {
            continue;
        }
        const int index = static_cast<int>(i);
        const bool number = form.front() == '#';
        into.text('w', form, {}, index);
        if (word.run_index == run_before) {
            into.text('d', before, form, index);
        }
        before = form;
        run_before = word.run_index;
        if (number) {
            continue;
        }
        collect_pieces(form, index, into);
        const double y = layout.y_share(word.box_px);
        if (y < top_share || y > bottom_share) {
            into.text(y < top_share ? 't' : 'b', form, {}, index);
        }
        if (word.box_px.height() >= large_share * layout.word_height_px) {
            into.text('l', form, {}, index);
        }
        if (form.size() >= least_letters) {
            signs.words.push_back(hashed('k', form, {}, word_bits));
        }
    }
    constexpr double few_words = 10.0;
    signs.wordless = 1.0 / (1.0 + static_cast<double>(signs.words.size()) / few_words);
}

/// The beginning of a mark says whose it is; of a 2D-Doc, its kind of document.
/// Source: docs/domain.md 2.7, the header of a 2D-Doc.
void collect_marks(const PageReading& page, Collector& into) {
    constexpr std::size_t kind_at = 20;
    constexpr std::size_t kind_length = 2;
    constexpr std::size_t start_length = 6;
    for (const Mark& mark : page.marks) {
        into.shape("mark", mark.format);
        if (mark.text.starts_with("DC0") && mark.text.size() >= kind_at + kind_length) {
            into.shape("2d-doc", std::string_view(mark.text).substr(kind_at, kind_length));
            continue;
        }
        const auto end = std::find_if(mark.text.begin(), mark.text.end(), is_digit);
        const auto letters = static_cast<std::size_t>(end - mark.text.begin());
        if (letters >= 2) {
            into.shape(
                "mark text", std::string_view(mark.text).substr(0, std::min(letters, start_length))
            );
        }
    }
}

void collect_shape(const PageReading& page, const Layout& layout, PageSigns& signs) {
    Collector into(signs);
    const PageShape shape = shape_of(page, layout);
    into.shape("kind", shape.kind == PageKind::Envelope ? "envelope" : "sheet");
    into.shape("opening", shape.opening ? "yes" : "no");
    into.shape("closing", shape.closing ? "yes" : "no");
    into.shape("further", shape.says_further ? "yes" : "no");
    for (const ShapeSign& sign : shape.letter_signs) {
        into.shape("letter", sign.what);
    }
    for (const Identifier& identifier : page.identifiers) {
        into.shape(identifier.valid ? "valid" : "invalid", to_text(identifier.kind));
    }
    collect_marks(page, into);
    into.size("lines", static_cast<double>(page.text.lines.size()));
    into.size("words", static_cast<double>(layout.words.size()));
    into.share("confidence", page.text.confidence);
    const double dpi = std::max(page.geometry.dpi, 1);
    constexpr double step_mm = 30.0; // chosen: A4, A5, A6, a cheque and a card lie apart
    for (const auto& [name, size_px] :
         {std::pair{"width", layout.width_px}, std::pair{"height", layout.height_px}}) {
        into.shape(name, std::to_string(std::lround(size_px * mm_per_inch / dpi / step_mm)));
    }
    long digits = 0;
    long characters = 0;
    for (const LaidWord& word : layout.words) {
        digits += std::count_if(word.folded.begin(), word.folded.end(), is_digit);
        characters += static_cast<long>(word.folded.size());
    }
    into.share(
        "digits", static_cast<double>(digits) / static_cast<double>(std::max(characters, 1L))
    );
    into.size(
        "run",
        static_cast<double>(layout.words.size()) /
            static_cast<double>(std::max<std::size_t>(layout.runs.size(), 1))
    );
}

void append_values(const std::vector<Sign>& signs, float length, SignValues& into) {
    std::vector<std::uint32_t> features;
    features.reserve(signs.size());
    for (const Sign& sign : signs) {
        features.push_back(sign.feature);
    }
    std::sort(features.begin(), features.end());
    const auto begin = static_cast<std::ptrdiff_t>(into.size());
    double squares = 0.0;
    for (auto at = features.begin(); at != features.end();) {
        const auto end = std::upper_bound(at, features.end(), *at);
        const double value = 1.0 + std::log(static_cast<double>(end - at));
        into.emplace_back(*at, static_cast<float>(value));
        squares += value * value;
        at = end;
    }
    const float scale = squares > 0.0 ? length / static_cast<float>(std::sqrt(squares)) : 0.0F;
    std::for_each(into.begin() + begin, into.end(), [&](auto& value) { value.second *= scale; });
}

} // namespace

PageSigns signs_of(const PageReading& page, const Layout& layout) {
    PageSigns signs;
    collect_words(layout, signs);
    collect_shape(page, layout, signs);
    return signs;
}

SignValues values_of(const PageSigns& signs) {
    SignValues values;
    append_values(signs.text, 1.0F, values);
    append_values(signs.shape, shape_length, values);
    // Two signs of one hash count as one.
    std::sort(values.begin(), values.end());
    SignValues joined;
    for (const auto& [feature, value] : values) {
        if (!joined.empty() && joined.back().first == feature) {
            joined.back().second += value;
        } else {
            joined.emplace_back(feature, value);
        }
    }
    joined.emplace_back(always_there, 1.0F);
    return joined;
}

double
unfamiliar_share(const std::vector<std::uint32_t>& words, const std::vector<std::uint64_t>& known) {
    constexpr double usual = 0.25; // chosen: names and places of any page
    constexpr double usual_words = 8.0;
    if (words.empty() || known.empty()) {
        return 0.0;
    }
    const auto strange = std::count_if(words.begin(), words.end(), [&](std::uint32_t word) {
        return ((known[(word / 64) % known.size()] >> (word % 64)) & 1U) == 0;
    });
    return (static_cast<double>(strange) + usual * usual_words) /
           (static_cast<double>(words.size()) + usual_words);
}

} // namespace pleiade::classify
