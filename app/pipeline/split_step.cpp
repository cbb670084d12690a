// Step 2: the pages of a lot become plis, as the separator sheets say.

#include "app/pipeline/sheet_backs.h"
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

/// A written side or a sheet that may shine through, or be shone through.
bool has_ink(const store::ReadPage& page) {
    return page.preview && (page.state == PageState::Read || !page.separator_json.empty());
}

bool may_be_blank_back(const store::ReadPage& page) {
    return has_ink(page) && page.separator_json.empty() &&
           !says_enough(page.word_count, page.confidence);
}

bool is_blank_back(const store::ReadPage& front, const store::ReadPage& back, Tools& tools) {
    const store::BlobStore& images = tools.platform.images();
    const Bytes front_preview = images.get(*front.preview);
    const Bytes back_preview = images.get(*back.preview);
    try {
        return is_blank_back(
            {.front = {front_preview, width_mm(front.image->width_px, front.image->dpi)},
             .back = {back_preview, width_mm(back.image->width_px, back.image->dpi)}},
            tools.reader
        );
    } catch (const ReaderLost&) {
        return false; // one comparison is not worth a lot: the side stays a written one
    }
}

/// Pages that were read but say nothing: the page scanned before them shines through. Nothing but
/// a back looks like that, so that the lot need not say whether it was scanned duplex.
std::vector<std::size_t> blank_backs_in(const std::vector<store::ReadPage>& pages, Tools& tools) {
    std::vector<std::size_t> backs;
    for (std::size_t i = 1; i < pages.size(); ++i) {
        const bool front_is_back = !backs.empty() && backs.back() == i - 1;
        if (!front_is_back && has_ink(pages[i - 1]) && may_be_blank_back(pages[i]) &&
            is_blank_back(pages[i - 1], pages[i], tools)) {
            backs.push_back(i);
        }
    }
    return backs;
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
    std::vector<capture::LotPage> lot_pages = as_lot_pages(pages);
    tools.open_file = {}; // a restarted reader has no file open
    const std::vector<std::size_t> backs = blank_backs_in(pages, tools);
    for (const std::size_t index : backs) {
        lot_pages.at(index).blank = true;
    }
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
    for (const std::size_t index : backs) {
        settlement.blank_backs.push_back(pages.at(index).id);
    }
    for (const std::size_t index : split.sheet_indexes) {
        settlement.sheets.push_back(pages.at(index).id);
    }
    (void)tools.journey.finish_split(job, settlement);
}

} // namespace pleiade::pipeline
