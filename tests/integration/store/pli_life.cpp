#include "tests/integration/store/pli_life.h"

#include <algorithm>
#include <stdexcept>

namespace pleiade::store {
namespace {

std::string numbered(const std::string& what, RowId id) {
    return what + " " + std::to_string(id);
}

/// "7/1": pli 7, its first document.
std::string place(RowId pli, int position) {
    return std::to_string(pli) + "/" + std::to_string(position);
}

} // namespace

std::string PliLife::name_of(const Job& job, int document_position) {
    switch (job.kind) {
    case JobKind::Read:
        return numbered("read", job.page);
    case JobKind::Split:
        return numbered("split", job.lot);
    case JobKind::Understand:
        return numbered("understand", job.pli);
    case JobKind::Deliver:
        break;
    }
    return "deliver " + place(job.pli, document_position);
}

const std::string& PliLife::state(const std::string& name) const {
    return states_.at(name);
}

void PliLife::open_lot(RowId lot) {
    states_[numbered("lot", lot)] = "open";
    plis_of_lot_[lot];
}

void PliLife::add_file(RowId lot, RowId pli, const std::vector<RowId>& pages, bool is_readable) {
    states_[numbered("pli", pli)] = "captured";
    plis_of_lot_[lot].push_back(pli);
    plis_[pli] = {lot, pages};
    for (const RowId page : pages) {
        pli_of_page_[page] = pli;
        states_[numbered("page", page)] = is_readable ? "captured" : "set_aside";
        if (is_readable) {
            queue(numbered("read", page));
        }
    }
}

void PliLife::close_lot(RowId lot) {
    states_[numbered("lot", lot)] = "closed";
    queue_split_when_settled(lot);
}

bool PliLife::may_claim(const std::string& job) const {
    const auto found = states_.find("job " + job);
    return found != states_.end() && found->second == "waiting";
}

void PliLife::claim(const std::string& job, const std::string& worker, bool expires_at_once) {
    states_["job " + job] = "running";
    held_[job] = {worker, expires_at_once};
}

void PliLife::lose(const std::string& job) {
    states_["job " + job] = "waiting";
    ++losses_[job];
}

void PliLife::expire() {
    std::erase_if(held_, [this](const auto& held) {
        if (held.second.expires_at_once) {
            lose(held.first);
        }
        return held.second.expires_at_once;
    });
}

void PliLife::release(const std::string& worker) {
    std::erase_if(held_, [this, &worker](const auto& held) {
        if (held.second.worker == worker) {
            lose(held.first);
        }
        return held.second.worker == worker;
    });
}

void PliLife::release_all() {
    for (const auto& [job, held] : held_) {
        lose(job);
    }
    held_.clear();
}

void PliLife::put_back(const std::string& job) {
    states_["job " + job] = "waiting";
    held_.erase(job);
}

bool PliLife::is_waiting(JobKind kind) const {
    const std::string prefix = "job " + to_text(kind) + " ";
    return std::ranges::any_of(states_, [&](const auto& one) {
        return one.first.starts_with(prefix) && one.second == "waiting";
    });
}

int PliLife::losses(const std::string& job) const {
    const auto found = losses_.find(job);
    return found == losses_.end() ? 0 : found->second;
}

void PliLife::end_job(const std::string& job, const std::string& state) {
    states_["job " + job] = state;
    held_.erase(job);
}

void PliLife::settle_page(RowId page, const std::string& state) {
    end_job(numbered("read", page), "done");
    states_[numbered("page", page)] = state;
    queue_split_when_settled(plis_.at(pli_of_page_.at(page)).lot);
}

void PliLife::split(RowId lot, RowId joined_pli) {
    end_job(numbered("split", lot), "done");
    std::vector<RowId>& plis = plis_of_lot_.at(lot);
    if (joined_pli != 0) {
        Pli joined{.lot = lot, .pages = pages_of_lot(lot)};
        for (const RowId old : plis) {
            states_[numbered("pli", old)] = "superseded";
            plis_.at(old).pages.clear();
        }
        for (const RowId page : joined.pages) {
            pli_of_page_[page] = joined_pli;
        }
        plis_[joined_pli] = std::move(joined);
        plis.push_back(joined_pli);
        states_[numbered("pli", joined_pli)] = "captured";
    }
    for (const RowId pli : plis) {
        std::string& state = states_.at(numbered("pli", pli));
        if (state == "captured") {
            state = "read";
            queue(numbered("understand", pli));
        }
    }
    close_lot_when_settled(lot);
}

void PliLife::understand(RowId pli, bool is_to_verify, const std::vector<Document>& documents) {
    end_job(numbered("understand", pli), "done");
    states_[numbered("pli", pli)] = is_to_verify ? "to_verify" : "delivering";
    Pli& known = plis_.at(pli);
    known.documents = static_cast<int>(documents.size());
    for (int position = 1; position <= known.documents; ++position) {
        states_["document " + place(pli, position)] = is_to_verify ? "proposed" : "confirmed";
        if (!is_to_verify) {
            states_["delivery " + place(pli, position)] = "waiting";
            queue("deliver " + place(pli, position));
        }
    }
}

void PliLife::set_aside_job(const std::string& job) {
    end_job(job, "set_aside");
    const std::string kind = job.substr(0, job.find(' '));
    const RowId id = std::stoll(job.substr(job.find(' ') + 1));
    if (kind == "read") {
        states_[numbered("page", id)] = "set_aside";
        queue_split_when_settled(plis_.at(pli_of_page_.at(id)).lot);
    } else if (kind == "split") {
        set_aside_lot(id);
    } else if (kind == "understand") {
        set_aside_pli(id);
    } else {
        std::string& delivery = states_.at("delivery " + job.substr(job.find(' ') + 1));
        if (delivery == "waiting" || delivery == "sent") {
            delivery = delivery == "waiting" ? "refused" : "in_doubt";
        }
        stop_pli(id);
    }
}

bool PliLife::send(RowId pli, int position) {
    if (states_.at(numbered("pli", pli)) == "delivering") {
        states_["delivery " + place(pli, position)] = "sent";
        return true;
    }
    end_job("deliver " + place(pli, position), "set_aside");
    states_["delivery " + place(pli, position)] = "refused";
    return false;
}

void PliLife::move_delivery(RowId pli, int position, const std::string& state) {
    states_["delivery " + place(pli, position)] = state;
}

void PliLife::acknowledge(RowId pli, int position) {
    end_job("deliver " + place(pli, position), "done");
    states_["delivery " + place(pli, position)] = "acknowledged";
    states_["document " + place(pli, position)] = "delivered";
    close_pli_when_settled(pli);
}

void PliLife::refuse(RowId pli, int position) {
    end_job("deliver " + place(pli, position), "done");
    states_["delivery " + place(pli, position)] = "refused";
    stop_pli(pli);
}

std::vector<RowId> PliLife::pages_of(RowId pli) const {
    return plis_.at(pli).pages;
}

std::vector<RowId> PliLife::pages_of_lot(RowId lot) const {
    std::vector<RowId> pages;
    for (const RowId pli : plis_of_lot_.at(lot)) {
        const std::vector<RowId>& own = plis_.at(pli).pages;
        pages.insert(pages.end(), own.begin(), own.end());
    }
    return pages;
}

bool PliLife::misses_a_page(RowId pli) const {
    return std::ranges::any_of(plis_.at(pli).pages, [this](RowId page) {
        return states_.at(numbered("page", page)) == "set_aside";
    });
}

void PliLife::queue_split_when_settled(RowId lot) {
    const std::vector<RowId> pages = pages_of_lot(lot);
    const bool is_settled = std::ranges::none_of(pages, [this](RowId page) {
        return states_.at(numbered("page", page)) == "captured";
    });
    const std::string job = numbered("split", lot);
    if (states_.at(numbered("lot", lot)) == "closed" && is_settled &&
        !states_.contains("job " + job)) {
        queue(job);
    }
}

void PliLife::close_lot_when_settled(RowId lot) {
    const bool is_settled = std::ranges::all_of(plis_of_lot_.at(lot), [this](RowId pli) {
        const std::string& state = states_.at(numbered("pli", pli));
        return state == "delivered" || state == "superseded" || state == "set_aside";
    });
    std::string& state = states_.at(numbered("lot", lot));
    if (state == "closed" && is_settled) {
        state = "done";
    }
}

void PliLife::close_pli_when_settled(RowId pli) {
    std::string& state = states_.at(numbered("pli", pli));
    const Pli& known = plis_.at(pli);
    for (int position = 1; position <= known.documents; ++position) {
        if (states_.at("document " + place(pli, position)) != "delivered") {
            return;
        }
    }
    if (state == "delivering") {
        state = "delivered";
        close_lot_when_settled(known.lot);
    }
}

void PliLife::set_aside_pli(RowId pli) {
    std::string& state = states_.at(numbered("pli", pli));
    if (state != "set_aside") {
        state = "set_aside";
        close_lot_when_settled(plis_.at(pli).lot);
    }
}

/// Its plis that were not split yet.
void PliLife::set_aside_lot(RowId lot) {
    for (const RowId pli : plis_of_lot_.at(lot)) {
        if (states_.at(numbered("pli", pli)) == "captured") {
            set_aside_pli(pli);
        }
    }
    close_lot_when_settled(lot);
}

/// What nobody holds and was not sent is not delivered any more; who holds one learns it from
/// send().
void PliLife::stop_pli(RowId pli) {
    for (int position = 1; position <= plis_.at(pli).documents; ++position) {
        std::string& delivery = states_.at("delivery " + place(pli, position));
        std::string& job = states_.at("job deliver " + place(pli, position));
        if (delivery == "waiting" && job == "waiting") {
            delivery = "refused";
            job = "set_aside";
        }
    }
    set_aside_pli(pli);
}

} // namespace pleiade::store
