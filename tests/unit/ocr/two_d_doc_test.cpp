#include "ocr/sealed_document_reader.h"
#include "tests/support/sealer.h"

#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

namespace pleiade::ocr {
namespace {

using namespace std::chrono_literals;
using test::bank_account_message;
using test::seal_header;
using test::SealCurve;
using test::Sealer;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string gs = "\x1D";
const std::string rs = "\x1E";

Mark mark_of(const std::string& content) {
    return {"DataMatrix", content, {10, 20, 110, 120}, Check::Good, {}};
}

SealedDocument read(const std::string& content, const std::vector<SealCertificate>& trusted = {}) {
    const std::vector<SealedDocument> documents =
        read_sealed_documents({mark_of(content)}, trusted);
    return documents.size() == 1 ? documents.front() : SealedDocument{.reason = "no 2D-Doc"};
}

std::map<std::string, std::string> values_of(const SealedDocument& document) {
    std::map<std::string, std::string> values;
    for (const SealedField& field : document.fields) {
        values[field.name] = field.value;
    }
    return values;
}

class TwoDDocOfCurve : public testing::TestWithParam<SealCurve> {};

TEST_P(TwoDDocOfCurve, IsVerifiedWhenItsIssuerSignedIt) {
    const Sealer bank(GetParam());
    const SealedDocument document =
        read(bank.seal(seal_header("03") + bank_account_message()), {bank.trusted()});
    EXPECT_EQ(document.state, SealState::Verified) << document.reason;
    EXPECT_EQ(document.signature, Check::Good);
    EXPECT_THAT(document.reason, IsEmpty());
}

TEST_P(TwoDDocOfCurve, IsForgedWhicheverCharacterWasAltered) {
    const Sealer bank(GetParam());
    const std::string genuine = bank.seal(seal_header("03") + bank_account_message());
    // The larger curves take milliseconds for each.
    const std::size_t step = GetParam() == SealCurve::P256 ? 1 : 13;
    for (std::size_t i = 0; i < genuine.size(); i += step) {
        std::string altered = genuine;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_NE(read(altered, {bank.trusted()}).state, SealState::Verified) << i;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Curves, TwoDDocOfCurve, testing::Values(SealCurve::P256, SealCurve::P384, SealCurve::P521)
);

TEST(TwoDDoc, SaysWhatItIsAndWhatStandsInIt) {
    const Sealer bank;
    const SealedDocument document =
        read(bank.seal(seal_header("03") + bank_account_message()), {bank.trusted()});
    EXPECT_EQ(document.version, 4);
    EXPECT_EQ(document.authority, "FR99");
    EXPECT_EQ(document.certificate, "T001");
    EXPECT_EQ(document.country, "FR");
    EXPECT_EQ(document.perimeter, "01");
    EXPECT_EQ(document.type_code, "03");
    EXPECT_EQ(document.type_name, "Relevé d'identité bancaire");
    EXPECT_EQ(document.issued_on, std::chrono::sys_days(2026y / 3 / 1));
    EXPECT_EQ(document.signed_on, std::chrono::sys_days(2026y / 3 / 1));
    ASSERT_THAT(document.fields, SizeIs(3));
    EXPECT_EQ(document.fields[1].id, "31");
    EXPECT_EQ(document.fields[1].name, "iban");
    EXPECT_EQ(document.fields[1].value, "FR7630006000011234567890189");
    EXPECT_EQ(document.box_px, (Box{10, 20, 110, 120}));
}

TEST(TwoDDoc, OfVersionsOneToFourHasHeadersOfDifferentLength) {
    const Sealer bank;
    const std::string message = bank_account_message();
    const std::string v2 = bank.seal("DC02FR99T0012554255403" + message);
    const std::string v3 = bank.seal("DC03FR99T001FFFF25540301" + message);
    for (const std::string& content : {v2, v3}) {
        const SealedDocument document = read(content, {bank.trusted()});
        EXPECT_EQ(document.state, SealState::Verified) << document.reason;
        EXPECT_EQ(document.country, "");
        EXPECT_THAT(document.fields, SizeIs(3));
    }
    EXPECT_FALSE(read(v3).issued_on.has_value());
}

TEST(TwoDDoc, OfVersionOneHasItsSignatureInRawBytes) {
    const Sealer bank;
    const std::string content = bank.seal_raw("DC01FR99T0012554255403" + bank_account_message());
    const BytesView bytes = bytes_of(content);
    Mark mark = mark_of("what of it is text");
    mark.bytes.assign(bytes.begin(), bytes.end());
    const auto documents = read_sealed_documents({mark}, {bank.trusted()});
    ASSERT_THAT(documents, SizeIs(1));
    EXPECT_EQ(documents[0].state, SealState::Verified) << documents[0].reason;
}

TEST(TwoDDoc, IsNotTrustedWithoutItsCertificateAndSaysWhich) {
    const Sealer bank;
    const std::string content = bank.seal(seal_header("03") + bank_account_message());
    EXPECT_EQ(read(content).state, SealState::Untrusted);
    EXPECT_EQ(read(content).signature, Check::None);
    EXPECT_THAT(read(content).reason, HasSubstr("aucune liste de confiance"));
    SealCertificate other = bank.trusted();
    other.id = "T002";
    EXPECT_THAT(read(content, {other}).reason, HasSubstr("certificat inconnu FR99 T001"));
    other.authority = "FR98";
    EXPECT_EQ(read(content, {other}).reason, "signature non vérifiée : autorité inconnue FR99");
    EXPECT_THAT(values_of(read(content, {other})), SizeIs(3));
}

TEST(TwoDDoc, IsNotTrustedWhenSignedOutsideTheDaysOfItsCertificate) {
    const Sealer bank;
    const std::string content = bank.seal(seal_header("03") + bank_account_message());
    SealCertificate expired = bank.trusted();
    expired.valid_until = 2026y / 2 / 28;
    EXPECT_EQ(read(content, {expired}).state, SealState::Untrusted);
    EXPECT_EQ(read(content, {expired}).signature, Check::Good);
    EXPECT_THAT(read(content, {expired}).reason, HasSubstr("expiré le 2026-02-28"));
    SealCertificate not_yet = bank.trusted();
    not_yet.valid_from = 2026y / 3 / 2;
    EXPECT_EQ(read(content, {not_yet}).state, SealState::Untrusted);
    SealCertificate last_day = bank.trusted();
    last_day.valid_until = 2026y / 3 / 1;
    EXPECT_EQ(read(content, {last_day}).state, SealState::Verified);
    const std::string undated = bank.seal("DC04FR99T0012554FFFF0301FR" + bank_account_message());
    EXPECT_THAT(read(undated, {bank.trusted()}).reason, HasSubstr("sans date de signature"));
}

TEST(TwoDDoc, IsForgedBeforeItIsExpired) {
    const Sealer bank;
    std::string content = bank.seal(seal_header("03") + bank_account_message());
    content[content.find("LOPEZ")] = 'K';
    SealCertificate expired = bank.trusted();
    expired.valid_until = 2026y / 2 / 28;
    EXPECT_EQ(read(content, {expired}).state, SealState::Forged);
    EXPECT_EQ(read(content, {expired}).reason, "signature fausse");
}

TEST(TwoDDoc, WithoutSignatureOrWithAnotherKeysIsForged) {
    const Sealer bank;
    const Sealer somebody;
    const std::string text = seal_header("03") + bank_account_message();
    EXPECT_EQ(read(text, {bank.trusted()}).state, SealState::Forged);
    EXPECT_EQ(read(text + "\x1F", {bank.trusted()}).state, SealState::Forged);
    EXPECT_EQ(read(text + "\x1FNOT*BASE32", {bank.trusted()}).state, SealState::Forged);
    EXPECT_EQ(read(somebody.seal(text), {bank.trusted()}).state, SealState::Forged);
}

TEST(TwoDDoc, IsNotTrustedWhenTheKeyOfTheCertificateIsNone) {
    const Sealer bank;
    SealCertificate broken = bank.trusted();
    broken.public_key.resize(20);
    EXPECT_EQ(
        read(bank.seal(seal_header("03") + bank_account_message()), {broken}).state,
        SealState::Untrusted
    );
}

TEST(TwoDDoc, KeepsItsAnnexApartForNobodySignedIt) {
    const Sealer bank;
    const std::string content = bank.seal(seal_header("03") + bank_account_message()) + gs +
                                "31FR7630002005500000157845Z02" + gs;
    const SealedDocument document = read(content, {bank.trusted()});
    EXPECT_EQ(document.state, SealState::Verified) << document.reason;
    ASSERT_THAT(document.fields, SizeIs(4));
    EXPECT_TRUE(document.fields[1].sealed);
    EXPECT_FALSE(document.fields[3].sealed);
}

TEST(TwoDDocFields, OfFixedLengthNeedNoSeparator) {
    const auto values = values_of(read(
        seal_header("06") + "5073282932000074" + "53246E" + "54248C" + "58" + "21480,00" + gs +
        "10M DURAND PAUL"
    ));
    EXPECT_EQ(values.at("siret_employeur"), "73282932000074");
    EXPECT_EQ(values.at("debut_periode_paie"), "2025-07-14");
    EXPECT_EQ(values.at("fin_periode_paie"), "2025-08-13");
    EXPECT_EQ(values.at("salaire_net_imposable"), "21480,00");
    EXPECT_EQ(values.at("beneficiaire"), "M DURAND PAUL");
}

TEST(TwoDDocFields, AsLongAsTheyMayBeNeedNoSeparatorEither) {
    const std::string longest(38, 'X');
    const auto values = values_of(read(seal_header("00") + "10" + longest + "2406000" + "26FR"));
    EXPECT_EQ(values.at("beneficiaire"), longest);
    EXPECT_EQ(values.at("code_postal"), "06000");
    EXPECT_EQ(values.at("pays"), "FR");
}

TEST(TwoDDocFields, ThatWereCutShortSaySo) {
    const SealedDocument document =
        read(seal_header("00") + "10MME DE LA TOUR" + rs + "25NICE" + gs);
    EXPECT_TRUE(document.fields.at(0).truncated);
    EXPECT_FALSE(document.fields.at(1).truncated);
}

TEST(TwoDDocFields, WhoseIdNobodyKnowsKeepIt) {
    const auto values = values_of(read(seal_header("00") + "ZZabc 12" + gs + "25NICE" + gs));
    EXPECT_EQ(values.at("ZZ"), "abc 12");
    EXPECT_EQ(values.at("localite"), "NICE");
}

TEST(TwoDDocFields, OfAnotherPerimeterAreNotNamed) {
    const SealedDocument document =
        read("DC04FR99T001255425540307FR31FR7630006000011234567890189" + gs);
    EXPECT_EQ(document.type_name, "");
    EXPECT_EQ(document.fields.at(0).name, "31");
}

TEST(TwoDDocFields, GiveDaysAsIsoAndLeaveWhatIsNone) {
    const auto values = values_of(read(seal_header("07") + "6905021984" + "08FFFF" + "4B99999999"));
    EXPECT_EQ(values.at("date_naissance"), "1984-02-05");
    EXPECT_EQ(values.at("date_expiration"), "FFFF");
    EXPECT_EQ(values.at("date_declaration"), "99999999");
}

TEST(TwoDDocFields, HoldNothingThatJsonCannot) {
    const auto values = values_of(read(seal_header("00") + "25N\xC9RIS\x01" + gs));
    EXPECT_EQ(values.at("localite"), "N\\xc9RIS\\x01");
}

TEST(TwoDDoc, OfAnUnknownKindIsSaidToBeUnreadable) {
    for (const std::string content :
         {"DC05FR99T001255425540301FR31X",
          "DC04fr99T001255425540301FR31X",
          "DC03FR99T00125542554",
          "DC04FR99T001G55425540301FR31X"}) {
        const auto documents = read_sealed_documents({mark_of(content + std::string(4, ' '))}, {});
        ASSERT_THAT(documents, SizeIs(1)) << content;
        EXPECT_EQ(documents[0].state, SealState::Unreadable) << content;
        EXPECT_THAT(documents[0].reason, HasSubstr("illisible"));
    }
    Mark binary = mark_of("");
    binary.bytes = {std::byte{0xDC}, std::byte{3}, std::byte{0x99}};
    EXPECT_THAT(read_sealed_documents({binary}, {}).at(0).reason, HasSubstr("binaire"));
}

TEST(TwoDDoc, IsNotSeenInOtherCodes) {
    EXPECT_THAT(
        read_sealed_documents(
            {mark_of("ARLAPOSTE;01;1A0478772024;3"),
             mark_of("DC04"),
             {"Code128", seal_header("03") + "25NICE", {}, Check::Good, {}}},
            {}
        ),
        IsEmpty()
    );
}

TEST(TwoDDoc, NamesTheMarkItWasReadFrom) {
    const auto documents =
        read_sealed_documents({mark_of("a"), mark_of(seal_header("03") + "25NICE")}, {});
    ASSERT_THAT(documents, SizeIs(1));
    EXPECT_EQ(documents[0].mark_index, 1);
}

} // namespace
} // namespace pleiade::ocr
