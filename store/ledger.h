#pragma once
// The mail of a day as a reconciliation and a statement show it: how far it came, and by name what
// did not come to its end.

#include "store/job.h"

#include <chrono>
#include <string>
#include <vector>

namespace pleiade::store {

/// received = delivered + to_verify + set_aside + in_work, always; superseded plis are not received
/// a second time.
struct CaisseBalance {
    std::string caisse;
    std::string name;
    long received = 0;
    long delivered = 0;
    long to_verify = 0; ///< Waits for a person, or was just verified.
    long set_aside = 0;
    long in_work = 0;
    long held = 0;        ///< Of those in work: somebody holds the pli or its lot.
    long unexplained = 0; ///< Lines of Reconciliation::unexplained for this caisse.
};

/// Something a person must look at, with its reason: no fault of the counts.
struct NamedException {
    std::string caisse;
    RowId pli = 0;
    std::string pli_name;
    std::string state; ///< "to_verify", "set_aside" or "held".
    std::vector<std::string> reasons;
};

/// A finding once more for a statement that leaves the house: in French, without names of files.
struct Filed {
    std::string subject; ///< "pli 7", "lot 41".
    std::string what;    ///< Empty: not for a statement.
};

/// Something that should be impossible, or is not finished though nobody works on it.
struct Unexplained {
    std::string caisse;
    std::string subject; ///< "lot 41", "pli 7 (061-nice/0003.tif)", "document 12".
    std::string what;    ///< Sentence.
    Filed filed{};
};

/// Something about a lot or a pli that is no difference, in a sentence.
struct Remark {
    std::string caisse;
    std::string subject; ///< "lot 41 (/scans/061)", "pli 7 (061-nice/0003.tif)".
    std::string what;
    Filed filed{};
};

struct Reconciliation {
    std::vector<CaisseBalance> caisses; ///< Those with mail, by code.
    std::vector<NamedException> exceptions;
    std::vector<Unexplained> unexplained;
    std::vector<Remark> unfinished; ///< Plis in work and open lots, while somebody is at work.
    std::vector<Remark> complaints; ///< What was odd about lots: a second lot header ...
};

/// How far the mail of one caisse came. Files are those of its lots; pages and plis are those that
/// belong to it now, wherever they came in.
struct CaisseSteps {
    std::string caisse;
    std::string name;
    long files_expected = 0;
    long files_taken_in = 0;
    long given_away = 0; ///< Plis of its lots that belong to another caisse.
    long pages_scanned = 0;
    long pages_read = 0; ///< Blank ones and separator sheets included.
    long received = 0;   ///< Plis, from here on.
    long understood = 0;
    long verified = 0; ///< By a person, of those delivered or not.
    long delivered = 0;
    long acknowledged = 0; ///< Delivered, with a receipt for each document.
    long set_aside = 0;
    long waiting = 0; ///< For a person, or just verified.
    long in_work = 0;
};

struct MachineCount {
    std::string caisse;
    std::string machine;
    std::string what;
    long pieces = 0;
};

struct GivenAway {
    std::string caisse; ///< Whose lot it came with.
    RowId pli = 0;
};

struct UnreadPage {
    std::string caisse;
    RowId pli = 0;
    std::string pli_name;
    int page_number = 0; ///< 1-based.
    std::string state;   ///< "captured", "set_aside" or "rescan_wanted".
};

/// A document whose deadline is over.
struct LateDocument {
    std::string caisse;
    RowId pli = 0;
    std::string pli_name;
    int position = 0; ///< In its pli, 1-based.
    std::string type; ///< "AAT".
    std::chrono::sys_days due_on;
    std::string pli_state; ///< Where it stands when it is not delivered.
    std::string corbeille; ///< Where it lies undone when it is delivered; empty when not.
};

/// One moment of the mail of some days.
struct Ledger {
    std::vector<CaisseSteps> caisses; ///< Those with mail or machine counts, by code.
    std::vector<MachineCount> machines;
    Reconciliation balance;
    std::vector<GivenAway> given_away;
    std::vector<UnreadPage> unread_pages;
    std::vector<LateDocument> late; ///< Of these and of earlier days.
};

} // namespace pleiade::store
