#include "ged-export/pdf/glyphless_font.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace pleiade::ged {
namespace {

/// Big-endian numbers, one after the other.
class TableBytes {
public:
    TableBytes& u16(unsigned value) {
        bytes_.push_back(static_cast<char>((value >> 8U) & 0xFFU));
        bytes_.push_back(static_cast<char>(value & 0xFFU));
        return *this;
    }
    TableBytes& u32(std::uint32_t value) { return u16(value >> 16U).u16(value & 0xFFFFU); }
    TableBytes& zeros(std::size_t count) {
        bytes_.append(count, '\0');
        return *this;
    }
    TableBytes& text(std::string_view bytes) {
        bytes_ += bytes;
        return *this;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

constexpr unsigned glyph_count = 2;

std::string head_table() {
    return TableBytes()
        .u32(0x00010000) // version
        .u32(0x00010000) // revision of this font
        .u32(0)          // checkSumAdjustment: set when the file is complete
        .u32(0x5F0F3CF5) // spec: OpenType head, magic number
        .u16(0x0003)     // baseline and left side bearing at 0
        .u16(glyph_em)
        .zeros(16) // created, modified: none, so that the font is always the same
        .zeros(8)  // xMin yMin xMax yMax: no ink
        .u16(0)    // macStyle
        .u16(1)    // lowestRecPPEM
        .u16(2)    // fontDirectionHint
        .u16(0)    // short offsets in loca
        .u16(0)
        .bytes();
}

std::string hhea_table() {
    return TableBytes()
        .u32(0x00010000)
        .u16(glyph_em) // ascender
        .u16(0)        // descender
        .u16(0)        // line gap
        .u16(glyph_advance)
        .zeros(22) // bearings, extent, caret, reserved, metric format
        .u16(glyph_count)
        .bytes();
}

std::string maxp_table() {
    return TableBytes()
        .u32(0x00010000)
        .u16(glyph_count)
        .zeros(8) // no points, contours, composites
        .u16(1)   // maxZones
        .zeros(16)
        .bytes();
}

std::string hmtx_table() {
    return TableBytes().u16(glyph_advance).u16(0).u16(glyph_advance).u16(0).bytes();
}

/// Maps the blank to glyph 1: readers that open the font by itself want a cmap.
std::string cmap_table() {
    return TableBytes()
        .u16(0)
        .u16(1) // one sub-table
        .u16(3)
        .u16(1)  // Windows, Unicode BMP
        .u32(12) // its place
        .u16(4)  // format 4
        .u16(32) // length
        .u16(0)
        .u16(4) // segCountX2: the blank, and the end mark
        .u16(4)
        .u16(1)
        .u16(0)
        .u16(0x20)
        .u16(0xFFFF) // end codes
        .u16(0)
        .u16(0x20)
        .u16(0xFFFF) // start codes
        .u16(0xFFE1) // delta: 0x20 + 0xFFE1 = 1 modulo 65536
        .u16(1)      // delta of the end mark
        .u16(0)
        .u16(0) // no glyph arrays
        .bytes();
}

std::string post_table() {
    return TableBytes().u32(0x00030000).zeros(28).bytes(); // version 3: no glyph names
}

std::uint32_t checksum(std::string_view bytes) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        sum += static_cast<std::uint32_t>(byte) << (8U * (3U - i % 4U));
    }
    return sum;
}

std::string padded(std::string bytes) {
    bytes.resize((bytes.size() + 3) / 4 * 4, '\0');
    return bytes;
}

} // namespace

std::string glyphless_truetype() {
    // In alphabetical order, as the directory must be.
    const std::vector<std::pair<std::string_view, std::string>> tables = {
        {"cmap", cmap_table()},
        {"glyf", std::string(4, '\0')}, // nothing refers to it, but an empty table is no table
        {"head", head_table()},
        {"hhea", hhea_table()},
        {"hmtx", hmtx_table()},
        {"loca", TableBytes().u16(0).u16(0).u16(0).bytes()},
        {"maxp", maxp_table()},
        {"post", post_table()},
    };
    TableBytes directory;
    directory.u32(0x00010000)
        .u16(static_cast<unsigned>(tables.size()))
        .u16(128) // searchRange: 16 times the largest power of two in 8
        .u16(3)   // entrySelector: its logarithm
        .u16(0);  // rangeShift
    constexpr std::size_t header_bytes = 12;
    constexpr std::size_t entry_bytes = 16;
    std::size_t offset = header_bytes + entry_bytes * tables.size();
    std::size_t head_offset = 0;
    std::string content;
    for (const auto& [tag, table] : tables) {
        if (tag == "head") {
            head_offset = offset;
        }
        directory.text(tag)
            .u32(checksum(table))
            .u32(static_cast<std::uint32_t>(offset))
            .u32(static_cast<std::uint32_t>(table.size()));
        content += padded(table);
        offset += padded(table).size();
    }
    std::string file = directory.bytes() + content;
    constexpr std::uint32_t whole_file = 0xB1B0AFBA; // spec: OpenType head, checkSumAdjustment
    file.replace(head_offset + 8, 4, TableBytes().u32(whole_file - checksum(file)).bytes());
    return file;
}

std::string every_code_to_glyph_1() {
    constexpr std::size_t codes = 65536;
    std::string map;
    map.reserve(2 * codes);
    for (std::size_t i = 0; i < codes; ++i) {
        map.push_back('\0');
        map.push_back('\1');
    }
    return map;
}

std::string code_is_character() {
    std::string map = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    // A range may not go beyond the last byte of its codes, and a block holds at most 100 ranges.
    constexpr unsigned rows = 256;
    constexpr unsigned most_in_block = 100;
    constexpr const char* digits = "0123456789ABCDEF";
    for (unsigned row = 0; row < rows; ++row) {
        if (row % most_in_block == 0) {
            const unsigned in_block = rows - row < most_in_block ? rows - row : most_in_block;
            map += std::to_string(in_block) + " beginbfrange\n";
        }
        const std::string high{digits[row / 16], digits[row % 16]};
        map += "<" + high + "00> <" + high + "FF> <" + high + "00>\n";
        if (row % most_in_block == most_in_block - 1 || row == rows - 1) {
            map += "endbfrange\n";
        }
    }
    return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

} // namespace pleiade::ged
