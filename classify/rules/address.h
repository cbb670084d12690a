#pragma once
// Postal address blocks on a page, and the caisse whose CEDEX line closes one.
// Source: NF Z10-011 as in docs/domain.md 2.8: at most six lines, left-aligned, the last one is
// five digits and a locality.

#include "classify/rules/layout.h"
#include "core/caisse.h"

#include <string>
#include <vector>

namespace pleiade::classify {

/// Where on the page a block stands; decides whether it is the addressee's.
enum class AddressPlace {
    Addressee, ///< Window of a letter, middle of an envelope.
    Sender,    ///< Top left, or back of an envelope.
    Elsewhere, ///< Printed on a form, footer.
};

struct AddressBlock {
    std::vector<std::string> lines; ///< As read, last one the postal line.
    std::vector<Box> line_boxes_px; ///< Of each line.
    std::string postal_code;        ///< Five digits.
    std::string locality;           ///< Folded: "nicecedex2".
    bool cedex = false;             ///< The word CEDEX stands in it.
    AddressPlace place = AddressPlace::Elsewhere;
    Box box_px;
};

enum class PageKind { Sheet, Envelope };

[[nodiscard]] std::vector<AddressBlock> find_addresses(const Layout& layout, PageKind kind);

/// How far a block's postal line is from a CEDEX line.
enum class CedexMatch {
    No,
    Near, ///< One digit or some letters read wrong; true only if no other caisse is as close.
    Same,
};

[[nodiscard]] CedexMatch compare_cedex(const AddressBlock& block, const std::string& cedex_line);

/// Whether the lines of the block hold the caisse's own name ("CPAM des Hautes-Alpes") above a
/// postal line with at most two digits other than those of one of its CEDEX lines: how a badly read
/// block is still known.
[[nodiscard]] bool names_alone_fit(const AddressBlock& block, const Caisse& caisse);

/// Whether the lines of the block name the Assurance Maladie or the caisse itself.
[[nodiscard]] bool names_caisse(const AddressBlock& block, const Caisse& caisse);

} // namespace pleiade::classify
