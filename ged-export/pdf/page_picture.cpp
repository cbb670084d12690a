#include "ged-export/pdf/page_picture.h"

#include "core/layered_picture.h"
#include "ged-export/pdf/file.h"
#include "ged-export/pdf/number.h"

namespace pleiade::ged {
namespace {

using Object = QPDFObjectHandle;

/// How the bytes of one stream are packed.
struct Packing {
    ImageCoding coding = ImageCoding::Jpeg;
    int width_px = 0;
    int height_px = 0;
    int channels = 1;
};

Object image_dictionary(const Packing& packing) {
    Object dictionary = Object::parse("<< /Type /XObject /Subtype /Image /Interpolate false >>");
    dictionary.replaceKey("/Width", Object::newInteger(packing.width_px));
    dictionary.replaceKey("/Height", Object::newInteger(packing.height_px));
    if (packing.coding == ImageCoding::Jpeg) {
        dictionary.replaceKey("/BitsPerComponent", Object::newInteger(8));
        dictionary.replaceKey("/Filter", Object::newName("/DCTDecode"));
        return dictionary;
    }
    dictionary.replaceKey("/BitsPerComponent", Object::newInteger(1));
    dictionary.replaceKey("/Filter", Object::newName("/CCITTFaxDecode"));
    dictionary.replaceKey(
        "/DecodeParms",
        Object::parse(
            "<< /K -1 /BlackIs1 false /Columns " + std::to_string(packing.width_px) + " /Rows " +
            std::to_string(packing.height_px) + " >>"
        )
    );
    return dictionary;
}

Object opaque_dictionary(const Packing& packing) {
    Object dictionary = image_dictionary(packing);
    dictionary.replaceKey(
        "/ColorSpace", Object::newName(packing.channels == 3 ? "/DeviceRGB" : "/DeviceGray")
    );
    return dictionary;
}

/// spec: PDF Reference 1.4, 4.8.5: a sample of 0 is painted, and black is 0 in the stream.
Object stencil_dictionary(const Packing& packing) {
    Object dictionary = image_dictionary(packing);
    dictionary.replaceKey("/ImageMask", Object::newBool(true));
    return dictionary;
}

/// "0.2 0.2 0.8 rg", or "0.2 g" for what is no colour.
std::string fill_with(const Ink& ink) {
    const auto part = [](std::uint8_t value) { return number(value / 255.0); };
    if (ink.red == ink.green && ink.green == ink.blue) {
        return part(ink.red) + " g ";
    }
    return part(ink.red) + " " + part(ink.green) + " " + part(ink.blue) + " rg ";
}

std::string
painted(const Box& box_px, int page_height_px, double points_per_px, std::size_t index) {
    return number(box_px.width() * points_per_px) + " 0 0 " +
           number(box_px.height() * points_per_px) + " " + number(box_px.x0 * points_per_px) + " " +
           number((page_height_px - box_px.y1) * points_per_px) + " cm /Im" +
           std::to_string(index) + " Do Q\n";
}

PagePicture picture_in_layers(QPDF& pdf, const EncodedImage& image, double points_per_px) {
    PagePicture picture{Object::newDictionary(), {}};
    std::size_t index = 0;
    for (const PictureLayer& layer : layers_of(image)) {
        const Packing packing{layer.coding, layer.width_px, layer.height_px, layer.channels};
        const bool stencil = layer.coding == ImageCoding::Ccitt4;
        picture.images.replaceKey(
            "/Im" + std::to_string(index),
            add_packed_copy(
                pdf, stencil ? stencil_dictionary(packing) : opaque_dictionary(packing), layer.bytes
            )
        );
        picture.content += "q " + (stencil ? fill_with(layer.ink) : std::string()) +
                           painted(layer.box_px, image.height_px, points_per_px, index);
        ++index;
    }
    return picture;
}

} // namespace

PagePicture page_picture(QPDF& pdf, const EncodedImage& image, double points_per_px) {
    if (image.coding == ImageCoding::Layers) {
        return picture_in_layers(pdf, image, points_per_px);
    }
    PagePicture picture{Object::newDictionary(), {}};
    const Packing packing{image.coding, image.width_px, image.height_px, image.channels};
    picture.images.replaceKey(
        "/Im0", add_packed_stream(pdf, opaque_dictionary(packing), image.bytes)
    );
    picture.content =
        "q " + painted({0, 0, image.width_px, image.height_px}, image.height_px, points_per_px, 0);
    return picture;
}

} // namespace pleiade::ged
