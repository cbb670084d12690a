#include "app/wire/reader_protocol.h"
#include "app/wire/values.h"

#include <gtest/gtest.h>

namespace pleiade::wire {
namespace {

Message delivered(const Outgoing& outgoing) {
    Message message{outgoing.json, {}};
    for (const BytesView block : outgoing.blocks) {
        message.blocks.emplace_back(block.begin(), block.end());
    }
    return message;
}

PageReading rich_reading() {
    PageReading reading;
    reading.geometry = {
        .width_px = 2480, .height_px = 3508, .dpi = 300, .turned_deg = 90, .skew_deg = -1.42};
    reading.marks = {
        {"Code128", std::string("RK123456785FR\x1D", 14), {200, 60, 800, 210}, Check::Good}};
    reading.text.lines = {{{1, 2, 3, 4}, 5, 6, 7}};
    reading.text.words = {{"arrêt", {1, 2, 3, 4}, 0.5, 0, {{"a", {1, 2, 3, 4}, 0.9, "o", 0.1}}}};
    reading.identifiers = {
        {.kind = IdentifierKind::Siret,
         .value = "73282932000074",
         .valid = true,
         .confidence = 0.99}};
    reading.separator = Separator{SeparatorKind::LotHeader, "061", "lundi"};
    reading.marks[0].bytes = {std::byte{0xDC}, std::byte{0}};
    SealedDocument sealed;
    sealed.state = SealState::Forged;
    sealed.signature = Check::Bad;
    sealed.reason = "signature fausse";
    sealed.signed_on = std::chrono::sys_days{std::chrono::days{20000}};
    sealed.fields = {{"31", "iban", "FR7630006000011234567890189", true, false}};
    reading.sealed_documents = {sealed};
    reading.times = {{"text", 690.0}};
    reading.picture_print = "00ff";
    reading.coloured = 0.25;
    return reading;
}

TEST(ReaderProtocol, OpenDoorsComeBackAsTheyWere) {
    const Answer answer =
        answer_from(delivered(encode(Answer(Ready{{{"it can read files", "use Landlock"}}}))));
    const auto& back = std::get<Ready>(answer);
    ASSERT_EQ(back.open_doors.size(), 1U);
    EXPECT_EQ(back.open_doors[0].what, "it can read files");
    EXPECT_EQ(back.open_doors[0].cure, "use Landlock");
}

TEST(ReaderProtocol, APageReadComesBackAsItWas) {
    PageRead page{rich_reading(), {}, {}};
    page.page_image = {ImageCoding::Ccitt4, 10, 20, 1, 300, {std::byte{7}}};
    page.preview = {ImageCoding::Jpeg, 5, 10, 3, 72, {std::byte{8}, std::byte{9}}};
    const Answer answer = answer_from(delivered(encode(Answer(page))));
    const auto& back = std::get<PageRead>(answer);
    EXPECT_EQ(to_json(back.reading), to_json(page.reading));
    EXPECT_EQ(back.reading.text.words[0].characters[0].second, "o");
    EXPECT_EQ(back.reading.marks[0].text, page.reading.marks[0].text);
    EXPECT_EQ(back.reading.marks[0].bytes, page.reading.marks[0].bytes);
    ASSERT_EQ(back.reading.sealed_documents.size(), 1U);
    EXPECT_EQ(back.reading.sealed_documents[0].state, SealState::Forged);
    EXPECT_EQ(back.reading.sealed_documents[0].signature, Check::Bad);
    EXPECT_FALSE(back.reading.sealed_documents[0].issued_on.has_value());
    EXPECT_TRUE(back.reading.sealed_documents[0].fields[0].truncated);
    EXPECT_EQ(back.reading.separator, page.reading.separator);
    EXPECT_EQ(back.reading.picture_print, "00ff");
    EXPECT_EQ(back.reading.coloured, 0.25);
    EXPECT_EQ(back.page_image.coding, ImageCoding::Ccitt4);
    EXPECT_EQ(back.page_image.bytes, page.page_image.bytes);
    EXPECT_EQ(back.preview.bytes, page.preview.bytes);
    EXPECT_EQ(back.preview.channels, 3);
}

TEST(ReaderProtocol, RequestsComeBackAsTheyWere) {
    Caisse caisse;
    caisse.code = "061";
    caisse.plan["AAT"] = {.service = "IJ", .corbeille = "ij-arrets"};
    const SealCertificate certificate{
        "FR99",
        "T001",
        std::chrono::sys_days{std::chrono::days{20000}},
        std::chrono::sys_days{std::chrono::days{20500}},
        {std::byte{0x30}, std::byte{0xFF}}};
    const auto configured = request_from(delivered(encode(Request(Configure{
        .caisses = {caisse},
        .seal_certificates = {certificate},
        .megapixels = 12,
        .type_model = {std::byte{7}}}))));
    EXPECT_EQ(std::get<Configure>(configured).type_model, Bytes{std::byte{7}});
    const SealCertificate& known = std::get<Configure>(configured).seal_certificates.at(0);
    EXPECT_EQ(known.authority + known.id, "FR99T001");
    EXPECT_EQ(known.valid_from, certificate.valid_from);
    EXPECT_EQ(known.valid_until, certificate.valid_until);
    EXPECT_EQ(known.public_key, certificate.public_key);
    EXPECT_EQ(std::get<Configure>(configured).caisses.at(0).plan.at("AAT").corbeille, "ij-arrets");

    EXPECT_EQ(std::get<Configure>(configured).megapixels, 12);

    const Understand ask{
        .readings = {"{}", ""},
        .document_starts = {1},
        .channel = Channel::Counter,
        .lot_caisse = "061",
        .facts = {std::chrono::sys_days{std::chrono::days{20000}}}};
    const auto understood = request_from(delivered(encode(Request(ask))));
    EXPECT_EQ(std::get<Understand>(understood).channel, Channel::Counter);
    EXPECT_EQ(std::get<Understand>(understood).document_starts, std::vector<int>{1});
    EXPECT_EQ(std::get<Understand>(understood).facts.today, ask.facts.today);
}

TEST(ReaderProtocol, WhatMustBeLookedUpComesBackAsItWas) {
    const auto asked = request_from(delivered(encode(Request(Ask{{"{}", ""}}))));
    EXPECT_EQ(std::get<Ask>(asked).readings, (std::vector<std::string>{"{}", ""}));
    const PagePrint print{"00ff", {-5, 7}, {7}, {1}, {2, 3}};
    const Asked questions{
        {{Question::Kind::Nir, "184050608800195"},
         {Question::Kind::PageFingerprint, "", 1, print}}};
    const Answer answer = answer_from(delivered(encode(Answer(questions))));
    const auto& back = std::get<Asked>(answer).questions;
    ASSERT_EQ(back.size(), 2U);
    EXPECT_EQ(back[0].key, "184050608800195");
    EXPECT_EQ(back[1].kind, Question::Kind::PageFingerprint);
    EXPECT_EQ(back[1].page_index, 1);
    EXPECT_EQ(back[1].print, print);
}

TEST(Values, FactsComeBackAsTheyWere) {
    const std::chrono::sys_days day{std::chrono::days{20000}};
    const PagePrint print{"00ff", {-5, 7}, {7}, {1}, {2, 3}};
    Facts facts{.today = day, .received_on = day - std::chrono::days(2)};
    facts.earlier = {
        .pages = {{.page_index = 1, .pli = 7, .pli_name = "a", .received_on = day, .print = print}},
        .documents = {{"184050608800195", "AAT", "a", day}},
        .accounts = {{"184050608800195", "FR76"}},
        .aat_numbers = {{"ab1", "a", day}}};
    const Facts back = facts_from(to_json(facts));
    EXPECT_EQ(back.today, facts.today);
    EXPECT_EQ(back.received_on, facts.received_on);
    EXPECT_EQ(back.earlier, facts.earlier);
    EXPECT_EQ(facts_from(R"({"today":20000})").earlier, EarlierMail{});
}

TEST(ReaderProtocol, TheSidesOfASheetAreAskedAboutAndAnswered) {
    const Bytes front{std::byte{1}};
    const Bytes back{std::byte{2}, std::byte{3}};
    const Message message = delivered(encode(Request(CompareSides{{front, 210.0}, {back, 209.5}})));
    const auto asked = std::get<CompareSides>(request_from(message));
    EXPECT_EQ(asked.front.preview.size(), 1U);
    EXPECT_EQ(asked.back.preview.size(), 2U);
    EXPECT_EQ(asked.front.width_mm, 210.0);
    EXPECT_EQ(asked.back.width_mm, 209.5);
    const Answer answer = answer_from(delivered(encode(Answer(Compared{true}))));
    EXPECT_TRUE(std::get<Compared>(answer).only_shines_through);
}

TEST(ReaderProtocol, AMessageOfSomebodyElseIsRefused) {
    EXPECT_THROW((void)request_from({R"({"ask":"format the disk"})", {}}), Error);
    EXPECT_THROW((void)request_from({"not json", {}}), Error);
    EXPECT_THROW((void)request_from({R"({"ask":"open"})", {}}), Error);
    EXPECT_THROW((void)answer_from({R"({"answer":"read"})", {}}), Error);
}

TEST(Values, AComplaintAboutATextDoesNotQuoteIt) {
    for (const char* text :
         {R"({"text":"184050608800195" "184050608800195"})", R"({"text":184050608800195x})"}) {
        try {
            (void)page_reading_from(text);
            FAIL() << "that was no JSON";
        } catch (const Error& error) {
            EXPECT_EQ(std::string(error.what()).find("184050608800195"), std::string::npos)
                << error.what();
        }
    }
}

} // namespace
} // namespace pleiade::wire
