#include "tests/support/sealer.h"
#include "tests/unit/config/config_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace pleiade::config::test {
namespace {

using namespace std::chrono_literals;
using pleiade::test::SealCurve;
using pleiade::test::Sealer;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

void use_trust_list(const ConfigFolder& folder, const std::string& more = "") {
    folder.write("pleiade.toml", "[two_d_doc]\ncertificates = \"trusted\"\n" + more);
}

TEST(TrustList, IsEmptyUnlessOneIsNamed) {
    const ConfigFolder folder;
    EXPECT_THAT(folder.load().value().seal_certificates, IsEmpty());
}

TEST(TrustList, HoldsTheCertificatesOfAFolderByTheirNames) {
    const ConfigFolder folder;
    use_trust_list(folder);
    const Sealer bank;
    const Sealer state(SealCurve::P521);
    folder.write("trusted/FR98_A1B2.pem", state.certificate_pem("", "A1B2"));
    folder.write("trusted/test_cert_FR99_T001.pem", bank.certificate_pem("FR99", "T001"));
    folder.write("trusted/README.md", "what these are");
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    ASSERT_THAT(config.value().seal_certificates, SizeIs(2));
    EXPECT_EQ(config.value().seal_certificates[0].authority, "FR98");
    EXPECT_EQ(config.value().seal_certificates[0].id, "A1B2");
    const SealCertificate& known = config.value().seal_certificates[1];
    EXPECT_EQ(known.authority, "FR99");
    EXPECT_EQ(known.id, "T001");
    EXPECT_EQ(known.valid_from, std::chrono::sys_days(2025y / 1 / 1));
    EXPECT_EQ(known.valid_until, std::chrono::sys_days(2026y / 12 / 31));
    EXPECT_EQ(known.public_key, bank.trusted().public_key);
}

TEST(TrustList, MayBeOneFileAndGiveDaysOfGrace) {
    const ConfigFolder folder;
    folder.write(
        "pleiade.toml", "[two_d_doc]\ncertificates = \"FR99-T001.crt\"\ngrace_days = 31\n"
    );
    folder.write("FR99-T001.crt", Sealer().certificate_pem("", "T001"));
    const Result<Config> config = folder.load();
    ASSERT_TRUE(config.ok()) << config.failure().what;
    ASSERT_THAT(config.value().seal_certificates, SizeIs(1));
    EXPECT_EQ(
        config.value().seal_certificates[0].valid_until, std::chrono::sys_days(2027y / 1 / 31)
    );
}

TEST(TrustList, ThatIsMissingOrEmptyIsAMistake) {
    const ConfigFolder folder;
    use_trust_list(folder);
    EXPECT_THAT(folder.complaint(), HasSubstr("trusted: cannot be read"));
    folder.write("trusted/README.md", "nothing yet");
    EXPECT_THAT(folder.complaint(), HasSubstr("trusted: no certificate in it"));
}

TEST(TrustList, WithAFileThatIsNoCertificateOrNamedForAnotherIsAMistake) {
    const ConfigFolder folder;
    use_trust_list(folder);
    const Sealer bank;
    folder.write("trusted/FR99_T001.pem", "not a certificate");
    EXPECT_THAT(folder.complaint(), HasSubstr("FR99_T001.pem: is not a certificate"));
    folder.write("trusted/FR99_T001.pem", bank.certificate_pem("FR99", "T002"));
    EXPECT_THAT(
        folder.complaint(), HasSubstr("is named FR99 T001 but is the certificate FR99 T002")
    );
    folder.write("trusted/FR99_T001.pem", bank.certificate_pem("FR99", "T001"));
    folder.write("trusted/FR99-T001.crt", bank.certificate_pem("FR99", "T001"));
    EXPECT_THAT(folder.complaint(), HasSubstr("is there a second time"));
    folder.remove("trusted/FR99-T001.crt");
    folder.write("trusted/bank.pem", bank.certificate_pem("", "T001"));
    EXPECT_THAT(folder.complaint(), HasSubstr("bank.pem: a certificate is named by its authority"));
}

} // namespace
} // namespace pleiade::config::test
