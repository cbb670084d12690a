#include "app/pipeline/fate.h"

#include "app/pipeline/reader_process.h"

#include <new>
#include <system_error>

namespace pleiade::pipeline {

Fate fate_of(const std::exception& error) noexcept {
    if (dynamic_cast<const ReaderLost*>(&error) != nullptr) {
        return Fate::TryAgain;
    }
    if (dynamic_cast<const GedTrouble*>(&error) != nullptr) {
        return Fate::HoldCaisse;
    }
    if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
        dynamic_cast<const std::system_error*>(&error) != nullptr) {
        return Fate::StopRun; // the machine is at fault: memory, files, threads
    }
    const auto* known = dynamic_cast<const Error*>(&error);
    if (known == nullptr || known->remedy() == Remedy::FixInput) {
        return Fate::SetAside; // unknown = a bug: keep the mail, show the message, go on
    }
    return Fate::StopRun; // database or disk away, settings wrong, or a commit in doubt: all look
                          // again later
}

Trouble trouble_of(const std::exception& error) {
    const auto* known = dynamic_cast<const Error*>(&error);
    return {known == nullptr ? Remedy::RetryLater : known->remedy(), error.what()};
}

} // namespace pleiade::pipeline
