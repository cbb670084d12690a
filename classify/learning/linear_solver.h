#pragma once
// The learning itself: weights that tell one type's pages from all others, by liblinear.

#include "classify/learning/page_signs.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace pleiade::classify {

/// Pages over features numbered from 0, as the library wants them.
class SolverRows {
public:
    SolverRows();
    ~SolverRows();
    SolverRows(SolverRows&&) noexcept;
    SolverRows& operator=(SolverRows&&) noexcept;
    SolverRows(const SolverRows&) = delete;
    SolverRows& operator=(const SolverRows&) = delete;

    /// @param values Numbered 0 to less than `features`, rising.
    void add(const SignValues& values);

    struct Nodes;
    [[nodiscard]] const Nodes& nodes() const { return *nodes_; }

private:
    std::unique_ptr<Nodes> nodes_;
};

struct SolverTask {
    std::size_t features = 0;
    double cost = 1.0;
    unsigned seed = 1; ///< The solver takes the pages in a random order.
};

/// One weight for each feature. Not for several threads at once: the library draws its random
/// numbers from the one sequence of the process.
/// @param rows Which of the rows to learn from.
/// @param ours For each of those, whether it is of the type.
[[nodiscard]] std::vector<double> solve(
    const SolverRows& all,
    const std::vector<std::size_t>& rows,
    const std::vector<bool>& ours,
    const SolverTask& task
);

} // namespace pleiade::classify
