#pragma once
// What becomes of a job, and of the run, when a step ends with an exception. The one place where
// that is decided.

#include "core/failure.h"

#include <exception>
#include <string>

namespace pleiade::pipeline {

enum class Fate {
    TryAgain,   ///< The reader broke on it: once more, then set aside.
    SetAside,   ///< This piece of mail cannot pass: keep it with its reason, go on with the others.
    HoldCaisse, ///< Nothing can be delivered to this caisse: put it back, go on with the others.
    StopRun,    ///< The next job would fail the same way: put it back, end the run.
};

/// Why a run had to end early, or could not deliver to a caisse.
struct Trouble {
    Remedy remedy = Remedy::RetryLater;
    std::string what;
};

/// The GED of one caisse is out of reach, full or wrongly configured.
class GedTrouble : public Error {
public:
    GedTrouble(const std::string& caisse, const Trouble& trouble)
        : Error(trouble.remedy, "GED of caisse " + caisse + ": " + trouble.what) {}
};

[[nodiscard]] Fate fate_of(const std::exception& error) noexcept;

/// For Fate::StopRun and Fate::HoldCaisse.
[[nodiscard]] Trouble trouble_of(const std::exception& error);

} // namespace pleiade::pipeline
