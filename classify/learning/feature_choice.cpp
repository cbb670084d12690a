#include "classify/learning/feature_choice.h"

#include <algorithm>
#include <cmath>

namespace pleiade::classify {
namespace {

constexpr std::uint32_t least_pages = 3; // chosen: on two pages it may be the same person twice

struct Candidate {
    std::uint32_t feature = 0;
    double worth = 0.0;
};

double correlation(double both, double with_sign, double of_type, double all) {
    const double spread = with_sign * (all - with_sign) * of_type * (all - of_type);
    return spread <= 0.0 ? 0.0 : std::abs(both * all - with_sign * of_type) / std::sqrt(spread);
}

} // namespace

std::vector<std::uint32_t> choose_features(
    const std::vector<const SignValues*>& pages,
    const std::vector<std::size_t>& types,
    std::size_t type_count,
    std::size_t most
) {
    constexpr std::uint32_t none = 0xFFFFFFFF;
    std::vector<std::uint32_t> page_counts(always_there + 1);
    for (const SignValues* values : pages) {
        for (const auto& sign : *values) {
            ++page_counts[sign.first];
        }
    }
    std::vector<std::uint32_t> row(page_counts.size(), none);
    std::vector<Candidate> candidates;
    for (std::uint32_t feature = 0; feature < always_there; ++feature) {
        if (page_counts[feature] >= least_pages) {
            row[feature] = static_cast<std::uint32_t>(candidates.size());
            candidates.push_back({feature, 0.0});
        }
    }
    std::vector<std::uint32_t> by_type(candidates.size() * type_count);
    std::vector<double> type_pages(type_count);
    for (std::size_t page = 0; page < pages.size(); ++page) {
        if (types[page] >= type_count) {
            continue;
        }
        type_pages[types[page]] += 1.0;
        for (const auto& sign : *pages[page]) {
            if (row[sign.first] != none) {
                ++by_type[row[sign.first] * type_count + types[page]];
            }
        }
    }
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        for (std::size_t type = 0; type < type_count; ++type) {
            candidates[i].worth = std::max(
                candidates[i].worth,
                correlation(
                    by_type[i * type_count + type],
                    page_counts[candidates[i].feature],
                    type_pages[type],
                    static_cast<double>(pages.size())
                )
            );
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
        return a.worth > b.worth;
    });
    candidates.resize(std::min(candidates.size(), most - 1));
    std::vector<std::uint32_t> chosen{always_there};
    for (const Candidate& candidate : candidates) {
        chosen.push_back(candidate.feature);
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

} // namespace pleiade::classify
