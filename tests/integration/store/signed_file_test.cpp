#include "core/durable_file.h"
#include "core/failure.h"
#include "store/signed_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace pleiade::store {
namespace {

class SignedFile : public ::testing::Test {
protected:
    SignedFile() {
        std::string form = (std::filesystem::temp_directory_path() / "signed-XXXXXX").string();
        folder_ = ::mkdtemp(form.data());
        file_ = folder_ / "statement.json";
        write_durably(file_, bytes_of(content_));
    }
    ~SignedFile() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] SigningKey key(const std::string& name) const {
        return SigningKey::from_file_or_new(folder_ / name);
    }

    const std::string content_ = "{\"plis_received\":31}\n";
    std::filesystem::path folder_;
    std::filesystem::path file_;
};

TEST_F(SignedFile, IsGoodWithTheKeyThatSignedIt) {
    const SigningKey ours = key("key.pem");
    write_signature(file_, bytes_of(content_), ours);
    EXPECT_EQ(std::filesystem::file_size(signature_file_of(file_)), 64U);
    const SignatureCheck check =
        check_signature(file_, {key("other.pem").public_half(), ours.public_half()});
    EXPECT_TRUE(check.good);
    EXPECT_EQ(check.key_id, ours.public_half().id());
}

TEST_F(SignedFile, IsRefusedWhenAlteredUnsignedOrSignedBySomebodyElse) {
    const SigningKey ours = key("key.pem");
    EXPECT_FALSE(check_signature(file_, {ours.public_half()}).good);
    write_signature(file_, bytes_of(content_), ours);
    EXPECT_FALSE(check_signature(file_, {}).good);
    EXPECT_FALSE(check_signature(file_, {key("other.pem").public_half()}).good);
    for (std::size_t i = 0; i < content_.size(); ++i) {
        std::string altered = content_;
        altered[i] ^= 1;
        write_durably(file_, bytes_of(altered));
        EXPECT_FALSE(check_signature(file_, {ours.public_half()}).good) << i;
    }
    write_durably(file_, bytes_of(content_));
    write_durably(signature_file_of(file_), bytes_of(std::string(63, 'x')));
    EXPECT_FALSE(check_signature(file_, {ours.public_half()}).good);
}

TEST_F(SignedFile, ThatIsNotThereIsAnError) {
    EXPECT_THROW((void)check_signature(folder_ / "nothing.json", {}), Error);
}

} // namespace
} // namespace pleiade::store
