#include "store/audit/merkle.h"

#include "core/bytes.h"
#include "core/hex.h"
#include "store/blob_store.h"

namespace pleiade::store::audit {
namespace {

// spec: RFC 6962, 2.1: a leaf can never be taken for a node
constexpr char leaf_mark = '\x00';
constexpr char node_mark = '\x01';

std::string digest_of(const std::string& text) {
    return text_of(bytes_from_hex(blob_id_of(bytes_of(text)).sha256).value());
}

std::string node_of(const std::string& left, const std::string& right) {
    return digest_of(node_mark + left + right);
}

} // namespace

void MerkleTree::add(std::string_view leaf) {
    full_.push_back(digest_of(leaf_mark + std::string(leaf)));
    // As many full trees of one size join as the number of leaves before ends in ones, in binary.
    for (std::int64_t count = size_; count % 2 == 1; count /= 2) {
        const std::string right = full_.back();
        full_.pop_back();
        full_.back() = node_of(full_.back(), right);
    }
    ++size_;
}

std::string MerkleTree::root() const {
    if (full_.empty()) {
        return blob_id_of({}).sha256;
    }
    std::string root = full_.back();
    for (std::size_t i = full_.size() - 1; i > 0; --i) {
        root = node_of(full_[i - 1], root);
    }
    return hex_of(bytes_of(root));
}

} // namespace pleiade::store::audit
