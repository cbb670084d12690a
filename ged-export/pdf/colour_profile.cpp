#include "ged-export/pdf/colour_profile.h"

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <type_traits>

namespace pleiade::ged {
namespace {

struct CloseProfile {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};

std::string made_profile() {
    const std::unique_ptr<void, CloseProfile> profile(cmsCreate_sRGBProfile());
    if (profile == nullptr) {
        throw std::bad_alloc();
    }
    cmsSetProfileVersion(profile.get(), 2.1);
    cmsUInt32Number size = 0;
    if (cmsSaveProfileToMem(profile.get(), nullptr, &size) == 0) {
        throw std::bad_alloc();
    }
    std::string bytes(size, '\0');
    if (cmsSaveProfileToMem(profile.get(), bytes.data(), &size) == 0) {
        throw std::bad_alloc();
    }
    // The library writes the present time; the same document must be the same bytes tomorrow.
    // spec: ICC.1:2001-04 6.1.4: year, month, day, hours, minutes, seconds, 16 bits each
    constexpr std::size_t date_offset = 24;
    constexpr std::array<char, 12> date = {0x07, static_cast<char>(0xD0), 0, 1, 0, 1};
    std::copy(date.begin(), date.end(), bytes.begin() + date_offset);
    return bytes;
}

} // namespace

const std::string& srgb_profile() {
    static const std::string profile = made_profile();
    return profile;
}

} // namespace pleiade::ged
