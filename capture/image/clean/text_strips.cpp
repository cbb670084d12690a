#include "capture/image/clean/text_strips.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace pleiade::image {
namespace {

constexpr double letter_px = 12.0;       // chosen: in a strip; ascenders and descenders fit in 32
constexpr double least_letter_mm = 0.8;  // chosen: the x of 5 pt print
constexpr double most_letter_mm = 14.0;  // chosen: titles
constexpr double longest_word_mm = 45.0; // chosen: cursive words hang together; rules are longer

/// From the level page (read in one direction) to the working copy, as a 2 x 3 matrix.
cv::Matx23d to_copy(cv::Size copy, const Reading& reading) {
    const double angle = reading.skew_deg * CV_PI / 180.0;
    const double width = reading.downwards ? copy.height : copy.width;
    const double height = reading.downwards ? copy.width : copy.height;
    const double cx = width / 2.0;
    const double cy = height / 2.0;
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle);
    // Lines descend clockwise: one step along the line is (cos, sin).
    const cv::Matx23d skewed(
        cosine, -sine, cx - cosine * cx + sine * cy, sine, cosine, cy - sine * cx - cosine * cy
    );
    if (!reading.downwards) {
        return skewed;
    }
    // A quarter turn clockwise brings the level page back onto its side: x' = copy.width - y.
    return {
        -skewed(1, 0),
        -skewed(1, 1),
        copy.width - 1.0 - skewed(1, 2),
        skewed(0, 0),
        skewed(0, 1),
        skewed(0, 2)};
}

cv::Matx23d from_copy(cv::Size copy, const Reading& reading) {
    cv::Matx23d result;
    cv::invertAffineTransform(to_copy(copy, reading), result);
    return result;
}

bool may_be_letter(const Blob& blob, const WorkingCopy& copy) {
    constexpr int least_area_px = 6;
    return copy.mm(blob.longer()) >= least_letter_mm && copy.mm(blob.longer()) <= longest_word_mm &&
           copy.mm(blob.shorter()) <= most_letter_mm && blob.area >= least_area_px;
}

/// A letter on the level page.
struct Letter {
    double left = 0.0;
    double right = 0.0;
    double middle = 0.0; ///< Between top and bottom.
    double height = 0.0;
    std::size_t blob = 0; ///< Its index among all.
};

/// Letters that follow each other along a line.
struct Run {
    std::vector<Letter> letters;
    double right = 0.0;
    double middle = 0.0; ///< Of the last letters, smoothed: lines may still rise a little.
    double height = 0.0;

    void add(const Letter& letter) {
        constexpr double weight = 0.3; // chosen: of the newest
        const bool first = letters.empty();
        letters.push_back(letter);
        right = first ? letter.right : std::max(right, letter.right);
        middle = first ? letter.middle : (1 - weight) * middle + weight * letter.middle;
        height = first ? letter.height : (1 - weight) * height + weight * letter.height;
    }

    [[nodiscard]] bool goes_on_with(const Letter& letter) const {
        constexpr double widest_gap = 1.3; // chosen: of the letters' height; words of one line
        constexpr double unlike = 3.0;     // chosen: a capital beside a comma
        const double larger = std::max(height, letter.height);
        const double smaller = std::min(height, letter.height);
        const double gap = letter.left - right;
        return gap <= widest_gap * larger && gap >= -larger && larger <= unlike * smaller &&
               std::abs(letter.middle - middle) <= 0.6 * larger;
    }
};

std::vector<Run> runs_of(std::vector<Letter> letters) {
    std::ranges::sort(letters, {}, &Letter::left);
    std::vector<Run> closed;
    std::vector<Run> open;
    for (const Letter& letter : letters) {
        constexpr double far = 3.0; // chosen: of the height; more than any gap that is bridged
        Run* nearest = nullptr;
        double least = std::numeric_limits<double>::max();
        for (std::size_t i = 0; i < open.size();) {
            Run& run = open[i];
            if (letter.left - run.right > far * run.height + letter.height) {
                closed.push_back(std::move(run));
                run = std::move(open.back());
                open.pop_back();
                continue;
            }
            ++i;
        }
        for (Run& run : open) {
            const double distance = std::abs(letter.middle - run.middle);
            if (distance < least && run.goes_on_with(letter)) {
                least = distance;
                nearest = &run;
            }
        }
        if (nearest == nullptr) {
            nearest = &open.emplace_back();
        }
        nearest->add(letter);
    }
    closed.insert(
        closed.end(), std::make_move_iterator(open.begin()), std::make_move_iterator(open.end())
    );
    return closed;
}

/// Where a strip is cut out of the level page.
struct Window {
    double left = 0.0;
    double middle = 0.0;
    double scale = 1.0; ///< Level pixels per strip pixel.
    std::size_t letters = 0;
};

template <typename Values>
double median(Values values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

void add_windows(const Run& run, const WorkingCopy& copy, std::vector<Window>& windows) {
    constexpr double shortest = 2.0; // chosen: widths of a letter, two letters at least
    std::vector<double> heights;
    for (const Letter& letter : run.letters) {
        heights.push_back(letter.height);
    }
    const double height = median(heights);
    const double left = run.letters.front().left;
    if (run.right - left < shortest * height || copy.mm(height) < least_letter_mm ||
        copy.mm(height) > most_letter_mm) {
        return;
    }
    const double scale = height / letter_px;
    const double step = strip_width_px * scale;
    const int count = std::max(1, cvRound((run.right - left) / step));
    for (int i = 0; i < count; ++i) {
        const double from = left + (run.right - left) * i / count;
        const double to = left + (run.right - left) * (i + 1) / count;
        std::vector<double> middles;
        for (const Letter& letter : run.letters) {
            if (letter.right > from && letter.left < to) {
                middles.push_back(letter.middle);
            }
        }
        if (!middles.empty()) {
            windows.push_back({(from + to) / 2 - step / 2, median(middles), scale, middles.size()});
        }
    }
}

/// Pieces with many letters first, then every n-th of each fullness, so that they come from all
/// over the page.
std::vector<Window> chosen_windows(std::vector<Window> windows, std::size_t most) {
    static constexpr std::size_t full = 7; // chosen: letters; more say little more
    const auto fullness = [](const Window& window) {
        return std::min<std::size_t>(window.letters, full);
    };
    std::ranges::stable_sort(windows, std::greater{}, fullness);
    std::size_t equal = 0;
    while (equal < windows.size() && fullness(windows[equal]) == full) {
        ++equal;
    }
    // The full ones in an order that visits the whole page early: 0, 1/2, 1/4, 3/4, 1/8 ...
    std::vector<Window> ordered;
    std::vector<bool> taken(equal, false);
    for (std::size_t parts = 1; ordered.size() < equal && ordered.size() < most; parts *= 2) {
        for (std::size_t part = 0; part < parts; ++part) {
            const std::size_t at = (2 * part + 1) * equal / (2 * parts);
            if (at < equal && !taken[at]) {
                taken[at] = true;
                ordered.push_back(windows[at]);
            }
        }
    }
    ordered.insert(
        ordered.end(), windows.begin() + static_cast<std::ptrdiff_t>(equal), windows.end()
    );
    ordered.resize(std::min(ordered.size(), most));
    return ordered;
}

cv::Mat cut_out(const cv::Mat& contrast, const cv::Matx23d& to, const Window& window) {
    const double scale = window.scale;
    const double top = window.middle - strip_height_px * scale / 2;
    const cv::Matx23d matrix(
        to(0, 0) * scale,
        to(0, 1) * scale,
        to(0, 0) * window.left + to(0, 1) * top + to(0, 2),
        to(1, 0) * scale,
        to(1, 1) * scale,
        to(1, 0) * window.left + to(1, 1) * top + to(1, 2)
    );
    cv::Mat strip;
    cv::warpAffine(
        contrast,
        strip,
        matrix,
        {strip_width_px, strip_height_px},
        cv::INTER_LINEAR | cv::WARP_INVERSE_MAP
    );
    double darkest = 0.0;
    cv::minMaxLoc(strip, nullptr, &darkest);
    constexpr double faintest = 40.0; // chosen: noise is not made to look like ink
    strip.convertTo(strip, CV_8U, 255.0 / std::max(faintest, darkest));
    return strip;
}

} // namespace

TextStrips::TextStrips(const WorkingCopy& copy, const Blobs& blobs)
    : copy_(copy), blob_count_(blobs.all.size()) {
    for (std::size_t i = 0; i < blobs.all.size(); ++i) {
        const Blob& blob = blobs.all[i];
        if (!may_be_letter(blob, copy)) {
            continue;
        }
        const auto label = static_cast<int>(i + 1);
        for (int y = blob.box.y; y < blob.box.br().y; ++y) {
            const int* row = blobs.labels.ptr<int>(y);
            const int* begin = row + blob.box.x;
            const int* end = row + blob.box.br().x;
            const int* first = std::find(begin, end, label);
            if (first == end) {
                continue;
            }
            const int* last = end - 1;
            while (*last != label) {
                --last;
            }
            outline_.emplace_back(static_cast<float>(first - row), static_cast<float>(y));
            outline_.emplace_back(static_cast<float>(last - row), static_cast<float>(y));
        }
        ends_.push_back(outline_.size());
        blobs_.push_back(i);
    }
}

TextPieces TextStrips::cut(const Reading& reading, std::size_t most, double zoom) {
    const cv::Matx23d from = from_copy(copy_.contrast.size(), reading);
    std::vector<Letter> letters;
    letters.reserve(ends_.size());
    std::size_t at = 0;
    for (const std::size_t end : ends_) {
        double left = std::numeric_limits<double>::max();
        double right = std::numeric_limits<double>::lowest();
        double top = left;
        double bottom = right;
        for (; at < end; ++at) {
            const cv::Point2f& point = outline_[at];
            const double x = from(0, 0) * point.x + from(0, 1) * point.y;
            const double y = from(1, 0) * point.x + from(1, 1) * point.y;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
        letters.push_back(
            {left + from(0, 2),
             right + 1.0 + from(0, 2),
             (top + bottom + 1.0) / 2 + from(1, 2),
             bottom - top + 1.0,
             blobs_[letters.size()]}
        );
    }
    TextPieces pieces;
    std::vector<Window> windows;
    constexpr std::size_t least_letters = 4; // chosen: fewer fall into a row by chance
    pieces.in_lines.assign(blob_count_, false);
    for (const Run& run : runs_of(std::move(letters))) {
        add_windows(run, copy_, windows);
        for (const Letter& letter : run.letters) {
            pieces.in_lines[letter.blob] = run.letters.size() >= least_letters;
        }
    }
    // Large print would lose its strokes when every third pixel is taken.
    constexpr double coarse = 2.0;
    const cv::Matx23d to = to_copy(copy_.contrast.size(), reading);
    for (Window& window : windows) {
        window.left += (1.0 - 1.0 / zoom) * window.scale * strip_width_px / 2;
        window.scale /= zoom;
    }
    for (const Window& window : chosen_windows(std::move(windows), most)) {
        if (window.scale < coarse) {
            pieces.strips.push_back(cut_out(copy_.contrast, to, window));
            continue;
        }
        if (half_.empty()) {
            cv::resize(copy_.contrast, half_, {}, 0.5, 0.5, cv::INTER_AREA);
        }
        pieces.strips.push_back(cut_out(half_, to * 0.5, window));
    }
    return pieces;
}

} // namespace pleiade::image
