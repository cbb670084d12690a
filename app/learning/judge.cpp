#include "app/learning/judge.h"

namespace pleiade::learning {

std::vector<Judged>
judge(const wire::Example& example, const classify::ClassifySettings& settings) {
    const Decision decision = classify::understand(
        {.pages = example.pages, .lot_caisse = example.caisse}, settings, Facts{}
    );
    std::vector<Judged> judged;
    for (const wire::ExampleDocument& document : example.documents) {
        const auto first = static_cast<std::size_t>(document.page_indexes.front());
        const TypeGuess& said = decision.page_types.at(first);
        judged.push_back({document.type, said.code, said.confidence, said.automatic});
    }
    return judged;
}

void Outcomes::add(const Judged& judged) {
    if (judged.right()) {
        ++(judged.sure ? right_sure : right_unsure);
    } else {
        ++(judged.sure ? wrong_sure : wrong_unsure);
    }
}

OutcomesByType outcomes_of(const std::vector<Judged>& judged) {
    OutcomesByType outcomes;
    for (const Judged& document : judged) {
        outcomes[document.truth].add(document);
    }
    return outcomes;
}

Outcomes sum_of(const OutcomesByType& outcomes) {
    Outcomes sum;
    for (const auto& [type, part] : outcomes) {
        sum.right_sure += part.right_sure;
        sum.right_unsure += part.right_unsure;
        sum.wrong_sure += part.wrong_sure;
        sum.wrong_unsure += part.wrong_unsure;
    }
    return sum;
}

std::string why_worse(const Outcomes& before, const Outcomes& after) {
    constexpr std::size_t noise_share = 1000; // chosen
    const std::size_t noise = before.all() / noise_share;
    if (after.wrong_sure > before.wrong_sure + noise) {
        return "wrong and sure of it: " + std::to_string(after.wrong_sure) + " documents, before " +
               std::to_string(before.wrong_sure);
    }
    const std::size_t right_before = before.right_sure + before.right_unsure;
    const std::size_t right_after = after.right_sure + after.right_unsure;
    if (right_after + noise < right_before) {
        return "right: " + std::to_string(right_after) + " documents, before " +
               std::to_string(right_before);
    }
    if (after.right_sure + noise < before.right_sure) {
        return "right and sure of it: " + std::to_string(after.right_sure) + " documents, before " +
               std::to_string(before.right_sure);
    }
    return {};
}

} // namespace pleiade::learning
