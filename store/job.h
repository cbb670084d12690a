#pragma once
// A unit of work claimed from the queue, and how finishing it can end.

#include "core/bytes.h"
#include "core/mail.h"

#include <cstdint>
#include <string>

namespace pleiade::store {

enum class JobKind {
    Read,       ///< One page: bytes to a PageReading.
    Split,      ///< One closed lot whose pages are all settled: into plis.
    Understand, ///< One pli: readings to a Decision.
    Deliver,    ///< One document: PDF made and put into the GED.
};

/// What a worker holds while it works. Ids that do not apply to the kind are 0.
struct Job {
    RowId id = 0;
    JobKind kind = JobKind::Read;
    std::int64_t fence = 0; ///< Grows with every claim; a finish with an old one is thrown away.
    std::string worker;
    std::string caisse;
    RowId lot = 0;
    RowId pli = 0;
    RowId page = 0;
    RowId document = 0;
    RowId delivery = 0;
    int attempt = 0; ///< 1 at the first claim.
    int crashes = 0; ///< Readers killed by this job so far.
    int losses = 0;  ///< Times its worker went away without a word while it had the job.

    BlobId blob;        ///< Read only: the source file's bytes.
    std::string file;   ///< Read only: name of the source file within the lot.
    int file_index = 0; ///< Read only: 0-based page within that file.
};

/// Whether a verb that finishes a job went through.
enum class Finish {
    Committed, ///< Result, state, next job and events are in the database, together.
    LeaseLost, ///< Somebody else holds the job now: nothing was written, throw the work away.
    Outdated,  ///< Of finish_understand only: other mail came in that the decision did not know of.
               ///< Nothing was written, the job is still held: look again and decide again.
};

[[nodiscard]] std::string to_text(JobKind kind); ///< "read", "split", "understand", "deliver".

} // namespace pleiade::store
