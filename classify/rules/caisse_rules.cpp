#include "classify/rules/caisse_rules.h"

#include "classify/rules/address.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace pleiade::classify {
namespace {

// chosen: log-odds against "nobody knows". One address block of the addressee decides (7 to 2.5 is
// 0.99), a line printed elsewhere on a form does not (0.82), home addresses never do.
constexpr double unknown_log_odds = 2.5;
constexpr double addressee_weight = 6.0;
constexpr double elsewhere_weight = 3.0;
constexpr double sender_weight = 0.8;
constexpr double name_weight = 1.0;
constexpr double near_share = 0.8;
constexpr double name_only_share = 0.92; // with the name itself 0.95 in the addressee's place
constexpr double home_weight = 0.3;
constexpr double most_home_weight = 0.6;
constexpr double certain_enough = 0.95; // chosen: as the default threshold of types
constexpr double lot_confidence = 0.99; // chosen: a lot is put together by people

double place_weight(AddressPlace place) {
    switch (place) {
    case AddressPlace::Addressee:
        return addressee_weight;
    case AddressPlace::Sender:
        return sender_weight;
    case AddressPlace::Elsewhere:
        return elsewhere_weight;
    }
    return 0.0;
}

struct Finding {
    const Caisse* caisse = nullptr;
    CedexMatch match = CedexMatch::No;
    double share = 0.0; ///< Of the weight of its place.
};

double match_share(CedexMatch match) {
    return match == CedexMatch::Same ? 1.0 : near_share;
}

/// The one caisse that a block names although its postal line is no caisse's.
Finding named_caisse(const AddressBlock& block, const std::vector<Caisse>& caisses) {
    Finding found;
    for (const Caisse& caisse : caisses) {
        if (names_alone_fit(block, caisse)) {
            if (found.caisse != nullptr) {
                return {};
            }
            found = {&caisse, CedexMatch::No, name_only_share};
        }
    }
    return found;
}

/// The one caisse whose CEDEX line the block has; none when two are equally close.
Finding caisse_of(const AddressBlock& block, const std::vector<Caisse>& caisses) {
    Finding best;
    bool shared = false;
    for (const Caisse& caisse : caisses) {
        for (const std::string& line : caisse.cedex_lines) {
            CedexMatch match = compare_cedex(block, line);
            if (match == CedexMatch::Near && !names_caisse(block, caisse)) {
                match = CedexMatch::No; // another office of the same town is one digit away
            }
            if (match > best.match) {
                best = {&caisse, match, match_share(match)};
                shared = false;
            } else if (match != CedexMatch::No && match == best.match && best.caisse != &caisse) {
                shared = true;
            }
        }
    }
    if (shared) {
        return {};
    }
    return best.caisse != nullptr ? best : named_caisse(block, caisses);
}

const char* place_name(AddressPlace place) {
    switch (place) {
    case AddressPlace::Addressee:
        return "adresse du destinataire";
    case AddressPlace::Sender:
        return "adresse de l'expéditeur";
    case AddressPlace::Elsewhere:
        return "adresse imprimée";
    }
    return "";
}

struct Weighed {
    double log_odds = 0.0;
    double home = 0.0;
    bool addressee = false; ///< At least one block in the addressee's place.
    bool printed = false;   ///< One elsewhere, with the name of a caisse above its very line.
    int page_index = -1;    ///< Of the addressee's block, or of the other.
    std::vector<Evidence> why;
};

class CaisseScale {
public:
    explicit CaisseScale(const std::vector<Caisse>& caisses) : caisses_(caisses) {}
    explicit CaisseScale(std::vector<Caisse>&&) = delete;

    void weigh_page(const Layout& layout, const PageGuess& guess, int page_index) {
        // Per page the strongest block of a caisse counts: forms repeat their own address.
        std::map<std::string, Evidence> strongest;
        for (AddressBlock& block : find_addresses(layout, guess.kind)) {
            const Finding finding = caisse_of(block, caisses_);
            if (finding.caisse == nullptr) {
                weigh_home(block);
                continue;
            }
            if (guess.returned) {
                block.place = AddressPlace::Addressee;
            }
            const bool named = names_caisse(block, *finding.caisse);
            const double weight =
                place_weight(block.place) * (finding.match == CedexMatch::Near ? near_share : 1.0) +
                (named ? name_weight : 0.0);
            Evidence& best = strongest[finding.caisse->code];
            if (weight > best.weight) {
                best = {
                    std::string(place_name(block.place)) + ", « " + block.lines.back() + " »",
                    page_index,
                    block.box_px,
                    weight};
            }
            note_place(block, finding, named, page_index);
        }
        for (auto& [code, evidence] : strongest) {
            by_code_[code].log_odds += evidence.weight;
            by_code_[code].why.push_back(std::move(evidence));
        }
    }

    [[nodiscard]] const std::map<std::string, Weighed>& by_code() const { return by_code_; }

private:
    void note_place(const AddressBlock& block, const Finding& finding, bool named, int page_index) {
        const bool addressee = block.place == AddressPlace::Addressee;
        const bool printed =
            block.place == AddressPlace::Elsewhere && named && finding.match == CedexMatch::Same;
        if (!addressee && !printed) {
            return;
        }
        Weighed& weighed = by_code_[finding.caisse->code];
        if (addressee || !weighed.addressee) {
            weighed.page_index = page_index;
        }
        weighed.addressee = weighed.addressee || addressee;
        weighed.printed = weighed.printed || printed;
    }

    /// People live near their caisse, mostly: a hint for the person who looks, no more.
    void weigh_home(const AddressBlock& block) {
        if (block.cedex) {
            return;
        }
        for (const Caisse& caisse : caisses_) {
            const bool serves = std::any_of(
                caisse.postal_codes.begin(),
                caisse.postal_codes.end(),
                [&](const std::string& prefix) { return block.postal_code.rfind(prefix, 0) == 0; }
            );
            Weighed& weighed = by_code_[caisse.code];
            if (serves && weighed.home < most_home_weight) {
                weighed.home += home_weight;
                weighed.log_odds += home_weight;
            }
        }
    }

    const std::vector<Caisse>& caisses_;
    std::map<std::string, Weighed> by_code_;
};

std::string page_number(int page_index) {
    return std::to_string(page_index + 1);
}

bool has_evidence(const Weighed& weighed) {
    return !weighed.why.empty();
}

CaisseAnswer from_lot(const std::string& lot_caisse, const CaisseScale& scale) {
    CaisseAnswer answer;
    answer.guess.code = lot_caisse;
    answer.guess.confidence = lot_confidence;
    answer.guess.why.push_back({"caisse du lot", -1, Box{}, 0.0});
    const auto own = scale.by_code().find(lot_caisse);
    const bool confirmed = own != scale.by_code().end() && has_evidence(own->second);
    for (const auto& [code, weighed] : scale.by_code()) {
        if (code == lot_caisse) {
            answer.guess.why.insert(answer.guess.why.end(), weighed.why.begin(), weighed.why.end());
        } else if (weighed.addressee || (weighed.printed && !confirmed)) {
            answer.guess.confidence = 0.5; // chosen: the lot and the address are equally trusted
            answer.guess.why.insert(answer.guess.why.end(), weighed.why.begin(), weighed.why.end());
            std::string doubt = "le lot est de la caisse " + lot_caisse + ", l'adresse de la page ";
            doubt += page_number(weighed.page_index) + " dit " + code;
            answer.doubts.push_back(std::move(doubt));
        }
    }
    return answer;
}

CaisseAnswer from_addresses(const CaisseScale& scale) {
    double sum = std::exp(unknown_log_odds);
    std::vector<std::string> candidates;
    CaisseAnswer answer;
    const Weighed* best = nullptr;
    std::string best_code = unknown_caisse;
    for (const auto& [code, weighed] : scale.by_code()) {
        sum += std::exp(weighed.log_odds) - 1.0;
        if (has_evidence(weighed)) {
            candidates.push_back(code);
            if (best == nullptr || weighed.log_odds > best->log_odds) {
                best = &weighed;
                best_code = code;
            }
        }
    }
    if (best == nullptr) {
        answer.doubts.emplace_back("caisse inconnue : aucune adresse de caisse lue");
        return answer;
    }
    answer.guess.confidence = std::min(std::exp(best->log_odds) / sum, lot_confidence);
    answer.guess.why = best->why;
    if (answer.guess.confidence >= certain_enough) {
        answer.guess.code = best_code;
        return answer;
    }
    std::string doubt = "caisse incertaine : ";
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        doubt += (i == 0 ? "" : " ou ") + candidates[i];
    }
    answer.doubts.push_back(std::move(doubt));
    return answer;
}

} // namespace

CaisseAnswer decide_caisse(
    const std::string& lot_caisse,
    const std::vector<Layout>& layouts,
    const std::vector<PageGuess>& guesses,
    const std::vector<Caisse>& caisses
) {
    CaisseScale scale(caisses);
    for (std::size_t i = 0; i < layouts.size(); ++i) {
        scale.weigh_page(layouts[i], guesses[i], static_cast<int>(i));
    }
    if (lot_caisse.empty() || lot_caisse == unknown_caisse) {
        return from_addresses(scale);
    }
    CaisseAnswer answer = from_lot(lot_caisse, scale);
    const bool known = std::any_of(caisses.begin(), caisses.end(), [&](const Caisse& caisse) {
        return caisse.code == lot_caisse;
    });
    if (!known) {
        answer.doubts.push_back("la caisse " + lot_caisse + " du lot n'est pas configurée");
    }
    return answer;
}

} // namespace pleiade::classify
