#include "ocr/lstm/line_network.h"

#include "core/failure.h"
#include "ocr/lstm/model_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace pleiade::ocr {
namespace {

constexpr std::int32_t full = 127;            // spec: one, as an activation or a weight is stored
constexpr std::size_t channels = 16;          // spec: Ct3,3,16
constexpr std::size_t reduced_by = 3;         // spec: Mp3,3
constexpr std::size_t gates = 4;              // spec: input, input gate, forget gate, output gate
constexpr std::size_t most_layers = 32;       // chosen: Debian's have eight
constexpr std::size_t most_weights = 4 << 20; // chosen: the largest language has 0.4 million

/// What stands before each layer.
struct LayerHead {
    std::string kind;
    std::uint32_t flags = 0;
    std::int32_t inputs = 0;
    std::int32_t outputs = 0;
};

LayerHead next_head(ModelCursor& at) {
    if (at.next<std::int8_t>() != 0) { // 0: the kind is given by name
        throw Error(
            Remedy::FixConfiguration, "the language data is of a format before Tesseract 4"
        );
    }
    LayerHead head;
    head.kind = at.next_text();
    (void)at.next<std::int8_t>(); // in training
    (void)at.next<std::int8_t>(); // errors go back through it
    head.flags = at.next<std::uint32_t>();
    head.inputs = at.next<std::int32_t>();
    head.outputs = at.next<std::int32_t>();
    (void)at.next<std::int32_t>(); // how many weights
    (void)at.next_text();          // its name
    return head;
}

struct StoredMatrix {
    std::size_t rows = 0;
    std::size_t columns = 0; ///< Inputs and the bias.
    BytesView weights;
    std::vector<double> scale;
};

std::optional<StoredMatrix> next_matrix(ModelCursor& at) {
    constexpr unsigned whole_numbers = 1;  // spec: kInt8Flag, weightmatrix.cpp
    constexpr unsigned double_scale = 128; // spec: kDoubleFlag
    const auto mode = at.next<std::uint8_t>();
    if ((mode & whole_numbers) == 0 || (mode & double_scale) == 0) {
        return std::nullopt;
    }
    StoredMatrix matrix;
    matrix.rows = at.next_count(most_weights);
    matrix.columns = at.next_count(most_weights);
    (void)at.next<std::int8_t>(); // the value of empty places
    if (matrix.columns < 1 || matrix.rows * matrix.columns > most_weights) {
        return std::nullopt;
    }
    matrix.weights = at.next_bytes(matrix.rows * matrix.columns);
    const std::size_t scales = at.next_count(most_weights);
    for (std::size_t i = 0; i < scales; ++i) {
        matrix.scale.push_back(at.next<double>());
    }
    if (matrix.scale.size() < matrix.rows) {
        return std::nullopt;
    }
    return matrix;
}

/// @param place Where the input of a column goes in the packed matrix.
template <typename Place>
void pack(const StoredMatrix& from, PackedMatrix& to, std::size_t first_row, Place place) {
    for (std::size_t row = 0; row < from.rows; ++row) {
        const BytesView weights = from.weights.subspan(row * from.columns, from.columns);
        for (std::size_t i = 0; i + 1 < from.columns; ++i) {
            to.set(first_row + row, place(i), std::to_integer<std::int8_t>(weights[i]));
        }
        to.bias[first_row + row] = full * std::to_integer<std::int8_t>(weights.back());
        to.scale[first_row + row] = static_cast<float>(from.scale[row] / full);
    }
}

/// Turns sums into probabilities.
void softmax(const std::int32_t* sums, const float* scale, std::size_t count, float* odds) {
    constexpr float unlikely = -20.0F; // spec: kMinCertainty, networkio.cpp
    float most = -1e30F;
    for (std::size_t i = 0; i < count; ++i) {
        odds[i] = static_cast<float>(sums[i]) * scale[i];
        most = std::max(most, odds[i]);
    }
    float total = 0.0F;
    for (std::size_t i = 0; i < count; ++i) {
        const float below = odds[i] - most;
        odds[i] = below < unlikely ? 0.0F : std::exp(below);
        total += odds[i];
    }
    for (std::size_t i = 0; i < count; ++i) {
        odds[i] /= total;
    }
}

} // namespace

struct LineNetwork::Parser {
    ModelCursor at;
    LineNetwork network;
    bool input_seen = false;
    bool pooled = false;

    /// Everything in a chain of layers, whatever is inside of what.
    bool take(std::size_t depth) {
        const LayerHead head = next_head(at);
        if (head.kind == "Series" || head.kind == "XYTranspose" || head.kind == "RTLReversed") {
            return depth > 0 && take_several(head, depth);
        }
        if (head.kind == "Input") {
            const auto shape =
                at.next<std::array<std::int32_t, 5>>(); // batch, height, width, depth, loss
            input_seen = shape[1] == LinePicture::height && shape[2] == 0 && shape[3] == 1;
            return input_seen;
        }
        if (head.kind == "Convolve" || head.kind == "Maxpool") {
            const auto size = at.next<std::array<std::int32_t, 2>>();
            const int wanted = head.kind == "Convolve" ? 1 : static_cast<int>(reduced_by);
            pooled = pooled || head.kind == "Maxpool";
            return size[0] == wanted && size[1] == wanted;
        }
        if (head.kind == "Tanh") {
            return !pooled && take_convolution();
        }
        if (head.kind == "SummLSTM") {
            return pooled && network.columns_.cells == 0 && take_memory(network.columns_);
        }
        if (head.kind == "LSTM") {
            network.along_.emplace_back();
            return network.columns_.cells > 0 && take_memory(network.along_.back());
        }
        return head.kind == "Softmax" && take_output(head);
    }

    bool take_several(const LayerHead& head, std::size_t depth) {
        constexpr std::uint32_t own_rates = 64; // spec: NF_LAYER_SPECIFIC_LR, network.h
        const std::size_t count = at.next_count(most_layers);
        const std::size_t before = network.along_.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (!take(depth - 1)) {
                return false;
            }
        }
        if (head.kind == "RTLReversed") {
            for (std::size_t i = before; i < network.along_.size(); ++i) {
                network.along_[i].direction = Direction::RightToLeft;
            }
        }
        if ((head.flags & own_rates) != 0) {
            (void)at.next_bytes(at.next_count(most_layers) * sizeof(float));
        }
        return true;
    }

    bool take_convolution() {
        const auto stored = next_matrix(at);
        constexpr std::size_t taps = 9;
        if (!stored || stored->rows != channels || stored->columns != taps + 1) {
            return false;
        }
        network.convolution_ = PackedMatrix(channels, reduced_by * PackedMatrix::inputs_together);
        pack(*stored, network.convolution_, 0, [](std::size_t i) {
            return i / reduced_by * PackedMatrix::inputs_together + i % reduced_by;
        });
        network.convolution_.finish();
        return true;
    }

    bool take_memory(Memory& memory) {
        const auto all_inputs = static_cast<std::size_t>(std::max(0, at.next<std::int32_t>()));
        for (std::size_t gate = 0; gate < gates; ++gate) {
            const auto stored = next_matrix(at);
            if (!stored || stored->columns != all_inputs + 1 || stored->rows >= all_inputs ||
                stored->rows % PackedMatrix::rows_together != 0 ||
                (gate > 0 && stored->rows != memory.cells)) {
                return false;
            }
            if (gate == 0) {
                memory.cells = stored->rows;
                memory.inputs = all_inputs - stored->rows;
                memory.weights = PackedMatrix(gates * memory.cells, all_inputs);
            }
            pack(*stored, memory.weights, gate * memory.cells, [](std::size_t i) { return i; });
        }
        memory.weights.finish();
        return memory.inputs % PackedMatrix::inputs_together == 0;
    }

    bool take_output(const LayerHead& head) {
        const auto stored = next_matrix(at);
        if (!stored || network.along_.empty() || head.outputs < 2 ||
            stored->rows != static_cast<std::size_t>(head.outputs) ||
            stored->columns != network.along_.back().cells + 1) {
            return false;
        }
        network.codes_ = stored->rows;
        network.output_ = PackedMatrix(stored->rows, stored->columns - 1);
        pack(*stored, network.output_, 0, [](std::size_t i) { return i; });
        network.output_.finish();
        return true;
    }

    [[nodiscard]] bool fits_together() const {
        std::size_t values = network.columns_.cells;
        for (const Memory& memory : network.along_) {
            if (memory.inputs != values) {
                return false;
            }
            values = memory.cells;
        }
        return input_seen && pooled && network.columns_.inputs == channels && network.codes_ > 0 &&
               network.convolution_.rows == channels;
    }
};

std::optional<LineNetwork> LineNetwork::parse(BytesView component) {
    constexpr std::size_t deepest = 8; // chosen: Debian's have three
    Parser parser{.at = ModelCursor(component), .network = {}};
    if (!parser.take(deepest) || !parser.fits_together()) {
        return std::nullopt;
    }
    (void)parser.at.next_text();          // the shape as text
    (void)parser.at.next<std::int32_t>(); // flags of its training
    (void)parser.at.next<std::int32_t>(); // rounds of training
    (void)parser.at.next<std::int32_t>(); // samples seen
    const auto no_character = parser.at.next<std::int32_t>();
    if (no_character < 0 || static_cast<std::size_t>(no_character) >= parser.network.codes_) {
        return std::nullopt;
    }
    parser.network.no_character_ = static_cast<std::size_t>(no_character);
    return std::move(parser.network);
}

LineOdds LineNetwork::odds_along(const LinePicture& line) const {
    const Kernels& run = kernels();
    constexpr std::size_t reduced_height = LinePicture::height / reduced_by;
    const std::size_t steps = line.width / reduced_by;

    // Down each column, the cells see the sixteen channels of twelve places.
    std::vector<std::int8_t> values(steps * columns_.cells);
    std::vector<std::int32_t> sums(
        gates * std::max(columns_.cells, std::ranges::max(along_, {}, &Memory::cells).cells)
    );
    std::vector<std::int8_t> x(columns_.weights.inputs);
    std::vector<float> state(columns_.cells);
    for (std::size_t step = 0; step < steps; ++step) {
        std::ranges::fill(state, 0.0F);
        std::ranges::fill(x, std::int8_t{0});
        const std::int8_t* top = line.column_at(static_cast<std::ptrdiff_t>(step * reduced_by) - 1);
        for (std::size_t down = 0; down < reduced_height; ++down) {
            run.convolve_nine(convolution_, top + down * reduced_by, LinePicture::column, x.data());
            run.multiply(columns_.weights, x.data(), sums.data());
            run.remember(
                columns_.cells,
                sums.data(),
                columns_.weights.scale.data(),
                state.data(),
                x.data() + columns_.inputs
            );
        }
        std::copy_n(
            x.data() + columns_.inputs, columns_.cells, values.data() + step * columns_.cells
        );
    }

    for (const Memory& memory : along_) {
        std::vector<std::int8_t> said(steps * memory.cells);
        x.assign(memory.weights.inputs, 0);
        state.assign(memory.cells, 0.0F);
        for (std::size_t i = 0; i < steps; ++i) {
            const std::size_t step = memory.direction == Direction::LeftToRight ? i : steps - 1 - i;
            std::copy_n(values.data() + step * memory.inputs, memory.inputs, x.data());
            run.multiply(memory.weights, x.data(), sums.data());
            run.remember(
                memory.cells,
                sums.data(),
                memory.weights.scale.data(),
                state.data(),
                x.data() + memory.inputs
            );
            std::copy_n(x.data() + memory.inputs, memory.cells, said.data() + step * memory.cells);
        }
        values = std::move(said);
    }

    LineOdds odds{.steps = steps, .codes = codes_, .of = std::vector<float>(steps * codes_)};
    x.assign(output_.inputs, 0);
    sums.resize(output_.rows);
    const std::size_t inputs = along_.back().cells;
    for (std::size_t step = 0; step < steps; ++step) {
        std::copy_n(values.data() + step * inputs, inputs, x.data());
        run.multiply(output_, x.data(), sums.data());
        softmax(sums.data(), output_.scale.data(), codes_, odds.of.data() + step * codes_);
    }
    return odds;
}

} // namespace pleiade::ocr
