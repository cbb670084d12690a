#pragma once
// The picture of a page as PDF image objects, and the operators that paint them.

#include "core/page_image.h"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <string>

namespace pleiade::ged {

struct PagePicture {
    QPDFObjectHandle
        images; ///< Resource dictionary: "Im0", "Im1" ... from the lowest to the topmost.
    std::string content;
};

/// A picture in one piece is not copied: its bytes must live until the file is written.
/// @param points_per_px Size of the page's pixels.
/// @throws Error(FixInput) when a picture in layers is damaged.
[[nodiscard]] PagePicture page_picture(QPDF& pdf, const EncodedImage& image, double points_per_px);

} // namespace pleiade::ged
