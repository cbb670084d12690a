#pragma once
// What understanding says of examples, beside what they are.

#include "app/wire/example.h"
#include "classify/understand.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace pleiade::learning {

/// One document of an example and what its first page was taken for.
struct Judged {
    std::string truth;
    std::string said;
    double confidence = 0.0;
    bool sure = false; ///< At or above the threshold of its type and caisse: nobody would look.

    [[nodiscard]] bool right() const { return truth == said; }
};

/// One for each document of the pli.
[[nodiscard]] std::vector<Judged>
judge(const wire::Example& example, const classify::ClassifySettings& settings);

/// The four ways it can end.
struct Outcomes {
    std::size_t right_sure = 0;
    std::size_t right_unsure = 0;
    std::size_t wrong_sure = 0;
    std::size_t wrong_unsure = 0;

    void add(const Judged& judged);
    [[nodiscard]] std::size_t all() const {
        return right_sure + right_unsure + wrong_sure + wrong_unsure;
    }
};

/// By the true type.
using OutcomesByType = std::map<std::string, Outcomes>;

[[nodiscard]] OutcomesByType outcomes_of(const std::vector<Judged>& judged);
[[nodiscard]] Outcomes sum_of(const OutcomesByType& outcomes);

/// Why a model must not take the place of another; empty when it may: more documents wrong and
/// sure, or fewer right, beyond what one document in a thousand explains.
[[nodiscard]] std::string why_worse(const Outcomes& before, const Outcomes& after);

} // namespace pleiade::learning
