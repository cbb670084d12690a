#include "capture/image/decode/exif.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace pleiade::image {
namespace {

using namespace std::string_view_literals;

// "Exif", a little-endian TIFF header and three entries: orientation 6, x resolution 118.11,
// resolution unit centimetre.
constexpr std::string_view block = "Exif\0\0"
                                   "II*\0\x08\0\0\0"
                                   "\x03\0"
                                   "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"
                                   "\x1a\x01\x05\0\x01\0\0\0\x32\0\0\0"
                                   "\x28\x01\x03\0\x01\0\0\0\x03\0\0\0"
                                   "\0\0\0\0"
                                   "\x23\x2e\0\0\x64\0\0\0"sv;

TEST(Exif, OrientationAndResolutionInCentimetresAreRead) {
    const ExifFacts facts = read_exif(bytes_of(block));
    EXPECT_EQ(facts.orientation, 6);
    EXPECT_NEAR(facts.resolution.x_dpi, 300.0, 0.1);
    EXPECT_EQ(facts.resolution.y_dpi, 0.0);
}

TEST(Exif, BrokenBlocksSayNothing) {
    EXPECT_EQ(read_exif({}).orientation, 1);
    EXPECT_EQ(read_exif(bytes_of("Exif\0\0XX")).orientation, 1);
    for (std::size_t size = 0; size < block.size(); ++size) {
        EXPECT_LE(read_exif(bytes_of(block.substr(0, size))).orientation, 8) << size;
    }
}

} // namespace
} // namespace pleiade::image
