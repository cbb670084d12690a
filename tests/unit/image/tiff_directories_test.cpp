#include "capture/image/decode/tiff_directories.h"

#include <gtest/gtest.h>

#include <cstring>

namespace pleiade::image {
namespace {

/// A little-endian TIFF of directories with one NewSubfileType entry each.
class TiffChain {
public:
    TiffChain() : bytes_(8) {
        std::memcpy(bytes_.data(), "II*\0", 4);
        link_at_ = 4;
    }

    std::uint32_t add(std::uint32_t subfile_type = 0) {
        const auto at = static_cast<std::uint32_t>(bytes_.size());
        point_last_link_to(at);
        bytes_.resize(at + 2 + 12 + 4);
        const std::uint16_t count = 1;
        const std::uint16_t tag = 254;
        std::memcpy(bytes_.data() + at, &count, 2);
        std::memcpy(bytes_.data() + at + 2, &tag, 2);
        std::memcpy(bytes_.data() + at + 10, &subfile_type, 4);
        link_at_ = at + 14;
        return at;
    }

    void point_last_link_to(std::uint32_t offset) {
        std::memcpy(bytes_.data() + link_at_, &offset, 4);
    }

    [[nodiscard]] const Bytes& bytes() const { return bytes_; }

private:
    Bytes bytes_;
    std::uint32_t link_at_ = 0;
};

TEST(TiffDirectories, PagesAreFoundInOrder) {
    TiffChain chain;
    const std::uint64_t first = chain.add();
    const std::uint64_t second = chain.add();
    const TiffDirectories found = tiff_directories(chain.bytes(), 10);
    EXPECT_EQ(found.offsets, (std::vector<std::uint64_t>{first, second}));
    EXPECT_FALSE(found.cut_short);
}

TEST(TiffDirectories, PreviewsAndMasksAreNoPages) {
    TiffChain chain;
    chain.add();
    chain.add(1);
    chain.add(4);
    chain.add(2);
    EXPECT_EQ(tiff_directories(chain.bytes(), 10).offsets.size(), 2U);
}

TEST(TiffDirectories, ALoopEnds) {
    TiffChain chain;
    const std::uint32_t first = chain.add();
    chain.add();
    chain.point_last_link_to(first);
    EXPECT_EQ(tiff_directories(chain.bytes(), 10).offsets.size(), 2U);
}

TEST(TiffDirectories, ALinkOutOfTheFileIsSaid) {
    TiffChain chain;
    chain.add();
    chain.point_last_link_to(100'000);
    const TiffDirectories found = tiff_directories(chain.bytes(), 10);
    EXPECT_EQ(found.offsets.size(), 1U);
    EXPECT_TRUE(found.cut_short);
}

TEST(TiffDirectories, CountingStopsBehindTheLimit) {
    TiffChain chain;
    for (int i = 0; i < 50; ++i) {
        chain.add();
    }
    EXPECT_EQ(tiff_directories(chain.bytes(), 10).offsets.size(), 11U);
}

TEST(TiffDirectories, EveryShorterFileIsReadWithoutLeavingIt) {
    TiffChain chain;
    chain.add();
    chain.add();
    const Bytes& whole = chain.bytes();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_TRUE(tiff_directories(cut, 10).cut_short) << size;
    }
}

} // namespace
} // namespace pleiade::image
