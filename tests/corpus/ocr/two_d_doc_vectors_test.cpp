// The public test vectors of the 2D-Doc specification against the public certificate of its test
// authority: all verified, and none once a character is another.

#include "app/config/files/seal_certificates.h"
#include "core/durable_file.h"
#include "ocr/mark_reader.h"
#include "ocr/sealed_document_reader.h"
#include "tests/support/shared_data.h"
#include "tests/unit/ocr/mark_painter.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace pleiade::ocr {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

constexpr std::size_t vectors_there_are = 22;
constexpr std::size_t most_bytes = 1'000'000;

struct Vector {
    std::string content;
    std::map<std::string, std::string> values; ///< By id, as the specification prints them.
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from)) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string::npos ? ""
                                      : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// Without what the specification explains in brackets.
std::string plain(const std::string& value) {
    return value == "<vide>" ? "" : trimmed(value.substr(0, value.find(" (")));
}

/// Days are given as ISO 8601; the specification has them as DDMMYYYY or counted in hexadecimal.
bool same(const std::string& value, const std::string& specified) {
    constexpr std::size_t iso_length = 10;
    if (value.size() != iso_length || value[4] != '-') {
        return value == specified;
    }
    const std::string day = value.substr(8) + value.substr(5, 2) + value.substr(0, 4);
    return specified == day || specified.size() == 4;
}

std::vector<Vector> vectors_in(const std::filesystem::path& folder) {
    std::vector<Vector> vectors;
    for (const Json& json : Json::parse(text_of(read_file(folder / "vectors.json", most_bytes)))) {
        Vector vector;
        vector.content = replaced(
            replaced(replaced(json.at("message"), "<GS>", "\x1D"), "<RS>", "\x1E"), "<US>", "\x1F"
        );
        for (const char* part : {"mandatoryData", "facultativeData"}) {
            for (const Json& field : json.value(part, Json::array())) {
                vector.values[field.at("key")] = plain(field.at("value"));
            }
        }
        vectors.push_back(vector);
    }
    return vectors;
}

class TwoDDocVectors : public testing::Test {
protected:
    void SetUp() override {
        const auto shared = pleiade::test::shared_data();
        if (!shared.has_value()) {
            GTEST_SKIP();
        }
        vectors_ = vectors_in(*shared / "2d-doc");
        ASSERT_EQ(vectors_.size(), vectors_there_are);
        as_it_is_ = certificates(*shared / "2d-doc", std::chrono::days(0));
        // spec: the certificate ended on 2015-11-01; the specification went on signing with it
        with_grace_ = certificates(*shared / "2d-doc", std::chrono::days(1400));
    }

    static std::vector<SealCertificate>
    certificates(const std::filesystem::path& folder, std::chrono::days grace) {
        config::Problems problems;
        std::vector<SealCertificate> found =
            config::read_seal_certificates(folder, grace, problems);
        EXPECT_THAT(problems.lines(), testing::IsEmpty());
        return found;
    }

    [[nodiscard]] static SealedDocument
    read(const std::string& content, const std::vector<SealCertificate>& trusted) {
        const auto documents =
            read_sealed_documents({{"DataMatrix", content, {}, Check::Good, {}}}, trusted);
        return documents.empty() ? SealedDocument{} : documents.front();
    }

    std::vector<Vector> vectors_;
    std::vector<SealCertificate> as_it_is_;
    std::vector<SealCertificate> with_grace_;
};

TEST_F(TwoDDocVectors, AreAllVerified) {
    std::size_t verified = 0;
    for (const Vector& vector : vectors_) {
        const SealedDocument document = read(vector.content, with_grace_);
        EXPECT_EQ(document.state, SealState::Verified) << vector.content << document.reason;
        EXPECT_NE(document.type_name, "");
        verified += document.state == SealState::Verified ? 1 : 0;
    }
    std::cout << verified << " of " << vectors_.size() << " verified\n";
}

TEST_F(TwoDDocVectors, SignedAfterTheEndOfTheCertificateHaveGoodSignaturesThatAreNotTrusted) {
    constexpr std::chrono::sys_days end{std::chrono::year(2015) / 11 / 1};
    for (const Vector& vector : vectors_) {
        const SealedDocument document = read(vector.content, as_it_is_);
        EXPECT_EQ(document.signature, Check::Good);
        ASSERT_TRUE(document.signed_on.has_value());
        EXPECT_EQ(
            document.state, *document.signed_on > end ? SealState::Untrusted : SealState::Verified
        );
    }
}

TEST_F(TwoDDocVectors, SayWhatTheSpecificationSaysTheyDo) {
    for (const Vector& vector : vectors_) {
        std::map<std::string, std::string> values;
        for (const SealedField& field : read(vector.content, with_grace_).fields) {
            EXPECT_NE(field.name, field.id) << "a field without a name";
            values[field.id] = trimmed(field.value);
        }
        for (const auto& [id, value] : vector.values) {
            EXPECT_TRUE(same(values[id], value))
                << id << " is " << values[id] << ", not " << value << " in " << vector.content;
        }
        EXPECT_EQ(values.size(), vector.values.size()) << vector.content;
    }
}

TEST_F(TwoDDocVectors, AreRefusedOnceACharacterIsAnother) {
    int altered = 0;
    int accepted = 0;
    for (const Vector& vector : vectors_) {
        for (std::size_t i = 0; i < vector.content.size(); ++i) {
            const char c = vector.content[i];
            const std::string others{static_cast<char>(c ^ 1), c == '0' ? 'O' : '0', ' ', '\x1F'};
            for (const char other : others) {
                if (other == c) {
                    continue;
                }
                std::string content = vector.content;
                content[i] = other;
                ++altered;
                accepted += read(content, with_grace_).state == SealState::Verified ? 1 : 0;
            }
        }
    }
    EXPECT_EQ(accepted, 0);
    std::cout << altered << " altered, " << accepted << " accepted\n";
}

TEST_F(TwoDDocVectors, AreVerifiedFromTheirInk) {
    for (const Vector& vector : vectors_) {
        PageImage page = pleiade::test::blank_page(1200, 1200);
        pleiade::test::paint(
            page, {pleiade::test::Symbology::DataMatrix, vector.content, 200, 200, 4.0, 0}
        );
        const auto documents = read_sealed_documents(make_mark_reader()->read(page), with_grace_);
        ASSERT_EQ(documents.size(), 1U) << vector.content;
        EXPECT_EQ(documents[0].state, SealState::Verified) << documents[0].reason;
    }
}

} // namespace
} // namespace pleiade::ocr
