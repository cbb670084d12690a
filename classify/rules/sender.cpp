#include "classify/rules/sender.h"

#include "classify/rules/folding.h"

#include <algorithm>

namespace pleiade::classify {
namespace {

constexpr double block_confidence = 0.85; // chosen: words of a block, not checked by anything

bool is_of_caisse(const AddressBlock& block, const std::vector<Caisse>& caisses) {
    return std::any_of(caisses.begin(), caisses.end(), [&](const Caisse& caisse) {
        return names_caisse(block, caisse);
    });
}

/// "Expéditeur : Jeanne MARTIN" as "Jeanne MARTIN".
std::string without_announcement(const std::string& line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || folded(line).rfind("exp", 0) != 0) {
        return line;
    }
    const std::size_t begin = line.find_first_not_of(' ', colon + 1);
    return begin == std::string::npos ? std::string() : line.substr(begin);
}

std::string name_in(const AddressBlock& block) {
    for (std::size_t i = 0; i + 1 < block.lines.size(); ++i) {
        std::string name = without_announcement(block.lines[i]);
        const std::string key = folded(name);
        const bool word_alone = key == "expediteur" || key == "exp";
        constexpr std::size_t least_letters = 3;
        if (!word_alone && key.size() >= least_letters) {
            return name;
        }
    }
    return {};
}

/// Registered letters, not parcels or tracked letters. spec: UPU S10, service R*.
/// chosen: of La Poste's own numbers those that begin with 1 or 2 (1A, 2C ...): 1A is on the notice
/// of registered letters, 6A and 8* are on parcels.
bool is_registered(const Identifier& identifier) {
    if (!identifier.valid || identifier.value.empty()) {
        return false;
    }
    const char first = identifier.value.front();
    return (identifier.kind == IdentifierKind::S10 && first == 'R') ||
           (identifier.kind == IdentifierKind::LaPoste && (first == '1' || first == '2'));
}

} // namespace

std::vector<Field> sender_fields(
    const std::vector<int>& page_indexes,
    PageKind kind,
    const std::vector<Layout>& layouts,
    const std::vector<Caisse>& caisses
) {
    for (const int page_index : page_indexes) {
        const Layout& layout = layouts[static_cast<std::size_t>(page_index)];
        for (const AddressBlock& block : find_addresses(layout, kind)) {
            const std::string name = name_in(block);
            if (block.place != AddressPlace::Sender || name.empty() ||
                is_of_caisse(block, caisses)) {
                continue;
            }
            return {
                {"sender_name", name, block_confidence, page_index, block.box_px},
                {"sender_postcode", block.postal_code, block_confidence, page_index, block.box_px}};
        }
    }
    return {};
}

std::optional<Field> registered_number(const std::vector<PageReading>& pages) {
    std::optional<Field> found;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        for (const Identifier& identifier : pages[i].identifiers) {
            if (!is_registered(identifier)) {
                continue;
            }
            if (found.has_value() && found->value != identifier.value) {
                return std::nullopt;
            }
            found = Field{
                "registered_number",
                identifier.value,
                identifier.confidence,
                static_cast<int>(i),
                identifier.box_px};
        }
    }
    return found;
}

} // namespace pleiade::classify
