#include "core/units.h"
#include "ocr/barcode/bar_regions.h"
#include "ocr/barcode/gradient_map.h"
#include "ocr/barcode/grid_codes.h"
#include "ocr/barcode/linear_codes.h"
#include "ocr/barcode/patch.h"
#include "ocr/barcode/picture_codes.h"
#include "ocr/barcode/reduced_page.h"
#include "ocr/barcode/symbols.h"
#include "ocr/barcode/texture.h"
#include "ocr/mark_reader.h"

#include <algorithm>
#include <stdexcept>

namespace pleiade::ocr {
namespace {

constexpr Millimetres quiet_zone{2.0}; // chosen: parts of one code are nearer to each other

// chosen: bound the cost on pages full of bold print, pictures and hatchings
constexpr int most_squares = 12;
constexpr int most_oblongs = 5;

// chosen: a label, a card, a photograph for a web page: there the code may fill the picture, with
// no paper around it to find it by, and looking everywhere costs little
constexpr std::size_t most_pixels_of_picture = 3'000'000; // A4 at 200 dpi has 3.9

// chosen: less is the guess for a photograph or a label, on which codes are not centimetres large
constexpr int least_dpi = 150;

// chosen: no scanner offers less for a sheet; below, the resolution is a guess and so is every size
constexpr int least_patch_dpi = 75;

// chosen: a quarter of the cells has no edges but on pictures that a code fills
constexpr double most_change_of_paper = 200.0;

int area(const Box& box) {
    return box.empty() ? 0 : box.width() * box.height();
}

Box grown(const Box& box, int by_px) {
    return {box.x0 - by_px, box.y0 - by_px, box.x1 + by_px, box.y1 + by_px};
}

/// One page while it is being read.
class PageOfMarks {
public:
    PageOfMarks(const PageImage& grey, int dpi)
        : page_(
              grey.height_px,
              grey.width_px,
              CV_8UC1,
              const_cast<std::uint8_t*>(grey.pixels.data()) // NOLINT(*-const-cast): only read
          ),
          patch_dpi_(dpi),
          dpi_(std::max(dpi, least_dpi)) {}

    std::vector<Mark> read() {
        const ReducedPage small = reduced(page_, dpi_);
        read_places(page_, dpi_, 1.0);
        if (small.scale < 1.0) {
            read_places(small.grey, small.dpi, small.scale);
        }
        const bool all_code = paper_ > most_change_of_paper;
        for (Symbol& symbol :
             all_code ? two_dimensional_symbols(small.grey) : qr_symbols(small.grey)) {
            symbol.mark.box_px = small.on_page(symbol.mark.box_px);
            add(std::move(symbol.mark));
        }
        if (page_.total() <= most_pixels_of_picture) {
            add_all(codes_of_picture(page_, dpi_), {{}, 1.0, dpi_});
        }
        if (patch_dpi_ >= least_patch_dpi) {
            add_patches(patch_codes(reduced(page_, patch_dpi_)));
        }
        std::sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) {
            return std::pair(a.box_px.y0, a.box_px.x0) < std::pair(b.box_px.y0, b.box_px.x0);
        });
        return std::move(marks_);
    }

private:
    /// Looks closely where a picture of the page looks like codes.
    /// @param scale Pixels of the picture for one of the page.
    void read_places(const cv::Mat& picture, int dpi, double scale) {
        const ReducedPage place{{}, scale, dpi};
        const GradientMap map = gradient_map(picture, dpi);
        paper_ = map.noise;
        for (const Region& region : bar_regions(map)) {
            if (!is_known(place.on_page(box_of(region)))) {
                add_all(linear_codes(picture, region, dpi), place);
            }
        }
        int squares = 0;
        int oblongs = 0;
        for (const Suspect& suspect : suspected_codes(picture, map)) {
            if (is_known(place.on_page(suspect.box)) ||
                (suspect.square ? squares >= most_squares : oblongs >= most_oblongs)) {
                continue;
            }
            add_all(grid_codes(picture, suspect, dpi), place);
            ++(suspect.square ? squares : oblongs);
        }
    }

    /// Some bars of a barcode look like the four of a patch code.
    void add_patches(std::vector<Mark> patches) {
        std::erase_if(patches, [&](const Mark& patch) {
            return std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) {
                return !intersection(mark.box_px, patch.box_px).empty();
            });
        });
        marks_.insert(marks_.end(), patches.begin(), patches.end());
    }

    [[nodiscard]] bool is_known(const Box& box) const {
        return std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) {
            return 2 * area(intersection(mark.box_px, box)) > area(box);
        });
    }

    void add_all(std::vector<Mark> found, const ReducedPage& place) {
        std::sort(found.begin(), found.end(), [](const Mark& a, const Mark& b) {
            return area(a.box_px) > area(b.box_px);
        });
        for (Mark& mark : found) {
            mark.box_px = place.on_page(mark.box_px);
            add(std::move(mark));
        }
    }

    /// A code with a fold or a stamp across it is read in two parts: one mark. A code within
    /// another is decoration of it.
    void add(Mark mark) {
        mark.box_px = intersection(mark.box_px, {0, 0, page_.cols, page_.rows});
        const int near_px = to_pixels(quiet_zone, {static_cast<double>(dpi_)});
        const auto twin = std::find_if(marks_.begin(), marks_.end(), [&](const Mark& known) {
            return known.format == mark.format && known.text == mark.text &&
                   !intersection(grown(known.box_px, near_px), mark.box_px).empty();
        });
        if (twin != marks_.end()) {
            twin->box_px = united(twin->box_px, mark.box_px);
            return;
        }
        std::erase_if(marks_, [&](const Mark& known) {
            return intersection(known.box_px, mark.box_px) == known.box_px &&
                   2 * area(known.box_px) < area(mark.box_px);
        });
        if (!is_known(mark.box_px)) {
            marks_.push_back(std::move(mark));
        }
    }

    cv::Mat page_;
    int patch_dpi_; ///< Patch codes are told by their size.
    int dpi_;
    double paper_ = 0.0; ///< GradientMap::noise of the picture last looked at.
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
