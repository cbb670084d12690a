#pragma once
// The file of a Tesseract language: a table of components, each found by its number.
//
// Source: src/ccutil/tessdatamanager.h of Tesseract 5.3, which writes these files.

#include "core/bytes.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace pleiade::ocr {

/// The components we use, by their place in the table.
enum class Component {
    Network = 17,
    Words = 19,
    Characters = 21,
    Codes = 22,
};

/// The bytes of a component.
///
/// @throws Error(FixConfiguration) when the table does not fit the file, or has no such component.
[[nodiscard]] BytesView component_of(BytesView file, Component component);

/// Reads little-endian values one after the other and never past the end.
///
/// @throws Error(FixConfiguration) from every function, when the file ends too early.
class ModelCursor {
public:
    explicit ModelCursor(BytesView bytes) : left_(bytes) {}

    template <typename Value>
    [[nodiscard]] Value next() {
        Value value{};
        const BytesView bytes = next_bytes(sizeof value);
        std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }

    /// A count, checked against `most` so that a broken file cannot ask for all memory.
    [[nodiscard]] std::size_t next_count(std::size_t most);
    [[nodiscard]] std::string next_text();
    [[nodiscard]] BytesView next_bytes(std::size_t count);

private:
    BytesView left_;
};

} // namespace pleiade::ocr
