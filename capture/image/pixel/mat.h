#pragma once
// A page seen as an OpenCV matrix, without copying, and back.

#include "core/page_image.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

/// The page's own pixels as a matrix; both change together. The page must outlive it.
[[nodiscard]] cv::Mat as_mat(PageImage& page);
/// The same to read from. OpenCV knows no read-only matrix: the caller must not write through it.
[[nodiscard]] cv::Mat as_mat(const PageImage& page);

/// A page with these pixels (copied) and the given page's dpi and depth.
[[nodiscard]] PageImage page_from(const cv::Mat& pixels, const PageImage& like);

/// A page with these pixels (copied): grey with 1 channel, colour with 3.
[[nodiscard]] PageImage page_of(const cv::Mat& pixels, int dpi);

/// One channel, copied when the page is grey already.
[[nodiscard]] PageImage grey_of(const PageImage& page);

} // namespace pleiade::image
