#include "capture/image/clean/text_direction.h"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <algorithm>
#include <cmath>

// The weights, taken in by text_strips_weights.S.
extern "C" {
extern const char pleiade_strip_weights[];
extern const char pleiade_strip_weights_end[];
}

namespace pleiade::image {

struct TextDirection::Network {
    cv::dnn::Net net;
};

TextDirection::TextDirection() : network_(std::make_unique<Network>()) {
    network_->net = cv::dnn::readNetFromONNX(
        pleiade_strip_weights,
        static_cast<std::size_t>(pleiade_strip_weights_end - pleiade_strip_weights)
    );
}

TextDirection::~TextDirection() = default;

Votes TextDirection::votes(const std::vector<cv::Mat>& strips) {
    Votes votes;
    if (strips.empty()) {
        return votes;
    }
    constexpr double full_ink = 255.0;
    constexpr float least_odds = 0.01F; // chosen: no piece is so sure that three cannot outvote it
    enum Way { Up, Down, Neither };     // spec: tools/text-strips/train.py
    network_->net.setInput(cv::dnn::blobFromImages(strips, 1.0 / full_ink));
    const cv::Mat ways = network_->net.forward();
    double all = 0.0;
    for (int i = 0; i < ways.rows; ++i) {
        const float* odds = ways.ptr<float>(i);
        const double vote = std::log((odds[Up] + least_odds) / (odds[Down] + least_odds));
        votes.upright += vote;
        all += std::abs(vote);
        votes.like_text += 1.0F - odds[Neither];
    }
    votes.like_text /= ways.rows;
    // Pieces that contradict each other, or hardly look like text, are worth less than few that do.
    votes.upright *= all > 0.0 ? votes.like_text * std::abs(votes.upright) / all : 0.0;
    return votes;
}

Votes TextDirection::votes_both_ways(const std::vector<cv::Mat>& strips) {
    std::vector<cv::Mat> turned;
    turned.reserve(strips.size());
    for (const cv::Mat& strip : strips) {
        cv::rotate(strip, turned.emplace_back(), cv::ROTATE_180);
    }
    const Votes one = votes(strips);
    const Votes other = votes(turned);
    return {(one.upright - other.upright) / 2, (one.like_text + other.like_text) / 2};
}

} // namespace pleiade::image
