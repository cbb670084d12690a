#include "app/pipeline/run_state.h"

#include <algorithm>

namespace pleiade::pipeline {

void HeldCaisses::hold(const std::string& caisse, const Trouble& trouble) {
    const std::scoped_lock lock(mutex_);
    if (std::ranges::find(held_, caisse, &HeldCaisse::caisse) == held_.end()) {
        held_.push_back({caisse, trouble});
    }
}

std::vector<HeldCaisse> HeldCaisses::all() const {
    const std::scoped_lock lock(mutex_);
    return held_;
}

std::vector<std::string> HeldCaisses::codes() const {
    std::vector<std::string> codes;
    for (const HeldCaisse& held : all()) {
        codes.push_back(held.caisse);
    }
    return codes;
}

std::vector<RowId> CrashStreak::add(RowId job) {
    const std::scoped_lock lock(mutex_);
    jobs_.insert(job);
    return {jobs_.begin(), jobs_.end()};
}

void CrashStreak::end() {
    const std::scoped_lock lock(mutex_);
    jobs_.clear();
}

void OpenDoors::note(const std::vector<wire::OpenDoor>& open_doors) {
    const std::scoped_lock lock(mutex_);
    if (!open_doors.empty()) {
        seen_ = open_doors;
    }
}

std::vector<std::string> OpenDoors::remarks() const {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> remarks;
    for (const wire::OpenDoor& door : seen_) {
        remarks.push_back(
            "pages are read with less protection than they should be. The reading process: " +
            door.what + ". What to do: " + door.cure
        );
    }
    return remarks;
}

} // namespace pleiade::pipeline
