#include "tests/unit/classify/papers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pleiade::classify::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

SealedDocument
sealed(SealState state, const std::string& type_code, const std::vector<SealedField>& fields) {
    SealedDocument document;
    document.state = state;
    document.authority = "FR99";
    document.certificate = "T001";
    document.type_code = type_code;
    document.type_name = "Relevé d'identité bancaire";
    document.fields = fields;
    document.box_px = {2000, 200, 2300, 500};
    return document;
}

PageReading page_with(Painter painter, const SealedDocument& document) {
    PageReading page = painter.page();
    page.sealed_documents.push_back(document);
    return page;
}

const Field* field_of(const Decision& decision, const std::string& name) {
    for (const Field& field : decision.documents.at(0).fields) {
        if (field.name == name) {
            return &field;
        }
    }
    return nullptr;
}

std::string value_of(const Decision& decision, const std::string& name) {
    const Field* field = field_of(decision, name);
    return field == nullptr ? "none" : field->value;
}

constexpr const char* printed_iban = "FR7630006000011234567890189"; // bank_details()
constexpr const char* other_iban = "FR1420041010050500013M02606";

TEST(SealedFields, OfAVerifiedCodeWinOverWhatWasRead) {
    const Decision decision = decide({page_with(
        bank_details(),
        sealed(
            SealState::Verified,
            "03",
            {{"31", "iban", printed_iban}, {"30", "titulaire", "MME MARTIN JEANNE"}}
        )
    )});
    ASSERT_NE(field_of(decision, "iban"), nullptr);
    EXPECT_EQ(value_of(decision, "iban"), printed_iban);
    EXPECT_GT(field_of(decision, "iban")->confidence, 0.99);
    EXPECT_EQ(field_of(decision, "iban")->box_px.x0, 2000);
    EXPECT_EQ(value_of(decision, "holder"), "MME MARTIN JEANNE");
    EXPECT_THAT(decision.verify_reasons, Not(Contains(HasSubstr("2D-Doc"))));
}

TEST(SealedFields, AreThereThoughPrintWasLost) {
    Painter paper;
    paper.line(800, 300, "RELEVÉ D'IDENTITÉ BANCAIRE", 55)
        .line(150, 600, "Titulaire du compte : Jeanne MARTIN")
        .line(150, 800, "Code banque Code guichet Clé RIB");
    const Decision decision =
        decide({page_with(paper, sealed(SealState::Verified, "03", {{"31", "iban", printed_iban}}))}
        );
    EXPECT_EQ(value_of(decision, "iban"), printed_iban);
}

TEST(SealedFields, ThatPrintTellsOtherwiseAreForAPersonToSee) {
    const Decision decision = decide(
        {page_with(bank_details(), sealed(SealState::Verified, "03", {{"31", "iban", other_iban}}))}
    );
    EXPECT_EQ(value_of(decision, "iban"), other_iban);
    EXPECT_TRUE(decision.to_verify);
    EXPECT_THAT(
        decision.verify_reasons,
        Contains("page 1 : champ iban imprimé autrement que dans le 2D-Doc vérifié")
    );
}

TEST(SealedFields, NobodyVouchesForDoNotCount) {
    SealedField cut{"31", "iban", other_iban};
    cut.truncated = true;
    SealedField annexed{"31", "iban", other_iban};
    annexed.sealed = false;
    const SealedField plain{"31", "iban", other_iban};
    for (const SealedDocument& document :
         {sealed(SealState::Untrusted, "03", {plain}),
          sealed(SealState::Unreadable, "03", {plain}),
          sealed(SealState::Forged, "03", {plain}),
          sealed(SealState::Verified, "03", {cut}),
          sealed(SealState::Verified, "03", {annexed})}) {
        EXPECT_EQ(value_of(decide({page_with(bank_details(), document)}), "iban"), printed_iban);
    }
}

TEST(SealedFields, ThatContradictEachOtherDoNotCount) {
    PageReading page =
        page_with(bank_details(), sealed(SealState::Verified, "03", {{"31", "iban", other_iban}}));
    page.sealed_documents.push_back(
        sealed(SealState::Verified, "03", {{"31", "iban", "FR7030002005500000157845Z02"}})
    );
    EXPECT_EQ(value_of(decide({page}), "iban"), printed_iban);
}

TEST(SealedFields, DoNotFillInFormsForTheyMayBeAboutSomebodyElse) {
    const Decision decision = decide({page_with(
        sick_note(), sealed(SealState::Verified, "07", {{"69", "date_naissance", "2015-01-02"}})
    )});
    EXPECT_EQ(value_of(decision, "birth_date"), "none");
}

TEST(SealedPages, ThatWereForgedAreForAPersonWhateverElseIsSure) {
    const Decision sure = decide({sick_note().page()});
    ASSERT_FALSE(sure.to_verify) << sure.verify_reasons.at(0);
    const Decision decision = decide({page_with(sick_note(), sealed(SealState::Forged, "03", {}))});
    EXPECT_TRUE(decision.to_verify);
    EXPECT_THAT(
        decision.verify_reasons,
        Contains(
            "page 1 : 2D-Doc falsifié, signature fausse (Relevé d'identité bancaire, FR99 T001)"
        )
    );
}

TEST(SealedPages, ThatCouldNotBeVerifiedAreAsSureAsBefore) {
    for (const SealState state : {SealState::Untrusted, SealState::Unreadable}) {
        EXPECT_FALSE(decide({page_with(sick_note(), sealed(state, "03", {}))}).to_verify);
    }
}

} // namespace
} // namespace pleiade::classify::test
