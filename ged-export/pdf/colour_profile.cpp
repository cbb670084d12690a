#include "ged-export/pdf/colour_profile.h"

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>

namespace pleiade::ged {
namespace {

struct CloseProfile {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};

struct FreeCurve {
    void operator()(cmsToneCurve* curve) const { cmsFreeToneCurve(curve); }
};

/// One entry for each value a sample can have: exact for them, and half a kilobyte where the
/// library's own sRGB profile has 4096 entries that hardly pack.
///
/// Source: IEC 61966-2-1, 5.2.
std::unique_ptr<cmsToneCurve, FreeCurve> tone_curve() {
    std::array<std::uint16_t, 256> entries{};
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const double value = static_cast<double>(i) / 255.0;
        const double linear =
            value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        entries[i] = static_cast<std::uint16_t>(std::lround(linear * 65535.0));
    }
    return std::unique_ptr<cmsToneCurve, FreeCurve>(
        cmsBuildTabulatedToneCurve16(nullptr, entries.size(), entries.data())
    );
}

void describe(void* profile) {
    cmsMLU* text = cmsMLUalloc(nullptr, 1);
    const bool described = text != nullptr &&
                           cmsMLUsetASCII(text, "en", "US", "sRGB IEC61966-2.1") != 0 &&
                           cmsWriteTag(profile, cmsSigProfileDescriptionTag, text) != 0;
    cmsMLUfree(text);
    if (!described) {
        throw std::bad_alloc();
    }
}

std::unique_ptr<void, CloseProfile> small_srgb() {
    // spec: IEC 61966-2-1, 4.1: white D65 and the primaries of ITU-R BT.709
    const cmsCIExyY white = {0.3127, 0.3290, 1.0};
    const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1.0}, {0.30, 0.60, 1.0}, {0.15, 0.06, 1.0}};
    const auto curve = tone_curve();
    if (curve == nullptr) {
        throw std::bad_alloc();
    }
    const std::array<cmsToneCurve*, 3> curves = {curve.get(), curve.get(), curve.get()};
    std::unique_ptr<void, CloseProfile> profile(
        cmsCreateRGBProfile(&white, &primaries, curves.data())
    );
    if (profile == nullptr) {
        throw std::bad_alloc();
    }
    describe(profile.get());
    return profile;
}

std::string made_profile() {
    const std::unique_ptr<void, CloseProfile> profile = small_srgb();
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
