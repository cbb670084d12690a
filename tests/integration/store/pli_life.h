#pragma once
// The life of plis as it should be: states of lots, plis, pages, documents, deliveries and jobs in
// memory, moved by the same verbs as the store. Knows nothing of SQL; pli_life_test.cpp compares
// the two after every step.

#include "core/mail.h"
#include "store/job.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pleiade::store {

class PliLife {
public:
    using States = std::map<std::string, std::string>; ///< "pli 7" -> "captured"

    struct Document {
        std::vector<RowId> pages;
    };

    /// What it is about, the same in the database and here: "read 5", "deliver 7/1".
    [[nodiscard]] static std::string name_of(const Job& job, int document_position = 0);

    [[nodiscard]] const States& states() const { return states_; }
    [[nodiscard]] const std::string& state(const std::string& name) const;

    // Intake.
    void open_lot(RowId lot);
    void add_file(RowId lot, RowId pli, const std::vector<RowId>& pages, bool is_readable);
    void close_lot(RowId lot);

    // The queue. A job that is held has exactly one holder, who knows its fence.
    [[nodiscard]] bool may_claim(const std::string& job) const;
    void claim(const std::string& job, const std::string& worker, bool expires_at_once);
    void expire(); ///< Leases that are over: seen by whoever claims next.
    void release(const std::string& worker);
    void release_all();
    void put_back(const std::string& job);
    [[nodiscard]] bool is_waiting(store::JobKind kind) const;
    [[nodiscard]] int losses(const std::string& job) const;

    // What ends a job, or goes on with it.
    void settle_page(RowId page, const std::string& state);
    void split(RowId lot, RowId joined_pli); ///< joined_pli: of all pages; 0 = plis stay.
    void understand(RowId pli, bool is_to_verify, const std::vector<Document>& documents);
    void set_aside_job(const std::string& job);
    /// False when its pli was set aside meanwhile, and the delivery with it.
    [[nodiscard]] bool send(RowId pli, int position);
    void move_delivery(RowId pli, int position, const std::string& state);
    void acknowledge(RowId pli, int position);
    void refuse(RowId pli, int position);

    [[nodiscard]] std::vector<RowId> pages_of(RowId pli) const;
    [[nodiscard]] std::vector<RowId> pages_of_lot(RowId lot) const;
    [[nodiscard]] bool misses_a_page(RowId pli) const;

private:
    struct Pli {
        RowId lot = 0;
        std::vector<RowId> pages;
        int documents = 0;
    };
    struct Held {
        std::string worker;
        bool expires_at_once = false;
    };

    void end_job(const std::string& job, const std::string& state);
    void queue(const std::string& job) { states_["job " + job] = "waiting"; }
    void lose(const std::string& job);
    void queue_split_when_settled(RowId lot);
    void close_lot_when_settled(RowId lot);
    void close_pli_when_settled(RowId pli);
    void set_aside_pli(RowId pli);
    void set_aside_lot(RowId lot);
    void stop_pli(RowId pli);

    States states_;
    std::map<RowId, std::vector<RowId>> plis_of_lot_;
    std::map<RowId, Pli> plis_;
    std::map<RowId, RowId> pli_of_page_;
    std::map<std::string, Held> held_;
    std::map<std::string, int> losses_;
};

} // namespace pleiade::store
