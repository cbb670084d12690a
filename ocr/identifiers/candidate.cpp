#include "ocr/identifiers/candidate.h"

#include "ocr/identifier_checks.h"
#include "ocr/identifiers/folded_text.h"

#include <algorithm>
#include <optional>

namespace pleiade::ocr {
namespace {

constexpr std::size_t longest_identifier = 34; // spec: ISO 13616, the longest IBAN
constexpr int widest_gap_heights = 5;          // chosen: typed groups stand two heights apart
constexpr int widest_key_gap_heights = 14;     // chosen: forms set the key apart
constexpr int most_lines_down_heights = 3;     // chosen: the next line, not the next paragraph

/// Some tokens in a row, read as one string.
struct Run {
    std::string raw;
    std::vector<std::size_t> boundaries; ///< Lengths of raw at which a new token begins.
    std::vector<Box> zones_px;
    int lines = 1; ///< It stands on.
    double confidence = 1.0;
    std::size_t first_token = 0;
    std::size_t last_token = 0;
};

bool gap_allowed(const std::string& gap) {
    return std::ranges::all_of(gap, [](char c) {
        return std::string_view(" .-/_|[]'").find(c) != std::string_view::npos;
    });
}

bool is_key_word(const Token& token) {
    constexpr std::size_t longest_word = 4;
    const std::string word = folded(token.text);
    const bool letters = std::ranges::none_of(word, is_digit);
    return word == "key" || (letters && word.size() <= longest_word && word.starts_with('c') &&
                             edit_distance(word, "cle") <= 1);
}

/// May `next` go on with the number that `run` has begun?
bool continues(const Run& run, const Token& previous, const Token& next) {
    const Box& zone = run.zones_px.back().empty() ? run.zones_px.front() : run.zones_px.back();
    if (next.line_index != previous.line_index) {
        return run.lines == 1 && next.line_index == previous.line_index + 1 && next.gap.empty() &&
               next.box_px.y0 - zone.y1 < most_lines_down_heights * std::max(zone.height(), 1);
    }
    const bool key_follows = run.raw.size() == nir_body_length;
    const int gap_px = next.box_px.x0 - previous.box_px.x1;
    const int most = key_follows ? widest_key_gap_heights : widest_gap_heights;
    return gap_px < most * std::max(zone.height(), 1) &&
           (gap_allowed(next.gap) || is_key_word(previous) || is_key_word(next));
}

void append(Run& run, const Token& token, std::size_t skipped) {
    const Box whole = token.box_px;
    Box box = whole;
    box.x0 += static_cast<int>(
        static_cast<double>(whole.width()) * static_cast<double>(skipped) /
        static_cast<double>(token.text.size())
    );
    if (!run.raw.empty()) {
        run.boundaries.push_back(run.raw.size());
    }
    run.raw += token.text.substr(skipped);
    run.confidence = std::min(run.confidence, token.confidence);
    run.zones_px.back() = united(run.zones_px.back(), box);
}

/// Every boundary between tokens is one between the usual groups.
bool boundaries_within(const Run& run, const std::vector<std::size_t>& usual) {
    return std::ranges::includes(usual, run.boundaries);
}

std::vector<std::size_t> usual_groups(IdentifierKind kind) {
    switch (kind) {
    case IdentifierKind::Nir:
        return {1, 3, 5, 7, 10, 13};
    case IdentifierKind::Siret:
        return {3, 6, 9};
    case IdentifierKind::Siren:
    case IdentifierKind::Finess:
        return {2, 3, 6};
    case IdentifierKind::Adeli:
        return {2, 3, 8};
    case IdentifierKind::OrganismCode:
        return {2, 5};
    case IdentifierKind::Iban:
        return {2, 4, 8, 12, 16, 20, 24, 28, 32};
    case IdentifierKind::S10:
        return {2, 4, 5, 7, 8, 10, 11};
    case IdentifierKind::LaPoste:
        return {2, 5, 8, 12};
    default:
        return {};
    }
}

bool digit_like(const Run& run) {
    const auto digits = std::ranges::count_if(run.raw, is_digit);
    return static_cast<std::size_t>(digits) * 10 >= run.raw.size() * 6; // chosen: 6 of 10 at least
}

/// Is there enough beside the check to call this run a number of its kind?
bool admitted(const Candidate& candidate, const Run& run, bool part_of_more) {
    const bool usual = boundaries_within(run, usual_groups(candidate.rule.kind));
    const bool holds = candidate.reading.holds;
    switch (candidate.rule.kind) {
    case IdentifierKind::Nir:
        if (candidate.rule.shape.size() == nir_body_length) {
            return holds && !part_of_more && (candidate.labelled || candidate.grouped);
        }
        return candidate.labelled || candidate.grouped ||
               (holds && usual && is_usual_nir(candidate.reading.value));
    case IdentifierKind::Siret:
        return candidate.labelled || (holds && usual);
    case IdentifierKind::S10:
    case IdentifierKind::LaPoste:
        return holds && (candidate.labelled || usual);
    case IdentifierKind::Rpps:
        return candidate.labelled ||
               (holds && !candidate.reading.repaired && run.boundaries.empty());
    case IdentifierKind::Iban:
        return holds || candidate.labelled;
    default:
        return candidate.labelled;
    }
}

int rank(const Candidate& candidate) {
    const bool body = candidate.rule.kind == IdentifierKind::Nir &&
                      candidate.rule.shape.size() == nir_body_length;
    const bool shape_only = body || candidate.rule.kind == IdentifierKind::ProvisionalNir;
    int value = static_cast<int>(candidate.rule.shape.size()) + (candidate.labelled ? 50 : 0);
    if (candidate.reading.holds) {
        value += shape_only ? 200 : (candidate.reading.repaired ? 300 : 400);
    }
    return value;
}

class Chooser {
public:
    Chooser(const std::vector<Token>& tokens, const std::vector<Label>& labels)
        : tokens_(tokens), labels_(labels) {}
    Chooser(std::vector<Token>&&, const std::vector<Label>&) = delete;
    Chooser(const std::vector<Token>&, std::vector<Label>&&) = delete;

    std::vector<Candidate> chosen() {
        for (std::size_t first = 0; first < tokens_.size(); ++first) {
            grow_from(first);
        }
        std::ranges::stable_sort(found_, std::ranges::greater{}, rank);
        std::vector<Candidate> kept;
        std::vector<bool> taken(tokens_.size(), false);
        for (Candidate& candidate : found_) {
            const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(candidate.first_token);
            const auto end = taken.begin() + static_cast<std::ptrdiff_t>(candidate.last_token) + 1;
            if (std::find(begin, end, true) == end) {
                std::fill(begin, end, true);
                kept.push_back(std::move(candidate));
            }
        }
        return kept;
    }

private:
    /// Adds token after token and judges every length on the way.
    void grow_from(std::size_t first) {
        Run run;
        run.first_token = first;
        run.zones_px.emplace_back();
        for (std::size_t i = first; i < tokens_.size(); ++i) {
            if (i > first && !continues(run, tokens_[i - 1], tokens_[i])) {
                break;
            }
            if (run.raw.size() == nir_body_length && is_key_word(tokens_[i])) {
                run.zones_px.emplace_back(); // the word itself would be read as digits
                continue;
            }
            if (i > first && tokens_[i].line_index != tokens_[i - 1].line_index) {
                run.zones_px.emplace_back();
                ++run.lines;
            }
            append(run, tokens_[i], i == first ? glued_label_length(tokens_[i].text) : 0);
            run.last_token = i;
            if (run.raw.size() > longest_identifier) {
                break;
            }
            judge(run);
        }
        judge_near_miss(run);
    }

    void judge(const Run& run) {
        for (const Rule& rule : fixed_rules()) {
            if (rule.shape.size() == run.raw.size() && digit_like(run)) {
                consider(rule, run);
            }
        }
        if (run.raw.size() >= 2) {
            const std::optional<Rule> iban = iban_rule(run.raw.substr(0, 2));
            if (iban.has_value() && iban->shape.size() == run.raw.size()) {
                consider(*iban, run);
            }
        }
    }

    void consider(const Rule& rule, const Run& run) {
        Candidate candidate = candidate_of(rule, run);
        const bool as_read = candidate.reading.holds && !candidate.reading.repaired;
        if (run.lines > 1 && !as_read && !(candidate.labelled && candidate.grouped)) {
            return; // two neighbouring lines have numbers of their own
        }
        const bool part_of_more = key_follows(run) || digits_precede(run);
        if (admitted(candidate, run, part_of_more)) {
            found_.push_back(std::move(candidate));
        }
    }

    /// A labelled NIR of which a character was lost or doubled: only the zone can tell.
    void judge_near_miss(const Run& run) {
        constexpr std::size_t most_lost = 3;  // chosen
        constexpr std::size_t most_extra = 2; // chosen
        const std::size_t length = run.raw.size();
        if (run.lines == 1 && length + most_lost >= nir_length &&
            length <= nir_length + most_extra && length != nir_length &&
            length != nir_body_length && digit_like(run)) {
            Candidate candidate = candidate_of(nir_rule(), run);
            if (candidate.labelled) {
                found_.push_back(std::move(candidate));
            }
        }
    }

    Candidate candidate_of(const Rule& rule, const Run& run) const {
        constexpr std::size_t least_groups = 3; // chosen: two groups are also any two numbers
        Candidate candidate;
        candidate.rule = rule;
        candidate.raw = run.raw;
        candidate.reading = read_as(rule, run.raw);
        candidate.first_token = run.first_token;
        candidate.last_token = run.last_token;
        candidate.zones_px = run.zones_px;
        std::erase_if(candidate.zones_px, [](const Box& zone) { return zone.empty(); });
        candidate.confidence = run.confidence;
        candidate.labelled =
            is_labelled(rule.kind, tokens_[run.first_token], run.first_token, labels_);
        candidate.grouped = run.boundaries.size() + 1 >= least_groups &&
                            boundaries_within(run, usual_groups(rule.kind));
        return candidate;
    }

    /// Thirteen digits before a key are not the whole number, even where the key was misread.
    bool key_follows(const Run& run) const {
        std::size_t next = run.last_token + 1;
        const auto stands_beside = [&] {
            return next < tokens_.size() &&
                   tokens_[next].line_index == tokens_[run.last_token].line_index &&
                   continues(run, tokens_[next - 1], tokens_[next]);
        };
        if (!stands_beside()) {
            return false;
        }
        const bool announced = is_key_word(tokens_[next]);
        next += announced ? 1 : 0;
        return stands_beside() && tokens_[next].text.size() <= 2 &&
               (announced || is_digit(tokens_[next].text[0]));
    }

    /// Nor are thirteen digits that begin within others.
    bool digits_precede(const Run& run) const {
        if (run.first_token == 0) {
            return false;
        }
        const Token& first = tokens_[run.first_token];
        const Token& before = tokens_[run.first_token - 1];
        return before.line_index == first.line_index && gap_allowed(first.gap) &&
               std::ranges::all_of(before.text, is_digit) &&
               first.box_px.x0 - before.box_px.x1 <
                   widest_gap_heights * std::max(first.box_px.height(), 1);
    }

    const std::vector<Token>& tokens_;
    const std::vector<Label>& labels_;
    std::vector<Candidate> found_;
};

} // namespace

std::vector<Candidate>
candidates_of(const std::vector<Token>& tokens, const std::vector<Label>& labels) {
    return Chooser(tokens, labels).chosen();
}

} // namespace pleiade::ocr
