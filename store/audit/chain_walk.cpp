#include "store/audit/chain_walk.h"

#include <sstream>
#include <utility>

namespace pleiade::store::audit {
namespace {

constexpr std::int64_t longest_transaction_us =
    3'600'000'000; // chosen: an hour; what is later than that was dated back, or a clock jumped

std::string name_of(const Sealed& sealed) {
    const std::string event = "event " + std::to_string(sealed.event_id);
    if (!sealed.event) {
        return event;
    }
    const Event& is = *sealed.event;
    return event + " (" + is.subject + " " + std::to_string(is.subject_id) + ", " +
           (is.from_state.empty() ? "new" : is.from_state) + " -> " + is.to_state + ", " +
           iso_instant(is.happened_us) + ")";
}

} // namespace

ChainWalk::ChainWalk(
    std::string caisse,
    const std::vector<SignedCheckpoint>& checkpoints,
    std::vector<AuditFinding>& findings
)
    : caisse_(std::move(caisse)), checkpoints_(checkpoints), findings_(findings) {
    while (next_ < checkpoints_.size() && head_in(checkpoints_[next_]) == nullptr) {
        ++next_;
    }
}

void ChainWalk::find(const std::string& subject, const std::string& what) {
    findings_.push_back({caisse_, subject, what});
}

const ChainHead* ChainWalk::head_in(const SignedCheckpoint& checkpoint) const {
    for (const ChainHead& head : checkpoint.text.heads) {
        if (head.caisse == caisse_) {
            return &head;
        }
    }
    return nullptr;
}

const ChainHead* ChainWalk::next_head() const {
    return next_ < checkpoints_.size() ? head_in(checkpoints_[next_]) : nullptr;
}

void ChainWalk::pass_checkpoint() {
    do {
        ++next_;
    } while (next_ < checkpoints_.size() && head_in(checkpoints_[next_]) == nullptr);
    blobs_ = MerkleTree();
    has_gap_ = false;
}

void ChainWalk::take(const Sealed& sealed) {
    const std::int64_t expected = position_ + 1;
    const bool follows = sealed.link.position == expected;
    if (!follows) {
        find(
            "the chain",
            "misses positions " + std::to_string(expected) + " to " +
                std::to_string(sealed.link.position - 1)
        );
        has_gap_ = true;
    }
    while (next_head() != nullptr && next_head()->position < sealed.link.position) {
        pass_checkpoint(); // its head is among what is missing
        has_gap_ = true;
    }
    position_ = sealed.link.position;
    if (!sealed.event) {
        find(name_of(sealed), "was taken away");
    } else if (follows) {
        compare_link(sealed);
    }
    compare_blobs(sealed);
    compare_time(sealed);
    hash_ = sealed.hash;
    compare_heads(sealed);
}

void ChainWalk::compare_link(const Sealed& sealed) {
    if (hash_of(hash_, sealed.link, *sealed.event) != sealed.hash) {
        find(
            name_of(sealed),
            "was altered or moved: it does not fit its place in the chain, position " +
                std::to_string(position_)
        );
    }
}

void ChainWalk::compare_blobs(const Sealed& sealed) {
    std::istringstream names(sealed.link.blobs);
    for (std::string name; names >> name;) {
        blobs_.add(name);
    }
    if (sealed.event && sealed.blobs_now && *sealed.blobs_now != sealed.link.blobs) {
        find(name_of(sealed), "brought other files than its rows name now: these were exchanged");
    }
}

void ChainWalk::compare_time(const Sealed& sealed) {
    if (!sealed.event || next_ == 0 || checkpoints_.empty()) {
        return;
    }
    const SignedCheckpoint& before = checkpoints_[next_ - 1];
    if (sealed.event->happened_us < before.made_us - longest_transaction_us) {
        find(
            name_of(sealed),
            "was written after checkpoint " + std::to_string(before.number) + " of " +
                iso_instant(before.made_us) +
                ", but says it is older: it was put in, or a clock jumped"
        );
    }
}

void ChainWalk::compare_heads(const Sealed& sealed) {
    while (next_head() != nullptr && next_head()->position == position_) {
        const ChainHead& head = *next_head();
        const std::string checkpoint = "checkpoint " + std::to_string(checkpoints_[next_].number);
        if (head.hash != sealed.hash) {
            find(
                "the chain",
                "was written anew: " + checkpoint + " signed another hash for position " +
                    std::to_string(position_)
            );
        }
        if (!has_gap_ && (head.blobs != blobs_.size() || head.blobs_root != blobs_.root())) {
            find("the chain", "names other files than " + checkpoint + " signed");
        }
        signed_to_ = position_;
        pass_checkpoint();
    }
}

long ChainWalk::end() {
    if (const ChainHead* head = next_head()) {
        find(
            "the chain",
            "was cut: it ends at position " + std::to_string(position_) + ", but checkpoint " +
                std::to_string(checkpoints_[next_].number) + " signed position " +
                std::to_string(head->position)
        );
    }
    return static_cast<long>(position_ - signed_to_);
}

} // namespace pleiade::store::audit
