#include "classify/learning/linear_solver.h"

#include <linear.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace pleiade::classify {
namespace {

struct FreeModel {
    void operator()(model* trained) const { free_and_destroy_model(&trained); }
};

void say_nothing(const char* /*text*/) {}

} // namespace

struct SolverRows::Nodes {
    std::vector<std::vector<feature_node>> rows;
};

SolverRows::SolverRows() : nodes_(std::make_unique<Nodes>()) {}
SolverRows::~SolverRows() = default;
SolverRows::SolverRows(SolverRows&&) noexcept = default;
SolverRows& SolverRows::operator=(SolverRows&&) noexcept = default;

void SolverRows::add(const SignValues& values) {
    std::vector<feature_node>& row = nodes_->rows.emplace_back();
    row.reserve(values.size() + 1);
    for (const auto& [feature, value] : values) {
        row.push_back({static_cast<int>(feature) + 1, static_cast<double>(value)});
    }
    row.push_back({-1, 0.0}); // spec: linear.h, the end of a row
}

std::vector<double> solve(
    const SolverRows& all,
    const std::vector<std::size_t>& rows,
    const std::vector<bool>& ours,
    const SolverTask& task
) {
    constexpr double precise_enough = 0.1; // spec: liblinear's own default for this solver
    std::vector<double> weights(task.features);
    if (rows.empty()) {
        return weights;
    }
    std::vector<feature_node*> nodes;
    std::vector<double> signs;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        // The library takes rows it may write to and does not write.
        nodes.push_back(const_cast<feature_node*>(all.nodes().rows[rows[i]].data()));
        signs.push_back(ours[i] ? 1.0 : -1.0);
    }
    problem pages{};
    pages.l = static_cast<int>(rows.size());
    pages.n = static_cast<int>(task.features);
    pages.y = signs.data();
    pages.x = nodes.data();
    pages.bias = -1.0; // a feature of its own stands for it
    parameter how{};
    how.solver_type = L2R_LR_DUAL;
    how.eps = precise_enough;
    how.C = task.cost;
    if (const char* wrong = check_parameter(&pages, &how)) {
        throw std::logic_error(std::string("liblinear refuses its parameters: ") + wrong);
    }
    set_print_string_function(&say_nothing);
    std::srand(task.seed); // NOLINT(cert-msc51-cpp): the same pages must give the same model
    const std::unique_ptr<model, FreeModel> trained(train(&pages, &how));
    // With one sign only among the rows the library has no weights to give.
    if (trained->nr_class == 2) {
        const double side = trained->label[0] > 0 ? 1.0 : -1.0;
        std::transform(trained->w, trained->w + task.features, weights.begin(), [&](double weight) {
            return side * weight;
        });
    }
    return weights;
}

} // namespace pleiade::classify
