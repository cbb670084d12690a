#pragma once
// One hash over any number of leaves, built as they come.
//
// Source: RFC 6962, 2.1 (Merkle hash trees).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::store::audit {

class MerkleTree {
public:
    void add(std::string_view leaf);

    /// Hexadecimal; of no leaves: the SHA-256 of nothing.
    [[nodiscard]] std::string root() const;
    [[nodiscard]] std::int64_t size() const { return size_; }

private:
    std::vector<std::string> full_; ///< Roots of full trees, the largest first, 32 bytes each.
    std::int64_t size_ = 0;
};

} // namespace pleiade::store::audit
