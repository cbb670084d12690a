#pragma once
// From the raw picture of a page side to an upright, straight one, and what can be said about it
// without reading: blank or not, sharp or not. No text recognition.

#include "core/page_image.h"
#include "core/page_reading.h"

#include <memory>

namespace pleiade::image {

struct CleanSettings {
    bool crop_borders = true; ///< Cut off the scanner's dark background where the sheet ends.
    bool turn = true;         ///< Bring the page upright when sure.
    bool deskew = true;       ///< Straighten the lines when sure.
};

/// A page as text recognition and people want it.
struct CleanPage {
    PageImage image; ///< Upright, deskewed, cropped; channels and depth as in the raw picture.
    PageImage grey;  ///< The same with one channel; holds the same pixels when the page has none
                     ///< other.
    PageGeometry geometry;
    bool moved = false; ///< Turned, straightened or cropped.
    bool blank = false; ///< Nothing of meaning on this side; it is still kept.
    PageQuality quality;
    int upright_width_px = 0; ///< Of the upright raw page, in which geometry.crop_px lies.
    int upright_height_px = 0;
};

/// Cleans pages, one after the other. Belongs to one thread.
class PageCleaner {
public:
    PageCleaner();
    ~PageCleaner();
    PageCleaner(const PageCleaner&) = delete;
    PageCleaner& operator=(const PageCleaner&) = delete;
    PageCleaner(PageCleaner&&) = delete;
    PageCleaner& operator=(PageCleaner&&) = delete;

    /// Cleans one page. Moves nothing it is not sure about: when turn_confidence is below 0.5 it
    /// cannot tell head from foot, leaves a standing page as it is and turns a page that lies on
    /// its side one way or the other; the caller then reads both ways round and may use
    /// turned_upside_down().
    /// @throws std::logic_error when the picture has no pixels.
    [[nodiscard]] CleanPage clean(PageImage raw, const CleanSettings& settings);

private:
    struct Network; // keeps OpenCV out of this header
    std::unique_ptr<Network> network_;
};

/// The same page turned by another 180 degrees, its geometry with it; for when text recognition
/// found that the page stands on its head. turn_confidence becomes 1.
[[nodiscard]] CleanPage turned_upside_down(CleanPage page);

} // namespace pleiade::image
