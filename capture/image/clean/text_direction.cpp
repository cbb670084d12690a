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
namespace {

enum Way { Up, Down, Neither }; // spec: tools/text-strips/train.py

/// Log odds of upright against upside down.
double vote_of(const float* odds) {
    constexpr float least_odds = 0.01F; // chosen: no piece is so sure that three cannot outvote it
    return std::log((odds[Up] + least_odds) / (odds[Down] + least_odds));
}

std::vector<cv::Mat> upside_down(const std::vector<cv::Mat>& strips) {
    std::vector<cv::Mat> turned;
    turned.reserve(strips.size());
    for (const cv::Mat& strip : strips) {
        cv::rotate(strip, turned.emplace_back(), cv::ROTATE_180);
    }
    return turned;
}

} // namespace

struct TextDirection::Network {
    cv::dnn::Net net;

    /// One row of odds for each strip.
    cv::Mat ways(const std::vector<cv::Mat>& strips) {
        constexpr double full_ink = 255.0;
        net.setInput(cv::dnn::blobFromImages(strips, 1.0 / full_ink));
        return net.forward().clone();
    }
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
    const cv::Mat ways = network_->ways(strips);
    double all = 0.0;
    for (int i = 0; i < ways.rows; ++i) {
        const float* odds = ways.ptr<float>(i);
        const double vote = vote_of(odds);
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
    const Votes one = votes(strips);
    const Votes other = votes(upside_down(strips));
    return {(one.upright - other.upright) / 2, (one.like_text + other.like_text) / 2};
}

Votes TextDirection::votes_of_text(const std::vector<cv::Mat>& strips) {
    Votes votes;
    if (strips.empty()) {
        return votes;
    }
    const cv::Mat one = network_->ways(strips);
    const cv::Mat other = network_->ways(upside_down(strips));
    double all = 0.0;
    for (int i = 0; i < one.rows; ++i) {
        const float* as_it_is = one.ptr<float>(i);
        const float* turned = other.ptr<float>(i);
        const double like_text = 1.0 - (as_it_is[Neither] + turned[Neither]) / 2.0;
        const double vote = like_text * (vote_of(as_it_is) - vote_of(turned)) / 2.0;
        votes.upright += vote;
        all += std::abs(vote);
        votes.like_text += like_text;
    }
    votes.like_text /= one.rows;
    votes.upright *= all > 0.0 ? std::abs(votes.upright) / all : 0.0;
    return votes;
}

} // namespace pleiade::image
