#include "app/pipeline/run_state.h"

#include <algorithm>

namespace pleiade::pipeline {

bool HeldCaisses::is_over(const HeldCaisse& held, Instant now) const {
    return hold_for_ && now - held.since >= *hold_for_;
}

void HeldCaisses::hold(const std::string& caisse, const Trouble& trouble, Instant now) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(held_, [&](const HeldCaisse& held) { return is_over(held, now); });
    if (std::ranges::find(held_, caisse, &HeldCaisse::caisse) == held_.end()) {
        held_.push_back({caisse, trouble, now});
    }
}

std::vector<HeldCaisse> HeldCaisses::all(Instant now) const {
    const std::scoped_lock lock(mutex_);
    std::vector<HeldCaisse> held = held_;
    std::erase_if(held, [&](const HeldCaisse& one) { return is_over(one, now); });
    return held;
}

std::vector<std::string> HeldCaisses::codes(Instant now) const {
    std::vector<std::string> codes;
    for (const HeldCaisse& held : all(now)) {
        codes.push_back(held.caisse);
    }
    return codes;
}

std::vector<RowId> JobStreak::add(RowId job) {
    const std::scoped_lock lock(mutex_);
    jobs_.insert(job);
    return {jobs_.begin(), jobs_.end()};
}

void JobStreak::end() {
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
