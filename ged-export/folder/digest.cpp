#include "ged-export/folder/digest.h"

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
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        text.push_back(digits[digest.at(i) >> 4U]);
        text.push_back(digits[digest.at(i) & 0xFU]);
    }
    return text;
}

} // namespace pleiade::ged
