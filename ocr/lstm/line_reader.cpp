#include "ocr/lstm/line_reader.h"

#include "ocr/lstm/model_file.h"

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

namespace pleiade::ocr {
namespace {

constexpr double step_px = 3.0; // spec: the network reduces a line to a third of its columns

// A line that is read badly is read again, cut a little higher and a little lower. What is no text
// at all gets no better by it.
constexpr double well_read = 0.85;
constexpr double hopeless = 0.5;
constexpr double clearly_better = 0.02;
constexpr auto other_heights = std::to_array<double>({0.12, -0.08}); // chosen: of the height
constexpr double below = 0.7; // chosen: of what is added above; ascenders differ more

/// spec: Tesseract 5.3 takes a certainty of -20 / 7 for no confidence left (ratngs.h, baseapi.cpp).
double confidence_of(double odds) {
    constexpr double for_each_e = 0.35;
    constexpr double least_odds = 1e-9;
    return std::clamp(1.0 + for_each_e * std::log(std::max(odds, least_odds)), 0.0, 1.0);
}

/// How sure the network is of what it sees, over the steps where it sees anything.
double mean_odds(const LineOdds& odds, std::size_t no_character) {
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t step = 0; step < odds.steps; ++step) {
        const float* at = odds.at(step);
        const float* best = std::max_element(at, at + odds.codes);
        if (static_cast<std::size_t>(best - at) != no_character) {
            sum += static_cast<double>(*best);
            count += 1.0;
        }
    }
    return count > 0.0 ? sum / count : 0.0;
}

void invert(LinePicture& line) {
    for (std::int8_t& pixel : line.pixels) {
        pixel = static_cast<std::int8_t>(-pixel);
    }
}

/// Light print on dark ground is read inverted.
LineOdds odds_either_way(const LineNetwork& network, LinePicture& line) {
    constexpr double doubtful = 0.5; // spec: RecognizeLine of Tesseract 5.3
    LineOdds odds = network.odds_along(line);
    const double sure = mean_odds(odds, network.no_character());
    if (sure >= doubtful) {
        return odds;
    }
    invert(line);
    LineOdds inverted = network.odds_along(line);
    if (mean_odds(inverted, network.no_character()) > sure) {
        return inverted;
    }
    invert(line);
    return odds;
}

/// From the picture of a line back to the page.
class OnPage {
public:
    OnPage(const LinePicture& line, const LinePlace& place, const PageImage& page)
        : line_(line), place_(place), page_px_{0, 0, page.width_px, page.height_px} {}
    OnPage(LinePicture&&, const LinePlace&, const PageImage&) = delete;
    OnPage(const LinePicture&, LinePlace&&, const PageImage&) = delete;

    /// Whether anything stands between two columns: bare paper between two words may be read as
    /// dots.
    [[nodiscard]] bool is_bare(double from, double to) const {
        const auto first = std::clamp<std::ptrdiff_t>(std::lround(from), 0, width());
        const auto last = std::clamp<std::ptrdiff_t>(std::lround(to), first, width());
        const Ink ink = ink_in(first, last);
        return ink.left > ink.right;
    }

    /// The ink between two columns of the picture.
    [[nodiscard]] Box ink_between(double from, double to) const {
        const auto first = std::clamp<std::ptrdiff_t>(std::lround(from), 0, width());
        const auto last = std::clamp<std::ptrdiff_t>(std::lround(to), first, width());
        Ink ink = ink_in(first, last);
        if (ink.left > ink.right) {
            ink = {first, last - 1, 0, static_cast<int>(LinePicture::height) - 1};
        }
        const double step = 1.0 / line_.scale;
        const double x0 = place_.x0_px + static_cast<double>(ink.left) * step;
        const double x1 = place_.x0_px + static_cast<double>(ink.right + 1) * step;
        const double drop = place_.drop_at((x0 + x1) / 2);
        const double y0 = place_.top_px + drop + ink.top * step;
        const double y1 = place_.top_px + drop + (ink.bottom + 1) * step;
        return intersection(
            {static_cast<int>(std::floor(x0)),
             static_cast<int>(std::floor(y0)),
             static_cast<int>(std::ceil(x1)),
             static_cast<int>(std::ceil(y1))},
            page_px_
        );
    }

private:
    struct Ink {
        std::ptrdiff_t left = 0;
        std::ptrdiff_t right = -1;
        int top = 0;
        int bottom = 0;
    };

    [[nodiscard]] std::ptrdiff_t width() const { return static_cast<std::ptrdiff_t>(line_.width); }

    [[nodiscard]] Ink ink_in(std::ptrdiff_t first, std::ptrdiff_t last) const {
        constexpr std::int8_t dark = -32; // chosen: paper is at 127, ink at -127
        Ink ink{last, first - 1, static_cast<int>(LinePicture::height), -1};
        for (std::ptrdiff_t x = first; x < last; ++x) {
            const std::span<const std::int8_t> column(line_.column_at(x) + 1, LinePicture::height);
            const auto is_dark = [](std::int8_t pixel) { return pixel < dark; };
            const auto top = std::ranges::find_if(column, is_dark);
            if (top == column.end()) {
                continue;
            }
            const auto bottom = std::find_if(column.rbegin(), column.rend(), is_dark);
            ink.left = std::min(ink.left, x);
            ink.right = x;
            ink.top = std::min(ink.top, static_cast<int>(top - column.begin()));
            ink.bottom = std::max(ink.bottom, static_cast<int>(column.rend() - bottom) - 1);
        }
        return ink;
    }

    const LinePicture& line_;
    const LinePlace& place_;
    Box page_px_;
};

/// Where characters end and the next begin, in columns of the picture: half way.
struct Bounds {
    double from = 0.0;
    double to = 0.0;
};

Bounds bounds_of(
    const std::vector<LineWord>& words, std::size_t word, std::size_t character, std::size_t width
) {
    const auto& characters = words[word].characters;
    const auto start = [](const LineCharacter& c) { return static_cast<double>(c.first_step); };
    const auto end = [](const LineCharacter& c) { return static_cast<double>(c.last_step + 1); };
    const LineCharacter& here = characters[character];
    Bounds bounds{0.0, static_cast<double>(width)};
    if (character > 0) {
        bounds.from = (end(characters[character - 1]) + start(here)) / 2 * step_px;
    } else if (word > 0) {
        bounds.from = (end(words[word - 1].characters.back()) + start(here)) / 2 * step_px;
    }
    if (character + 1 < characters.size()) {
        bounds.to = (end(here) + start(characters[character + 1])) / 2 * step_px;
    } else if (word + 1 < words.size()) {
        bounds.to = (end(here) + start(words[word + 1].characters.front())) / 2 * step_px;
    }
    return bounds;
}

} // namespace

double mean_confidence(const std::vector<Word>& words) {
    double sum = 0.0;
    double letters = 0.0;
    for (const Word& word : words) {
        const auto length = static_cast<double>(word.text.size());
        sum += word.confidence * length;
        letters += length;
    }
    return letters > 0.0 ? sum / letters : 0.0;
}

LineReader::LineReader(LineNetwork network, Charset charset, Dictionary dictionary)
    : network_(std::move(network)),
      charset_(std::move(charset)),
      dictionary_(std::move(dictionary)) {
    for (std::size_t code = 0; code < charset_.of_code.size(); ++code) {
        code_of_.emplace(charset_.of_code[code], code);
    }
}

std::vector<std::size_t> LineReader::codes_of(std::string_view text) const {
    const auto goes_on = [](char byte) { // spec: RFC 3629, 10xxxxxx
        return static_cast<unsigned char>(byte) >> 6U == 2;
    };
    std::vector<std::size_t> codes;
    auto begin = text.begin();
    while (begin != text.end()) {
        const auto end = std::find_if_not(std::next(begin), text.end(), goes_on);
        const auto code = code_of_.find(std::string_view(begin, end));
        codes.push_back(code == code_of_.end() ? space_code : code->second);
        begin = end;
    }
    return codes;
}

std::size_t LineReader::known_letters(const std::vector<Word>& words) const {
    constexpr std::size_t least_letters = 3; // chosen: shorter ones come about by chance
    std::size_t known = 0;
    for (const Word& word : words) {
        const std::vector<std::size_t> codes = codes_of(word.text);
        known += codes.size() >= least_letters && dictionary_.knows(codes) ? codes.size() : 0;
    }
    return known;
}

std::optional<LineReader> LineReader::open(BytesView file) {
    cv::setNumThreads(1); // one thread per process: the machine is shared out by processes
    auto network = LineNetwork::parse(component_of(file, Component::Network));
    if (!network.has_value()) {
        return std::nullopt;
    }
    auto charset = parse_charset(
        component_of(file, Component::Characters),
        component_of(file, Component::Codes),
        network->codes()
    );
    if (!charset.has_value()) {
        return std::nullopt;
    }
    Dictionary dictionary(component_of(file, Component::Words), *charset);
    return LineReader(std::move(*network), std::move(*charset), std::move(dictionary));
}

AllowedCodes LineReader::allowed_in(ZoneContent content) const {
    if (content == ZoneContent::Text) {
        return {};
    }
    AllowedCodes allowed;
    for (const std::string& text : charset_.of_code) {
        const char c = text.size() == 1 ? text[0] : '\0';
        const bool digit = c >= '0' && c <= '9';
        const bool capital = content == ZoneContent::DigitsAndCapitals && c >= 'A' && c <= 'Z';
        allowed.push_back(digit || capital || c == ' ');
    }
    allowed[network_.no_character()] = true;
    return allowed;
}

std::vector<Word> LineReader::read(
    const PageImage& grey, const LinePlace& place, ZoneContent content, Detail detail
) const {
    std::vector<Word> words = read_once(grey, place, content, detail);
    const double first = mean_confidence(words);
    if (first >= well_read || first < hopeless) {
        return words;
    }
    double best = first + clearly_better;
    for (const double wider : other_heights) {
        const double more = wider * (place.bottom_px - place.top_px);
        LinePlace other = place;
        other.top_px -= more;
        other.bottom_px += below * more;
        std::vector<Word> again = read_once(grey, other, content, detail);
        if (mean_confidence(again) > best) {
            best = mean_confidence(again);
            words = std::move(again);
        }
    }
    return words;
}

std::vector<Word> LineReader::read_once(
    const PageImage& grey, const LinePlace& place, ZoneContent content, Detail detail
) const {
    LinePicture line = line_picture(grey, place);
    if (!std::ranges::any_of(line.pixels, [](std::int8_t pixel) { return pixel < 0; })) {
        return {};
    }
    const LineOdds odds = odds_either_way(network_, line);
    const std::vector<LineWord> read =
        words_along(odds, {charset_, dictionary_, network_.no_character()}, allowed_in(content));
    const OnPage page(line, place, grey);
    const auto described = [&](std::size_t i, std::size_t k) {
        const LineCharacter& seen = read[i].characters[k];
        const Bounds bounds = bounds_of(read, i, k, line.width);
        Character character;
        character.text = charset_.of_code[seen.code];
        character.box_px = page.ink_between(bounds.from, bounds.to);
        character.confidence = confidence_of(seen.odds);
        if (seen.second_odds > 0.0) {
            character.second = charset_.of_code[seen.second_code];
            character.second_confidence = confidence_of(seen.second_odds);
        }
        return character;
    };
    std::vector<Word> words;
    for (std::size_t i = 0; i < read.size(); ++i) {
        Word word;
        const std::vector<LineCharacter>& characters = read[i].characters;
        for (std::size_t k = 0; k < characters.size(); ++k) {
            word.text += charset_.of_code[characters[k].code];
            if (detail == Detail::Characters) {
                word.characters.push_back(described(i, k));
            }
        }
        const double from = bounds_of(read, i, 0, line.width).from;
        const double to = bounds_of(read, i, characters.size() - 1, line.width).to;
        word.box_px = page.ink_between(from, to);
        word.confidence = confidence_of(read[i].odds());
        if (!word.text.empty() && !word.box_px.empty() && !page.is_bare(from, to)) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

} // namespace pleiade::ocr
