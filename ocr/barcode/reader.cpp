#include "core/units.h"
#include "ocr/barcode/bars.h"
#include "ocr/barcode/patch.h"
#include "ocr/barcode/reduced_page.h"
#include "ocr/barcode/symbols.h"
#include "ocr/barcode/texture.h"
#include "ocr/mark_reader.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <stdexcept>

namespace pleiade::ocr {
namespace {

constexpr Millimetres quiet_zone{2.0};  // chosen: more than any code asks for at its usual size
constexpr int most_linear_symbols = 24; // chosen: ends the search on a page of hatching
constexpr int small_tile_px = 320;      // chosen: modules of three pixels and less
constexpr int paper = 255;

// measured: pages of text and forms have 0.000 to 0.005, with 1 % of specks 0.008, with 2 % 0.013
constexpr double speckled_share = 0.006;
constexpr double speck_contrast = 100.0; // chosen: of 255

/// The page without its specks, or nothing when it has few.
cv::Mat without_specks(const cv::Mat& page) {
    constexpr int side_px = 3;
    cv::Mat smooth;
    cv::medianBlur(page, smooth, side_px);
    cv::Mat difference;
    cv::absdiff(page, smooth, difference);
    const int specks = cv::countNonZero(difference > speck_contrast);
    const double share = static_cast<double>(specks) / static_cast<double>(page.total());
    return share > speckled_share ? smooth : cv::Mat();
}

bool meet(const Box& a, const Box& b) {
    return !intersection(a, b).empty();
}

void hide(cv::Mat& page, const Box& box) {
    const cv::Rect area(box.x0, box.y0, box.width(), box.height());
    page(area & cv::Rect(0, 0, page.cols, page.rows)).setTo(paper);
}

Box grown(const Box& box, int by_px) {
    return {box.x0 - by_px, box.y0 - by_px, box.x1 + by_px, box.y1 + by_px};
}

/// One page while it is being read: what was found is hidden from what comes after.
class PageOfMarks {
public:
    PageOfMarks(const PageImage& grey, int dpi) : dpi_(dpi) {
        const cv::Mat all(
            grey.height_px,
            grey.width_px,
            CV_8UC1,
            const_cast<std::uint8_t*>(grey.pixels.data()) // NOLINT(*-const-cast): only cloned
        );
        page_ = all.clone();
    }

    std::vector<Mark> read() {
        read_once();
        // measured: 2 % of specks spoil 36 of 156 painted codes, 2 with this. Alone, the
        // smoothing hides codes with modules of one or two pixels: hence both.
        if (const cv::Mat smooth = without_specks(page_); !smooth.empty()) {
            page_ = smooth;
            read_once();
        }
        std::sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) {
            return std::pair(a.box_px.y0, a.box_px.x0) < std::pair(b.box_px.y0, b.box_px.x0);
        });
        return std::move(marks_);
    }

private:
    void read_once() {
        const ReducedPage small = reduced(page_, dpi_);
        add_unchecked(patch_codes(small));
        add_two_dimensional(two_dimensional_symbols(page_), {0, 0});
        for (const Box& suspect : suspected_codes(small)) {
            read_closely(small.on_page(suspect));
        }
        read_linear();
    }

    void add_unchecked(std::vector<Mark> found) {
        for (Mark& mark : found) {
            hide(page_, mark.box_px);
            marks_.push_back(std::move(mark));
        }
    }

    void add_two_dimensional(std::vector<Symbol> found, cv::Point offset) {
        for (Symbol& symbol : found) {
            Box& box = symbol.mark.box_px;
            box = {box.x0 + offset.x, box.y0 + offset.y, box.x1 + offset.x, box.y1 + offset.y};
            box = intersection(box, {0, 0, page_.cols, page_.rows});
        }
        drop_echoes(found);
        for (Symbol& symbol : found) {
            hide(page_, symbol.mark.box_px);
            add(std::move(symbol.mark));
        }
    }

    /// Of symbols that say the same, those that are not where they are said to be.
    void drop_echoes(std::vector<Symbol>& found) {
        const auto same = [](const Symbol& a, const Symbol& b) {
            return a.mark.format == b.mark.format && a.mark.text == b.mark.text;
        };
        std::vector<Symbol> kept;
        for (const Symbol& symbol : found) {
            const auto twins = std::count_if(found.begin(), found.end(), [&](const Symbol& other) {
                return same(symbol, other);
            });
            const std::vector<Symbol> there =
                twins > 1 ? two_dimensional_symbols(tile_around(symbol.mark.box_px).clone())
                          : std::vector<Symbol>{symbol};
            if (std::any_of(there.begin(), there.end(), [&](const Symbol& seen) {
                    return same(symbol, seen);
                })) {
                kept.push_back(symbol);
            }
        }
        found = std::move(kept);
    }

    [[nodiscard]] Box box_around(const Box& box) const {
        const int margin_px = to_pixels(quiet_zone, {static_cast<double>(dpi_)});
        return intersection(grown(box, margin_px), {0, 0, page_.cols, page_.rows});
    }

    [[nodiscard]] cv::Mat tile_around(const Box& box) const {
        const Box around = box_around(box);
        return page_(cv::Rect(around.x0, around.y0, around.width(), around.height()));
    }

    /// DataMatrix and Aztec are looked for from the middle of the picture only, so they need a
    /// picture of their own.
    void read_closely(const Box& suspect) {
        if (std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) {
                return meet(mark.box_px, suspect);
            })) {
            return;
        }
        const Box box = box_around(suspect);
        const cv::Mat tile = tile_around(suspect).clone();
        std::vector<Symbol> found = two_dimensional_symbols(tile);
        if (found.empty() && std::min(tile.cols, tile.rows) <= small_tile_px) {
            found = enlarged_symbols(tile);
        }
        add_two_dimensional(std::move(found), {box.x0, box.y0});
    }

    static std::vector<Symbol> enlarged_symbols(const cv::Mat& tile) {
        constexpr int times = 2;
        cv::Mat larger;
        cv::resize(tile, larger, {}, times, times, cv::INTER_CUBIC);
        std::vector<Symbol> found = two_dimensional_symbols(larger);
        for (Symbol& symbol : found) {
            Box& box = symbol.mark.box_px;
            box = {box.x0 / times, box.y0 / times, box.x1 / times, box.y1 / times};
        }
        return found;
    }

    void read_linear() {
        for (int i = 0; i < most_linear_symbols; ++i) {
            const auto symbol = one_linear_symbol(page_);
            if (!symbol) {
                return;
            }
            const Box box = grown_along_bars(page_, *symbol);
            if (plausible(*symbol, box, dpi_)) {
                Mark mark = symbol->mark;
                mark.box_px = box;
                add(std::move(mark));
            }
            hide(page_, grown(box, 1));
        }
    }

    /// A code with a fold or a stamp across it is read in two parts: one mark.
    void add(Mark mark) {
        const int near_px = to_pixels(quiet_zone, {static_cast<double>(dpi_)});
        const auto twin = std::find_if(marks_.begin(), marks_.end(), [&](const Mark& known) {
            return known.format == mark.format && known.text == mark.text &&
                   meet(grown(known.box_px, near_px), mark.box_px);
        });
        if (twin != marks_.end()) {
            twin->box_px = united(twin->box_px, mark.box_px);
        } else {
            marks_.push_back(std::move(mark));
        }
    }

    cv::Mat page_;
    int dpi_;
    std::vector<Mark> marks_;
};

class ZxingMarkReader final : public MarkReader {
public:
    std::vector<Mark> read(const PageImage& grey) override {
        if (grey.channels != 1) {
            throw std::logic_error("marks are read from pages of one channel");
        }
        if (grey.empty()) {
            return {};
        }
        return PageOfMarks(grey, std::max(grey.dpi, 1)).read();
    }
};

} // namespace

std::unique_ptr<MarkReader> make_mark_reader() {
    return std::make_unique<ZxingMarkReader>();
}

} // namespace pleiade::ocr
