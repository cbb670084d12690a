#include "classify/learning/mixing.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pleiade::classify {
namespace {

constexpr std::size_t part_count = 5; // in the order of Mixing
using Parts = std::array<double, part_count>;
using Square = std::array<Parts, part_count>;

Parts parts_of(const TypeOdds& type) {
    return {type.rules, type.words, 0.0, 0.0, 0.0};
}

Parts parts_of(const UnknownOdds& unknown) {
    return {0.0, 0.0, 1.0, unknown.unfamiliar, unknown.wordless};
}

double product(const Parts& a, const Parts& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < part_count; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

// chosen: what little mail cannot say stays near this; each part as strong as a few pages
constexpr Parts usual = {1.0, 1.5, 1.0, 1.0, 1.0};
constexpr double usual_strength = 2.0;
constexpr double least_share = 0.05; // evidence never counts for nothing, nor against itself

struct Slope {
    double loss = 0.0;
    Parts gradient{};
    Square curvature{};
};

/// Adds the loss of one page and its slopes.
void add_page(const JudgedPage& page, const Parts& theta, Slope& slope) {
    std::vector<Parts> rows;
    rows.reserve(page.types.size() + 1);
    for (const TypeOdds& type : page.types) {
        rows.push_back(parts_of(type));
    }
    rows.push_back(parts_of(page.unknown));
    std::vector<double> odds;
    odds.reserve(rows.size());
    for (const Parts& row : rows) {
        odds.push_back(product(row, theta));
    }
    const double most = *std::max_element(odds.begin(), odds.end());
    double sum = 0.0;
    for (double& value : odds) {
        value = std::exp(value - most);
        sum += value;
    }
    const std::size_t truth = page.truth.value_or(rows.size() - 1);
    Parts mean{};
    Square squares{};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const double share = odds[row] / sum;
        for (std::size_t i = 0; i < part_count; ++i) {
            mean[i] += share * rows[row][i];
            for (std::size_t j = 0; j < part_count; ++j) {
                squares[i][j] += share * rows[row][i] * rows[row][j];
            }
        }
    }
    slope.loss -= page.weight * std::log(std::max(odds[truth] / sum, 1e-300));
    for (std::size_t i = 0; i < part_count; ++i) {
        slope.gradient[i] += page.weight * (mean[i] - rows[truth][i]);
        for (std::size_t j = 0; j < part_count; ++j) {
            slope.curvature[i][j] += page.weight * (squares[i][j] - mean[i] * mean[j]);
        }
    }
}

Slope slope_at(const std::vector<JudgedPage>& pages, const Parts& theta) {
    Slope slope;
    for (std::size_t i = 0; i < part_count; ++i) {
        const double off = theta[i] - usual[i];
        slope.loss += 0.5 * usual_strength * off * off;
        slope.gradient[i] += usual_strength * off;
        slope.curvature[i][i] += usual_strength;
    }
    for (const JudgedPage& page : pages) {
        add_page(page, theta, slope);
    }
    return slope;
}

/// Gauss; the curvature has `usual_strength` on its diagonal at least, so no pivot is 0.
Parts solved(Square matrix, Parts right) {
    for (std::size_t i = 0; i < part_count; ++i) {
        for (std::size_t row = i + 1; row < part_count; ++row) {
            const double share = matrix[row][i] / matrix[i][i];
            for (std::size_t column = i; column < part_count; ++column) {
                matrix[row][column] -= share * matrix[i][column];
            }
            right[row] -= share * right[i];
        }
    }
    Parts result{};
    for (std::size_t i = part_count; i-- > 0;) {
        double rest = right[i];
        for (std::size_t column = i + 1; column < part_count; ++column) {
            rest -= matrix[i][column] * result[column];
        }
        result[i] = rest / matrix[i][i];
    }
    return result;
}

Parts stepped(const Parts& theta, const Parts& step, double share) {
    Parts next = theta;
    for (std::size_t i = 0; i < part_count; ++i) {
        next[i] -= share * step[i];
    }
    next[0] = std::max(next[0], least_share);
    next[1] = std::max(next[1], least_share);
    next[3] = std::max(next[3], 0.0); // what is strange never speaks for a type
    next[4] = std::max(next[4], 0.0);
    return next;
}

} // namespace

Mixing fit_mixing(const std::vector<JudgedPage>& pages) {
    constexpr int most_rounds = 50;
    constexpr double small_gain = 1e-9;
    constexpr double least_step = 1e-4;
    Parts theta = usual;
    Slope slope = slope_at(pages, theta);
    for (int round = 0; round < most_rounds; ++round) {
        const Parts step = solved(slope.curvature, slope.gradient);
        double share = 1.0;
        Slope next = slope_at(pages, stepped(theta, step, share));
        while (next.loss > slope.loss && share > least_step) {
            share /= 2.0;
            next = slope_at(pages, stepped(theta, step, share));
        }
        const double gain = slope.loss - next.loss;
        if (gain <= small_gain * std::abs(slope.loss)) {
            break;
        }
        theta = stepped(theta, step, share);
        slope = next;
    }
    return {theta[0], theta[1], theta[2], theta[3], theta[4]};
}

} // namespace pleiade::classify
