#include "ocr/forms/comb_reading.h"

#include <algorithm>
#include <cstdint>

namespace pleiade::ocr {
namespace {

constexpr int border_px = 24; // chosen: the reader wants white around a line

struct Slot {
    std::size_t cell = 0;
    int x0 = 0;
    int x1 = 0;
};

/// Tallest ink of the row.
int ink_height(const CombInk& ink) {
    int tallest = 1;
    for (const Box& box : ink.inks_px) {
        tallest = std::max(tallest, box.height());
    }
    return tallest;
}

void paste(const PageImage& cell, int x0, PageImage& strip) {
    for (int y = 0; y < cell.height_px; ++y) {
        std::copy_n(
            cell.row(y),
            cell.width_px,
            strip.pixels.data() + static_cast<std::size_t>(y + border_px) * strip.row_bytes() +
                static_cast<std::size_t>(x0)
        );
    }
}

/// All filled cells side by side, and where each of them went.
PageImage laid_out(const CombInk& ink, const CombSetting& setting, std::vector<Slot>& slots) {
    const double height = ink_height(ink);
    const int gap = std::max(4, static_cast<int>(height * setting.gap));
    const int blank = static_cast<int>(height * setting.blank);
    PageImage strip;
    strip.dpi = ink.dpi;
    int x = border_px;
    for (std::size_t i = 0; i < ink.cells.size(); ++i) {
        if (!ink.cells[i].empty()) {
            x += setting.group > 0 && !slots.empty() && slots.size() % setting.group == 0 ? blank
                                                                                          : 0;
            slots.push_back({i, x, x + ink.cells[i].width_px});
            x += ink.cells[i].width_px + gap;
            strip.height_px = ink.cells[i].height_px + 2 * border_px;
        }
    }
    strip.width_px = x - gap + border_px;
    strip.pixels.assign(strip.row_bytes() * static_cast<std::size_t>(strip.height_px), 255);
    for (const Slot& slot : slots) {
        paste(ink.cells[slot.cell], slot.x0, strip);
    }
    return strip;
}

/// The slot that shares most with the character; nothing is shared with a gap.
const Slot* slot_under(const std::vector<Slot>& slots, const Box& box) {
    const Slot* best = nullptr;
    int most = 0;
    for (const Slot& slot : slots) {
        const int shared = std::min(slot.x1, box.x1) - std::max(slot.x0, box.x0);
        if (shared > most) {
            most = shared;
            best = &slot;
        }
    }
    return best;
}

} // namespace

CombCharacters read_comb(const CombInk& ink, const CombSetting& setting, TextReader& zones) {
    CombCharacters characters(ink.cells.size());
    std::vector<Slot> slots;
    const PageImage strip = laid_out(ink, setting, slots);
    if (slots.empty()) {
        return characters;
    }
    for (const Slot& slot : slots) {
        characters[slot.cell].text = "?";
        characters[slot.cell].box_px = ink.inks_px[slot.cell];
    }
    std::vector<Character> read;
    for (const Word& word :
         zones.read_zone(strip, {0, 0, strip.width_px, strip.height_px}, setting.content).words) {
        read.insert(read.end(), word.characters.begin(), word.characters.end());
    }
    std::vector<int> taken(ink.cells.size(), 0);
    for (std::size_t i = 0; i < read.size(); ++i) {
        // As many characters as cells: their order says more than their boxes, which are coarse.
        const Slot* slot =
            read.size() == slots.size() ? &slots[i] : slot_under(slots, read[i].box_px);
        if (slot == nullptr) {
            continue;
        }
        Character character = read[i];
        character.box_px = ink.inks_px[slot->cell];
        if (++taken[slot->cell] > 1) {
            character.text = "?"; // two in one cell: neither is believed
        }
        characters[slot->cell] = std::move(character);
    }
    return characters;
}

} // namespace pleiade::ocr
