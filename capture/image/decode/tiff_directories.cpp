#include "capture/image/decode/tiff_directories.h"

#include <set>

namespace pleiade::image {
namespace {

/// What differs between TIFF 6.0 section 2 and BigTIFF (Adobe/AWare Systems draft of 2007).
struct Layout {
    bool little = true;
    bool big = false;

    [[nodiscard]] std::size_t offset_size() const { return big ? 8 : 4; }
    [[nodiscard]] std::size_t count_size() const { return big ? 8 : 2; }
    [[nodiscard]] std::size_t entry_size() const { return big ? 20 : 12; }
};

class Walker {
public:
    Walker(BytesView bytes, Layout layout) : bytes_(bytes), layout_(layout) {}

    [[nodiscard]] bool has(std::uint64_t at, std::uint64_t size) const {
        return at <= bytes_.size() && size <= bytes_.size() - at;
    }

    /// @pre has(at, size)
    [[nodiscard]] std::uint64_t number(std::uint64_t at, std::size_t size) const {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::uint64_t from = layout_.little ? at + size - 1 - i : at + i;
            value = value << 8U | std::to_integer<std::uint64_t>(bytes_[from]);
        }
        return value;
    }

    /// Whether the directory is a smaller copy of another page, or a mask.
    [[nodiscard]] bool is_no_page(std::uint64_t entries_at, std::uint64_t count) const {
        constexpr std::uint64_t tag_new_subfile_type = 254;
        constexpr std::uint64_t reduced_or_mask = 1 | 4; // spec: TIFF 6.0 section 8
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t entry = entries_at + i * layout_.entry_size();
            if (number(entry, 2) == tag_new_subfile_type) {
                return (number(entry + (layout_.big ? 12 : 8), 4) & reduced_or_mask) != 0;
            }
        }
        return false;
    }

    [[nodiscard]] TiffDirectories walk(int most) const {
        TiffDirectories found;
        const std::uint64_t first_at = layout_.big ? 8 : 4;
        if (!has(first_at, layout_.offset_size())) {
            found.cut_short = true;
            return found;
        }
        std::set<std::uint64_t> seen;
        std::uint64_t next = number(first_at, layout_.offset_size());
        while (next != 0 && seen.insert(next).second &&
               found.offsets.size() <= static_cast<std::size_t>(most)) {
            constexpr std::uint64_t most_entries = 4096; // measured: libtiff refuses more
            const std::uint64_t entries_at = next + layout_.count_size();
            const std::uint64_t count =
                has(next, layout_.count_size()) ? number(next, layout_.count_size()) : 0;
            const std::uint64_t link_at = entries_at + count * layout_.entry_size();
            if (count == 0 || count > most_entries || !has(link_at, layout_.offset_size())) {
                found.cut_short = true;
                break;
            }
            if (!is_no_page(entries_at, count)) {
                found.offsets.push_back(next);
            }
            next = number(link_at, layout_.offset_size());
        }
        return found;
    }

private:
    BytesView bytes_;
    Layout layout_;
};

} // namespace

TiffDirectories tiff_directories(BytesView bytes, int most) {
    constexpr std::size_t magic_bytes = 4;
    if (bytes.size() < magic_bytes) {
        return {.offsets = {}, .cut_short = true};
    }
    const Layout layout{
        .little = bytes[0] == std::byte{'I'},
        .big = bytes[2] == std::byte{'+'} || bytes[3] == std::byte{'+'}};
    return Walker(bytes, layout).walk(most);
}

} // namespace pleiade::image
