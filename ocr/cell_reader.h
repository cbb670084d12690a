#pragma once
// Reads single characters in the cells of forms, typed or written by hand, lines and stamps around
// them and all.

#include "core/page_image.h"

#include <array>
#include <memory>
#include <string_view>
#include <vector>

namespace pleiade::ocr {

/// What a cell may hold: a digit, the letters of a Corsican NIR, nothing, or no such character.
inline constexpr std::string_view cell_classes = "0123456789AB_?";
inline constexpr char empty_cell = '_';
inline constexpr char no_character = '?';

/// Where a character stands or would stand, in pixels of the page.
struct CellPlace {
    double x_px = 0.0;      ///< Centre.
    double y_px = 0.0;      ///< Centre.
    double height_px = 0.0; ///< Of a digit of this row.
};

/// How likely each of `cell_classes` is, 0 to 1; together 1.
struct CellOdds {
    std::array<float, cell_classes.size()> of{};

    [[nodiscard]] double of_character(char character) const; ///< 0 for what is no class.
    [[nodiscard]] char best() const;
};

/// A small convolutional network; how it was taught: tools/comb-characters. One per process and
/// thread.
class CellReader {
public:
    CellReader();
    ~CellReader();
    CellReader(const CellReader&) = delete;
    CellReader& operator=(const CellReader&) = delete;
    CellReader(CellReader&&) = delete;
    CellReader& operator=(CellReader&&) = delete;

    /// One answer per place, of a one-channel page. Parts outside the page count as paper.
    [[nodiscard]] std::vector<CellOdds>
    read(const PageImage& grey, const std::vector<CellPlace>& places);

private:
    struct Network;
    std::unique_ptr<Network> network_;
};

} // namespace pleiade::ocr
