#pragma once
// The four steps of a pli's journey, one function each: read a page, split a lot, understand a pli,
// deliver a document. Each takes a claimed job and ends it; what it did and the job's end are one
// transaction.

#include "app/pipeline/platform.h"
#include "app/pipeline/reader_process.h"
#include "core/clock.h"
#include "ged-export/ged_connector.h"
#include "store/deliveries.h"
#include "store/journey.h"
#include "store/queue.h"

#include <atomic>

namespace pleiade::pipeline {

/// What a run has done so far; every worker counts here.
struct Tally {
    std::atomic<long> pages{0};
    std::atomic<long> documents{0}; ///< Acknowledged by their GED.
    std::atomic<long> set_aside{0}; ///< Pages, plis and deliveries given up with a reason.
};

/// What one worker works with. Owned by its thread.
struct Tools {
    Platform& platform;
    const Clock& clock;
    Tally& tally;
    ReaderProcess reader;
    store::Queue queue;
    store::Journey journey;
    store::Deliveries deliveries;
    BlobId open_file; ///< What the reader has open; pages of one file come one after the other.
};

/// @throws ReaderLost when the page broke the reader; Error(RetryLater) when database or disk are
/// out of reach.
void read_page(const store::Job& job, Tools& tools);
void split_lot(const store::Job& job, Tools& tools);
void understand_pli(const store::Job& job, Tools& tools);

/// Makes the PDF once, then puts it into the caisse's GED. A delivery that may have happened is
/// looked for first.
void deliver_document(const store::Job& job, Tools& tools, ged::GedConnector& ged);

} // namespace pleiade::pipeline
