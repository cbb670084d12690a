#pragma once
// The last leg: a confirmed document becomes a PDF in the caisse's GED and an entry in a corbeille.

#include "core/decision.h"
#include "store/connection.h"
#include "store/journey.h"

#include <map>
#include <string>
#include <vector>

namespace pleiade::store {

struct DocumentPage {
    RowId id = 0;
    std::string file;
    int file_index = 0;
    PageState state = PageState::Read; ///< Read or Blank; SetAside when a person let it pass.
    std::string reason{};              ///< Why it was set aside.
    std::optional<StoredImage> image;  ///< Nothing for a page that could not be read.
    std::string reading_json;
};

/// Everything needed to make a document's PDF and deliver it.
struct DeliveryWork {
    RowId delivery = 0;
    DeliveryState state = DeliveryState::Waiting;
    std::string
        idempotency_key; ///< "<caisse>-<pli id>-<document position>", fixed once and for all.
    RowId document = 0;
    int position = 0; ///< 1-based among the documents of the pli.
    std::string type;
    double confidence = 0.0; ///< Of the type.
    DecidedBy decided_by = DecidedBy::Undecided;
    std::string evidence_json = "[]";
    std::string missing_json = "[]";  ///< What the document should hold and does not.
    std::vector<std::string> notes{}; ///< For the back office.
    std::string caisse;
    std::vector<Field> fields;
    Route route;
    RowId master = 0; ///< Document this one is attached to; 0 = none.
    std::chrono::sys_days due_on;
    BlobId pdf;   ///< Empty until record_pdf.
    BlobId index; ///< Likewise: the very bytes that go beside the PDF.
    RowId pli = 0;
    std::string pli_name;
    Channel channel = Channel::Post;
    Instant received_at;
    std::chrono::sys_days received_on; ///< That day in France.
    RowId lot = 0;
    std::string lot_label;
    std::vector<DocumentPage> pages;
};

/// What the GED gave back as proof.
struct Receipt {
    std::string sha256;   ///< Of the bytes read back from the GED.
    std::string location; ///< Path or address in the GED.
    Instant at;
};

/// Uses one connection, its own or a shared one, and belongs to one thread.
///
/// Every verb works under the role pleiade_worker, whoever logged in, and sees mail of the caisse
/// of the job only. It throws Error(RetryLater) when the database is out of reach or its disk full
/// ("no space left"), and Error(CheckOutcome) when the answer to a COMMIT was lost; asking again is
/// safe.
class Deliveries {
public:
    explicit Deliveries(const std::string& url);
    explicit Deliveries(Connection connection);
    ~Deliveries();
    Deliveries(Deliveries&&) noexcept;
    Deliveries& operator=(Deliveries&&) noexcept;
    Deliveries(const Deliveries&) = delete;
    Deliveries& operator=(const Deliveries&) = delete;

    [[nodiscard]] DeliveryWork delivery_for_job(const Job& job);

    /// The document's PDF and its index lie in the blob store. The job goes on.
    [[nodiscard]] Finish record_pdf(const Job& job, const BlobId& pdf, const BlobId& index);

    /// waiting -> sent, before the GED is called: a crash after this asks the GED first. The job
    /// goes on. LeaseLost as well when its pli was set aside meanwhile: then it is refused with it;
    /// and when somebody holds it: then it waits.
    [[nodiscard]] Finish mark_sent(const Job& job, const std::string& connector);

    /// sent -> in_doubt: the GED may have it or not. The job goes on.
    [[nodiscard]] Finish mark_in_doubt(const Job& job);

    /// in_doubt -> waiting: the GED was asked by the key and has nothing. The job goes on.
    [[nodiscard]] Finish mark_not_there(const Job& job);

    /// sent or in_doubt -> acknowledged, document delivered, work item in the corbeille of its
    /// route (when it has one), pli delivered when it was the last document, lot done when it was
    /// the last pli; named in the reason of the pli when that was set aside meanwhile. Ends the
    /// job.
    [[nodiscard]] Finish acknowledge(const Job& job, const Receipt& receipt);

    /// waiting or sent -> refused; the pli is set aside with the reason, what of it was not sent
    /// yet is refused too, and what was delivered already is named; ends the job.
    [[nodiscard]] Finish refuse(const Job& job, const std::string& reason);

private:
    Connection database_;
};

} // namespace pleiade::store
