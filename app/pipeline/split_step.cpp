// Step 2: the pages of a lot become plis, as the separator sheets say.

#include "app/pipeline/sheet_backs.h"
#include "app/pipeline/steps.h"
#include "app/wire/values.h"
#include "capture/split.h"

#include <algorithm>
#include <map>
#include <set>

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

/// For whom the plis below a lot header are.
struct BelowHeader {
    std::string caisse; ///< Empty: as the lot, no header stands above.
    std::string doubt;  ///< Why a person must look at them; empty when nothing is doubtful.
    std::string complaint;
};

/// A header that cannot be followed gives its plis to nobody: a wrong caisse is never guessed.
BelowHeader below(
    const std::optional<Separator>& header,
    const std::string& lot_caisse,
    const config::Config& config
) {
    if (!header) {
        return {};
    }
    const std::string said = header->caisse.empty() ? unknown_caisse : header->caisse;
    if (said == lot_caisse) {
        return {.caisse = said, .doubt = {}, .complaint = {}};
    }
    if (said == unknown_caisse) {
        return {
            .caisse = said,
            .doubt = {},
            .complaint = "a lot header says mixed mail, the lot was given as caisse " + lot_caisse};
    }
    const bool known = std::ranges::any_of(config.caisses, [&](const Caisse& caisse) {
        return caisse.code == said;
    });
    if (!known) {
        return {
            .caisse = unknown_caisse,
            .doubt = "l'en-tête de lot dit la caisse " + said + ", qui n'est pas configurée",
            .complaint = "a lot header says caisse " + said + ", which is not configured"};
    }
    if (lot_caisse != unknown_caisse) {
        return {
            .caisse = unknown_caisse,
            .doubt = "le lot est de la caisse " + lot_caisse + ", son en-tête dit " + said,
            .complaint =
                "a lot header says caisse " + said + ", the lot was given as caisse " + lot_caisse};
    }
    return {.caisse = said, .doubt = {}, .complaint = {}};
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

/// Files stay plis unless a sheet says otherwise: a pli separator, or a lot header within a file.
bool needs_regrouping(const std::vector<capture::LotPage>& pages, const capture::LotSplit& split) {
    const bool pli_separator = std::ranges::any_of(pages, [](const capture::LotPage& page) {
        return page.separator && page.separator->kind == SeparatorKind::Pli;
    });
    std::set<std::string> names;
    const bool cut_file = std::ranges::any_of(split.plis, [&](const capture::PliPages& pli) {
        return !names.insert(pli.name).second;
    });
    return pli_separator || cut_file;
}

/// A name for each pli, also where a header cuts a file in two.
std::string own_name(const std::string& name, std::map<std::string, int>& seen) {
    const int count = ++seen[name];
    return count == 1 ? name : name + " (" + std::to_string(count) + ")";
}

void complain_once(std::vector<std::string>& complaints, const std::string& complaint) {
    if (!complaint.empty() && std::ranges::find(complaints, complaint) == complaints.end()) {
        complaints.push_back(complaint);
    }
}

/// The caisse of the lot itself, when a header on top of it says one that can be followed. A header
/// further down says nothing about the plis above it.
std::string caisse_on_top(
    const capture::LotSplit& split, const std::string& lot_caisse, const config::Config& config
) {
    const BelowHeader top = below(
        split.plis.empty() ? split.lot_header : split.plis.front().lot_header, lot_caisse, config
    );
    const bool follow = top.doubt.empty() && top.caisse != unknown_caisse;
    return follow ? top.caisse : std::string();
}

} // namespace

void split_lot(const store::Job& job, Tools& tools) {
    const std::vector<store::ReadPage> pages = tools.journey.lot_pages(job);
    std::vector<capture::LotPage> lot_pages = as_lot_pages(pages);
    const std::vector<std::size_t> backs = blank_backs_in(pages, tools);
    for (const std::size_t index : backs) {
        lot_pages.at(index).blank = true;
    }
    // Duplex: in a simplex lot no blank page follows a sheet, so nothing is lost by assuming it.
    const capture::LotSplit split = capture::split_lot(lot_pages, capture::Sides::Duplex);

    const config::Config& config = tools.platform.configuration();
    store::LotSettlement settlement{.caisse = caisse_on_top(split, job.caisse, config)};
    settlement.complaints = split.complaints;
    const bool regroup = needs_regrouping(lot_pages, split);
    std::map<std::string, int> seen;
    for (const capture::PliPages& pli : split.plis) {
        const BelowHeader header = below(pli.lot_header, job.caisse, config);
        complain_once(settlement.complaints, header.complaint);
        store::PliGroup group{
            .name = own_name(pli.name, seen), .caisse = header.caisse, .doubt = header.doubt};
        for (const std::size_t index : pli.page_indexes) {
            group.pages.push_back(pages.at(index).id);
        }
        for (const std::size_t start : pli.document_starts) {
            settlement.document_starts.push_back(group.pages.at(start));
        }
        if (regroup) {
            settlement.groups.push_back(std::move(group));
        } else {
            const store::ReadPage& first = pages.at(pli.page_indexes.front());
            settlement.caisses.push_back({first.pli, header.caisse, header.doubt});
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
