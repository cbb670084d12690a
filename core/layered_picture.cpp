#include "core/layered_picture.h"

#include "core/failure.h"

#include <stdexcept>
#include <string>

namespace pleiade {
namespace {

constexpr std::uint32_t magic = 0x314C4C50; // "PLL1": a later form of the bytes gets another number
constexpr int largest_side_px = 100'000;    // chosen: beyond every page; products stay in 64 bits

class Writer {
public:
    void number(std::size_t value) {
        if (value > 0xFFFFFFFFU) {
            throw std::logic_error("a layer too large to pack");
        }
        for (unsigned shift = 0; shift < 32; shift += 8) {
            bytes_.push_back(static_cast<std::byte>((value >> shift) & 0xFFU));
        }
    }
    void number(int value) { number(static_cast<std::size_t>(static_cast<std::uint32_t>(value))); }
    void append(BytesView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
    [[nodiscard]] Bytes take() { return std::move(bytes_); }

private:
    Bytes bytes_;
};

[[noreturn]] void refuse(const std::string& why) {
    throw Error(Remedy::FixInput, "the layers of a page picture are damaged: " + why);
}

class Reader {
public:
    explicit Reader(BytesView bytes) : bytes_(bytes) {}

    std::uint32_t number() {
        std::uint32_t value = 0;
        unsigned shift = 0;
        for (const std::byte byte : bytes(4)) {
            value |= std::to_integer<std::uint32_t>(byte) << shift;
            shift += 8;
        }
        return value;
    }
    int length() { return static_cast<std::int32_t>(number()); }
    BytesView bytes(std::size_t count) {
        if (count > bytes_.size()) {
            refuse("they end too early");
        }
        const BytesView part = bytes_.first(count);
        bytes_ = bytes_.subspan(count);
        return part;
    }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

private:
    BytesView bytes_;
};

bool is_side(int length_px) {
    return length_px > 0 && length_px <= largest_side_px;
}

void require_sense(const PictureLayer& layer, const EncodedImage& page) {
    if (!is_side(layer.width_px) || !is_side(layer.height_px) || layer.bytes.empty()) {
        refuse("one is empty");
    }
    if (layer.channels != 1 && layer.channels != 3) {
        refuse("one has " + std::to_string(layer.channels) + " channels");
    }
    const Box& box = layer.box_px;
    const bool near = box.x0 >= 0 && box.y0 >= 0 && box.x1 <= 2 * largest_side_px &&
                      box.y1 <= 2 * largest_side_px;
    if (!near || box.empty() || box.x0 >= page.width_px || box.y0 >= page.height_px) {
        refuse("one does not lie on the page");
    }
}

PictureLayer layer_from(Reader& reader) {
    PictureLayer layer;
    const std::uint32_t coding = reader.number();
    if (coding > 1) {
        refuse("one is packed in an unknown way");
    }
    layer.coding = coding == 0 ? ImageCoding::Jpeg : ImageCoding::Ccitt4;
    layer.width_px = reader.length();
    layer.height_px = reader.length();
    layer.channels = reader.length();
    layer.box_px.x0 = reader.length();
    layer.box_px.y0 = reader.length();
    layer.box_px.x1 = reader.length();
    layer.box_px.y1 = reader.length();
    const std::uint32_t ink = reader.number();
    if (ink > 0xFFFFFFU) {
        refuse("one has an impossible ink");
    }
    layer.ink = {
        static_cast<std::uint8_t>(ink >> 16U),
        static_cast<std::uint8_t>((ink >> 8U) & 0xFFU),
        static_cast<std::uint8_t>(ink & 0xFFU)};
    const BytesView bytes = reader.bytes(reader.number());
    layer.bytes.assign(bytes.begin(), bytes.end());
    return layer;
}

} // namespace

Bytes packed_layers(const std::vector<PictureLayer>& layers) {
    Writer writer;
    writer.number(std::size_t{magic});
    writer.number(layers.size());
    for (const PictureLayer& layer : layers) {
        writer.number(layer.coding == ImageCoding::Jpeg ? 0 : 1);
        writer.number(layer.width_px);
        writer.number(layer.height_px);
        writer.number(layer.channels);
        writer.number(layer.box_px.x0);
        writer.number(layer.box_px.y0);
        writer.number(layer.box_px.x1);
        writer.number(layer.box_px.y1);
        writer.number(layer.ink.red << 16 | layer.ink.green << 8 | layer.ink.blue);
        writer.number(layer.bytes.size());
        writer.append(layer.bytes);
    }
    return writer.take();
}

std::vector<PictureLayer> layers_of(const EncodedImage& picture) {
    if (picture.coding != ImageCoding::Layers || !is_side(picture.width_px) ||
        !is_side(picture.height_px)) {
        refuse("there are none");
    }
    Reader reader(picture.bytes);
    if (reader.number() != magic) {
        refuse("they do not begin as layers do");
    }
    const std::uint32_t count = reader.number();
    if (count < 1 || count > most_layers) {
        refuse("there are " + std::to_string(count));
    }
    std::vector<PictureLayer> layers;
    for (std::uint32_t i = 0; i < count; ++i) {
        layers.push_back(layer_from(reader));
        require_sense(layers.back(), picture);
    }
    if (!reader.at_end()) {
        refuse("something follows them");
    }
    return layers;
}

} // namespace pleiade
