#include "ged-export/folder/digest.h"

#include "core/hex.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace pleiade::ged {

std::string sha256_of(BytesView bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) !=
        1) {
        throw std::bad_alloc();
    }
    return hex_of(std::as_bytes(std::span(digest).first(length)));
}

} // namespace pleiade::ged
