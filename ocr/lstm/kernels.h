#pragma once
// The sums a network of 8-bit weights spends its time on, in the fastest form this processor has.
// All forms give the same integers.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pleiade::ocr {

/// Weights of one layer, laid out for processors that add up four products at a time: sixteen rows
/// after sixteen rows, in each four inputs after four inputs, row by row.
struct PackedMatrix {
    static constexpr std::size_t rows_together = 16;
    static constexpr std::size_t inputs_together = 4;

    std::size_t rows = 0;              ///< A multiple of sixteen; those added are zero.
    std::size_t inputs = 0;            ///< A multiple of four; those added have no weight.
    std::vector<std::int8_t> weights;  ///< rows * inputs
    std::vector<std::int32_t> bias;    ///< Of each row, in units of one weight times one input.
    std::vector<std::int32_t> shifted; ///< The bias for inputs that are 128 higher.
    std::vector<float> scale;          ///< What one unit of a row's sum means.

    PackedMatrix() = default;
    PackedMatrix(std::size_t row_count, std::size_t input_count);

    void set(std::size_t row, std::size_t input, std::int8_t weight);
    /// To be called when all weights are set.
    void finish();
};

struct Kernels {
    /// sums[row] = bias + weights of the row times x, for all rows. x has `inputs` values.
    void (*multiply)(const PackedMatrix& matrix, const std::int8_t* x, std::int32_t* sums);

    /// The largest sum of each of sixteen rows over 3 x 3 places of a picture stored column by
    /// column, through tanh: the matrix takes four pixels of each of three neighbouring columns.
    void (*convolve_nine
    )(const PackedMatrix& matrix, const std::int8_t* first, std::ptrdiff_t column, std::int8_t* said
    );

    /// One step of long short-term memory. `sums` holds, `count` each: input, input gate, forget
    /// gate, output gate; `count` is a multiple of sixteen. The state is kept in `state`, what the
    /// cell says goes to `said`. Values in 1/127.
    void (*remember
    )(std::size_t count,
      const std::int32_t* sums,
      const float* scale,
      float* state,
      std::int8_t* said);
};

/// For this processor.
[[nodiscard]] const Kernels& kernels();

/// Every form this processor can run, the plain one first: they must agree.
[[nodiscard]] std::vector<Kernels> all_kernels();

} // namespace pleiade::ocr
