#include "classify/rules/address.h"

#include "classify/rules/folding.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace pleiade::classify {
namespace {

constexpr std::size_t postal_digits = 5;
constexpr std::size_t most_lines = 6; // spec: NF Z10-011

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Edits between two short texts.
int distance(std::string_view a, std::string_view b) {
    std::vector<int> row(b.size() + 1);
    for (std::size_t i = 0; i <= b.size(); ++i) {
        row[i] = static_cast<int>(i);
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// "06180", "O618O" or "F-06180" as five digits. At least three must have been read as digits.
std::optional<std::string> postal_code_of(std::string_view word) {
    if (word.size() > 2 && (word[0] == 'F' || word[0] == 'f') && word[1] == '-') {
        word.remove_prefix(2);
    }
    while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ';')) {
        word.remove_suffix(1);
    }
    if (word.size() != postal_digits) {
        return std::nullopt;
    }
    std::string digits;
    int real = 0;
    for (const char c : word) {
        const char digit = as_digit(c);
        if (digit == '\0') {
            return std::nullopt;
        }
        real += is_digit(c) ? 1 : 0;
        digits += digit;
    }
    constexpr int least_real = 3; // chosen: fewer is a word of letters, such as "SOLDI"
    return real >= least_real ? std::optional(digits) : std::nullopt;
}

struct PostalLine {
    std::string code;
    std::string locality;
    Box box_px;
    int first_word = 0;
    std::size_t run_index = 0;
};

/// Five digits followed, in the same run, by a name in letters.
std::optional<PostalLine> postal_line_of(const Layout& layout, std::size_t run_index) {
    const Run& run = layout.runs[run_index];
    for (int i = run.first_word; i < run.end_word; ++i) {
        const LaidWord& word = layout.words[static_cast<std::size_t>(i)];
        const auto code = postal_code_of(word.text);
        if (!code.has_value()) {
            continue;
        }
        PostalLine line{*code, {}, word.box_px, i, run_index};
        for (int j = i + 1; j < run.end_word; ++j) {
            const LaidWord& next = layout.words[static_cast<std::size_t>(j)];
            line.locality += next.folded;
            line.box_px = united(line.box_px, next.box_px);
        }
        constexpr std::size_t least_letters = 2; // spec: the shortest French locality has one, with
                                                 // accent noise; chosen: two keeps numbers out
        const auto letters = std::count_if(line.locality.begin(), line.locality.end(), [](char c) {
            return !is_digit(c);
        });
        if (static_cast<std::size_t>(letters) >= least_letters) {
            return line;
        }
    }
    return std::nullopt;
}

/// Runs above the postal line that are left-aligned with it and closely set, top first.
std::vector<std::size_t> runs_above(const Layout& layout, const PostalLine& line) {
    std::vector<std::size_t> block;
    Box current = line.box_px;
    while (block.size() + 1 < most_lines) {
        std::optional<std::size_t> nearest;
        for (std::size_t i = 0; i < layout.runs.size(); ++i) {
            const Box& box = layout.runs[i].box_px;
            const int height = std::max(current.height(), box.height());
            const bool aligned = std::abs(box.x0 - line.box_px.x0) <= 3 * height;
            const bool above =
                box.y1 <= current.y0 + height / 2 && current.y0 - box.y1 <= 2 * height;
            if (i != line.run_index && aligned && above && box.y0 < current.y0 &&
                (!nearest.has_value() || box.y0 > layout.runs[*nearest].box_px.y0)) {
                nearest = i;
            }
        }
        if (!nearest.has_value()) {
            break;
        }
        block.insert(block.begin(), *nearest);
        current = layout.runs[*nearest].box_px;
    }
    return block;
}

bool says_sender(const AddressBlock& block) {
    return std::any_of(block.lines.begin(), block.lines.end(), [](const std::string& line) {
        return folded(line).rfind("exp", 0) == 0;
    });
}

// chosen from NF Z10-011 and folded A4 in window envelopes: the window is right of the middle and
// in the upper third; what a person writes by hand strays from it
constexpr double window_left = 0.42;
constexpr double window_bottom = 0.40;
constexpr double letterhead_bottom = 0.22;

AddressPlace place_on_sheet(const Layout& layout, const AddressBlock& block) {
    const double left =
        layout.width_px > 0 ? static_cast<double>(block.box_px.x0) / layout.width_px : 0.0;
    const double y = layout.y_share(block.box_px);
    if (left >= window_left && y < window_bottom) {
        return AddressPlace::Addressee;
    }
    return left < window_left && y < letterhead_bottom ? AddressPlace::Sender
                                                       : AddressPlace::Elsewhere;
}

AddressPlace place_on_envelope(const Layout& layout, const AddressBlock& block) {
    const bool corner = layout.x_share(block.box_px) < 0.4 && layout.y_share(block.box_px) < 0.35;
    return corner ? AddressPlace::Sender : AddressPlace::Addressee;
}

/// A person's own block alone at the left top has the caisse at the right; when nothing stands at
/// the right, a block in the left column below the letterhead is the addressee after all.
void settle_left_column(const Layout& layout, std::vector<AddressBlock>& blocks) {
    const bool right_taken = std::any_of(blocks.begin(), blocks.end(), [](const AddressBlock& b) {
        return b.place == AddressPlace::Addressee;
    });
    if (right_taken || blocks.size() < 2) {
        return;
    }
    // Sender above, addressee below it: old typewritten and many handwritten letters.
    auto lowest = std::max_element(
        blocks.begin(),
        blocks.end(),
        [](const AddressBlock& a, const AddressBlock& b) { return a.box_px.y0 < b.box_px.y0; }
    );
    if (layout.y_share(lowest->box_px) < window_bottom && !says_sender(*lowest)) {
        lowest->place = AddressPlace::Addressee;
    }
}

} // namespace

std::vector<AddressBlock> find_addresses(const Layout& layout, PageKind kind) {
    std::vector<AddressBlock> blocks;
    for (std::size_t i = 0; i < layout.runs.size(); ++i) {
        const auto line = postal_line_of(layout, i);
        if (!line.has_value()) {
            continue;
        }
        AddressBlock block;
        block.postal_code = line->code;
        block.locality = line->locality;
        block.cedex = line->locality.find("cedex") != std::string::npos;
        block.box_px = line->box_px;
        for (const std::size_t above : runs_above(layout, *line)) {
            block.lines.push_back(layout.text_of(layout.runs[above]));
            block.line_boxes_px.push_back(layout.runs[above].box_px);
            block.box_px = united(block.box_px, layout.runs[above].box_px);
        }
        block.lines.push_back(layout.text_of(layout.runs[i]));
        block.line_boxes_px.push_back(layout.runs[i].box_px);
        block.place = kind == PageKind::Envelope ? place_on_envelope(layout, block)
                                                 : place_on_sheet(layout, block);
        if (says_sender(block)) {
            block.place = AddressPlace::Sender;
        }
        blocks.push_back(std::move(block));
    }
    if (kind == PageKind::Sheet) {
        settle_left_column(layout, blocks);
    }
    return blocks;
}

CedexMatch compare_cedex(const AddressBlock& block, const std::string& cedex_line) {
    const std::string code = cedex_line.substr(0, postal_digits);
    const std::string locality = match_key(cedex_line.substr(postal_digits));
    const std::string read = match_key(block.locality);
    // The end of the line is often lost ("CEDEX 2") or runs on ("FRANCE"): compare what is there.
    const int letters_wrong =
        std::min(distance(read, locality), distance(read.substr(0, locality.size()), locality));
    const int digits_wrong = distance(block.postal_code, code);
    constexpr std::size_t least_letters = 3; // spec: GAP
    const bool begins_alike =
        read.size() >= least_letters && distance(read, locality.substr(0, read.size())) <= 1;
    // chosen: a third of the letters; the code itself is particular to the caisse
    const bool locality_fits =
        begins_alike || letters_wrong * 3 <= static_cast<int>(locality.size());
    if (digits_wrong == 0 && locality_fits) {
        return CedexMatch::Same;
    }
    // One digit of the code wrong: the name must then be read without a mistake.
    if (digits_wrong == 1 && letters_wrong == 0 &&
        block.postal_code.substr(0, 2) == code.substr(0, 2)) {
        return CedexMatch::Near;
    }
    return CedexMatch::No;
}

namespace {

SearchText search_text_of(const AddressBlock& block) {
    SearchText text;
    int line_index = 0;
    for (const std::string& line : block.lines) {
        text.append(match_key(line), line_index++);
    }
    text.index();
    return text;
}

/// Whether a line begins as a caisse primaire does; a CAF of the same department does not.
bool begins_as_caisse(const std::string& line) {
    const std::string first = folded(line.substr(0, line.find(' ')));
    constexpr std::size_t least = 4;
    return (first.size() >= least && (distance(first, "cpam") <= 1 ||
                                      distance(first, "cpcam") <= 1 || distance(first, "ccss") <= 1)
           ) ||
           folded(line).rfind("caisseprimaire", 0) == 0;
}

} // namespace

bool names_alone_fit(const AddressBlock& block, const Caisse& caisse) {
    constexpr std::size_t telling = 9; // chosen: shorter names ("CPAM 06") are one slip apart
    constexpr int most_digits_wrong = 2;
    const SearchText text = search_text_of(block);
    const auto stands = [&](const std::string& name) {
        const Pattern pattern(name);
        return pattern.size() >= telling && !pattern.find(text).empty();
    };
    const bool named = stands(caisse.name) ||
                       std::any_of(caisse.other_names.begin(), caisse.other_names.end(), stands);
    const bool caisse_line = std::any_of(block.lines.begin(), block.lines.end(), begins_as_caisse);
    return named && caisse_line && block.cedex &&
           std::any_of(
               caisse.cedex_lines.begin(),
               caisse.cedex_lines.end(),
               [&](const std::string& line) {
                   return distance(block.postal_code, line.substr(0, postal_digits)) <=
                          most_digits_wrong;
               }
           );
}

bool names_caisse(const AddressBlock& block, const Caisse& caisse) {
    const SearchText text = search_text_of(block);
    static const std::array<Pattern, 4> names = {
        Pattern("caisse primaire"),
        Pattern("assurance maladie"),
        Pattern("médecin-conseil"),
        Pattern("service médical")};
    const bool general = std::any_of(names.begin(), names.end(), [&](const Pattern& name) {
        return !name.find(text).empty();
    });
    const bool short_name =
        std::any_of(block.lines.begin(), block.lines.end(), [](const std::string& line) {
            const std::string key = folded(line);
            return key.rfind("cpam", 0) == 0 || key.rfind("cpcam", 0) == 0;
        });
    return general || short_name || !Pattern(caisse.name).find(text).empty();
}

} // namespace pleiade::classify
