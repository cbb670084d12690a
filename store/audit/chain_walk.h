#pragma once
// One chain from its first link to its last, compared with the events and with what was signed.

#include "store/audit/chain.h"
#include "store/audit/checkpoint_text.h"
#include "store/audit/merkle.h"
#include "store/audit_check.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::store::audit {

/// A row of table checkpoint.
struct SignedCheckpoint {
    std::int64_t number = 0;
    std::int64_t made_us = 0;
    CheckpointText text;
};

/// A row of sealed_chain.
struct Sealed {
    Link link;
    RowId event_id = 0;
    std::string hash;
    std::optional<Event> event;           ///< Nothing when it is gone.
    std::optional<std::string> blobs_now; ///< As the rows name them; nothing to compare: nothing.
};

/// Takes the links of one caisse in the order of their positions.
class ChainWalk {
public:
    /// @param checkpoints by number; must outlive the walk.
    ChainWalk(
        std::string caisse,
        const std::vector<SignedCheckpoint>& checkpoints,
        std::vector<AuditFinding>& findings
    );

    void take(const Sealed& sealed);
    /// After the last one. Gives how many links no checkpoint signed.
    [[nodiscard]] long end();

    [[nodiscard]] std::int64_t position() const { return position_; }

private:
    void compare_link(const Sealed& sealed);
    void compare_blobs(const Sealed& sealed);
    void compare_time(const Sealed& sealed);
    void compare_heads(const Sealed& sealed);
    void find(const std::string& subject, const std::string& what);

    /// The head of this chain in the next checkpoint that has one.
    [[nodiscard]] const ChainHead* next_head() const;
    [[nodiscard]] const ChainHead* head_in(const SignedCheckpoint& checkpoint) const;
    void pass_checkpoint();

    std::string caisse_;
    const std::vector<SignedCheckpoint>& checkpoints_;
    std::vector<AuditFinding>& findings_;
    std::size_t next_ = 0; ///< The first checkpoint that may have signed what comes.
    std::int64_t position_ = 0;
    std::int64_t signed_to_ = 0;
    std::string hash_ = chain_start;
    MerkleTree blobs_;     ///< Since the checkpoint before.
    bool has_gap_ = false; ///< Before the link in hand; then its blobs are not complete either.
};

} // namespace pleiade::store::audit
