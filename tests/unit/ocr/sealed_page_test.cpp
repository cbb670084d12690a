// 2D-Docs from the ink to the verdict: painted by one encoder, read by another.

#include "ocr/mark_reader.h"
#include "ocr/sealed_document_reader.h"
#include "tests/support/sealer.h"
#include "tests/unit/ocr/mark_painter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pleiade::ocr {
namespace {

using test::bank_account_message;
using test::seal_header;
using test::Sealer;

test::SymbolToPaint code_of(const std::string& content) {
    return {test::Symbology::DataMatrix, content, 1500, 400, 4.0, 0};
}

/// The one 2D-Doc on a page with this code among strokes like text.
SealedDocument painted_and_read(const test::SymbolToPaint& code, const Sealer& trusted) {
    PageImage page = test::blank_a4_page();
    test::paint_strokes_like_text(page, 7);
    test::hide(page, 1400, 300, 700, 700);
    test::paint(page, code);
    const std::vector<SealedDocument> documents =
        read_sealed_documents(make_mark_reader()->read(page), {trusted.trusted()});
    return documents.size() == 1 ? documents.front() : SealedDocument{.reason = "not found"};
}

TEST(SealedPage, IsVerifiedFromItsInk) {
    const Sealer bank;
    const SealedDocument document =
        painted_and_read(code_of(bank.seal(seal_header("03") + bank_account_message())), bank);
    EXPECT_EQ(document.state, SealState::Verified) << document.reason;
    ASSERT_EQ(document.fields.size(), 3U);
    EXPECT_EQ(document.fields[1].value, "FR7630006000011234567890189");
    EXPECT_LE(document.box_px.x0, 1510);
    EXPECT_GE(document.box_px.x1, 1670);
}

TEST(SealedPage, IsForgedWhenOneCharacterIsAnother) {
    const Sealer bank;
    std::string content = bank.seal(seal_header("03") + bank_account_message());
    content[content.find("LOPEZ")] = 'K';
    const SealedDocument document = painted_and_read(code_of(content), bank);
    EXPECT_EQ(document.state, SealState::Forged) << document.reason;
}

TEST(SealedPage, IsVerifiedUpsideDown) {
    const Sealer bank;
    test::SymbolToPaint code = code_of(bank.seal(seal_header("03") + bank_account_message()));
    code.quarter_turns = 2;
    EXPECT_EQ(painted_and_read(code, bank).state, SealState::Verified);
}

TEST(SealedPage, IsVerifiedWhereItsSignatureIsRawBytes) {
    const Sealer bank;
    for (int round = 0; round < 5; ++round) { // other bytes every time
        test::SymbolToPaint code =
            code_of(bank.seal_raw("DC01FR99T0012554255403" + bank_account_message()));
        code.is_bytes = true;
        const SealedDocument document = painted_and_read(code, bank);
        EXPECT_EQ(document.state, SealState::Verified) << document.reason;
    }
}

} // namespace
} // namespace pleiade::ocr
