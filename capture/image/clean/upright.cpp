// Small letters have more strokes above (b d f h k l t) than below (g j p q y) in every Latin
// script language. Source: D. Bloomberg, G. Kopec, L. Dasari, Measuring document image skew and
// orientation, SPIE 2422, 1995; as implemented in Leptonica's flipdetect.c.

#include "capture/image/clean/upright.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <memory>

namespace pleiade::image {
namespace {

struct PixReleaser {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixOwner = std::unique_ptr<Pix, PixReleaser>;

PixOwner one_bit(const cv::Mat& letters) {
    PixOwner pix(pixCreate(letters.cols, letters.rows, 1));
    constexpr int word_bits = 32;
    for (int y = 0; y < letters.rows; ++y) {
        const std::uint8_t* row = letters.ptr(y);
        l_uint32* words =
            pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix.get());
        for (int x = 0; x < letters.cols; ++x) {
            words[x / word_bits] |= (row[x] != 0 ? 1U : 0U) << (word_bits - 1 - x % word_bits);
        }
    }
    return pix;
}

} // namespace

double uprightness(const cv::Mat& letters) {
    // measured: upright pages of French type and print are at 2.5 to 30, the same turned at -3 to
    // -35, pages of figures and capitals between -2 and 2.
    constexpr double sure = 8.0;
    constexpr int least_letters = 20; // chosen: ascenders and descenders seen, together
    setMsgSeverity(L_SEVERITY_NONE);
    const PixOwner pix = one_bit(letters);
    float confidence = 0.0F;
    if (pixUpDownDetect(pix.get(), &confidence, least_letters, 0, 0) != 0) {
        return 0.0;
    }
    return std::clamp(static_cast<double>(confidence) / sure, -1.0, 1.0);
}

} // namespace pleiade::image
