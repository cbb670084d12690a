#include "capture/split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace pleiade::capture {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Indexes = std::vector<std::size_t>;

LotPage page(const std::string& file = "scan.tif") {
    return {file, false, std::nullopt};
}
LotPage blank(const std::string& file = "scan.tif") {
    return {file, true, std::nullopt};
}
LotPage sheet(SeparatorKind kind, const std::string& caisse = {}) {
    return {"scan.tif", false, Separator{kind, caisse, {}}};
}
LotPage pli_sheet() {
    return sheet(SeparatorKind::Pli);
}
LotPage document_sheet() {
    return sheet(SeparatorKind::Document);
}

std::vector<Indexes> pages_of(const LotSplit& split) {
    std::vector<Indexes> all;
    for (const PliPages& pli : split.plis) {
        all.push_back(pli.page_indexes);
    }
    return all;
}

TEST(SplitLot, WithoutSeparatorsEachFileIsOnePli) {
    const LotSplit split =
        split_lot({page("a.tif"), page("a.tif"), page("b.pdf"), page("c.jpg")}, Sides::Simplex);
    EXPECT_THAT(pages_of(split), ElementsAre(Indexes{0, 1}, Indexes{2}, Indexes{3}));
    EXPECT_EQ(split.plis[0].name, "a.tif");
    EXPECT_EQ(split.plis[1].name, "b.pdf");
    EXPECT_THAT(split.sheet_indexes, IsEmpty());
    EXPECT_FALSE(split.lot_header.has_value());
}

TEST(SplitLot, PliSeparatorsCutAndFilesDoNot) {
    const LotSplit split = split_lot(
        {pli_sheet(), page("a"), page("b"), pli_sheet(), page("c"), page("c")}, Sides::Simplex
    );
    EXPECT_THAT(pages_of(split), ElementsAre(Indexes{1, 2}, Indexes{4, 5}));
    EXPECT_EQ(split.plis[0].name, "0001");
    EXPECT_EQ(split.plis[1].name, "0002");
    EXPECT_THAT(split.sheet_indexes, ElementsAre(0, 3));
}

TEST(SplitLot, PagesBeforeTheFirstSeparatorAreAPliOfTheirOwn) {
    EXPECT_THAT(
        pages_of(split_lot({page(), pli_sheet(), page()}, Sides::Simplex)),
        ElementsAre(Indexes{0}, Indexes{2})
    );
}

TEST(SplitLot, SeparatorsInARowMakeNoEmptyPli) {
    EXPECT_THAT(
        pages_of(split_lot({pli_sheet(), pli_sheet(), page(), pli_sheet()}, Sides::Simplex)),
        ElementsAre(Indexes{2})
    );
    EXPECT_THAT(pages_of(split_lot({}, Sides::Duplex)), IsEmpty());
}

TEST(SplitLot, BlankBackOfASheetBelongsToNoPliInDuplex) {
    const std::vector<LotPage> pages = {pli_sheet(), blank(), page(), blank(), pli_sheet(), page()};
    const LotSplit duplex = split_lot(pages, Sides::Duplex);
    EXPECT_THAT(pages_of(duplex), ElementsAre(Indexes{2, 3}, Indexes{5}));
    EXPECT_THAT(duplex.sheet_indexes, ElementsAre(0, 1, 4));
    EXPECT_THAT(
        pages_of(split_lot(pages, Sides::Simplex)), ElementsAre(Indexes{1, 2, 3}, Indexes{5})
    );
}

TEST(SplitLot, OnlyOneBlankPageIsTheBackOfASheet) {
    EXPECT_THAT(
        pages_of(split_lot({pli_sheet(), blank(), blank(), page()}, Sides::Duplex)),
        ElementsAre(Indexes{2, 3})
    );
}

TEST(SplitLot, DocumentSeparatorsStayInsideTheirPli) {
    const LotSplit split = split_lot(
        {pli_sheet(),
         page(),
         page(),
         document_sheet(),
         page(),
         pli_sheet(),
         document_sheet(),
         page()},
        Sides::Simplex
    );
    EXPECT_THAT(pages_of(split), ElementsAre(Indexes{1, 2, 4}, Indexes{7}));
    EXPECT_THAT(split.plis[0].document_starts, ElementsAre(2));
    EXPECT_THAT(split.plis[1].document_starts, IsEmpty());
}

TEST(SplitLot, DocumentSeparatorsAloneDoNotJoinFiles) {
    const LotSplit split = split_lot(
        {page("scan.tif"), document_sheet(), page("scan.tif"), page("other.tif")}, Sides::Simplex
    );
    EXPECT_THAT(pages_of(split), ElementsAre(Indexes{0, 2}, Indexes{3}));
    EXPECT_THAT(split.plis[0].document_starts, ElementsAre(1));
}

TEST(SplitLot, LotHeaderSaysForWhomAndBelongsToNoPli) {
    const LotSplit split = split_lot(
        {sheet(SeparatorKind::LotHeader, "061"), page(), pli_sheet(), page()}, Sides::Simplex
    );
    ASSERT_TRUE(split.lot_header.has_value());
    EXPECT_EQ(split.lot_header->caisse, "061");
    EXPECT_THAT(pages_of(split), ElementsAre(Indexes{1}, Indexes{3}));
    EXPECT_EQ(split.plis[1].lot_header, split.lot_header);
    EXPECT_THAT(split.complaints, IsEmpty());
}

TEST(SplitLot, SecondHeaderCountsForWhatLiesBelowItAndIsSaid) {
    const LotSplit split = split_lot(
        {sheet(SeparatorKind::LotHeader, "061"),
         page(),
         sheet(SeparatorKind::LotHeader, "131"),
         page(),
         pli_sheet(),
         page()},
        Sides::Simplex
    );
    EXPECT_THAT(pages_of(split), ElementsAre(Indexes{1}, Indexes{3}, Indexes{5}));
    EXPECT_EQ(split.plis[0].lot_header->caisse, "061");
    EXPECT_EQ(split.plis[1].lot_header->caisse, "131");
    EXPECT_EQ(split.plis[2].lot_header->caisse, "131");
    EXPECT_EQ(split.lot_header->caisse, "061");
    EXPECT_EQ(split.complaints.size(), 1U);
}

TEST(SplitLot, EveryPageIsAccountedForOnce) {
    const std::vector<LotPage> pages = {
        page(),
        sheet(SeparatorKind::LotHeader, "061"),
        blank(),
        pli_sheet(),
        blank(),
        blank(),
        page(),
        document_sheet(),
        blank(),
        page(),
        pli_sheet(),
        pli_sheet()};
    const LotSplit split = split_lot(pages, Sides::Duplex);
    Indexes all = split.sheet_indexes;
    for (const PliPages& pli : split.plis) {
        all.insert(all.end(), pli.page_indexes.begin(), pli.page_indexes.end());
    }
    std::sort(all.begin(), all.end());
    EXPECT_THAT(all, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
}

} // namespace
} // namespace pleiade::capture
