#include "app/pipeline/separators.h"

#include "capture/separator_sheet.h"
#include "ged-export/drawing_pdf.h"

namespace pleiade::pipeline {

Bytes separator_pdf(const SeparatorOrder& order) {
    std::vector<Drawing> sheets{capture::separator_sheet(
        {SeparatorKind::LotHeader, order.caisse, order.label}, order.caisse_name
    )};
    const auto bars = order.patch_t ? capture::PatchBars::PatchT : capture::PatchBars::None;
    for (int i = 0; i < order.pli_sheets; ++i) {
        sheets.push_back(capture::separator_sheet({.kind = SeparatorKind::Pli}, "", bars));
    }
    for (int i = 0; i < order.document_sheets; ++i) {
        sheets.push_back(capture::separator_sheet({.kind = SeparatorKind::Document}, ""));
    }
    return ged::drawing_pdf(sheets);
}

} // namespace pleiade::pipeline
