#pragma once
// The four steps of a pli's journey, one function each: read a page, split a lot, understand a pli,
// deliver a document. Each takes a claimed job and ends it; what it did and the job's end are one
// transaction.

#include "app/pipeline/platform.h"
#include "app/pipeline/reader_process.h"
#include "app/pipeline/run_state.h"
#include "core/clock.h"
#include "ged-export/ged_connector.h"
#include "store/deliveries.h"
#include "store/journey.h"
#include "store/queue.h"

namespace pleiade::pipeline {

/// What one worker works with. Owned by its thread; one database connection for all three stores.
struct Tools {
    Platform& platform;
    const Clock& clock;
    Tally& tally;
    ReaderProcess reader;
    store::Queue queue;
    store::Journey journey;
    store::Deliveries deliveries;
};

/// @throws ReaderLost when the page broke the reader; Error(RetryLater) when database or disk are
/// out of reach.
void read_page(const store::Job& job, Tools& tools);
void split_lot(const store::Job& job, Tools& tools);
void understand_pli(const store::Job& job, Tools& tools);

/// Makes the PDF once, then puts it into the caisse's GED. A delivery that may have happened is
/// looked for first.
/// @throws GedTrouble when the GED, and not this document, is in the way.
void deliver_document(const store::Job& job, Tools& tools, ged::GedConnector& ged);

} // namespace pleiade::pipeline
