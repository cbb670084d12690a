#include "ocr/barcode/grid_codes.h"

#include "core/units.h"
#include "ocr/barcode/region.h"
#include "ocr/barcode/symbols.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace pleiade::ocr {
namespace {

constexpr Millimetres quiet_zone{2.0};   // chosen: more than any code asks for at its usual size
constexpr double side_to_enlarge = 500.0; // chosen: modules of three pixels and less
constexpr double least_agreement = 0.25; // chosen: of edges, to believe in a direction of a grid
constexpr double least_turn_deg = 2.0;   // chosen: less every decoder follows

class GridReader {
public:
    GridReader(const cv::Mat& picture, const Box& suspect, int dpi) : picture_(picture) {
        const int margin = to_pixels(quiet_zone, {static_cast<double>(dpi)});
        region_.middle = {(suspect.x0 + suspect.x1) / 2.0, (suspect.y0 + suspect.y1) / 2.0};
        region_.width_px = suspect.width() + 2.0 * margin;
        region_.height_px = suspect.height() + 2.0 * margin;
    }

    std::vector<Mark> read() {
        const UprightPart natural = upright_part(picture_, region_, 1.0);
        if (found(natural, Threshold::Local)) {
            return std::move(marks_);
        }
        const double turn_deg = grid_angle_deg(natural.grey, least_agreement);
        const double scale =
            std::min(region_.width_px, region_.height_px) < side_to_enlarge ? 2.0 : 1.0;
        UprightPart large = upright_part(picture_, turned(turn_deg), scale);
        UprightPart smooth = large;
        cv::GaussianBlur(large.grey, smooth.grey, {}, scale);
        UprightPart despeckled = natural;
        constexpr int median_px = 3;
        cv::medianBlur(natural.grey, despeckled.grey, median_px);
        if (found(large, Threshold::Local) || found(smooth, Threshold::Global) ||
            found(despeckled, Threshold::Local)) {
            return std::move(marks_);
        }
        cv::bitwise_not(large.grey, large.grey);
        (void)found(large, Threshold::Local);
        return std::move(marks_);
    }

private:
    [[nodiscard]] Region turned(double angle_deg) const {
        Region region = region_;
        if (std::abs(angle_deg) > least_turn_deg) {
            region.angle_deg = angle_deg;
            const double side = std::max(region.width_px, region.height_px);
            region.width_px = side;
            region.height_px = side;
        }
        return region;
    }

    bool found(const UprightPart& part, Threshold threshold) {
        for (Symbol& symbol : two_dimensional_symbols(part.grey, threshold)) {
            symbol.mark.box_px = part.in_picture(symbol.mark.box_px);
            const bool twice = std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) {
                return mark.format == symbol.mark.format && mark.text == symbol.mark.text;
            });
            if (!twice) {
                marks_.push_back(std::move(symbol.mark));
            }
        }
        return !marks_.empty();
    }

    const cv::Mat& picture_;
    Region region_;
    std::vector<Mark> marks_;
};

} // namespace

std::vector<Mark> grid_codes(const cv::Mat& picture, const Box& suspect, int dpi) {
    return GridReader(picture, suspect, dpi).read();
}

} // namespace pleiade::ocr
