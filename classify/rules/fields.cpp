#include "classify/rules/fields.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace pleiade::classify {
namespace {

constexpr const char* amount_kind = "amount";
constexpr double unlabelled_share = 0.9; // chosen: the only value of its kind is nearly always it

/// Something that may be the value of a field.
struct Candidate {
    std::string kind; ///< IdentifierKind as text, "amount", or empty for words.
    std::string value;
    double confidence = 0.0;
    Box box_px;
    int page_index = 0;
};

double confidence_of(const PageReading& page, int first_word, int end_word) {
    double sum = 0.0;
    for (int i = first_word; i < end_word; ++i) {
        sum += page.text.words[static_cast<std::size_t>(i)].confidence;
    }
    return end_word > first_word ? sum / (end_word - first_word) : 0.0;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool all_digits(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// "1234,56", "12.50€" as "1234,56", "12,50"; nothing when it is not an amount with cents.
std::optional<std::string> amount_of(std::string text) {
    if (text.size() > 3 && text.compare(text.size() - 3, 3, "€") == 0) {
        text.resize(text.size() - 3);
    }
    constexpr std::size_t cents = 3; // ",56"
    if (text.size() <= cents) {
        return std::nullopt;
    }
    const std::size_t comma = text.size() - cents;
    if ((text[comma] != ',' && text[comma] != '.') || !all_digits(text.substr(0, comma)) ||
        !all_digits(text.substr(comma + 1))) {
        return std::nullopt;
    }
    text[comma] = ',';
    return text;
}

void add_amounts(
    const PageReading& page, const Layout& layout, int page_index, std::vector<Candidate>& into
) {
    for (std::size_t i = 0; i < layout.words.size(); ++i) {
        const LaidWord& word = layout.words[i];
        auto amount = amount_of(word.text);
        if (!amount.has_value()) {
            continue;
        }
        int first = static_cast<int>(i);
        Box box = word.box_px;
        // "1 234,56": thousands apart
        constexpr std::size_t three_digits_and_cents = 6;
        if (i > 0 && amount->size() == three_digits_and_cents) {
            const LaidWord& before = layout.words[i - 1];
            if (before.run_index == word.run_index && all_digits(before.text) &&
                before.text.size() <= 3) {
                amount = before.text + *amount;
                box = united(box, before.box_px);
                --first;
            }
        }
        into.push_back(
            {amount_kind,
             *amount,
             confidence_of(page, first, static_cast<int>(i) + 1),
             box,
             page_index}
        );
    }
}

void add_identifiers(const PageReading& page, int page_index, std::vector<Candidate>& into) {
    for (const Identifier& identifier : page.identifiers) {
        if (identifier.valid) { // a number whose check says no is nobody's number
            into.push_back(
                {to_text(identifier.kind),
                 identifier.value,
                 identifier.confidence,
                 identifier.box_px,
                 page_index}
            );
        }
    }
}

void add_runs(
    const PageReading& page, const Layout& layout, int page_index, std::vector<Candidate>& into
) {
    for (const Run& run : layout.runs) {
        into.push_back(
            {"",
             layout.text_of(run),
             confidence_of(page, run.first_word, run.end_word),
             run.box_px,
             page_index}
        );
    }
}

/// How far a value is from its label in pixels, or nothing when it cannot belong to it.
std::optional<double> distance(const Box& label, const Box& value, int page_width_px) {
    const int height = std::max(label.height(), 1);
    const int shared = std::min(label.y1, value.y1) - std::max(label.y0, value.y0);
    const bool same_row = 2 * shared >= std::min(height, std::max(value.height(), 1));
    const int right_gap = value.x0 - label.x1;
    constexpr double farthest_share = 0.55; // chosen: a value across the page has its own label
    if (same_row && right_gap >= -height && right_gap <= farthest_share * page_width_px) {
        return std::max(right_gap, 0);
    }
    const int down_gap = value.y0 - label.y1;
    constexpr int farthest_rows = 4;
    const bool under = value.x0 <= label.x1 + 2 * height && value.x1 >= label.x0 - 2 * height;
    if (under && down_gap >= -height / 2 && down_gap <= farthest_rows * height) {
        // chosen: a value below is as near as one three times as far to the right
        return 3.0 * std::max(down_gap, 0) + std::abs(value.x0 - label.x0) / 3.0 + height;
    }
    return std::nullopt;
}

struct Label {
    std::size_t rule_index = 0;
    int page_index = 0;
    Box box_px;
    int last_word = 0;
};

class FieldSearch {
public:
    FieldSearch(
        const DocumentType& type,
        const std::vector<PageReading>& pages,
        const std::vector<Layout>& layouts
    )
        : type_(type), pages_(pages), layouts_(layouts), found_(type.fields.size()) {}

    void look_at(int page_index) {
        const Layout& layout = layouts_[static_cast<std::size_t>(page_index)];
        const PageReading& page = pages_[static_cast<std::size_t>(page_index)];
        add_identifiers(page, page_index, candidates_);
        add_amounts(page, layout, page_index, candidates_);
        if (std::any_of(type_.fields.begin(), type_.fields.end(), [](const FieldRule& rule) {
                return rule.identifier.empty();
            })) {
            add_runs(page, layout, page_index, candidates_);
        }
        find_labels(layout, page_index);
    }

    [[nodiscard]] std::vector<Field> fields() {
        match_labels();
        take_only_values();
        std::vector<Field> fields;
        for (auto& field : found_) {
            if (field.has_value()) {
                fields.push_back(std::move(*field));
            }
        }
        return fields;
    }

private:
    /// Where the labels stand; "date" inside "date de naissance" is not one, whosever it is.
    void find_labels(const Layout& layout, int page_index) {
        std::vector<std::pair<std::size_t, Match>> matches; // rule, place
        for (std::size_t rule = 0; rule < type_.fields.size(); ++rule) {
            for (const std::string& text : type_.fields[rule].labels) {
                const Pattern pattern(text);
                for (const Match& match : pattern.find(layout.search)) {
                    // Labels differ in little words ("... du", "... jusqu'au"): half the usual
                    // patience, and whole words.
                    if (match.edits <= pattern.most_edits() / 2 &&
                        layout.search.starts_word(match.begin) &&
                        layout.search.starts_word(match.end)) {
                        matches.emplace_back(rule, match);
                    }
                }
            }
        }
        for (const auto& found : matches) {
            const Match& match = found.second;
            const bool within = std::any_of(matches.begin(), matches.end(), [&](const auto& other) {
                const Match& m = other.second;
                return m.begin <= match.begin && m.end >= match.end &&
                       m.end - m.begin > match.end - match.begin;
            });
            if (!within) {
                const int last = layout.search.word_at(match.end - 1);
                labels_.push_back({found.first, page_index, layout.box_of(match), last});
                take_words_behind(layout, labels_.back());
            }
        }
    }

    /// Words behind a label in its own run ("Nom : DURAND"), which is no run of its own.
    void take_words_behind(const Layout& layout, const Label& label) {
        if (!type_.fields[label.rule_index].identifier.empty()) {
            return;
        }
        const auto run_index = static_cast<std::size_t>(
            layout.words[static_cast<std::size_t>(label.last_word)].run_index
        );
        Run rest{label.last_word + 1, layout.runs[run_index].end_word, Box{}};
        while (rest.first_word < rest.end_word &&
               layout.words[static_cast<std::size_t>(rest.first_word)].folded.empty()) {
            ++rest.first_word; // the colon
        }
        for (int i = rest.first_word; i < rest.end_word; ++i) {
            rest.box_px = united(rest.box_px, layout.words[static_cast<std::size_t>(i)].box_px);
        }
        if (rest.first_word < rest.end_word) {
            const PageReading& page = pages_[static_cast<std::size_t>(label.page_index)];
            candidates_.push_back(
                {"",
                 layout.text_of(rest),
                 confidence_of(page, rest.first_word, rest.end_word),
                 rest.box_px,
                 label.page_index}
            );
        }
    }

    /// Nearest pairs first, each value and each field once: a value belongs to its nearest label.
    void match_labels() {
        std::vector<std::tuple<double, std::size_t, std::size_t>> pairs; // cost, rule, candidate
        for (const Label& label : labels_) {
            for (std::size_t c = 0; c < candidates_.size(); ++c) {
                const Candidate& candidate = candidates_[c];
                if (candidate.page_index != label.page_index ||
                    candidate.kind != type_.fields[label.rule_index].identifier) {
                    continue;
                }
                const int width = layouts_[static_cast<std::size_t>(label.page_index)].width_px;
                if (const auto cost = distance(label.box_px, candidate.box_px, width)) {
                    pairs.emplace_back(*cost, label.rule_index, c);
                }
            }
        }
        std::sort(pairs.begin(), pairs.end());
        std::set<std::size_t> taken;
        for (const auto& [cost, rule, candidate] : pairs) {
            if (!found_[rule].has_value() && !taken.contains(candidate)) {
                taken.insert(candidate);
                take(rule, candidates_[candidate], 1.0);
            }
        }
    }

    void take_only_values() {
        std::map<std::string, int> rules_of_kind;
        for (const FieldRule& rule : type_.fields) {
            ++rules_of_kind[rule.identifier];
        }
        for (std::size_t i = 0; i < type_.fields.size(); ++i) {
            const std::string& kind = type_.fields[i].identifier;
            if (found_[i].has_value() || kind.empty() || kind == amount_kind ||
                rules_of_kind[kind] != 1) {
                continue;
            }
            const Candidate* only = only_value(kind);
            if (only != nullptr) {
                take(i, *only, unlabelled_share);
            }
        }
    }

    [[nodiscard]] const Candidate* only_value(const std::string& kind) const {
        const Candidate* only = nullptr;
        for (const Candidate& candidate : candidates_) {
            if (candidate.kind != kind) {
                continue;
            }
            if (only != nullptr && only->value != candidate.value) {
                return nullptr;
            }
            if (only == nullptr || candidate.confidence > only->confidence) {
                only = &candidate;
            }
        }
        return only;
    }

    void take(std::size_t rule, const Candidate& candidate, double share) {
        found_[rule] = Field{
            type_.fields[rule].name,
            candidate.value,
            candidate.confidence * share,
            candidate.page_index,
            candidate.box_px};
    }

    const DocumentType& type_;
    const std::vector<PageReading>& pages_;
    const std::vector<Layout>& layouts_;
    std::vector<Candidate> candidates_;
    std::vector<Label> labels_;
    std::vector<std::optional<Field>> found_;
};

} // namespace

std::vector<Field> read_fields(
    const DocumentType& type,
    const std::vector<int>& page_indexes,
    const std::vector<PageReading>& pages,
    const std::vector<Layout>& layouts
) {
    FieldSearch search(type, pages, layouts);
    for (const int page_index : page_indexes) {
        search.look_at(page_index);
    }
    return search.fields();
}

} // namespace pleiade::classify
