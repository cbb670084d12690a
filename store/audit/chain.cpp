#include "store/audit/chain.h"

#include "store/blob_store.h"

namespace pleiade::store::audit {
namespace {

/// "5:hello,": where a field ends is never a question of what it holds.
std::string field(const std::string& text) {
    return std::to_string(text.size()) + ":" + text + ",";
}

std::string field(std::int64_t number) {
    return field(std::to_string(number));
}

} // namespace

std::string hash_of(const std::string& previous, const Link& link, const Event& event) {
    const std::string text = field("pleiade-event-1") + field(previous) + field(link.caisse) +
                             field(link.position) + field(link.blobs) + field(link.sealed_us) +
                             field(event.id) + field(event.happened_us) + field(event.caisse) +
                             field(event.subject) + field(event.subject_id) +
                             field(event.from_state) + field(event.to_state) +
                             (event.reason ? field(*event.reason) : std::string("-,")) +
                             field(event.actor) + field(event.written_by);
    return blob_id_of(bytes_of(text)).sha256;
}

} // namespace pleiade::store::audit
