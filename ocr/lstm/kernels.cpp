#include "ocr/lstm/kernels.h"

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace pleiade::ocr {
namespace {

constexpr std::size_t rows_together = PackedMatrix::rows_together;
constexpr std::size_t inputs_together = PackedMatrix::inputs_together;
constexpr std::size_t block = rows_together * inputs_together;
constexpr std::int32_t to_unsigned = 128; // spec: vpdpbusd takes one side without sign
constexpr int pooled = 3;                 // spec: Mp3,3 of the network

// Sixteen values that are worked on together, in as many registers as this processor needs.
using Lanes [[gnu::vector_size(rows_together * sizeof(float))]] = float;
using WholeLanes [[gnu::vector_size(rows_together * sizeof(std::int32_t))]] = std::int32_t;
using SmallLanes [[gnu::vector_size(rows_together)]] = std::int8_t;

// By reference: registers of that size are no part of the common calling convention.
[[gnu::always_inline]] inline void limit(Lanes& x, float to) {
    const Lanes most = Lanes{} + to;
    x = x > most ? most : x;
    x = x < -most ? -most : x;
}

/// Pade approximant of tanh, exact to 1e-4 inside the limits and 1 outside.
[[gnu::always_inline]] inline void take_tanh(Lanes& x) {
    constexpr float reaches_one = 4.97F;
    limit(x, reaches_one);
    const Lanes square = x * x;
    const Lanes above = x * (135135.0F + square * (17325.0F + square * (378.0F + square)));
    const Lanes below = 135135.0F + square * (62370.0F + square * (3150.0F + square * 28.0F));
    x = above / below;
}

[[gnu::always_inline]] inline void take_logistic(Lanes& x) {
    x *= 0.5F;
    take_tanh(x);
    x = 0.5F + 0.5F * x;
}

[[gnu::always_inline]] inline void
scaled(const std::int32_t* sums, const float* scale, Lanes& result) {
    WholeLanes whole{};
    std::memcpy(&whole, sums, sizeof whole);
    std::memcpy(&result, scale, sizeof result);
    result *= __builtin_convertvector(whole, Lanes);
}

/// As activations are stored: in 1/127, rounded.
[[gnu::always_inline]] inline void store(Lanes& x, std::int8_t* to) {
    constexpr float full = 127.0F;
    x *= full;
    x += x < 0.0F ? Lanes{} - 0.5F : Lanes{} + 0.5F;
    const SmallLanes small =
        __builtin_convertvector(__builtin_convertvector(x, WholeLanes), SmallLanes);
    std::memcpy(to, &small, sizeof small);
}

[[gnu::always_inline]] inline void remember_step(
    std::size_t count, const std::int32_t* sums, const float* scale, float* state, std::int8_t* said
) {
    constexpr float most_state = 100.0F; // spec: kStateClip, Tesseract 5.3 lstm.cpp
    for (std::size_t i = 0; i < count; i += rows_together) {
        Lanes taken_in{};
        Lanes let_in{};
        Lanes kept{};
        Lanes let_out{};
        scaled(sums + i, scale + i, taken_in);
        scaled(sums + count + i, scale + count + i, let_in);
        scaled(sums + 2 * count + i, scale + 2 * count + i, kept);
        scaled(sums + 3 * count + i, scale + 3 * count + i, let_out);
        take_tanh(taken_in);
        take_logistic(let_in);
        take_logistic(kept);
        take_logistic(let_out);
        Lanes now{};
        std::memcpy(&now, state + i, sizeof now);
        now = now * kept + taken_in * let_in;
        limit(now, most_state);
        std::memcpy(state + i, &now, sizeof now);
        take_tanh(now);
        now *= let_out;
        store(now, said + i);
    }
}

[[gnu::always_inline]] inline void
tanh_step(const std::int32_t* sums, const float* scale, std::int8_t* said) {
    Lanes values{};
    scaled(sums, scale, values);
    take_tanh(values);
    store(values, said);
}

[[gnu::always_inline]] inline void
add_plain(const std::int8_t* weights, const std::int8_t* x, std::int32_t* sums) {
    for (std::size_t r = 0; r < rows_together; ++r, weights += inputs_together) {
        sums[r] += weights[0] * x[0] + weights[1] * x[1] + weights[2] * x[2] + weights[3] * x[3];
    }
}

void multiply_plain(const PackedMatrix& matrix, const std::int8_t* x, std::int32_t* sums) {
    const std::int8_t* weights = matrix.weights.data();
    for (std::size_t row = 0; row < matrix.rows; row += rows_together) {
        std::array<std::int32_t, rows_together> sum{};
        for (std::size_t i = 0; i < matrix.inputs; i += inputs_together, weights += block) {
            add_plain(weights, x + i, sum.data());
        }
        for (std::size_t r = 0; r < rows_together; ++r) {
            sums[row + r] = sum[r] + matrix.bias[row + r];
        }
    }
}

void convolve_nine_plain(
    const PackedMatrix& matrix, const std::int8_t* first, std::ptrdiff_t column, std::int8_t* said
) {
    std::array<std::int8_t, pooled * inputs_together> x{};
    std::array<std::int32_t, rows_together> sums{};
    std::array<std::int32_t, rows_together> largest{};
    largest.fill(INT32_MIN);
    for (std::ptrdiff_t place = 0; place < pooled * pooled; ++place) {
        const std::int8_t* at = first + place / pooled * column + place % pooled;
        for (std::ptrdiff_t i = 0; i < pooled; ++i) {
            std::memcpy(
                x.data() + static_cast<std::size_t>(i) * inputs_together,
                at + i * column,
                inputs_together
            );
        }
        multiply_plain(matrix, x.data(), sums.data());
        for (std::size_t r = 0; r < rows_together; ++r) {
            largest[r] = std::max(largest[r], sums[r]);
        }
    }
    tanh_step(largest.data(), matrix.scale.data(), said);
}

void remember_plain(
    std::size_t count, const std::int32_t* sums, const float* scale, float* state, std::int8_t* said
) {
    remember_step(count, sums, scale, state, said);
}

#if defined(__x86_64__)

[[gnu::always_inline]] inline std::int32_t four_of(const std::int8_t* x) {
    std::int32_t four = 0;
    std::memcpy(&four, x, sizeof four);
    return four;
}

// AVX2 multiplies only an unsigned with a signed side, so the sign of x moves to the weight.
// 2 * 127 * 127 fits into 16 bits.
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i
added_avx2(__m256i sum, __m256i weights, __m256i x, __m256i size_of_x) {
    const __m256i pairs = _mm256_maddubs_epi16(size_of_x, _mm256_sign_epi8(weights, x));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

[[gnu::target("avx2"), gnu::always_inline]] inline __m256i loaded_avx2(const void* from) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}

[[gnu::target("avx2"), gnu::always_inline]] inline void stored_avx2(void* to, __m256i value) {
    _mm256_storeu_si256(static_cast<__m256i*>(to), value);
}

[[gnu::target("avx2,fma")]] void
multiply_avx2(const PackedMatrix& matrix, const std::int8_t* x, std::int32_t* sums) {
    constexpr std::size_t half = block / 2;
    const std::int8_t* weights = matrix.weights.data();
    for (std::size_t row = 0; row < matrix.rows; row += rows_together) {
        __m256i low = loaded_avx2(matrix.bias.data() + row);
        __m256i high = loaded_avx2(matrix.bias.data() + row + rows_together / 2);
        for (std::size_t i = 0; i < matrix.inputs; i += inputs_together, weights += block) {
            const __m256i four = _mm256_set1_epi32(four_of(x + i));
            const __m256i size = _mm256_abs_epi8(four);
            low = added_avx2(low, loaded_avx2(weights), four, size);
            high = added_avx2(high, loaded_avx2(weights + half), four, size);
        }
        stored_avx2(sums + row, low);
        stored_avx2(sums + row + rows_together / 2, high);
    }
}

[[gnu::target("avx2,fma")]] void convolve_nine_avx2(
    const PackedMatrix& matrix, const std::int8_t* first, std::ptrdiff_t column, std::int8_t* said
) {
    constexpr std::size_t half = block / 2;
    const std::int8_t* weights = matrix.weights.data();
    const __m256i bias_low = loaded_avx2(matrix.bias.data());
    const __m256i bias_high = loaded_avx2(matrix.bias.data() + rows_together / 2);
    __m256i most_low = _mm256_set1_epi32(INT32_MIN);
    __m256i most_high = most_low;
    for (std::ptrdiff_t place = 0; place < pooled * pooled; ++place) {
        const std::int8_t* at = first + place / pooled * column + place % pooled;
        __m256i low = bias_low;
        __m256i high = bias_high;
        for (std::ptrdiff_t i = 0; i < pooled; ++i) {
            const __m256i four = _mm256_set1_epi32(four_of(at + i * column));
            const __m256i size = _mm256_abs_epi8(four);
            const std::int8_t* part = weights + static_cast<std::size_t>(i) * block;
            low = added_avx2(low, loaded_avx2(part), four, size);
            high = added_avx2(high, loaded_avx2(part + half), four, size);
        }
        most_low = _mm256_max_epi32(most_low, low);
        most_high = _mm256_max_epi32(most_high, high);
    }
    std::array<std::int32_t, rows_together> largest{};
    stored_avx2(largest.data(), most_low);
    stored_avx2(largest.data() + rows_together / 2, most_high);
    tanh_step(largest.data(), matrix.scale.data(), said);
}

[[gnu::target("avx2,fma")]] void remember_avx2(
    std::size_t count, const std::int32_t* sums, const float* scale, float* state, std::int8_t* said
) {
    remember_step(count, sums, scale, state, said);
}

#define PLEIADE_VNNI "avx2,fma,avx512f,avx512bw,avx512vl,avx512vnni"

[[gnu::target(PLEIADE_VNNI), gnu::always_inline]] inline __m512i unsigned_four(const std::int8_t* x
) {
    return _mm512_set1_epi32(four_of(x) ^ static_cast<std::int32_t>(0x80808080U));
}

[[gnu::target(PLEIADE_VNNI)]] void
multiply_vnni(const PackedMatrix& matrix, const std::int8_t* x, std::int32_t* sums) {
    constexpr std::size_t at_once = 4; // groups of rows: one sum waits four cycles for the next
    const std::size_t group = matrix.inputs * rows_together;
    std::size_t row = 0;
    for (; row + at_once * rows_together <= matrix.rows; row += at_once * rows_together) {
        const std::int8_t* weights = matrix.weights.data() + row * matrix.inputs;
        __m512i a = _mm512_loadu_si512(matrix.shifted.data() + row);
        __m512i b = _mm512_loadu_si512(matrix.shifted.data() + row + rows_together);
        __m512i c = _mm512_loadu_si512(matrix.shifted.data() + row + 2 * rows_together);
        __m512i d = _mm512_loadu_si512(matrix.shifted.data() + row + 3 * rows_together);
        for (std::size_t i = 0; i < matrix.inputs; i += inputs_together, weights += block) {
            const __m512i four = unsigned_four(x + i);
            a = _mm512_dpbusd_epi32(a, four, _mm512_loadu_si512(weights));
            b = _mm512_dpbusd_epi32(b, four, _mm512_loadu_si512(weights + group));
            c = _mm512_dpbusd_epi32(c, four, _mm512_loadu_si512(weights + 2 * group));
            d = _mm512_dpbusd_epi32(d, four, _mm512_loadu_si512(weights + 3 * group));
        }
        _mm512_storeu_si512(sums + row, a);
        _mm512_storeu_si512(sums + row + rows_together, b);
        _mm512_storeu_si512(sums + row + 2 * rows_together, c);
        _mm512_storeu_si512(sums + row + 3 * rows_together, d);
    }
    for (; row < matrix.rows; row += rows_together) {
        const std::int8_t* weights = matrix.weights.data() + row * matrix.inputs;
        __m512i sum = _mm512_loadu_si512(matrix.shifted.data() + row);
        for (std::size_t i = 0; i < matrix.inputs; i += inputs_together, weights += block) {
            sum = _mm512_dpbusd_epi32(sum, unsigned_four(x + i), _mm512_loadu_si512(weights));
        }
        _mm512_storeu_si512(sums + row, sum);
    }
}

[[gnu::target(PLEIADE_VNNI)]] void convolve_nine_vnni(
    const PackedMatrix& matrix, const std::int8_t* first, std::ptrdiff_t column, std::int8_t* said
) {
    const std::int8_t* weights = matrix.weights.data();
    const __m512i left = _mm512_loadu_si512(weights);
    const __m512i middle = _mm512_loadu_si512(weights + block);
    const __m512i right = _mm512_loadu_si512(weights + 2 * block);
    const __m512i bias = _mm512_loadu_si512(matrix.shifted.data());
    constexpr __mmask16 all_lanes = 0xFFFF;
    __m512i most = _mm512_set1_epi32(INT32_MIN);
    for (std::ptrdiff_t across = 0; across < pooled; ++across) {
        const std::int8_t* at = first + across * column;
        for (std::ptrdiff_t down = 0; down < pooled; ++down) {
            __m512i sum = _mm512_dpbusd_epi32(bias, unsigned_four(at + down), left);
            sum = _mm512_dpbusd_epi32(sum, unsigned_four(at + column + down), middle);
            sum = _mm512_dpbusd_epi32(sum, unsigned_four(at + 2 * column + down), right);
            // The form without mask makes GCC 12 warn of its own header.
            most = _mm512_maskz_max_epi32(all_lanes, most, sum);
        }
    }
    std::array<std::int32_t, rows_together> largest{};
    _mm512_storeu_si512(largest.data(), most);
    tanh_step(largest.data(), matrix.scale.data(), said);
}

[[gnu::target(PLEIADE_VNNI)]] void remember_vnni(
    std::size_t count, const std::int32_t* sums, const float* scale, float* state, std::int8_t* said
) {
    remember_step(count, sums, scale, state, said);
}

#endif

} // namespace

PackedMatrix::PackedMatrix(std::size_t row_count, std::size_t input_count)
    : rows((row_count + rows_together - 1) / rows_together * rows_together),
      inputs((input_count + inputs_together - 1) / inputs_together * inputs_together),
      weights(rows * inputs, 0),
      bias(rows, 0),
      shifted(rows, 0),
      scale(rows, 0.0F) {}

void PackedMatrix::set(std::size_t row, std::size_t input, std::int8_t weight) {
    const std::size_t group = row / rows_together * rows_together * inputs;
    const std::size_t part = input / inputs_together * block;
    weights[group + part + row % rows_together * inputs_together + input % inputs_together] =
        weight;
}

void PackedMatrix::finish() {
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t group = row / rows_together * rows_together * inputs;
        std::int32_t sum = 0;
        for (std::size_t i = 0; i < inputs; ++i) {
            sum += weights
                [group + i / inputs_together * block + row % rows_together * inputs_together +
                 i % inputs_together];
        }
        shifted[row] = bias[row] - to_unsigned * sum;
    }
}

std::vector<Kernels> all_kernels() {
    std::vector<Kernels> all{{multiply_plain, convolve_nine_plain, remember_plain}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0) {
        all.push_back({multiply_avx2, convolve_nine_avx2, remember_avx2});
        if (__builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
            __builtin_cpu_supports("avx512vnni") != 0) {
            all.push_back({multiply_vnni, convolve_nine_vnni, remember_vnni});
        }
    }
#endif
    return all;
}

const Kernels& kernels() {
    static const Kernels best = all_kernels().back();
    return best;
}

} // namespace pleiade::ocr
