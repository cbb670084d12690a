#include "ocr/barcode/texture.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace pleiade::ocr {
namespace {

constexpr double least_change = 40.0; // chosen: modules of 30 grey values of contrast
constexpr double above_noise = 2.0;   // chosen
constexpr int least_cells = 4;        // chosen: 2.8 mm, DataMatrix 12 x 12 with 0.25 mm modules
constexpr int most_cells = 130;       // chosen: 90 mm; what is larger the reduced page shows
constexpr int window = 3;             // chosen: cells; 2.1 mm, more than the gaps within a code

// measured: codes painted in every state have 0.30 to 0.52, ordinary print less than 0.4
constexpr double least_black = 0.28;
constexpr double most_black = 0.80; // chosen: white codes on a dark label

/// Sides in cells, and how much the edges keep to one direction: 0 not at all, 1 all.
struct Shape {
    int shorter = 0;
    int longer = 0;
    double parallel = 0.0;
};

constexpr double grid = 0.2; ///< Most parallel edges of a code of rows and columns.

/// measured: painted codes in every state: QR, DataMatrix and Aztec are square with 0.00 to 0.10,
/// PDF417 has 0.50 to 0.65; pieces of print have 0.0 to 0.7, but 98 of 100 are at most 7 cells high
bool is_square_code(const Shape& shape) {
    return 2 * shape.longer <= 3 * shape.shorter && shape.parallel <= grid;
}

/// Rows of bars (PDF417), a rectangular DataMatrix, or a square code with something beside it.
bool is_oblong_code(const Shape& shape, double black_share) {
    constexpr int higher_than_print = 9;
    constexpr int least_side = 6;
    constexpr double least_rows_of_bars = 0.3;
    constexpr double most_rows_of_bars = 0.75;
    constexpr double least_black_share = 0.38;
    constexpr double most_black_share = 0.62;
    if (shape.shorter < least_side || black_share < least_black_share ||
        black_share > most_black_share) {
        return false;
    }
    if (shape.parallel >= least_rows_of_bars) {
        return shape.parallel <= most_rows_of_bars && shape.longer <= 6 * shape.shorter;
    }
    return shape.longer <= (shape.shorter >= higher_than_print ? 2 : 5) * shape.shorter;
}

/// @param part 255 where a cell belongs to the place.
Shape shape_of(const GradientMap& map, const cv::Rect& cells, const cv::Mat& part) {
    const double xx = cv::mean(map.along_x(cells), part)[0];
    const double yy = cv::mean(map.along_y(cells), part)[0];
    const double xy = cv::mean(map.crossed(cells), part)[0];
    return {
        std::min(cells.width, cells.height),
        std::max(cells.width, cells.height),
        std::hypot(xx - yy, 2.0 * xy) / std::max(xx + yy, 1.0)};
}

/// Of the pixels in the cells that belong to the place: a turned square fills half of its box.
double black_share_of(const cv::Mat& picture, const cv::Mat& part) {
    cv::Mat black;
    cv::threshold(picture, black, 0.0, 255.0, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
    cv::Mat inside;
    cv::resize(part, inside, picture.size(), 0.0, 0.0, cv::INTER_NEAREST);
    return static_cast<double>(cv::countNonZero(black & inside)) /
           static_cast<double>(std::max(1, cv::countNonZero(inside)));
}

bool is_nearly(const Box& a, const Box& b) {
    const Box both = intersection(a, b);
    constexpr double nearly = 0.8;
    return !both.empty() && both.width() * both.height() >
                                nearly * std::max(a.width() * a.height(), b.width() * b.height());
}

class SuspectFinder {
public:
    SuspectFinder(const cv::Mat& picture, const GradientMap& map) : picture_(picture), map_(map) {}
    SuspectFinder(cv::Mat&&, const GradientMap&) = delete;
    SuspectFinder(const cv::Mat&, GradientMap&&) = delete;

    /// Adds the connected parts of a mask of cells.
    void add(const cv::Mat& mask) {
        cv::Mat labels;
        cv::Mat stats;
        cv::Mat centres;
        constexpr int sides = 4;
        const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, sides);
        for (int label = 1; label < count; ++label) {
            const int* row = stats.ptr<int>(label);
            const cv::Rect cells(
                row[cv::CC_STAT_LEFT],
                row[cv::CC_STAT_TOP],
                row[cv::CC_STAT_WIDTH],
                row[cv::CC_STAT_HEIGHT]
            );
            if (std::min(cells.width, cells.height) >= least_cells &&
                std::max(cells.width, cells.height) <= most_cells) {
                add_part(cells, labels(cells) == label);
            }
        }
    }

    std::vector<Suspect> all() {
        std::sort(suspects_.begin(), suspects_.end(), [](const Suspect& a, const Suspect& b) {
            return std::pair(a.square, a.box.width() * a.box.height()) >
                   std::pair(b.square, b.box.width() * b.box.height());
        });
        return std::move(suspects_);
    }

private:
    void add_part(const cv::Rect& cells, const cv::Mat& part) {
        const Shape shape = shape_of(map_, cells, part);
        const cv::Rect area(cells.tl() * map_.cell_px, cells.br() * map_.cell_px);
        const Box box{area.x, area.y, area.x + area.width, area.y + area.height};
        if (std::any_of(suspects_.begin(), suspects_.end(), [&](const Suspect& known) {
                return is_nearly(known.box, box);
            })) {
            return;
        }
        const double black_share = black_share_of(picture_(area), part);
        if (black_share < least_black || black_share > most_black) {
            return;
        }
        const bool square = is_square_code(shape);
        if (square || is_oblong_code(shape, black_share)) {
            suspects_.push_back({box, black_share, square});
        }
    }

    const cv::Mat& picture_;
    const GradientMap& map_;
    std::vector<Suspect> suspects_;
};

} // namespace

std::vector<Suspect> suspected_codes(const cv::Mat& picture, const GradientMap& map) {
    if (map.cells().empty()) {
        return {};
    }
    const cv::Mat mask = map.along_x + map.along_y > least_change + above_noise * map.noise;
    const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_RECT, {window, window});
    SuspectFinder finder(picture, map);
    // Codes apart from their neighbours, and those that have gaps of their own.
    cv::Mat apart;
    cv::morphologyEx(mask, apart, cv::MORPH_OPEN, kernel);
    finder.add(apart);
    cv::Mat whole;
    cv::morphologyEx(mask, whole, cv::MORPH_CLOSE, kernel);
    cv::morphologyEx(whole, whole, cv::MORPH_OPEN, kernel);
    finder.add(whole);
    return finder.all();
}

} // namespace pleiade::ocr
