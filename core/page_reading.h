#pragma once
// Everything that stands on one page: the result of read_page (app/reader), a value without
// database ids.

#include "core/box.h"
#include "core/identifier.h"
#include "core/mark.h"
#include "core/page_ink.h"
#include "core/page_text.h"
#include "core/sealed_document.h"
#include "core/separator.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pleiade {

/// How the page lay in the scanner and what the cleaned page measures.
struct PageGeometry {
    int width_px = 0; ///< Of the cleaned page; all boxes lie in it.
    int height_px = 0;
    int dpi = 300;
    int turned_deg = 0; ///< Content was found turned clockwise by 0, 90, 180 or 270.
    /// 0 to 1; below 0.5 head and foot were not told apart: a standing page was left as it was, one
    /// that lies on its side was stood up one way or the other.
    double turn_confidence = 0.0;
    double skew_deg = 0.0;        ///< Text lines descended clockwise (+) by this after turning.
    double skew_confidence = 0.0; ///< 0 to 1; below 0.5 the page was not straightened.
    Box crop_px;                  ///< Part of the upright raw page that was kept.
};

struct PageQuality {
    bool sharp = true;
    std::vector<std::string>
        notes; ///< "le contraste est faible", "du texte est coupé à droite" ...
};

struct StepTime {
    std::string step; ///< "decode", "clean", "marks", "text", "understand", "encode" ...
    double millis = 0.0;
};

struct PageReading {
    PageGeometry geometry;
    bool blank = false;
    PageQuality quality;
    std::vector<Mark> marks;
    std::vector<Identifier> identifiers;
    std::vector<SealedDocument> sealed_documents;
    PageText text;
    PageInk ink;
    std::optional<Separator> separator;
    std::vector<StepTime> times;
    std::string picture_print{};      ///< PagePrint::picture; empty on a blank side.
    std::optional<double> coloured{}; ///< Share of its surface; nothing when scanned in grey.
};

} // namespace pleiade
