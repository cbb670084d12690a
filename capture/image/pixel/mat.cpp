#include "capture/image/pixel/mat.h"

#include <opencv2/imgproc.hpp>

namespace pleiade::image {

cv::Mat as_mat(PageImage& page) {
    return {page.height_px, page.width_px, CV_8UC(page.channels), page.pixels.data()};
}

cv::Mat as_mat(const PageImage& page) {
    return {
        page.height_px,
        page.width_px,
        CV_8UC(page.channels),
        const_cast<std::uint8_t*>(page.pixels.data())}; // OpenCV has no matrix of constants
}

PageImage page_from(const cv::Mat& pixels, const PageImage& like) {
    PageImage page;
    page.width_px = pixels.cols;
    page.height_px = pixels.rows;
    page.channels = pixels.channels();
    page.dpi = like.dpi;
    page.depth = page.channels == 3                  ? ColourDepth::Colour
                 : like.depth == ColourDepth::Colour ? ColourDepth::Grey
                                                     : like.depth;
    page.pixels.resize(page.row_bytes() * static_cast<std::size_t>(page.height_px));
    cv::Mat view = as_mat(page);
    pixels.copyTo(view);
    return page;
}

PageImage page_of(const cv::Mat& pixels, int dpi) {
    PageImage like;
    like.dpi = dpi;
    like.depth = pixels.channels() == 3 ? ColourDepth::Colour : ColourDepth::Grey;
    return page_from(pixels, like);
}

PageImage grey_of(const PageImage& page) {
    if (page.channels == 1) {
        return page;
    }
    PageImage grey;
    grey.width_px = page.width_px;
    grey.height_px = page.height_px;
    grey.channels = 1;
    grey.dpi = page.dpi;
    grey.depth = ColourDepth::Grey;
    grey.pixels.resize(grey.row_bytes() * static_cast<std::size_t>(grey.height_px));
    cv::Mat view = as_mat(grey);
    cv::cvtColor(as_mat(page), view, cv::COLOR_RGB2GRAY);
    return grey;
}

} // namespace pleiade::image
