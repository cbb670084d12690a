#include "classify/rules/completeness.h"

#include "classify/rules/labels.h"
#include "core/units.h"

#include <algorithm>
#include <optional>

namespace pleiade::classify {
namespace {

constexpr const char* absent = "absent";
constexpr const char* unreadable = "illisible";
constexpr const char* unsigned_paper = "non signé";
constexpr const char* signature_name = "signature";
constexpr double legible = 0.5; // chosen: as repaired dates, which two readings do not agree on

/// A number that stands there and that its check refuses.
bool stands_unreadable(
    const FieldRule& rule, const ProposedDocument& document, const std::vector<PageReading>& pages
) {
    return std::any_of(
        document.page_indexes.begin(),
        document.page_indexes.end(),
        [&](int page_index) {
            const auto& all = pages[static_cast<std::size_t>(page_index)].identifiers;
            return std::any_of(all.begin(), all.end(), [&](const Identifier& identifier) {
                return to_text(identifier.kind) == rule.identifier && !identifier.valid;
            });
        }
    );
}

std::optional<MissingField> missing_field(
    const FieldRule& rule, const ProposedDocument& document, const std::vector<PageReading>& pages
) {
    const auto found =
        std::find_if(document.fields.begin(), document.fields.end(), [&](const Field& field) {
            return field.name == rule.name;
        });
    if (found != document.fields.end()) {
        return found->confidence < legible ? std::optional(MissingField{rule.name, unreadable})
                                           : std::nullopt;
    }
    return MissingField{rule.name, stands_unreadable(rule, document, pages) ? unreadable : absent};
}

/// Where one signs: right of the label and below it. chosen: signatures are 20 to 60 mm wide, and
/// the label stands at the top or the left of their place.
Box place_to_sign(const Box& label, const PageGeometry& page) {
    const auto px = [&](double mm) { return static_cast<int>(mm * page.dpi / mm_per_inch); };
    constexpr double left_mm = 10.0;
    constexpr double above_mm = 8.0;
    constexpr double right_mm = 70.0;
    constexpr double below_mm = 32.0;
    return {
        label.x0 - px(left_mm),
        label.y0 - px(above_mm),
        label.x1 + px(right_mm),
        label.y1 + px(below_mm)};
}

enum class Signed { Yes, No, Unknown };

Signed signed_at(const std::string& label, const PageReading& page, const Layout& layout) {
    if (!page.ink.measured) {
        return Signed::Unknown;
    }
    Signed answer = Signed::Unknown;
    for (const Match& match : find_label(label, layout.search)) {
        const Box place = place_to_sign(layout.box_of(match), page.geometry);
        const bool inked = std::any_of(
            page.ink.blocks_px.begin(),
            page.ink.blocks_px.end(),
            [&](const Box& block) { return !intersection(block, place).empty(); }
        );
        if (inked) {
            return Signed::Yes;
        }
        answer = Signed::No;
    }
    return answer;
}

bool lacks_signature(
    const DocumentType& type,
    const ProposedDocument& document,
    const std::vector<PageReading>& pages,
    const std::vector<Layout>& layouts
) {
    bool place_found = false;
    for (const int page_index : document.page_indexes) {
        const auto page = static_cast<std::size_t>(page_index);
        for (const std::string& label : type.signature) {
            const Signed answer = signed_at(label, pages[page], layouts[page]);
            if (answer == Signed::Yes) {
                return false;
            }
            place_found = place_found || answer == Signed::No;
        }
    }
    return place_found;
}

} // namespace

std::vector<MissingField> missing_of(
    const DocumentType& type,
    const ProposedDocument& document,
    const std::vector<PageReading>& pages,
    const std::vector<Layout>& layouts
) {
    std::vector<MissingField> missing;
    for (const FieldRule& rule : type.fields) {
        if (!rule.required && !rule.mandatory) {
            continue;
        }
        if (auto lacking = missing_field(rule, document, pages)) {
            missing.push_back(std::move(*lacking));
        }
    }
    if (lacks_signature(type, document, pages, layouts)) {
        missing.push_back({signature_name, unsigned_paper});
    }
    return missing;
}

} // namespace pleiade::classify
