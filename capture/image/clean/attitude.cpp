// The directions in which ink falls into lines are tried one after the other: the one along which
// pieces look like text, and agree on which way is up, is right.

#include "capture/image/clean/attitude.h"

#include "capture/image/clean/blank.h"
#include "capture/image/clean/skew.h"
#include "capture/image/clean/text_strips.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace pleiade::image {
namespace {

constexpr double unsure = 0.5;         // spec: core/page_reading.h, turn_confidence
constexpr double says_something = 2.0; // chosen: log odds of votes

struct Page {
    const WorkingCopy& copy;
    const Blobs& blobs;
};

/// Pieces the size of letters and words: no rules, pictures, borders or dust.
cv::Mat letters_of(const WorkingCopy& copy, const Blobs& blobs) {
    constexpr double longest_word_mm = 20.0; // measured: cursive words; rules of forms are longer
    constexpr int least_area_px = 4;
    std::vector<bool> chosen;
    chosen.reserve(blobs.all.size());
    for (const Blob& blob : blobs.all) {
        chosen.push_back(copy.mm(blob.longer()) < longest_word_mm && blob.area >= least_area_px);
    }
    return blobs.drawn(chosen);
}

struct Candidate {
    LikelyLines lines;
    Votes votes;
    std::vector<bool> in_lines; ///< See TextPieces.

    [[nodiscard]] double evidence() const { return std::abs(votes.upright); }
    [[nodiscard]] double letters() const {
        return static_cast<double>(std::ranges::count(in_lines, true));
    }
    [[nodiscard]] bool same_way_as(const Candidate& other) const {
        return lines.reading.downwards == other.lines.reading.downwards &&
               (votes.upright < 0.0) == (other.votes.upright < 0.0);
    }
};

/// Tries directions one after the other, until one is beyond doubt.
class Trial {
    static constexpr double plenty = 20.0; // chosen: log odds, beyond which nothing is looked for

public:
    Trial(const WorkingCopy& copy, const Blobs& blobs, TextDirection& direction)
        : copy_(copy), strips_(copy, blobs), direction_(direction) {}
    Trial(WorkingCopy&&, const Blobs&, TextDirection&) = delete;

    /// @returns whether one was beyond doubt.
    bool run(const std::vector<LikelyLines>& likely) {
        constexpr std::size_t strips = 16;    // measured: twice as many change nothing
        constexpr double beyond_doubt = 12.0; // chosen: log odds; five pieces that agree
        constexpr double all_text = 0.6;
        constexpr double most_letters = 0.5; // chosen: else something else was taken for lines
        for (const LikelyLines& lines : likely) {
            TextPieces pieces = strips_.cut(lines.reading, strips);
            Votes votes = direction_.votes(pieces.strips);
            const bool clear = std::abs(votes.upright) >= beyond_doubt;
            if (!clear) {
                votes = direction_.votes_both_ways(pieces.strips);
            }
            tried_.push_back({lines, votes, std::move(pieces.in_lines)});
            if (!clearest_) {
                clearest_ = tried_.back();
            }
            if (clear && votes.like_text >= all_text &&
                tried_.back().letters() >= most_letters * strips_.letters()) {
                return true;
            }
        }
        return false;
    }

    /// Lines of text run across columns and edges of paper, also where these are all that was
    /// found.
    void run_across() {
        constexpr std::size_t most = 2; // chosen: the clearest ones
        std::vector<LikelyLines> across;
        for (const Candidate& candidate : tried_) {
            const Reading& reading = candidate.lines.reading;
            const LikelyLines lines{{!reading.downwards, reading.skew_deg}, 1.0};
            const bool known = std::ranges::any_of(tried_, [&](const Candidate& other) {
                return near(other.lines.reading, lines.reading);
            });
            if (!known && across.size() < most) {
                across.push_back(lines);
            }
        }
        run(across);
    }

    [[nodiscard]] bool is_doubtful() const {
        const std::optional<Candidate> first = best();
        return first && lead(*first) < plenty;
    }

    /// Asks again along the best directions, with more pieces, in several sizes, and where the
    /// print is pale or broken: what each says is multiplied.
    void look_closely() {
        std::vector<Candidate> looked_at = worth_a_look();
        bool enough = false;
        for (Candidate& candidate : looked_at) {
            const Reading& reading = candidate.lines.reading;
            candidate.votes.upright = seen_closely(strips_, reading);
            if (!enough && candidate.evidence() < plenty) {
                candidate.votes.upright += seen_closely(pale(), reading);
            }
            enough = enough || candidate.evidence() >= plenty;
        }
        tried_ = std::move(looked_at);
    }

    /// The one that looks most like text; where none does, the one with the clearest lines.
    [[nodiscard]] std::optional<Candidate> best() const {
        if (tried_.empty()) {
            return std::nullopt;
        }
        const auto text = std::ranges::max_element(tried_, {}, &Candidate::evidence);
        if (text->evidence() < says_something) {
            return clearest_;
        }
        // Letters look like letters a few degrees off, too: but fewer of them fall into lines.
        constexpr double about_as_sure = 0.6;
        const Candidate* best = &*text;
        for (const Candidate& candidate : tried_) {
            if (candidate.same_way_as(*text) &&
                candidate.evidence() >= about_as_sure * text->evidence() &&
                candidate.letters() > best->letters()) {
                best = &candidate;
            }
        }
        return *best;
    }

    /// How much more the best one looks like text than any in another direction does.
    [[nodiscard]] double lead(const Candidate& best) const {
        double other = 0.0;
        for (const Candidate& candidate : tried_) {
            if (candidate.lines.reading.downwards != best.lines.reading.downwards) {
                other = std::max(other, candidate.evidence());
            }
        }
        return best.evidence() - other;
    }

    /// How much clearer its lines are than those across: 1 = no difference.
    [[nodiscard]] double clearer(const Candidate& best) const {
        double other = 1.0;
        for (const Candidate& candidate : tried_) {
            if (candidate.lines.reading.downwards != best.lines.reading.downwards) {
                other = std::max(other, candidate.lines.contrast);
            }
        }
        return best.lines.contrast / other;
    }

private:
    static bool near(const Reading& one, const Reading& other) {
        constexpr double near_deg = 3.0; // chosen: letters look like letters a few degrees off
        return one.downwards == other.downwards &&
               std::abs(one.skew_deg - other.skew_deg) <= near_deg;
    }

    /// The directions that look most like text, two on one side at most and one on the other.
    [[nodiscard]] std::vector<Candidate> worth_a_look() const {
        std::vector<const Candidate*> order;
        for (const Candidate& candidate : tried_) {
            order.push_back(&candidate);
        }
        std::ranges::stable_sort(order, std::greater{}, &Candidate::evidence);
        constexpr std::ptrdiff_t most_on_a_side = 2;
        constexpr std::size_t most = 3;
        std::vector<Candidate> chosen;
        for (const Candidate* candidate : order) {
            const Reading& reading = candidate->lines.reading;
            const bool known = std::ranges::any_of(chosen, [&](const Candidate& other) {
                return near(other.lines.reading, reading);
            });
            const auto on_this_side = std::ranges::count_if(chosen, [&](const Candidate& other) {
                return other.lines.reading.downwards == reading.downwards;
            });
            if (!known && on_this_side < most_on_a_side && chosen.size() < most) {
                chosen.push_back(*candidate);
            }
        }
        return chosen;
    }

    /// What is paler than ink, too.
    TextStrips& pale() {
        if (!pale_) {
            constexpr double faintest = 28.0; // measured: the strokes of worn print have 40
            cv::Mat soft;
            cv::blur(copy_.contrast, soft, {3, 3});
            pale_blobs_ = blobs_of(soft > faintest);
            pale_.emplace(copy_, pale_blobs_);
        }
        return *pale_;
    }

    /// Log odds of upright, the mean of those in each size.
    double seen_closely(TextStrips& strips, const Reading& reading) {
        constexpr std::size_t most = 32;
        constexpr double least_like_text = 0.15; // measured: lines of text are at 0.25 and above
        // Rules and worn strokes make letters seem larger or smaller than they are.
        constexpr std::array zooms{1.0, 0.75, 1.3};
        double sum = 0.0;
        for (const double zoom : zooms) {
            const Votes votes = direction_.votes_of_text(strips.cut(reading, most, zoom).strips);
            if (votes.like_text < least_like_text) {
                break; // bars and rules speak for no way up
            }
            sum += votes.upright;
        }
        return sum / zooms.size();
    }

    const WorkingCopy& copy_;
    TextStrips strips_;
    Blobs pale_blobs_;
    std::optional<TextStrips> pale_;
    TextDirection& direction_;
    std::vector<Candidate> tried_;
    std::optional<Candidate> clearest_; ///< The first one: its lines stand out most.
};

/// 0 at `none`, 1 at `sure` and above.
double confidence_of(double value, double none, double sure) {
    return std::clamp((value - none) / (sure - none), 0.0, 1.0);
}

/// The skew of its lines of letters alone, as long as they are enough: what else is on the page,
/// pictures, stamps, the waves of a postmark, only draws it away.
double skew_of(const Page& page, const Candidate& best, const LineFinder& finder) {
    if (best.evidence() > says_something) {
        const LineFinder lines(page.blobs.drawn(best.in_lines), page.copy.contrast);
        if (const auto nearby = lines.near(best.lines.reading)) {
            return lines.precisely(*nearby).skew_deg;
        }
    }
    return finder.precisely(best.lines.reading).skew_deg;
}

/// The lines nearest to level: those found at 46 degrees are said as 44 the other way.
Attitude within_45_degrees(Attitude attitude) {
    constexpr double most_deg = 45.0;
    constexpr int quarter_deg = 90;
    constexpr int full_deg = 360;
    const int quarters =
        attitude.skew_deg > most_deg ? 1 : (attitude.skew_deg < -most_deg ? -1 : 0);
    attitude.skew_deg -= quarters * quarter_deg;
    attitude.turned_deg = (attitude.turned_deg + quarters * quarter_deg + full_deg) % full_deg;
    return attitude;
}

Attitude attitude_along(
    const Page& page, const Candidate& best, const Trial& trial, const LineFinder& finder
) {
    // measured: pages of type, print and writing, also turned and skewed, are at 1.1 and above
    // between their two directions and at 1.6 and above along their lines; noise is at 1.05.
    constexpr double sure_side = 1.2;
    constexpr double sure_skew = 1.8;
    constexpr double least_letters = 12.0; // chosen: two words
    constexpr double sure_evidence = 14.0; // measured: a page of broken type reached 6, upside down
    const double by_text = confidence_of(trial.lead(best), 0.0, sure_evidence);
    const double by_lines = confidence_of(trial.clearer(best), 1.0, sure_side);
    const bool upside_down = best.votes.upright < 0.0;
    const bool on_its_side = best.lines.reading.downwards;
    // A lone word or a signature, which people write as they like, says nothing of skew; lines
    // across a page of which we are not sure that it lies on its side do not either.
    const bool says_skew = best.letters() >= least_letters;
    const bool lies = on_its_side && std::max(by_text, says_skew ? by_lines : 0.0) >= unsure;
    Attitude attitude;
    attitude.turn_confidence = by_text;
    if (says_skew && lies == on_its_side) {
        attitude.skew_confidence =
            std::max(by_text, confidence_of(best.lines.contrast, 1.0, sure_skew));
    }
    if (attitude.skew_confidence >= unsure) {
        attitude.skew_deg = skew_of(page, best, finder);
    }
    if (lies) {
        attitude.turned_deg = upside_down ? 270 : 90;
    } else if (!on_its_side && upside_down && by_text >= unsure) {
        attitude.turned_deg = 180;
    }
    return within_45_degrees(attitude);
}

/// What only a close look told: the bars of a code by themselves reach 0.54, print 0.58 and more.
Attitude less_sure(Attitude attitude) {
    constexpr double share = 0.9; // measured: on pictures of codes, and of capitals and figures
    attitude.turn_confidence *= share;
    return attitude;
}

} // namespace

Attitude attitude_of(
    const WorkingCopy& copy, const Blobs& blobs, const cv::Mat& ink, TextDirection& direction
) {
    Trial trial(copy, blobs, direction);
    const LineFinder by_letters(letters_of(copy, blobs), copy.contrast);
    if (trial.run(by_letters.likely())) {
        if (!trial.is_doubtful()) {
            return attitude_along({copy, blobs}, *trial.best(), trial, by_letters);
        }
        trial.look_closely(); // few pieces
        return less_sure(attitude_along({copy, blobs}, *trial.best(), trial, by_letters));
    }
    const LineFinder by_ink(ink, copy.contrast); // few letters, perhaps rules
    if (!trial.run(by_ink.likely())) {
        trial.run_across();
    }
    const bool doubtful = trial.is_doubtful();
    if (doubtful) {
        trial.look_closely();
    }
    const std::optional<Candidate> best = trial.best();
    if (!best) {
        return {};
    }
    const Attitude attitude = attitude_along({copy, blobs}, *best, trial, by_ink);
    return doubtful ? less_sure(attitude) : attitude;
}

} // namespace pleiade::image
