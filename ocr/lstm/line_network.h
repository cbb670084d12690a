#pragma once
// The network of a Tesseract language: from the picture of one text line to how likely each
// character is at each place along it.
//
// Tesseract's own code walks through the same network with an index object for every pixel; here
// the sums alone are left. Only networks of the shape Debian's language packages have are taken;
// see docs/adr/0014.
// Source: "Tesseract 4.00 VGSL specs" for the shape, src/lstm of Tesseract 5.3 for how layers are
// stored and rounded.

#include "core/bytes.h"
#include "ocr/lstm/kernels.h"
#include "ocr/lstm/line_picture.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace pleiade::ocr {

/// Probabilities along a line: `steps` times `codes` values, those of a step sum to 1.
struct LineOdds {
    std::size_t steps = 0; ///< A third of the columns of the picture.
    std::size_t codes = 0;
    std::vector<float> of;

    [[nodiscard]] const float* at(std::size_t step) const { return of.data() + step * codes; }
};

class LineNetwork {
public:
    /// @return Nothing when the network has another shape than Debian's.
    /// @throws Error(FixConfiguration) when the bytes are no network.
    [[nodiscard]] static std::optional<LineNetwork> parse(BytesView component);

    [[nodiscard]] LineOdds odds_along(const LinePicture& line) const;

    [[nodiscard]] std::size_t codes() const { return codes_; }
    /// The code that stands for "no character here".
    [[nodiscard]] std::size_t no_character() const { return no_character_; }

private:
    enum class Direction { LeftToRight, RightToLeft };

    struct Memory {
        Direction direction = Direction::LeftToRight;
        std::size_t inputs = 0;
        std::size_t cells = 0;
        PackedMatrix weights;
    };

    struct Parser;

    PackedMatrix convolution_;
    Memory columns_; ///< Runs down each column of the reduced picture.
    std::vector<Memory> along_;
    PackedMatrix output_;
    std::size_t codes_ = 0;
    std::size_t no_character_ = 0;
};

} // namespace pleiade::ocr
