#include "core/failure.h"
#include "core/layered_picture.h"

#include <gtest/gtest.h>

namespace pleiade {
namespace {

Bytes some_bytes(std::size_t count, int first) {
    Bytes bytes;
    for (std::size_t i = 0; i < count; ++i) {
        bytes.push_back(static_cast<std::byte>((static_cast<std::size_t>(first) + i) & 0xFFU));
    }
    return bytes;
}

std::vector<PictureLayer> two_layers() {
    return {
        {.coding = ImageCoding::Jpeg,
         .width_px = 25,
         .height_px = 50,
         .channels = 3,
         .box_px = {0, 0, 100, 200},
         .ink = {},
         .bytes = some_bytes(300, 7)},
        {.coding = ImageCoding::Ccitt4,
         .width_px = 99,
         .height_px = 199,
         .channels = 1,
         .box_px = {0, 0, 99, 199},
         .ink = {250, 3, 128},
         .bytes = some_bytes(20, 200)}};
}

EncodedImage picture_of(const std::vector<PictureLayer>& layers) {
    return {
        .coding = ImageCoding::Layers,
        .width_px = 99,
        .height_px = 199,
        .channels = 3,
        .dpi = 300,
        .bytes = packed_layers(layers)};
}

TEST(Layers, ComeBackAsTheyWerePacked) {
    const std::vector<PictureLayer> layers = two_layers();
    const std::vector<PictureLayer> back = layers_of(picture_of(layers));
    ASSERT_EQ(back.size(), layers.size());
    for (std::size_t i = 0; i < back.size(); ++i) {
        EXPECT_EQ(back[i].coding, layers[i].coding);
        EXPECT_EQ(back[i].width_px, layers[i].width_px);
        EXPECT_EQ(back[i].height_px, layers[i].height_px);
        EXPECT_EQ(back[i].channels, layers[i].channels);
        EXPECT_EQ(back[i].box_px, layers[i].box_px);
        EXPECT_EQ(back[i].ink, layers[i].ink);
        EXPECT_EQ(back[i].bytes, layers[i].bytes);
    }
}

TEST(Layers, CutOffAnywhereAreRefused) {
    const EncodedImage whole = picture_of(two_layers());
    for (std::size_t length = 0; length < whole.bytes.size(); ++length) {
        EncodedImage cut = whole;
        cut.bytes.resize(length);
        EXPECT_THROW((void)layers_of(cut), Error) << length;
    }
}

TEST(Layers, FollowedBySomethingAreRefused) {
    EncodedImage picture = picture_of(two_layers());
    picture.bytes.push_back(std::byte{0});
    EXPECT_THROW((void)layers_of(picture), Error);
}

TEST(Layers, OfAnotherKindOfPictureAreRefused) {
    EncodedImage picture = picture_of(two_layers());
    picture.coding = ImageCoding::Jpeg;
    EXPECT_THROW((void)layers_of(picture), Error);
    picture = picture_of(two_layers());
    picture.bytes[0] ^= std::byte{1};
    EXPECT_THROW((void)layers_of(picture), Error);
}

template <typename Change>
bool is_refused(Change change) {
    std::vector<PictureLayer> layers = two_layers();
    change(layers[1]);
    try {
        (void)layers_of(picture_of(layers));
        return false;
    } catch (const Error& error) {
        return error.remedy() == Remedy::FixInput;
    }
}

TEST(Layers, WithoutSenseAreRefused) {
    EXPECT_FALSE(is_refused([](PictureLayer&) {}));
    EXPECT_TRUE(is_refused([](PictureLayer& layer) { layer.width_px = 0; }));
    EXPECT_TRUE(is_refused([](PictureLayer& layer) { layer.height_px = -5; }));
    EXPECT_TRUE(is_refused([](PictureLayer& layer) { layer.width_px = 2'000'000'000; }));
    EXPECT_TRUE(is_refused([](PictureLayer& layer) { layer.channels = 2; }));
    EXPECT_TRUE(is_refused([](PictureLayer& layer) { layer.bytes.clear(); }));
    EXPECT_TRUE(is_refused([](PictureLayer& layer) { layer.box_px = {-1, 0, 9, 9}; }));
    EXPECT_TRUE(is_refused([](PictureLayer& layer) { layer.box_px = {9, 9, 9, 20}; }));
    EXPECT_TRUE(is_refused([](PictureLayer& layer) { layer.box_px = {99, 0, 110, 9}; }));
}

TEST(Layers, NoneOrTooManyAreRefused) {
    EXPECT_THROW((void)layers_of(picture_of({})), Error);
    const PictureLayer layer = two_layers()[0];
    EXPECT_NO_THROW((void)layers_of(picture_of(std::vector(most_layers, layer))));
    EXPECT_THROW((void)layers_of(picture_of(std::vector(most_layers + 1, layer))), Error);
}

} // namespace
} // namespace pleiade
