// Step 2: the pages of a lot become plis, as the separator sheets say.

#include "app/pipeline/steps.h"
#include "app/wire/values.h"
#include "capture/split.h"

#include <algorithm>

namespace pleiade::pipeline {
namespace {

std::vector<capture::LotPage> as_lot_pages(const std::vector<store::ReadPage>& pages) {
    std::vector<capture::LotPage> result;
    result.reserve(pages.size());
    for (const store::ReadPage& page : pages) {
        capture::LotPage& lot_page = result.emplace_back();
        lot_page.file = page.file;
        lot_page.blank = page.state == PageState::Blank;
        if (!page.separator_json.empty()) {
            lot_page.separator = wire::separator_from(page.separator_json);
        }
    }
    return result;
}

/// The caisse on a lot header, when it is one of ours.
std::string caisse_of(const std::optional<Separator>& header, const config::Config& config) {
    const bool known = header && std::ranges::any_of(config.caisses, [&](const Caisse& caisse) {
                           return caisse.code == header->caisse;
                       });
    return known ? header->caisse : std::string();
}

/// Files stay plis unless a sheet says otherwise: a pli separator, or a header of a second caisse.
bool needs_regrouping(const std::vector<capture::LotPage>& pages, const capture::LotSplit& split) {
    const bool pli_separator = std::ranges::any_of(pages, [](const capture::LotPage& page) {
        return page.separator && page.separator->kind == SeparatorKind::Pli;
    });
    return pli_separator || !split.complaints.empty();
}

} // namespace

void split_lot(const store::Job& job, Tools& tools) {
    const std::vector<store::ReadPage> pages = tools.journey.lot_pages(job.lot);
    const std::vector<capture::LotPage> lot_pages = as_lot_pages(pages);
    // Duplex: in a simplex lot no blank page follows a sheet, so nothing is lost by assuming it.
    const capture::LotSplit split = capture::split_lot(lot_pages, capture::Sides::Duplex);

    store::LotSettlement settlement{
        .caisse = caisse_of(split.lot_header, tools.platform.configuration())};
    const bool regroup = needs_regrouping(lot_pages, split);
    for (const capture::PliPages& pli : split.plis) {
        store::PliGroup group{
            .name = pli.name, .caisse = caisse_of(pli.lot_header, tools.platform.configuration())};
        for (const std::size_t index : pli.page_indexes) {
            group.pages.push_back(pages.at(index).id);
        }
        for (const std::size_t start : pli.document_starts) {
            settlement.document_starts.push_back(group.pages.at(start));
        }
        if (regroup) {
            settlement.groups.push_back(std::move(group));
        }
    }
    for (const std::size_t index : split.sheet_indexes) {
        settlement.sheets.push_back(pages.at(index).id);
    }
    (void)tools.journey.finish_split(job, settlement);
}

} // namespace pleiade::pipeline
