#include "app/cli/commands/learn_reports.h"

#include "app/cli/commands/table.h"
#include "app/cli/commands/words.h"

#include <array>
#include <cstdio>
#include <set>

namespace pleiade::cli {
namespace {

using learning::CurvePoint;
using learning::Outcomes;
using learning::OutcomesByType;

std::string percent(double share, int decimals = 2) {
    constexpr double hundred = 100.0;
    std::array<char, 32> text{};
    (void)std::snprintf(text.data(), text.size(), "%.*f %%", decimals, share * hundred);
    return text.data();
}

double share_of(std::size_t part, std::size_t all) {
    return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all);
}

Outcomes of_type(const OutcomesByType& outcomes, const std::string& type) {
    const auto found = outcomes.find(type);
    return found == outcomes.end() ? Outcomes{} : found->second;
}

std::set<std::string> types_of(const OutcomesByType& before, const OutcomesByType& after) {
    std::set<std::string> types;
    for (const OutcomesByType* outcomes : {&before, &after}) {
        for (const auto& [type, part] : *outcomes) {
            types.insert(type);
        }
    }
    return types;
}

std::vector<std::string>
row_of(const std::string& name, const Outcomes& before, const Outcomes& after) {
    std::vector<std::string> row{name, ""};
    for (const Outcomes* side : {&before, &after}) {
        for (const std::size_t count :
             {side->right_sure, side->right_unsure, side->wrong_sure, side->wrong_unsure}) {
            row.push_back(std::to_string(count));
        }
    }
    return row;
}

Json json_of(const Outcomes& outcomes) {
    return {
        {"right_sure", outcomes.right_sure},
        {"right_unsure", outcomes.right_unsure},
        {"wrong_sure", outcomes.wrong_sure},
        {"wrong_unsure", outcomes.wrong_unsure}};
}

Json json_of(const CurvePoint& point) {
    return {
        {"threshold", point.threshold},
        {"automatic", point.automatic},
        {"wrong", point.wrong},
        {"automation", point.automation()},
        {"error", point.error()}};
}

} // namespace

std::string trained_text(const classify::Trained& trained, std::size_t bytes) {
    const classify::FoldFigures& folds = trained.folds;
    constexpr std::size_t kilobyte = 1000;
    std::string text = counted(static_cast<long>(trained.model.taught_pages), "page") + ", " +
                       counted(static_cast<long>(trained.model.codes.size()), "type") + ", " +
                       std::to_string(bytes / kilobyte) + " kB\n";
    text += "right of " + std::to_string(folds.pages) +
            " pages that were left out in turn: " + percent(share_of(folds.right, folds.pages)) +
            " (anchors alone " + percent(share_of(folds.right_by_rules, folds.pages)) +
            ", words alone " + percent(share_of(folds.right_by_words, folds.pages)) + ")\n";
    for (const std::string& type : trained.left_out) {
        text += type + ": too few pages, left to its anchors\n";
    }
    return text;
}

Json trained_json(const classify::Trained& trained, std::size_t bytes) {
    const classify::Mixing& mixing = trained.model.mixing;
    return {
        {"pages", trained.model.taught_pages},
        {"types", trained.model.codes},
        {"left_out_types", trained.left_out},
        {"bytes", bytes},
        {"mixing",
         {{"rules", mixing.rules},
          {"words", mixing.words},
          {"unknown", mixing.unknown},
          {"unfamiliar", mixing.unfamiliar},
          {"wordless", mixing.wordless}}},
        {"folds",
         {{"pages", trained.folds.pages},
          {"right", trained.folds.right},
          {"right_by_anchors", trained.folds.right_by_rules},
          {"right_by_words", trained.folds.right_by_words}}}};
}

std::string compared_text(const OutcomesByType& before, const OutcomesByType& after) {
    std::vector<std::vector<std::string>> rows{
        {"type",
         "",
         "old: right sure",
         "right unsure",
         "wrong sure",
         "wrong unsure",
         "new: right sure",
         "right unsure",
         "wrong sure",
         "wrong unsure"}};
    for (const std::string& type : types_of(before, after)) {
        rows.push_back(row_of(type, of_type(before, type), of_type(after, type)));
    }
    rows.push_back(row_of("all", sum_of(before), sum_of(after)));
    return table_text(rows);
}

Json compared_json(const OutcomesByType& before, const OutcomesByType& after) {
    Json types = Json::object();
    for (const std::string& type : types_of(before, after)) {
        types[type] = {
            {"old", json_of(of_type(before, type))}, {"new", json_of(of_type(after, type))}};
    }
    return {
        {"types", types},
        {"all", {{"old", json_of(sum_of(before))}, {"new", json_of(sum_of(after))}}},
        {"worse", learning::why_worse(sum_of(before), sum_of(after))}};
}

std::string curve_text(const std::vector<CurvePoint>& curve, double wanted_error) {
    const auto point = learning::point_for(curve, wanted_error);
    if (!point) {
        return "no threshold gives an error of " + percent(wanted_error) + " or less\n";
    }
    std::array<char, 32> threshold{};
    (void)std::snprintf(threshold.data(), threshold.size(), "%.6f", point->threshold);
    return "threshold " + std::string(threshold.data()) + ": " + percent(point->automation()) +
           " of " + counted(static_cast<long>(point->all), "document") + " need nobody, " +
           std::to_string(point->wrong) + " of them wrong (" + percent(point->error(), 3) +
           ", at most " + percent(point->error_at_most(), 3) + " with 95 %)\n";
}

Json curve_json(const std::vector<CurvePoint>& curve, double wanted_error) {
    Json points = Json::array();
    for (const CurvePoint& point : curve) {
        points.push_back(json_of(point));
    }
    Json json{
        {"documents", curve.empty() ? 0 : curve.front().all},
        {"wanted_error", wanted_error},
        {"chosen", nullptr},
        {"points", points}};
    if (const auto point = learning::point_for(curve, wanted_error)) {
        json["chosen"] = json_of(*point);
        json["chosen"]["error_at_most"] = point->error_at_most();
    }
    return json;
}

} // namespace pleiade::cli
