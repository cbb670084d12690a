#pragma once
// A database with all roles of the store, and short ways to bring mail to a given point.

#include "store/counters.h"
#include "store/deliveries.h"
#include "store/intake.h"
#include "store/journey.h"
#include "store/queue.h"
#include "store/reports.h"
#include "tests/support/temp_database.h"

#include <string>
#include <vector>

namespace pleiade::store {

inline const BlobId some_blob{std::string(64, 'a')};
inline const BlobId some_pdf{std::string(64, 'b')};
inline const BlobId some_index{std::string(64, 'c')};

/// A name for the bytes of a file that differs by file.
[[nodiscard]] BlobId blob_named(const std::string& name);

enum class Documents { OnePerPli, OnePerPage };

struct MailRoom {
    MailRoom();

    RowId open_lot(const std::string& source = "samples/lot", const std::string& caisse = "061");
    RowId add(RowId lot, const std::string& name, int pages = 1);
    void close(RowId lot, const std::vector<std::string>& names);

    /// Claims the next job of the kind; fails the test when there is none.
    Job claim(JobKind kind);

    [[nodiscard]] FinishedReading reading(bool blank = false) const;
    void read_everything(); ///< Every page that waits, as a page with text.
    void split(RowId lot);  ///< One pli per file.
    /// Understands the next pli.
    RowId understood(RowId lot, Documents documents = Documents::OnePerPli);
    void deliver_everything();

    /// One document of the given pages, with a route into corbeille AT.
    [[nodiscard]] NewDocument document(const std::vector<RowId>& pages) const;

    /// All pages of a lot in the order of intake: their ids, and those of their plis.
    [[nodiscard]] std::vector<ReadPage> lot_pages(RowId lot) const;

    [[nodiscard]] std::string state_of(const std::string& table, RowId id) const;
    [[nodiscard]] Reconciliation reconcile(Hands hands = Hands::AtWork);

    /// Where the counters say something else than the mail: caisse, day, what, state, counted, is.
    [[nodiscard]] std::vector<std::vector<std::string>> wrong_counters() const;

    double sample_percent = 0.0; ///< Of the documents understood from now on.
    test::TempDatabase database;
    Intake intake{database.url()};
    Queue queue{database.url()};
    Journey journey{database.url()};
    Deliveries deliveries{database.url()};
    Reports reports{database.url()};
    Counters counters{connect(database.url())};
};

} // namespace pleiade::store
