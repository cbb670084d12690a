#include "classify/type_trainer.h"

#include "classify/learning/feature_choice.h"
#include "classify/learning/linear_solver.h"
#include "classify/learning/mixing.h"
#include "classify/learning/page_signs.h"
#include "classify/learning/strange_words.h"
#include "classify/rules/codes.h"
#include "classify/rules/layout.h"
#include "classify/rules/type_rules.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

namespace pleiade::classify {
namespace {

// chosen: what is of no known type is rarer in the mail than among the pages that play it
constexpr double unknown_prior = 0.05;
constexpr std::size_t no_type = static_cast<std::size_t>(-1);

/// All that is known of a page before anything is learned.
struct SeenPage {
    SignValues values;
    std::vector<std::uint32_t> words;
    double wordless = 0.0;
    std::vector<double> rules; ///< By type of types.toml.
};

struct TaughtPage {
    SeenPage seen;  ///< What is learned from.
    SeenPage other; ///< The same in other words: what is judged, to see how much may be believed.
    std::string type;
    std::string group;
};

/// Source: FNV-1a; std::hash may differ from one library to the next.
std::uint32_t stable_hash(const std::string& text, unsigned seed) {
    std::uint32_t hash = 2166136261U ^ seed;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return hash ^ (hash >> 15U);
}

/// Groups in the order of their hash, dealt out one by one: folds of like size.
std::vector<std::size_t> folds_of(const std::vector<TaughtPage>& pages, int folds, unsigned seed) {
    std::map<std::pair<std::uint32_t, std::string>, std::size_t> fold_by_group;
    for (const TaughtPage& page : pages) {
        fold_by_group[{stable_hash(page.group, seed), page.group}] = 0;
    }
    std::size_t next = 0;
    for (auto& [group, fold] : fold_by_group) {
        fold = next++ % static_cast<std::size_t>(folds);
    }
    std::vector<std::size_t> result;
    for (const TaughtPage& page : pages) {
        result.push_back(fold_by_group[{stable_hash(page.group, seed), page.group}]);
    }
    return result;
}

/// Words that at least two pages have: what one page alone has is a name or a misreading.
std::vector<std::uint64_t>
known_words(const std::vector<TaughtPage>& pages, const std::vector<std::size_t>& taken) {
    WordSet once;
    WordSet twice;
    for (const std::size_t page : taken) {
        std::vector<std::uint32_t> words = pages[page].seen.words;
        std::sort(words.begin(), words.end());
        words.erase(std::unique(words.begin(), words.end()), words.end());
        for (const std::uint32_t word : words) {
            if (once.contains(word)) {
                twice.insert(word);
            }
            once.insert(word);
        }
    }
    return twice.blocks();
}

class Progress {
public:
    Progress(const std::function<void(double)>& tell, std::size_t steps)
        : tell_(tell), steps_(steps) {}

    void step() {
        ++done_;
        if (tell_) {
            tell_(static_cast<double>(done_) / static_cast<double>(steps_));
        }
    }

private:
    const std::function<void(double)>& tell_;
    std::size_t steps_;
    std::size_t done_ = 0;
};

/// A row of types for each feature.
using Weights = std::vector<float>;

std::size_t best_type(const std::vector<TypeOdds>& types, double rules, double words) {
    std::size_t best = 0;
    const auto odds = [&](std::size_t i) {
        return rules * types[i].rules + words * types[i].words;
    };
    for (std::size_t i = 1; i < types.size(); ++i) {
        best = odds(i) > odds(best) ? i : best;
    }
    return best;
}

} // namespace

struct TypeTrainer::Pages {
    Pages(const std::vector<DocumentType>& types, TrainSettings how) : rules(types), settings(how) {
        for (const DocumentType& type : types) {
            codes.push_back(type.code);
        }
    }

    [[nodiscard]] std::optional<SeenPage> see(const PageReading& page) const;

    std::vector<std::string> codes; ///< Of types.toml, in the order the rules give their scores.
    TypeRules rules;
    TrainSettings settings;
    std::vector<TaughtPage> pages;
};

namespace {

class Training {
public:
    Training(
        const std::vector<TaughtPage>& pages,
        const std::vector<std::string>& known_codes,
        const TrainSettings& settings,
        const std::function<void(double)>& tell
    )
        : pages_(pages), known_codes_(known_codes), settings_(settings) {
        count_types();
        folds_ = folds_of(pages, settings.folds, settings.seed);
        number_features();
        progress_.emplace(tell, (static_cast<std::size_t>(settings.folds) + 1) * codes_.size());
    }

    Trained train() {
        std::vector<JudgedPage> judged;
        for (std::size_t fold = 0; fold < static_cast<std::size_t>(settings_.folds); ++fold) {
            judge_fold(fold, judged);
        }
        Trained trained;
        trained.left_out = left_out_;
        TypeModel& model = trained.model;
        model.codes = codes_;
        model.features = features_;
        model.taught_pages = pages_.size();
        model.mixing = fit_mixing(weighted(judged));
        trained.folds = figures_of(judged, model.mixing);
        std::vector<std::size_t> all(pages_.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        model.known_words = known_words(pages_, all);
        quantise(learn(all, std::vector<bool>(codes_.size())), model);
        return trained;
    }

private:
    void count_types() {
        std::map<std::string, std::size_t> counts;
        for (const TaughtPage& page : pages_) {
            ++counts[page.type];
        }
        for (const auto& [code, count] : counts) {
            if (code != codes::unknown) {
                (count >= settings_.least_pages ? codes_ : left_out_).push_back(code);
            }
        }
        if (codes_.size() < 2) {
            throw Error(
                Remedy::FixInput,
                "there is nothing to tell apart: fewer than two types have " +
                    std::to_string(settings_.least_pages) + " pages or more"
            );
        }
        for (const TaughtPage& page : pages_) {
            types_.push_back(type_of(page.type));
        }
    }

    [[nodiscard]] std::size_t type_of(const std::string& code) const {
        const auto found = std::lower_bound(codes_.begin(), codes_.end(), code);
        return found != codes_.end() && *found == code
                   ? static_cast<std::size_t>(found - codes_.begin())
                   : no_type;
    }

    void number_features() {
        std::vector<const SignValues*> values;
        for (const TaughtPage& page : pages_) {
            values.push_back(&page.seen.values);
        }
        features_ = choose_features(values, types_, codes_.size(), settings_.most_features);
        numbers_.assign(always_there + 1, no_number);
        for (std::size_t i = 0; i < features_.size(); ++i) {
            numbers_[features_[i]] = static_cast<std::uint32_t>(i);
        }
        for (const TaughtPage& page : pages_) {
            rows_.add(numbered(page.seen.values));
        }
    }

    /// The signs that count, by their number among those.
    [[nodiscard]] SignValues numbered(const SignValues& values) const {
        SignValues row;
        for (const auto& [feature, value] : values) {
            if (numbers_[feature] != no_number) {
                row.emplace_back(numbers_[feature], value);
            }
        }
        return row;
    }

    /// The weights of all types but the omitted ones, of whose pages nothing is learned at all.
    Weights learn(const std::vector<std::size_t>& taken, const std::vector<bool>& omitted) {
        std::vector<std::size_t> rows;
        for (const std::size_t page : taken) {
            if (types_[page] == no_type || !omitted[types_[page]]) {
                rows.push_back(page);
            }
        }
        Weights weights(features_.size() * codes_.size());
        for (std::size_t type = 0; type < codes_.size(); ++type) {
            progress_->step();
            if (omitted[type]) {
                continue;
            }
            std::vector<bool> ours;
            ours.reserve(rows.size());
            for (const std::size_t page : rows) {
                ours.push_back(types_[page] == type);
            }
            const std::vector<double> column = solve(
                rows_,
                rows,
                ours,
                {.features = features_.size(), .cost = settings_.cost, .seed = settings_.seed}
            );
            for (std::size_t feature = 0; feature < column.size(); ++feature) {
                weights[feature * codes_.size() + type] = static_cast<float>(column[feature]);
            }
        }
        return weights;
    }

    /// Learns from the other folds and looks at the pages of this one. A part of the types is left
    /// out too, anchors and all: their pages show what is not known.
    void judge_fold(std::size_t fold, std::vector<JudgedPage>& judged) {
        std::vector<std::size_t> others;
        for (std::size_t page = 0; page < pages_.size(); ++page) {
            if (folds_[page] != fold) {
                others.push_back(page);
            }
        }
        std::vector<bool> omitted(codes_.size());
        for (std::size_t type = fold; type < codes_.size();
             type += static_cast<std::size_t>(settings_.folds)) {
            omitted[type] = true;
        }
        const Weights weights = learn(others, omitted);
        const std::vector<std::uint64_t> known = known_words(pages_, others);
        for (std::size_t page = 0; page < pages_.size(); ++page) {
            if (folds_[page] == fold) {
                judged.push_back(judge(page, weights, known, omitted));
            }
        }
    }

    [[nodiscard]] JudgedPage judge(
        std::size_t index,
        const Weights& weights,
        const std::vector<std::uint64_t>& known,
        const std::vector<bool>& omitted
    ) const {
        const SeenPage& page = pages_[index].other;
        std::vector<double> words(codes_.size());
        for (const auto& [feature, value] : numbered(page.values)) {
            for (std::size_t type = 0; type < words.size(); ++type) {
                words[type] += static_cast<double>(value) * weights[feature * codes_.size() + type];
            }
        }
        JudgedPage seen;
        seen.unknown = {unfamiliar_share(page.words, known), page.wordless};
        for (std::size_t i = 0; i < known_codes_.size(); ++i) {
            const std::size_t type = type_of(known_codes_[i]);
            if (type == no_type ? page.rules[i] <= 0.0 : omitted[type]) {
                continue;
            }
            if (known_codes_[i] == pages_[index].type) {
                seen.truth = seen.types.size();
            }
            seen.types.push_back({bounded_rules(page.rules[i]), type == no_type ? 0.0 : words[type]}
            );
        }
        return seen;
    }

    /// The pages that are of no type, played or true, together as often as the mail has such.
    [[nodiscard]] static std::vector<JudgedPage> weighted(std::vector<JudgedPage> judged) {
        const auto unknown = static_cast<double>(std::count_if(
            judged.begin(),
            judged.end(),
            [](const JudgedPage& seen) { return !seen.truth.has_value(); }
        ));
        const double known = static_cast<double>(judged.size()) - unknown;
        for (JudgedPage& page : judged) {
            page.weight = page.truth ? 1.0 : std::min(1.0, unknown_prior * known / unknown);
        }
        return judged;
    }

    [[nodiscard]] static FoldFigures
    figures_of(const std::vector<JudgedPage>& judged, const Mixing& mixing) {
        FoldFigures figures;
        for (const JudgedPage& page : judged) {
            if (!page.truth) {
                continue;
            }
            const auto right = [&](double rules, double words, double unknown) {
                const std::size_t best = best_type(page.types, rules, words);
                const TypeOdds& odds = page.types[best];
                return best == *page.truth && rules * odds.rules + words * odds.words > unknown;
            };
            const double unknown = mixing.unknown + mixing.unfamiliar * page.unknown.unfamiliar +
                                   mixing.wordless * page.unknown.wordless;
            constexpr double any = -1e9; // the words alone cannot say "nothing known"
            ++figures.pages;
            figures.right_by_rules += right(1.0, 0.0, unknown_log_odds) ? 1U : 0U;
            figures.right_by_words += right(0.0, 1.0, any) ? 1U : 0U;
            figures.right += right(mixing.rules, mixing.words, unknown) ? 1U : 0U;
        }
        return figures;
    }

    /// One byte a weight: the largest of a type is 127, and what is next to nothing is nothing.
    void quantise(const Weights& weights, TypeModel& model) const {
        constexpr float most = 127.0F;
        const std::size_t types = codes_.size();
        std::vector<float> largest(types);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            largest[i % types] = std::max(largest[i % types], std::abs(weights[i]));
        }
        for (const float value : largest) {
            model.scales.push_back(value > 0.0F ? value / most : 1.0F);
        }
        model.weights.resize(weights.size());
        for (std::size_t i = 0; i < weights.size(); ++i) {
            model.weights[i] =
                static_cast<std::int8_t>(std::lround(weights[i] / model.scales[i % types]));
        }
    }

    static constexpr std::uint32_t no_number = 0xFFFFFFFF;

    const std::vector<TaughtPage>& pages_;
    const std::vector<std::string>& known_codes_;
    const TrainSettings& settings_;
    std::optional<Progress> progress_;
    std::vector<std::string> codes_;
    std::vector<std::string> left_out_;
    std::vector<std::size_t> types_; ///< By page: into codes_, or no_type.
    std::vector<std::uint32_t> features_;
    std::vector<std::uint32_t> numbers_; ///< By feature: its index in features_, or no_number.
    SolverRows rows_;
    std::vector<std::size_t> folds_;
};

} // namespace

/// Nothing for what is known by what is no text.
std::optional<SeenPage> TypeTrainer::Pages::see(const PageReading& page) const {
    const Layout layout = lay_out(page);
    const PageGuess guess = rules.guess(page, layout, 0);
    if (guess.scores.empty()) {
        return std::nullopt;
    }
    PageSigns signs = signs_of(page, layout);
    SeenPage seen{values_of(signs), std::move(signs.words), signs.wordless, {}};
    for (const TypeScore& score : guess.scores) {
        seen.rules.push_back(score.log_odds);
    }
    return seen;
}

TypeTrainer::TypeTrainer(const std::vector<DocumentType>& types, TrainSettings settings)
    : pages_(std::make_unique<Pages>(types, settings)) {}
TypeTrainer::~TypeTrainer() = default;
TypeTrainer::TypeTrainer(TypeTrainer&&) noexcept = default;
TypeTrainer& TypeTrainer::operator=(TypeTrainer&&) noexcept = default;

void TypeTrainer::add(const PageReading& page, const std::string& type, const std::string& group) {
    if (type == codes::blank || type == codes::separator) {
        return;
    }
    std::optional<SeenPage> seen = pages_->see(page);
    if (!seen) {
        return;
    }
    // chosen: of mail in other words between nothing and most is known
    constexpr double most_strange = 0.8;
    constexpr std::uint32_t steps = 1000;
    const unsigned seed =
        stable_hash(group + "/" + std::to_string(pages_->pages.size()), pages_->settings.seed);
    const double share = most_strange * (seed % steps) / steps;
    SeenPage other = pages_->see(with_strange_words(page, share, seed)).value_or(SeenPage(*seen));
    other.words = seen->words; // how strange mail of no known type is, that of known ones shows
    pages_->pages.push_back({*std::move(seen), std::move(other), type, group});
}

std::size_t TypeTrainer::page_count() const {
    return pages_->pages.size();
}

Trained TypeTrainer::train(const std::function<void(double)>& progress) const {
    return Training(pages_->pages, pages_->codes, pages_->settings, progress).train();
}

} // namespace pleiade::classify
