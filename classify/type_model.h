#pragma once
// What was learned from mail whose types people know: a linear model over the words, pieces of
// words and layout of a page, and how much it counts beside the anchors of types.toml.
//
// A value. It comes from a TypeTrainer (classify/type_trainer.h) or from bytes; the file is the
// caller's business.

#include "core/bytes.h"
#include "core/failure.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pleiade::classify {

/// How the evidence about a page adds up: log-odds of a type are rules * (what its anchors say) +
/// words * (what the learned weights say), those of "nothing known" the sum of the other three.
/// Fitted on pages that the weights were not learned from, so that the shares are probabilities.
struct Mixing {
    double rules = 1.0;
    double words = 1.0;
    double unknown = 2.0;    ///< For any page.
    double unfamiliar = 0.0; ///< Times the share of its words that no taught page had.
    double wordless = 0.0;   ///< Times how little there is to read, 0 to 1.

    bool operator==(const Mixing&) const = default;
};

struct TypeModel {
    std::vector<std::string> codes;         ///< Of the types it knows, rising.
    std::vector<std::uint32_t> features;    ///< Hashed signs of a page that count, rising.
    std::vector<std::int8_t> weights;       ///< A row of codes.size() for each feature.
    std::vector<float> scales;              ///< By type: what a weight of 1 stands for.
    std::vector<std::uint64_t> known_words; ///< A bit for each hashed word of the taught pages.
    Mixing mixing;
    std::uint64_t taught_pages = 0;

    bool operator==(const TypeModel&) const = default;
};

/// As kept in a file: magic, version, content, checksum. The same model gives the same bytes.
[[nodiscard]] Bytes to_bytes(const TypeModel& model);

/// A failure is FixConfiguration: the file is no model, cut off, damaged or of another version.
[[nodiscard]] Result<TypeModel> type_model_from(BytesView bytes);

} // namespace pleiade::classify
