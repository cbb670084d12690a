#include "capture/separator_code.h"
#include "core/failure.h"

#include <gtest/gtest.h>

namespace pleiade::capture {
namespace {

const Separator lot_header{SeparatorKind::LotHeader, "061", "ARRIVEE 7"};
const Separator pli{SeparatorKind::Pli, {}, {}};
const Separator document{SeparatorKind::Document, {}, {}};

Mark mark(const std::string& format, const std::string& text, Check check = Check::None) {
    return {format, text, {0, 0, 100, 100}, check};
}

TEST(SeparatorCode, IsReadBackAsWritten) {
    for (const Separator& separator :
         {lot_header,
          pli,
          document,
          Separator{SeparatorKind::LotHeader, "", ""},
          Separator{SeparatorKind::LotHeader, "201", "é%;"}}) {
        const std::optional<Separator> read = parse_separator(to_code(separator));
        ASSERT_TRUE(read.has_value()) << to_code(separator);
        EXPECT_EQ(*read, separator);
    }
}

TEST(SeparatorCode, StaysTheSameForSheetsAlreadyPrinted) {
    EXPECT_EQ(to_code(lot_header).substr(0, 27), "PLEIADE1;LOT;061;ARRIVEE 7;");
    EXPECT_EQ(to_code(pli), "PLEIADE1;PLI;" + to_code(pli).substr(13));
    EXPECT_EQ(to_code(document).substr(0, 13), "PLEIADE1;DOC;");
}

TEST(SeparatorCode, EveryWrongByteIsNoticed) {
    const std::string good = to_code(lot_header);
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const char wrong : {'0', '1', 'A', ';', ' ', 'z'}) {
            std::string bad = good;
            bad[i] = wrong;
            if (bad != good) {
                EXPECT_EQ(parse_separator(bad), std::nullopt) << bad;
            }
        }
    }
}

TEST(SeparatorCode, ForeignTextIsNoSeparator) {
    for (const char* text :
         {"",
          "PLEIADE1;",
          "PLEIADE1;PLI",
          "PLEIADE1;PLI;",
          "PLI",
          "RK123456785FR",
          "PLEIADE2;PLI;00",
          "ARLAPOSTE;01;123456789012;3",
          "PLEIADE1;LOT;061;x;00",
          ";;;;",
          "pleiade1;pli;00"}) {
        EXPECT_EQ(parse_separator(text), std::nullopt) << text;
    }
    EXPECT_EQ(parse_separator(to_code(pli) + " "), std::nullopt);
    EXPECT_EQ(parse_separator(" " + to_code(pli)), std::nullopt);
}

TEST(SeparatorCode, LabelsAndCaissesThatDoNotFitAreRefused) {
    EXPECT_THROW((void)to_code({SeparatorKind::LotHeader, "061", std::string(31, 'A')}), Error);
    EXPECT_THROW((void)to_code({SeparatorKind::LotHeader, "061", "éééééé"}), Error);
    EXPECT_THROW((void)to_code({SeparatorKind::LotHeader, "61", ""}), Error);
    EXPECT_THROW((void)to_code({SeparatorKind::LotHeader, "06;", ""}), Error);
    EXPECT_NO_THROW((void)to_code({SeparatorKind::LotHeader, "061", std::string(30, 'A')}));
}

TEST(SeparatorOn, TakesOurCodesFromQrAndCode128Only) {
    EXPECT_EQ(separator_on({mark("QRCode", to_code(pli))}), pli);
    EXPECT_EQ(separator_on({mark("Code128", to_code(document))}), document);
    EXPECT_EQ(separator_on({mark("DataMatrix", to_code(pli))}), std::nullopt);
    EXPECT_EQ(separator_on({mark("Code128", to_code(pli), Check::Bad)}), std::nullopt);
    EXPECT_EQ(separator_on({mark("Code128", "RK123456785FR")}), std::nullopt);
    EXPECT_EQ(separator_on({}), std::nullopt);
}

TEST(SeparatorOn, PatchTIsAPliSeparatorWhenNothingElseSaysMore) {
    EXPECT_EQ(separator_on({mark("PatchT", "")}), pli);
    EXPECT_EQ(separator_on({mark("PatchT", ""), mark("QRCode", to_code(document))}), document);
}

TEST(SeparatorOn, StrongerCutWins) {
    EXPECT_EQ(
        separator_on({mark("QRCode", to_code(document)), mark("Code128", to_code(pli))}), pli
    );
    EXPECT_EQ(
        separator_on({mark("QRCode", to_code(lot_header)), mark("Code128", to_code(pli))}),
        lot_header
    );
}

} // namespace
} // namespace pleiade::capture
