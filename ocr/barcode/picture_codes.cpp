#include "ocr/barcode/picture_codes.h"

#include "ocr/barcode/bar_regions.h"
#include "ocr/barcode/bars.h"
#include "ocr/barcode/gradient_map.h"
#include "ocr/barcode/linear_codes.h"
#include "ocr/barcode/symbols.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace pleiade::ocr {
namespace {

constexpr std::size_t most_pixels_to_prepare = 1'500'000; // chosen: bounds the cost
constexpr int least_weak_lines = 3;                       // chosen: as in linear_codes

class PictureReader {
public:
    PictureReader(const cv::Mat& picture, int dpi) : picture_(picture), dpi_(dpi) {}
    PictureReader(cv::Mat&&, int) = delete;

    std::vector<Mark> read() {
        for (const double scale : {1.0, 1.0 / 2.0, 1.0 / 3.0}) {
            read_scaled(scale);
        }
        const int tries = picture_.total() <= most_pixels_to_prepare ? preparations : 0;
        if (marks_.empty() && tries > 0) {
            read_bars_of_everything();
            read_bars_at_other_sizes();
        }
        for (int preparation = 0; marks_.empty() && preparation < tries; ++preparation) {
            add_two_dimensional(
                prepared(preparation), scale_of(preparation), threshold_of(preparation)
            );
        }
        return std::move(marks_);
    }

private:
    static constexpr int preparations = 6;
    static constexpr int least_side_px = 60; // chosen: smaller pictures hold nothing when reduced

    void read_scaled(double scale) {
        cv::Mat grey = picture_;
        if (scale < 1.0) {
            if (std::min(picture_.cols, picture_.rows) * scale < least_side_px) {
                return;
            }
            cv::resize(picture_, grey, {}, scale, scale, cv::INTER_AREA);
        }
        add_two_dimensional(grey, scale, Threshold::Local);
        add_linear(grey, scale, Turn::None);
        cv::Mat turned;
        cv::rotate(grey, turned, cv::ROTATE_90_CLOCKWISE);
        add_linear(turned, scale, Turn::Clockwise);
    }

    enum class Turn { None, Clockwise };

    void add_linear(const cv::Mat& grey, double scale, Turn turn) {
        for (const Symbol& symbol : linear_symbols(grey, Threshold::Local)) {
            const bool weak = !strongly_checked(symbol.mark);
            const Box box = grown_along_bars(grey, symbol);
            if ((weak && symbol.lines < least_weak_lines) ||
                !plausible(symbol, box, static_cast<int>(dpi_ * scale))) {
                continue;
            }
            Mark mark = symbol.mark;
            const int height = grey.cols; // of the picture before it was turned
            mark.box_px =
                turn == Turn::None ? box : Box{box.y0, height - box.x1, box.y1, height - box.x0};
            add(std::move(mark), scale);
        }
    }

    void add_two_dimensional(const cv::Mat& grey, double scale, Threshold threshold) {
        for (Symbol& symbol : two_dimensional_symbols(grey, threshold)) {
            add(std::move(symbol.mark), scale);
        }
    }

    void add(Mark mark, double scale) {
        const auto back = [&](int value) { return static_cast<int>(value / scale); };
        const Box& box = mark.box_px;
        mark.box_px = intersection(
            {back(box.x0), back(box.y0), back(box.x1), back(box.y1)},
            {0, 0, picture_.cols, picture_.rows}
        );
        const bool known = std::any_of(marks_.begin(), marks_.end(), [&](const Mark& other) {
            return other.format == mark.format && other.text == mark.text;
        });
        if (!known && !mark.box_px.empty()) {
            marks_.push_back(std::move(mark));
        }
    }

    /// The whole picture as a region of bars, in both directions.
    void read_bars_of_everything() {
        Region all;
        all.middle = {picture_.cols / 2.0, picture_.rows / 2.0};
        all.width_px = picture_.cols;
        all.height_px = picture_.rows;
        Region turned = all;
        turned.angle_deg = 90.0;
        std::swap(turned.width_px, turned.height_px);
        for (const Region& region : {all, turned}) {
            for (Mark& mark : linear_codes(picture_, region, dpi_)) {
                add(std::move(mark), 1.0);
            }
        }
    }

    /// The resolution of such a picture is a guess, and with it the size of the cells.
    void read_bars_at_other_sizes() {
        for (const int dpi : {75, 300}) {
            for (const Region& region : bar_regions(gradient_map(picture_, dpi))) {
                for (Mark& mark : linear_codes(picture_, region, dpi)) {
                    add(std::move(mark), 1.0);
                }
            }
        }
    }

    [[nodiscard]] double scale_of(int preparation) const {
        constexpr int enough_px = 400;
        const bool small = std::max(picture_.cols, picture_.rows) < enough_px;
        return preparation == 0 || !small ? 1.0 : preparation == 1 ? 4.0 : 2.0;
    }

    static Threshold threshold_of(int preparation) {
        return preparation == 0 ? Threshold::Global : Threshold::Local;
    }

    /// 0 as it is, 1 and 2 enlarged, 3 and 4 smoothed, 5 inverted. A frame of paper is added.
    [[nodiscard]] cv::Mat prepared(int preparation) const {
        constexpr int frame_px = 10;
        constexpr double white = 255.0;
        cv::Mat grey;
        cv::copyMakeBorder(
            picture_,
            grey,
            frame_px,
            frame_px,
            frame_px,
            frame_px,
            cv::BORDER_CONSTANT,
            cv::Scalar(white)
        );
        const double scale = scale_of(preparation);
        if (scale > 1.0) {
            cv::resize(grey, grey, {}, scale, scale, cv::INTER_CUBIC);
        }
        switch (preparation) {
        case 3:
            cv::GaussianBlur(grey, grey, {}, scale);
            break;
        case 4:
            cv::medianBlur(grey, grey, scale > 1.0 ? 5 : 3);
            break;
        case 5:
            cv::bitwise_not(grey, grey);
            break;
        default:
            break;
        }
        return grey;
    }

    const cv::Mat& picture_;
    int dpi_;
    std::vector<Mark> marks_;
};

} // namespace

std::vector<Mark> codes_of_picture(const cv::Mat& picture, int dpi) {
    return PictureReader(picture, dpi).read();
}

} // namespace pleiade::ocr
