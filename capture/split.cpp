#include "capture/split.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace pleiade::capture {
namespace {

std::string numbered(std::size_t number) {
    std::array<char, 24> text{};
    (void)std::snprintf(text.data(), text.size(), "%04zu", number);
    return text.data();
}

/// Goes through the pages once and keeps what was seen so far.
class Splitter {
public:
    Splitter(const std::vector<LotPage>& pages, Sides sides) : pages_(pages), sides_(sides) {
        by_file_ = std::none_of(pages.begin(), pages.end(), [](const LotPage& page) {
            return page.separator && page.separator->kind == SeparatorKind::Pli;
        });
    }
    Splitter(std::vector<LotPage>&&, Sides) = delete;

    LotSplit split() {
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            const LotPage& page = pages_[i];
            if (by_file_ && i > 0 && page.file != pages_[i - 1].file) {
                end_pli();
            }
            const bool back_of_sheet = sides_ == Sides::Duplex && page.blank && after_sheet_;
            after_sheet_ = false; // the back of a sheet has no back
            if (page.separator) {
                take_separator(*page.separator);
                after_sheet_ = true;
            }
            if (page.separator || back_of_sheet) {
                split_.sheet_indexes.push_back(i);
            } else {
                take_page(i);
            }
        }
        end_pli();
        return std::move(split_);
    }

private:
    void take_separator(const Separator& separator) {
        if (separator.kind == SeparatorKind::Document) {
            document_starts_ = true;
            return;
        }
        end_pli();
        if (separator.kind != SeparatorKind::LotHeader) {
            return;
        }
        if (!split_.lot_header) {
            split_.lot_header = separator;
        } else if (header_ && !(*header_ == separator)) {
            split_.complaints.push_back(
                "a second lot header (caisse \"" + separator.caisse + "\", \"" + separator.label +
                "\") stands within the lot"
            );
        }
        header_ = separator;
    }

    void take_page(std::size_t index) {
        if (document_starts_ && !pli_.page_indexes.empty()) {
            pli_.document_starts.push_back(pli_.page_indexes.size());
        }
        document_starts_ = false;
        pli_.page_indexes.push_back(index);
    }

    void end_pli() {
        if (!pli_.page_indexes.empty()) {
            pli_.name = by_file_ ? pages_[pli_.page_indexes.front()].file
                                 : numbered(split_.plis.size() + 1);
            pli_.lot_header = header_;
            split_.plis.push_back(std::move(pli_));
        }
        pli_ = {};
        document_starts_ = false;
    }

    const std::vector<LotPage>& pages_;
    Sides sides_;
    bool by_file_ = false;
    bool after_sheet_ = false;
    bool document_starts_ = false;
    PliPages pli_;
    std::optional<Separator> header_; ///< The last one seen.
    LotSplit split_;
};

} // namespace

LotSplit split_lot(const std::vector<LotPage>& pages, Sides sides) {
    return Splitter(pages, sides).split();
}

} // namespace pleiade::capture
