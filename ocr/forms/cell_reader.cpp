#include "ocr/cell_reader.h"

#include "ocr/forms/line_removal.h"

#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

// The weights, taken in by cell_weights.S.
extern "C" {
extern const char pleiade_cell_weights[];
extern const char pleiade_cell_weights_end[];
}

namespace pleiade::ocr {
namespace {

constexpr int side_px = 32;           // spec: tools/comb-characters/cells.py, SIDE
constexpr double character_px = 18.0; // spec: the same, HEIGHT
/// The surroundings of one character, 0 where there is paper and 1 where there is ink.
cv::Mat cut_out(const cv::Mat& page, const CellPlace& place) {
    const double side = place.height_px * side_px / character_px;
    const int px = std::max(8, static_cast<int>(std::lround(side)));
    cv::Mat around;
    cv::getRectSubPix(
        page,
        {px, px},
        {static_cast<float>(place.x_px - 0.5), static_cast<float>(place.y_px - 0.5)},
        around
    );
    const double paper = level_at(around, 0.75);
    const double darkest = std::min<double>(level_at(around, 0.02), paper - faintest_ink);
    cv::Mat small;
    cv::resize(
        around, small, {side_px, side_px}, 0, 0, px >= side_px ? cv::INTER_AREA : cv::INTER_LINEAR
    );
    cv::Mat ink;
    small.convertTo(ink, CV_32F, -1.0 / (paper - darkest), paper / (paper - darkest));
    return cv::min(cv::max(ink, 0.0F), 1.0F);
}

} // namespace

double CellOdds::of_character(char character) const {
    const std::size_t at = cell_classes.find(character);
    return at == std::string_view::npos ? 0.0 : static_cast<double>(of[at]);
}

char CellOdds::best() const {
    return cell_classes[static_cast<std::size_t>(std::ranges::max_element(of) - of.begin())];
}

struct CellReader::Network {
    cv::dnn::Net net;
};

CellReader::CellReader() : network_(std::make_unique<Network>()) {
    network_->net = cv::dnn::readNetFromONNX(
        pleiade_cell_weights,
        static_cast<std::size_t>(pleiade_cell_weights_end - pleiade_cell_weights)
    );
}

CellReader::~CellReader() = default;

std::vector<CellOdds>
CellReader::read(const PageImage& grey, const std::vector<CellPlace>& places) {
    std::vector<CellOdds> all(places.size());
    if (places.empty() || grey.empty() || grey.channels != 1) {
        return all;
    }
    const cv::Mat page = view_of(grey);
    std::vector<cv::Mat> cells;
    cells.reserve(places.size());
    for (const CellPlace& place : places) {
        cells.push_back(cut_out(page, place));
    }
    network_->net.setInput(cv::dnn::blobFromImages(cells));
    const cv::Mat odds = network_->net.forward();
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::copy_n(odds.ptr<float>(static_cast<int>(i)), cell_classes.size(), all[i].of.begin());
    }
    return all;
}

} // namespace pleiade::ocr
