#pragma once
// Files as other programs write them, made from pages: the food of the decoders under test.

#include "core/page_image.h"

#include <string>
#include <vector>

namespace pleiade::test {

[[nodiscard]] Bytes png_file(const PageImage& page);

struct JpegFile {
    int dpi = 300;
    bool per_centimetre = false; ///< `dpi` is written as dots per centimetre.
    int orientation = 0;         ///< As EXIF says it; 0 = no EXIF block.
    bool cmyk = false;           ///< A grey page as inks, inverted as Adobe programs do.
};
[[nodiscard]] Bytes jpeg_file(const PageImage& page, const JpegFile& options);

struct TiffPage {
    PageImage image;
    int compression = 1; ///< As TIFF numbers them.
    bool min_is_white = false;
    bool tiled = false;
    double x_dpi = 300.0;
    double y_dpi = 300.0;
    int orientation = 1;
    double lose = 0.0; ///< Share of the picture's data that is missing at its end.
    int claim_px = 0;  ///< Claims to be so wide and high instead, with next to no data.
};
[[nodiscard]] Bytes tiff_file(const std::vector<TiffPage>& pages);

/// The link to the second page leads out of the file.
[[nodiscard]] Bytes with_broken_second_directory(Bytes tiff);

/// A grey picture as it lies in a PDF.
struct PdfPicture {
    Bytes bytes;
    std::string filter; ///< "DCTDecode", "FlateDecode" ...
    int width_px = 0;
    int height_px = 0;
};
/// One page that is all this picture.
[[nodiscard]] Bytes pdf_file(const PdfPicture& picture);

/// One page with this content stream.
[[nodiscard]] Bytes pdf_file(double width_mm, double height_mm, const std::string& content);

} // namespace pleiade::test
