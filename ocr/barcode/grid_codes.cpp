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
    GridReader(const cv::Mat& picture, const Suspect& suspect, int dpi)
        : picture_(picture), suspect_(suspect) {
        const Box& box = suspect.box;
        const int margin = to_pixels(quiet_zone, {static_cast<double>(dpi)});
        region_.middle = {(box.x0 + box.x1) / 2.0, (box.y0 + box.y1) / 2.0};
        region_.width_px = box.width() + 2.0 * margin;
        region_.height_px = box.height() + 2.0 * margin;
    }

    std::vector<Mark> read() {
        constexpr double mostly_black = 0.65; // chosen: codes have 0.4 to 0.6
        constexpr double half_black = 0.5;
        if (suspect_.black_share < mostly_black && read_as(Ink::Dark)) {
            return std::move(marks_);
        }
        if (suspect_.black_share > half_black) {
            (void)read_as(Ink::Light);
        }
        return std::move(marks_);
    }

private:
    enum class Ink { Dark, Light };

    [[nodiscard]] UprightPart part(const Region& region, double scale, Ink ink) const {
        UprightPart part = upright_part(picture_, region, scale);
        if (ink == Ink::Light) {
            cv::bitwise_not(part.grey, part.grey);
        }
        return part;
    }

    bool read_as(Ink ink) {
        UprightPart natural = part(region_, 1.0, ink);
        if (found(natural, Threshold::Local)) {
            return true;
        }
        const double turn_deg = grid_angle_deg(natural.grey, least_agreement);
        const double scale =
            std::min(region_.width_px, region_.height_px) < side_to_enlarge ? 2.0 : 1.0;
        UprightPart large = part(turned(turn_deg), scale, ink);
        if (found(large, Threshold::Local)) {
            return true;
        }
        cv::GaussianBlur(large.grey, large.grey, {}, scale);
        if (found(large, Threshold::Global)) {
            return true;
        }
        constexpr int median_px = 3;
        cv::medianBlur(natural.grey, natural.grey, median_px);
        return found(natural, Threshold::Local);
    }

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

    /// The decoder of PDF417 sometimes gives a mere edge of the code.
    [[nodiscard]] Box believable_box(const Box& box) const {
        const Box seen = intersection(box, suspect_.box);
        const bool most = !seen.empty() && 3 * seen.width() >= suspect_.box.width() &&
                          3 * seen.height() >= suspect_.box.height();
        return most ? box : suspect_.box;
    }

    bool found(const UprightPart& part, Threshold threshold) {
        for (Symbol& symbol : two_dimensional_symbols(part.grey, threshold)) {
            symbol.mark.box_px = believable_box(part.in_picture(symbol.mark.box_px));
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
    Suspect suspect_;
    Region region_;
    std::vector<Mark> marks_;
};

} // namespace

std::vector<Mark> grid_codes(const cv::Mat& picture, const Suspect& suspect, int dpi) {
    return GridReader(picture, suspect, dpi).read();
}

} // namespace pleiade::ocr
