#include "ged-export/pdf/file.h"

#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <memory>

namespace pleiade::ged {
namespace {

/// The end of the pipe: one growing buffer, because Pl_Buffer would hold the file twice.
class BytesEnd final : public Pipeline {
public:
    explicit BytesEnd(Bytes& bytes) : Pipeline("bytes", nullptr), bytes_(bytes) {}
    explicit BytesEnd(Bytes&&) = delete;

    void write(const unsigned char* data, std::size_t length) override {
        const BytesView part = std::as_bytes(std::span(data, length));
        bytes_.insert(bytes_.end(), part.begin(), part.end());
    }
    void finish() override {}

private:
    Bytes& bytes_;
};

} // namespace

QPDFObjectHandle add_stream(QPDF& pdf, const std::string& bytes) {
    return QPDFObjectHandle::newStream(&pdf, bytes);
}

QPDFObjectHandle add_packed_stream(QPDF& pdf, QPDFObjectHandle dictionary, BytesView bytes) {
    // The library's buffer is not const, yet it only reads the data of a stream.
    auto* const data =
        const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(bytes.data()));
    QPDFObjectHandle stream =
        QPDFObjectHandle::newStream(&pdf, std::make_shared<Buffer>(data, bytes.size()));
    stream.replaceDict(dictionary);
    return stream;
}

QPDFObjectHandle add_packed_copy(QPDF& pdf, QPDFObjectHandle dictionary, BytesView bytes) {
    const auto copy = std::make_shared<Buffer>(bytes.size());
    std::ranges::copy(bytes, reinterpret_cast<std::byte*>(copy->getBuffer()));
    QPDFObjectHandle stream = QPDFObjectHandle::newStream(&pdf, copy);
    stream.replaceDict(dictionary);
    return stream;
}

Bytes written(QPDF& pdf, std::size_t expected_bytes) {
    Bytes bytes;
    bytes.reserve(expected_bytes);
    BytesEnd end(bytes);
    QPDFWriter writer(pdf);
    writer.setOutputPipeline(&end);
    writer.setMinimumPDFVersion("1.4");
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.setDecodeLevel(qpdf_dl_none);    // what is packed stays as it is ...
    writer.setCompressStreams(true);        // ... what is not gets packed
    writer.setNewlineBeforeEndstream(true); // spec: ISO 19005-1 6.1.7
    writer.setDeterministicID(true);
    writer.write();
    return bytes;
}

} // namespace pleiade::ged
