#include "ocr/barcode/grid_codes.h"

#include "core/units.h"
#include "ocr/barcode/region.h"
#include "ocr/barcode/symbols.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace pleiade::ocr {
namespace {

constexpr Millimetres quiet_zone{2.0};    // chosen: more than any code asks for at its usual size
constexpr Millimetres highest_print{4.5}; // chosen: 14 points with all its lengths
constexpr double wanted_side_px = 260.0;  // chosen: modules of three pixels become six and more
constexpr double slight_blur_px = 1.0;    // chosen
constexpr double least_agreement = 0.25;  // chosen: of edges, to believe in a direction of a grid
constexpr double least_turn_deg = 2.0;    // chosen: less every decoder follows

class GridReader {
public:
    GridReader(const cv::Mat& picture, const Suspect& suspect, int dpi)
        : picture_(picture),
          suspect_(suspect),
          margin_px_(to_pixels(quiet_zone, {static_cast<double>(dpi)})),
          print_px_(to_pixels(highest_print, {static_cast<double>(dpi)})) {
        const Box& box = suspect.box;
        region_.middle = {(box.x0 + box.x1) / 2.0, (box.y0 + box.y1) / 2.0};
        region_.width_px = box.width() + 2.0 * margin_px_;
        region_.height_px = box.height() + 2.0 * margin_px_;
    }
    GridReader(cv::Mat&&, const Suspect&, int) = delete;

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
        Region exact = turned(grid_angle_deg(natural.grey, least_agreement));
        if (ink == Ink::Dark) {
            const auto code = alone(exact);
            if (!code) {
                return false;
            }
            exact = *code;
        }
        const double scale = std::clamp(
            std::round(wanted_side_px / std::min(exact.width_px, exact.height_px)), 1.0, 4.0
        );
        UprightPart large = part(exact, scale, ink);
        if (found(large, Threshold::Local)) {
            return true;
        }
        constexpr std::size_t large_enough =
            250'000; // chosen: pixels; modules of such codes are too
        if (large.grey.total() > large_enough) {
            return false;
        }
        constexpr int median_px = 3;
        UprightPart despeckled = part(exact, 1.0, ink);
        cv::medianBlur(despeckled.grey, despeckled.grey, median_px);
        if (scale > 1.0) {
            cv::resize(
                despeckled.grey, despeckled.grey, large.grey.size(), 0.0, 0.0, cv::INTER_CUBIC
            );
            despeckled.scale = scale;
        }
        if (found(despeckled, Threshold::Local)) {
            return true;
        }
        cv::Mat smooth;
        cv::GaussianBlur(large.grey, smooth, {}, scale * slight_blur_px);
        UprightPart sharp = large;
        constexpr double strength = 2.0;
        cv::addWeighted(large.grey, 1.0 + strength, smooth, -strength, 0.0, sharp.grey);
        if (found(sharp, Threshold::Local)) {
            return true;
        }
        large.grey = smooth;
        return found(large, Threshold::Global);
    }

    /// The black of a code with paper around it, in the middle of its region (cells say only
    /// roughly where it is). Nothing for a piece of a line or of a picture, which goes on beside
    /// the region.
    [[nodiscard]] std::optional<Region> alone(const Region& region) const {
        const UprightPart seen = part(region, 1.0, Ink::Dark);
        cv::Mat black;
        cv::threshold(seen.grey, black, 0.0, 255.0, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
        const cv::Range columns = filled(black, 0);
        const cv::Range rows = filled(black, 1);
        const int ends = (columns.start <= 1 ? 1 : 0) + (columns.end >= black.cols - 1 ? 1 : 0) +
                         (rows.start <= 1 ? 1 : 0) + (rows.end >= black.rows - 1 ? 1 : 0);
        const int shorter = std::min(columns.size(), rows.size());
        const int longer = std::max(columns.size(), rows.size());
        const bool square = 3 * longer <= 4 * shorter;
        const int most_ends = shorter < print_px_ ? 0 : 1;
        if (ends > most_ends || shorter <= 0 ||
            (!square && (suspect_.square || shorter < print_px_))) {
            return std::nullopt;
        }
        Region exact = region;
        exact.middle =
            seen.in_picture(cv::Point2d(columns.start + columns.end, rows.start + rows.end) / 2.0);
        exact.width_px = columns.size() + 2.0 * margin_px_;
        exact.height_px = rows.size() + 2.0 * margin_px_;
        return exact;
    }

    /// From the first to the last column (0) or row (1) in which there is much black.
    static cv::Range filled(const cv::Mat& black, int dimension) {
        constexpr double much = 0.5; // chosen: of the mean; lines of text beside the code have less
        cv::Mat profile;
        cv::reduce(black, profile, dimension, cv::REDUCE_AVG, CV_32F);
        const cv::Mat line = profile.reshape(1, 1);
        const double least = cv::mean(line)[0] * much;
        cv::Range range(line.cols, 0);
        for (int i = 0; i < line.cols; ++i) {
            if (line.at<float>(0, i) >= least) {
                range.start = std::min(range.start, i);
                range.end = i + 1;
            }
        }
        return range;
    }

    /// Turned, and so large that it covers the same paper.
    [[nodiscard]] Region turned(double angle_deg) const {
        Region region = region_;
        if (std::abs(angle_deg) > least_turn_deg) {
            region.angle_deg = -angle_deg;
            const Box box = box_of(region);
            region.angle_deg = angle_deg;
            region.width_px = box.width();
            region.height_px = box.height();
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
            symbol.mark.box_px = part.in_picture(symbol.mark.box_px);
            if (symbol.mark.format == "PDF417") {
                symbol.mark.box_px = believable_box(symbol.mark.box_px);
            }
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
    int margin_px_;
    int print_px_;
    Region region_;
    std::vector<Mark> marks_;
};

} // namespace

std::vector<Mark> grid_codes(const cv::Mat& picture, const Suspect& suspect, int dpi) {
    return GridReader(picture, suspect, dpi).read();
}

} // namespace pleiade::ocr
