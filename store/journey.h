#pragma once
// The journey of a pli from its captured pages to its confirmed documents. What follows:
// store/deliveries.h.

#include "core/decision.h"
#include "core/page_image.h"
#include "store/connection.h"
#include "store/job.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::store {

/// The cleaned page, ready to be put into a PDF, as it lies in the blob store.
struct StoredImage {
    BlobId blob;
    ImageCoding coding = ImageCoding::Jpeg;
    int width_px = 0;
    int height_px = 0;
    int channels = 1;
    int dpi = 300;
};

/// What reading a page gave. JSON as app/wire writes it.
struct FinishedReading {
    std::string reading_json;
    bool blank = false;
    std::string separator_json; ///< Empty when the page is no separator sheet.
    StoredImage image;
    BlobId preview;
    double confidence = 0.0; ///< Of the text, 0 to 1.
};

/// A page with what is known of it. A separator sheet is Void: it belongs to no document, but stays
/// visible.
struct ReadPage {
    RowId id = 0;
    RowId pli = 0;
    int page_index = 0; ///< Within the pli; without gaps, separator sheets included.
    std::string file;
    int file_index = 0;
    PageState state = PageState::Captured;
    std::string reason;           ///< Why it was set aside.
    std::string separator_json;   ///< Empty when the page is no separator sheet.
    bool starts_document = false; ///< A document separator stood before it.
    std::string reading_json;     ///< Empty when it was never read; not filled by lot_pages.
    std::optional<StoredImage> image;
    // Filled by lot_pages only:
    std::optional<BlobId> preview; ///< There when the image is.
    double confidence = 0.0;       ///< Of the text, 0 to 1.
    int word_count = 0;            ///< Of the text.
};

/// One pli as the separator sheets draw it: pages by id, in order.
struct PliGroup {
    std::string name; ///< Within the lot; the label of the lot is put before it.
    std::vector<RowId> pages;
    std::string caisse = {}; ///< As the lot header above it says; empty = that of the lot.
    std::string doubt = {};  ///< A reason to verify it, whatever its understanding will say.
};

/// The same for a pli that stays as it is.
struct PliCaisse {
    RowId pli = 0;
    std::string caisse; ///< Empty = leave.
    std::string doubt;  ///< Empty = none.
};

/// What the split of a lot decided.
struct LotSettlement {
    std::string caisse;           ///< Of the lot, as the header on top of it says; empty = leave.
    std::vector<PliGroup> groups; ///< Empty = the plis stay as they are, one per file.
    std::vector<RowId> sheets;    ///< Separator sheets and their blank backs: in no pli.
    std::vector<RowId> document_starts; ///< Pages before which a document separator stood.
    std::vector<PliCaisse> caisses{};   ///< Without groups: of plis with a lot header above them.
    std::vector<std::string> complaints{}; ///< What was odd about the lot, for people.
    /// Read pages that say nothing after all: the front of their sheet shines through. They become
    /// Blank and keep their reading.
    std::vector<RowId> blank_backs{};
};

/// A page that was read, with the job it was read for.
struct ReadJob {
    Job job;
    FinishedReading reading;
};

struct PliToUnderstand {
    Pli pli;
    Instant received_at;
    std::chrono::sys_days received_on; ///< That day in France.
    std::vector<ReadPage> pages; ///< All of them, in order: separators and set-aside ones too.
    std::vector<std::string> doubts{}; ///< Reasons to verify it that are older than this step.
};

/// A document as decided; pages by id.
struct NewDocument {
    std::string type;
    double confidence = 0.0;
    DecidedBy decided_by = DecidedBy::Undecided;
    std::vector<RowId> pages;
    std::vector<Field> fields;
    Route route;
    std::optional<std::size_t> master_index; ///< Into Understanding::documents.
    std::chrono::sys_days due_on;            ///< By the route, from the day of receipt.
    std::string evidence_json = "[]";
    std::vector<std::string> notes{}; ///< For the back office, who gets them with the document.
    std::string person{};             ///< NIR; what the next mail of that person is compared with.
    std::string account{};            ///< IBAN of the person.
    std::string form_number{};        ///< Of a secured form.
};

/// A pli that was decided, to be decided again with other rules.
struct DecidedPli {
    RowId id = 0;
    std::string facts_json; ///< What was known of other mail then.
};

/// What is asked about other mail before a pli is understood.
struct Inquiry {
    RowId pli = 0;
    std::vector<RowId> pages; ///< As understanding numbers them.
    std::string caisse;       ///< Whose mail is looked at, beside mail without one.
    std::chrono::sys_days received_on;
    std::vector<Question> questions;
};

struct Understanding {
    std::string caisse; ///< Empty = as it is; the pli moves when another one was found.
    std::string decision_json;
    std::string facts_json;
    std::vector<std::string> verify_reasons; ///< None = no person needed.
    std::vector<NewDocument> documents;
    Inquiry inquiry{};     ///< The prints in it are kept, to find these pages by.
    EarlierMail earlier{}; ///< What was known when this was decided.
    double sample_percent =
        0.0; ///< Share of automatic documents that are keyed blind (store/truth.h).
};

/// Uses one connection, its own or a shared one, and belongs to one thread.
///
/// What takes a job works under the role pleiade_worker, whoever logged in, and sees mail of the
/// caisses that the job is about only.
///
/// Every verb throws Error(RetryLater) when the database is out of reach or its disk full ("no
/// space left"), and Error(CheckOutcome) when the answer to a COMMIT was lost; asking again then
/// gives LeaseLost when it had gone through.
class Journey {
public:
    explicit Journey(const std::string& url);
    explicit Journey(Connection connection);
    ~Journey();
    Journey(Journey&&) noexcept;
    Journey& operator=(Journey&&) noexcept;
    Journey(const Journey&) = delete;
    Journey& operator=(const Journey&) = delete;

    /// Page captured -> read, blank, or void for a separator sheet. The last page of a closed lot
    /// brings the lot's one split job.
    [[nodiscard]] Finish finish_read(const Job& job, const FinishedReading& reading);

    /// The same for several jobs of one worker, in one transaction: each as it comes, a lost lease
    /// throws away that page alone.
    [[nodiscard]] std::vector<Finish> finish_reads(const std::vector<ReadJob>& done);

    /// Page captured -> set_aside; otherwise as finish_read.
    [[nodiscard]] Finish set_aside_page(const Job& job, const std::string& reason);

    /// All pages of the lot that the job splits, in the order of intake: file by file, then by
    /// index in the file.
    [[nodiscard]] std::vector<ReadPage> lot_pages(const Job& job);

    /// Gives the lot to its caisse and settles its plis: without groups they stay as they are, one
    /// per file; with groups new plis are made of the pages, and each old pli is superseded by the
    /// first new one that got a page of it. Sheets become Void and stay with their old pli. A pli
    /// of sheets only is superseded by the first surviving pli of the lot, or set aside when there
    /// is none. Every surviving pli is then Read and has an understand job.
    /// @throws std::logic_error when a page that is no sheet is in no group or in two.
    [[nodiscard]] Finish finish_split(const Job& job, const LotSettlement& settlement);

    [[nodiscard]] PliToUnderstand pli_for_understanding(const Job& job);

    /// A pli as it was understood, for whoever looks back; with the rights of who logged in.
    [[nodiscard]] PliToUnderstand understood_pli(RowId pli);

    /// What came before; the pli itself is no part of it, nor is mail of other caisses.
    [[nodiscard]] EarlierMail earlier_mail(const Job& job, const Inquiry& inquiry);

    /// Pli read -> understood -> to_verify when there are reasons, else -> delivering with one
    /// delivery and one deliver job per document. Documents are kept in both cases: proposed or
    /// confirmed. Older documents of the pli are superseded. Outdated, and nothing written, when
    /// the answer to its inquiry is another one by now: of two plis of one person, decided at once,
    /// the second is decided again.
    /// @throws std::logic_error when there are neither reasons nor documents.
    [[nodiscard]] Finish finish_understand(const Job& job, const Understanding& understanding);

    /// Gives a pli with everything in it to another caisse, as a person may; an event for both. The
    /// pli's running jobs keep their leases.
    /// @throws std::logic_error when its documents are on their way: they lie in the GED of the
    /// old.
    void assign_caisse(RowId pli, const std::string& caisse);

private:
    Connection database_;
};

} // namespace pleiade::store
