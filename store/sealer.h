#pragma once
// Seals events into the chains of their caisses, and signs the heads of all chains from time to
// time. Never part of a transaction that works. Not the check of it: that is audit_check.h.

#include "core/clock.h"
#include "store/connection.h"
#include "store/signing_key.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace pleiade::store {

/// Where checkpoints go besides the database.
struct CheckpointPlaces {
    std::filesystem::path folder; ///< As files NNNNNNNN.txt, .sig and, stamped, .tsr; empty: none.
    std::string stamp_url;        ///< Of an RFC 3161 authority; empty: none is asked.
};

/// One connection, one thread. Any number of processes may have one: only one seals at a time, and
/// what one did the others see.
///
/// Every verb throws Error(RetryLater) when the database or the disk is out of reach or full.
class Sealer {
public:
    explicit Sealer(const std::string& url);
    explicit Sealer(Connection connection);

    /// Whether the login has the right to; else it is left to others.
    [[nodiscard]] bool may_seal();

    /// Seals what is older than every running transaction, some thousand events at once. Gives how
    /// many; 0 also when another process is sealing just now.
    [[nodiscard]] int seal();

    /// Whether anything that is committed waits for seal(), be it for a transaction that still
    /// runs.
    [[nodiscard]] bool is_behind();

    enum class When {
        Due, ///< An hour after the last one.
        Now,
    };

    /// Signs the heads of the chains when anything was sealed since the last time, and puts what
    /// has no file yet into the folder.
    void checkpoint(const SigningKey& key, Instant now, When when, const CheckpointPlaces& places);

    [[nodiscard]] bool has_checkpoints();

    /// Has the authority stamp what has no stamp yet, one after the other while `goes_on()`;
    /// nothing without one.
    /// @throws Error(RetryLater) also when the authority is out of reach.
    void stamp(
        const CheckpointPlaces& places, const std::function<bool()>& goes_on = [] { return true; }
    );

private:
    void write_files(const CheckpointPlaces& places);

    Connection database_;
};

} // namespace pleiade::store
