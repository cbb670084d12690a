#include "classify/rules/fields.h"

#include "classify/rules/columns.h"
#include "classify/rules/field_values.h"
#include "classify/rules/folding.h"
#include "classify/rules/labels.h"
#include "classify/rules/plausible.h"
#include "classify/rules/ticks.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>

namespace pleiade::classify {
namespace {

constexpr double unlabelled_share = 0.9; // chosen: the only value of its kind is nearly always it
constexpr double agreeing_share = 0.85;  // chosen: month and year of the NIR, but no label
// chosen: children have papers too, so a birth date may be another person's than the NIR
constexpr double disagreeing_share = 0.8;
constexpr double behind_share = 0.75;     // chosen: never sure, labels mostly stand before values
constexpr double ordered_share = 0.75;    // chosen: by the order of days alone
constexpr double agreeing_cost = 0.2;     // chosen: what agrees with the NIR is worth a longer way
constexpr double own_label_cost = 3.0;    // chosen: a value beside a label is seldom another's
constexpr const char* no_amount = "0,00"; // nothing is asked for: the sum stands elsewhere
constexpr const char* nir_name = "nir";
constexpr const char* birth_date_name = "birth_date";
constexpr const char* sent_date_name = "sent_date"; // the day it was signed, as a rule

struct Label {
    std::size_t rule_index = 0;
    int page_index = 0;
    Box box_px;
    int last_word = 0;
    bool bare = false; ///< One short word, which heads many a column: "date", "du".
};

class FieldSearch {
public:
    FieldSearch(const DocumentType& type, const LaidPages& pli, std::chrono::sys_days today)
        : type_(type), pli_(pli), today_(today), found_(type.fields.size()) {}

    void look_at(int page_index) {
        const Layout& layout = pli_.layouts[static_cast<std::size_t>(page_index)];
        const PageReading& page = pli_.pages[static_cast<std::size_t>(page_index)];
        PageParts& parts = parts_[page_index];
        parts.first_label = labels_.size();
        parts.first_candidate = candidates_.size();
        std::vector<Candidate> here = candidates_on(page, layout, page_index);
        take_columns_and_ticks(here, page, layout, page_index);
        std::move(here.begin(), here.end(), std::back_inserter(candidates_));
        find_labels(layout, page_index);
        parts.end_label = labels_.size();
        parts.end_candidate = candidates_.size();
    }

    [[nodiscard]] std::vector<Field> fields() {
        // The NIR first: the birth date must agree with it.
        settle([](const FieldRule& rule) { return rule.identifier != date_kind; });
        settle([](const FieldRule& rule) { return rule.identifier == date_kind; });
        for (const auto& [page_index, parts] : parts_) {
            take_values_before_labels(page_index, parts);
        }
        take_marked_amount();
        take_titled_name();
        take_in_order_of_days();
        take_day_left_for_sending();
        prefer_birth_date_of_nir();
        doubt_birth_date();
        std::vector<Field> fields;
        for (std::size_t i = 0; i < found_.size(); ++i) {
            if (found_[i].has_value()) {
                fields.push_back(std::move(*found_[i]));
            }
            std::move(columns_[i].begin(), columns_[i].end(), std::back_inserter(fields));
        }
        doubt_contradictions(type_, fields);
        return fields;
    }

private:
    /// Which of the labels and candidates stand on one page: a label has no value on another, and a
    /// document may have hundreds of pages.
    struct PageParts {
        std::size_t first_label = 0;
        std::size_t end_label = 0;
        std::size_t first_candidate = 0;
        std::size_t end_candidate = 0;
    };

    [[nodiscard]] std::span<const Label> labels_on(int page_index) const {
        const PageParts& parts = parts_.at(page_index);
        return std::span(labels_).subspan(parts.first_label, parts.end_label - parts.first_label);
    }

    /// What is not the nearest value to a label. The first page that has it speaks.
    void take_columns_and_ticks(
        const std::vector<Candidate>& candidates,
        const PageReading& page,
        const Layout& layout,
        int page_index
    ) {
        for (std::size_t i = 0; i < type_.fields.size(); ++i) {
            const FieldRule& rule = type_.fields[i];
            if (rule.identifier == check_kind && !found_[i].has_value()) {
                found_[i] = ticked_choice(rule, page, layout, page_index);
            } else if (rule.identifier == printed_kind && !found_[i].has_value()) {
                found_[i] = printed_choice(rule, layout, page_index);
            } else if (rule.column != FieldRule::Column::None && columns_[i].empty()) {
                columns_[i] = column_fields(rule, candidates, layout, page_index);
            }
        }
    }

    [[nodiscard]] static bool stands_at_label(const FieldRule& rule) {
        return rule.identifier != check_kind && rule.identifier != printed_kind &&
               rule.column == FieldRule::Column::None;
    }

    void find_labels(const Layout& layout, int page_index) {
        std::vector<NamedMatch> matches;
        for (std::size_t rule = 0; rule < type_.fields.size(); ++rule) {
            for (const std::string& text : type_.fields[rule].labels) {
                for (const Match& match : find_label(text, layout.search)) {
                    matches.push_back({rule, match});
                }
            }
        }
        for (const NamedMatch& found : without_inner(std::move(matches))) {
            const int first = layout.search.word_at(found.match.begin);
            const bool said =
                is_of_words(type_.fields[found.name]) && is_in_sentence(layout, first);
            if (stands_at_label(type_.fields[found.name]) && !said) {
                const int last = layout.search.word_at(found.match.end - 1);
                constexpr std::size_t short_word = 5; // letters
                const bool bare =
                    first == last && found.match.end - found.match.begin <= short_word;
                labels_.push_back({found.name, page_index, layout.box_of(found.match), last, bare});
                take_words_behind(layout, labels_.back());
                take_words_before(layout, labels_.back(), first);
            }
        }
    }

    /// "au sujet de", "le titulaire du compte": a word of a sentence, at which no value stands.
    [[nodiscard]] static bool is_in_sentence(const Layout& layout, int first_word) {
        static constexpr std::array<std::string_view, 18> before = {
            "au",
            "a",
            "le",
            "la",
            "ce",
            "cet",
            "cette",
            "du",
            "de",
            "en",
            "un",
            "mon",
            "mes",
            "son",
            "notre",
            "votre",
            "vos",
            "des"};
        if (first_word == 0) {
            return false;
        }
        const LaidWord& word = layout.words[static_cast<std::size_t>(first_word)];
        const LaidWord& other = layout.words[static_cast<std::size_t>(first_word) - 1];
        return word.run_index == other.run_index &&
               std::ranges::find(before, std::string_view(other.folded)) != before.end();
    }

    [[nodiscard]] static bool is_of_words(const FieldRule& rule) {
        return rule.identifier.empty() || rule.identifier == name_kind;
    }

    /// Of the candidates that may be its value.
    [[nodiscard]] static std::string_view kind_of(const FieldRule& rule) {
        return is_of_words(rule) ? std::string_view() : rule.identifier;
    }

    /// Words behind a label in its own run ("Nom : DURAND"), which is no run of its own.
    void take_words_behind(const Layout& layout, const Label& label) {
        if (!is_of_words(type_.fields[label.rule_index])) {
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
        if (type_.fields[label.rule_index].identifier == name_kind) {
            rest.end_word = end_of_name(layout, rest);
        }
        for (int i = rest.first_word; i < rest.end_word; ++i) {
            rest.box_px = united(rest.box_px, layout.words[static_cast<std::size_t>(i)].box_px);
        }
        if (rest.first_word < rest.end_word && !reads_as_label(layout.text_of(rest))) {
            const PageReading& page = pli_.pages[static_cast<std::size_t>(label.page_index)];
            candidates_.push_back(
                {"",
                 layout.text_of(rest),
                 confidence_of(page, rest.first_word, rest.end_word),
                 rest.box_px,
                 label.page_index}
            );
        }
    }

    /// Of "DURAND Jeanne - 12 rue des Lilas" the name ends before the stroke.
    [[nodiscard]] static int end_of_name(const Layout& layout, const Run& words) {
        int end = words.first_word;
        while (end < words.end_word && !layout.words[static_cast<std::size_t>(end)].folded.empty()
        ) {
            ++end;
        }
        return end;
    }

    /// Words before a label in its own run: "DURAND Jeanne (titulaire)".
    void take_words_before(const Layout& layout, const Label& label, int first_word) {
        const auto run_index = static_cast<std::size_t>(
            layout.words[static_cast<std::size_t>(label.last_word)].run_index
        );
        Run before{layout.runs[run_index].first_word, first_word, Box{}};
        const bool last = label.last_word + 1 >= layout.runs[run_index].end_word;
        const std::string& opening = layout.words[static_cast<std::size_t>(first_word)].text;
        if (type_.fields[label.rule_index].identifier != name_kind || !last ||
            before.first_word >= first_word || !opening.starts_with('(')) {
            return;
        }
        for (int i = before.first_word; i < before.end_word; ++i) {
            before.box_px = united(before.box_px, layout.words[static_cast<std::size_t>(i)].box_px);
        }
        const PageReading& page = pli_.pages[static_cast<std::size_t>(label.page_index)];
        if (!found_[label.rule_index].has_value() && may_name(layout.text_of(before))) {
            found_[label.rule_index] = Field{
                type_.fields[label.rule_index].name,
                layout.text_of(before),
                confidence_of(page, before.first_word, before.end_word) * behind_share,
                label.page_index,
                before.box_px};
        }
    }

    /// Words of which a label of this type is a part are print. Large letters below a small label
    /// reach into its box, and are none.
    [[nodiscard]] bool holds_label(const Candidate& words) const {
        return std::ranges::any_of(labels_on(words.page_index), [&](const Label& label) {
            const Box shared = intersection(label.box_px, words.box_px);
            return !shared.empty() && 2 * shared.height() >= label.box_px.height();
        });
    }

    template <typename Wanted>
    void settle(const Wanted& wanted) {
        match_labels(wanted);
        take_only_values(wanted);
    }

    [[nodiscard]] bool may_be(const FieldRule& rule, const Candidate& candidate) const {
        return candidate.kind == kind_of(rule) && (!is_of_words(rule) || !holds_label(candidate)) &&
               (rule.identifier != name_kind || may_name(candidate.value)) &&
               candidate.value != no_amount &&
               (rule.identifier != date_kind || can_be(rule, candidate.value, today_));
    }

    /// Nearest pairs first, each value and each field once: a value belongs to its nearest label.
    template <typename Wanted>
    void match_labels(const Wanted& wanted) {
        std::vector<std::tuple<double, std::size_t, std::size_t>> pairs; // cost, rule, candidate
        for (const Label& label : labels_) {
            const FieldRule& rule = type_.fields[label.rule_index];
            const PageParts& here = parts_.at(label.page_index);
            for (std::size_t c = here.first_candidate; wanted(rule) && c < here.end_candidate;
                 ++c) {
                const Candidate& candidate = candidates_[c];
                if (!may_be(rule, candidate)) {
                    continue;
                }
                const int width = pli_.layouts[static_cast<std::size_t>(label.page_index)].width_px;
                if (const auto cost = distance(label.box_px, candidate.box_px, width)) {
                    // chosen: a label of several words is believed as far as half the page away
                    const double bare = label.bare && rule.labels.size() > 1 ? width / 2.0 : 0.0;
                    const double way = (*cost + bare) * trust_in(rule, candidate);
                    pairs.emplace_back(
                        has_own_label(candidate, label, width) ? way * own_label_cost : way,
                        label.rule_index,
                        c
                    );
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

    /// Some papers put every label behind or below its value: where several fields are found like
    /// that and no other way, the page is one of them.
    void take_values_before_labels(int page_index, const PageParts& here) {
        constexpr std::size_t several = 2;                               // chosen
        std::vector<std::tuple<double, std::size_t, std::size_t>> pairs; // cost, rule, candidate
        std::set<std::size_t> behind; // rules whose value was found otherwise, before its label
        for (const Label& label : labels_on(page_index)) {
            const FieldRule& rule = type_.fields[label.rule_index];
            if (found_[label.rule_index].has_value() && stands_before(label)) {
                behind.insert(label.rule_index);
            }
            if (label.bare || found_[label.rule_index].has_value() || rule.identifier.empty()) {
                continue;
            }
            for (std::size_t c = here.first_candidate; c < here.end_candidate; ++c) {
                const Candidate& candidate = candidates_[c];
                const auto cost = distance_before(label.box_px, candidate.box_px);
                if (cost && may_be(rule, candidate) && !is_taken(candidate)) {
                    pairs.emplace_back(*cost, label.rule_index, c);
                }
            }
        }
        std::sort(pairs.begin(), pairs.end());
        std::map<std::size_t, std::size_t> chosen; // rule to candidate
        std::set<std::size_t> used;
        for (const auto& [cost, rule, candidate] : pairs) {
            if (!chosen.contains(rule) && used.insert(candidate).second) {
                chosen.emplace(rule, candidate);
            }
        }
        for (const auto& [rule, candidate] : chosen) {
            if (chosen.size() + behind.size() >= several) {
                take(rule, candidates_[candidate], behind_share);
            }
        }
    }

    /// A paper that names its currency once names it with its sum, whatever stands beside that.
    void take_marked_amount() {
        for (std::size_t i = 0; i < type_.fields.size(); ++i) {
            if (type_.fields[i].identifier != amount_kind || !stands_at_label(type_.fields[i]) ||
                found_[i].has_value()) {
                continue;
            }
            const Candidate* only = nullptr;
            bool several = false;
            for (const Candidate& candidate : candidates_) {
                if (candidate.marked && may_be(type_.fields[i], candidate) &&
                    !is_taken(candidate)) {
                    several = several || (only != nullptr && only->value != candidate.value);
                    only = &candidate;
                }
            }
            if (only != nullptr && !several) {
                take(i, *only, behind_share);
            }
        }
    }

    /// Where a paper asks for one name and bears one with its title, that is it: "MME DURAND ANNE".
    void take_titled_name() {
        const auto of_name = [](const FieldRule& rule) { return rule.identifier == name_kind; };
        const auto rule = std::ranges::find_if(type_.fields, of_name);
        if (std::ranges::count_if(type_.fields, of_name) != 1) {
            return;
        }
        const auto index = static_cast<std::size_t>(rule - type_.fields.begin());
        const Candidate* only = nullptr;
        for (const Candidate& words : candidates_) {
            if (!words.kind.empty() || !is_titled_name(words.value)) {
                continue;
            }
            if (only != nullptr && folded(only->value) != folded(words.value)) {
                return;
            }
            only = &words; // above an address first, then where it is asked for
        }
        if (!found_[index].has_value() && only != nullptr) {
            take(index, *only, behind_share);
        }
    }

    /// Whether the value that the label's field has stands before it, and none behind it.
    [[nodiscard]] bool stands_before(const Label& label) const {
        const Field& field = *found_[label.rule_index];
        const int width = pli_.layouts[static_cast<std::size_t>(label.page_index)].width_px;
        return field.page_index == label.page_index &&
               distance_before(label.box_px, field.box_px).has_value() &&
               !distance(label.box_px, field.box_px, width).has_value();
    }

    [[nodiscard]] bool is_taken(const Candidate& candidate) const {
        return std::ranges::any_of(found_, [&](const std::optional<Field>& field) {
            return field.has_value() && field->page_index == candidate.page_index &&
                   !intersection(field->box_px, candidate.box_px).empty();
        });
    }

    /// Does a label of another field of this kind stand on the value's row, and this one above it?
    [[nodiscard]] bool
    has_own_label(const Candidate& candidate, const Label& above, int width_px) const {
        if (stands_right_of(above.box_px, candidate.box_px, width_px)) {
            return false;
        }
        return std::ranges::any_of(labels_on(candidate.page_index), [&](const Label& label) {
            return label.rule_index != above.rule_index &&
                   kind_of(type_.fields[label.rule_index]) == candidate.kind &&
                   stands_right_of(label.box_px, candidate.box_px, width_px);
        });
    }

    [[nodiscard]] const Field* found(std::string_view name) const {
        for (const std::optional<Field>& field : found_) {
            if (field.has_value() && field->name == name) {
                return &*field;
            }
        }
        return nullptr;
    }

    [[nodiscard]] double trust_in(const FieldRule& rule, const Candidate& candidate) const {
        const Field* nir = rule.name == birth_date_name ? found(nir_name) : nullptr;
        return nir != nullptr && agrees_with_nir(candidate.value, nir->value) ? agreeing_cost : 1.0;
    }

    template <typename Wanted>
    void take_only_values(const Wanted& wanted) {
        std::map<std::string, int> rules_of_kind;
        for (const FieldRule& rule : type_.fields) {
            rules_of_kind[rule.identifier] += stands_at_label(rule) ? 1 : 0;
        }
        for (std::size_t i = 0; i < type_.fields.size(); ++i) {
            const FieldRule& rule = type_.fields[i];
            if (found_[i].has_value() || !wanted(rule) || !stands_at_label(rule) ||
                is_of_words(rule) || rule.identifier == number_kind ||
                rule.identifier == time_kind) {
                continue;
            }
            const bool of_many = rules_of_kind[rule.identifier] != 1;
            const Field* nir = rule.name == birth_date_name ? found(nir_name) : nullptr;
            if (of_many && nir == nullptr) {
                continue;
            }
            const Candidate* only = only_value(rule, of_many ? nir : nullptr);
            if (only != nullptr) {
                take(i, *only, of_many ? agreeing_share : unlabelled_share);
            }
        }
    }

    /// @param nir When given, what the value must agree with.
    [[nodiscard]] const Candidate* only_value(const FieldRule& rule, const Field* nir) const {
        const Candidate* only = nullptr;
        for (const Candidate& candidate : candidates_) {
            if (candidate.label_needed || !may_be(rule, candidate) ||
                (nir != nullptr && !agrees_with_nir(candidate.value, nir->value))) {
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

    /// Days that stand at no label known: as many as there are fields left over, each in the place
    /// that the order of days gives it.
    void take_in_order_of_days() {
        take_oldest_for_birth();
        std::vector<std::size_t> open;
        for (const std::string& name : type_.chronology) {
            const std::size_t rule = rule_named(name);
            if (!found_[rule].has_value()) {
                open.push_back(rule);
            }
        }
        const std::vector<const Candidate*> days = days_left_over();
        if (open.empty() || days.size() != open.size()) {
            return;
        }
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (!can_be(type_.fields[open[i]], days[i]->value, today_)) {
                return;
            }
        }
        std::vector<std::optional<Field>> before = found_;
        for (std::size_t i = 0; i < open.size(); ++i) {
            take(open[i], *days[i], ordered_share);
        }
        if (!in_order()) {
            found_ = std::move(before);
        }
    }

    /// People who are insured are grown up, and nothing else on a form is as old as they are.
    void take_oldest_for_birth() {
        constexpr auto grown_up =
            std::chrono::days(15 * 365); // chosen: insured by themselves from 16
        const std::vector<const Candidate*> days = days_left_over();
        const bool wanted =
            std::ranges::find(type_.chronology, birth_date_name) != type_.chronology.end() &&
            found(birth_date_name) == nullptr;
        if (!wanted || days.empty() || today_ == std::chrono::sys_days{}) {
            return;
        }
        const auto old_enough = [&](const Candidate* day) {
            const auto value = day_from(day->value);
            return value.has_value() && today_ - std::chrono::sys_days(*value) > grown_up;
        };
        if (std::ranges::count_if(days, old_enough) == 1 && old_enough(days.front())) {
            take(rule_named(birth_date_name), *days.front(), ordered_share);
        }
    }

    /// Where every day that has its place is found, the one that is left is that of the signature,
    /// if nothing past is later.
    void take_day_left_for_sending() {
        const std::size_t rule = rule_named(sent_date_name);
        const std::vector<const Candidate*> days = days_left_over();
        if (rule == type_.fields.size() || found_[rule].has_value() || days.size() != 1 ||
            !can_be(type_.fields[rule], days.front()->value, today_)) {
            return;
        }
        const auto is_open = [&](const std::string& name) {
            return name != sent_date_name && found(name) == nullptr;
        };
        const auto is_later = [&](const std::optional<Field>& field) {
            return field.has_value() && field->value > days.front()->value &&
                   type_.fields[rule_named(field->name)].identifier == date_kind &&
                   type_.fields[rule_named(field->name)].past;
        };
        if (std::ranges::any_of(type_.chronology, is_open) ||
            std::ranges::any_of(found_, is_later)) {
            return;
        }
        take(rule, *days.front(), ordered_share);
    }

    [[nodiscard]] std::size_t rule_named(std::string_view name) const {
        return static_cast<std::size_t>(
            std::ranges::find(type_.fields, name, &FieldRule::name) - type_.fields.begin()
        );
    }

    /// One of each day that no field has, oldest first.
    [[nodiscard]] std::vector<const Candidate*> days_left_over() const {
        std::map<std::string, const Candidate*> days; // ISO 8601 sorts as days do
        for (const Candidate& candidate : candidates_) {
            const bool used = std::ranges::any_of(found_, [&](const std::optional<Field>& field) {
                return field.has_value() && field->value == candidate.value;
            });
            if (candidate.kind == date_kind && !candidate.label_needed && !used) {
                days.emplace(candidate.value, &candidate);
            }
        }
        std::vector<const Candidate*> sorted;
        for (const auto& [value, candidate] : days) {
            sorted.push_back(candidate);
        }
        return sorted;
    }

    [[nodiscard]] bool in_order() const {
        std::string last;
        for (const std::string& name : type_.chronology) {
            const Field* field = found(name);
            if (field != nullptr && field->value < last) {
                return false;
            }
            last = field == nullptr ? last : field->value;
        }
        return true;
    }

    /// Where another day of the page fits the NIR, the one beside the label is a child's or that of
    /// something else.
    void prefer_birth_date_of_nir() {
        const Field* nir = found(nir_name);
        const Field* date = found(birth_date_name);
        if (nir == nullptr || date == nullptr || agrees_with_nir(date->value, nir->value)) {
            return;
        }
        const std::size_t rule = rule_named(birth_date_name);
        if (const Candidate* other = only_value(type_.fields[rule], nir)) {
            take(rule, *other, agreeing_share);
        }
    }

    void doubt_birth_date() {
        const Field* nir = found(nir_name);
        for (std::optional<Field>& field : found_) {
            if (nir != nullptr && field.has_value() && field->name == birth_date_name &&
                !agrees_with_nir(field->value, nir->value)) {
                field->confidence *= disagreeing_share;
            }
        }
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
    const LaidPages& pli_;
    std::chrono::sys_days today_;
    std::vector<Candidate> candidates_;
    std::vector<Label> labels_;
    std::map<int, PageParts> parts_; ///< By page_index.
    std::vector<std::optional<Field>> found_;
    std::map<std::size_t, std::vector<Field>> columns_; ///< By rule.
};

} // namespace

std::vector<Field> read_fields(
    const DocumentType& type,
    const std::vector<int>& page_indexes,
    const LaidPages& pli,
    std::chrono::sys_days today
) {
    FieldSearch search(type, pli, today);
    for (const int page_index : page_indexes) {
        search.look_at(page_index);
    }
    return search.fields();
}

} // namespace pleiade::classify
