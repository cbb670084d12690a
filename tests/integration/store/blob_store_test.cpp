#include "core/failure.h"
#include "store/blob_store.h"
#include "tests/support/temp_database.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>

namespace pleiade::store {
namespace {

// spec: FIPS 180-4 example, SHA-256 of "abc"
constexpr const char* sha256_of_abc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::optional<Remedy> remedy_of(const std::function<void()>& what) {
    try {
        what();
    } catch (const Error& error) {
        return error.remedy();
    }
    return std::nullopt;
}

TEST(BlobStore, GivesBackWhatWasPutUnderItsSha256) {
    const test::TempFolder folder;
    FolderBlobStore blobs(folder.path());
    const BlobId id = blobs.put(bytes_of("abc"));
    EXPECT_EQ(id.sha256, sha256_of_abc);
    EXPECT_EQ(blobs.put(bytes_of("abc")), id);
    EXPECT_EQ(text_of(blobs.get(id)), "abc");
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "ba" / "78" / sha256_of_abc));
}

TEST(BlobStore, ThatIsNotMountedIsOutOfReachAndNeverMadeAnew) {
    const test::TempFolder folder;
    FolderBlobStore blobs(folder.path() / "not-mounted");
    EXPECT_EQ(remedy_of([&] { (void)blobs.put(bytes_of("abc")); }), Remedy::RetryLater);
    EXPECT_EQ(remedy_of([&] { (void)blobs.get({sha256_of_abc}); }), Remedy::RetryLater);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "not-mounted"));
}

TEST(BlobStore, ThatLostItsBytesIsAtFaultAndNotTheMail) {
    const test::TempFolder folder;
    FolderBlobStore blobs(folder.path());
    const BlobId id = blobs.put(bytes_of("abc"));
    const auto file = folder.path() / "ba" / "78" / sha256_of_abc;
    std::filesystem::remove(file);
    EXPECT_EQ(remedy_of([&] { (void)blobs.get(id); }), Remedy::RetryLater);
    std::filesystem::create_directory(file);
    EXPECT_EQ(remedy_of([&] { (void)blobs.get(id); }), Remedy::RetryLater);
}

TEST(BlobStore, HoldsAnEmptyBlobAndMissesOneThatWasNeverPut) {
    const test::TempFolder folder;
    FolderBlobStore blobs(folder.path());
    EXPECT_TRUE(blobs.get(blobs.put({})).empty());
    EXPECT_EQ(remedy_of([&] { (void)blobs.get({sha256_of_abc}); }), Remedy::RetryLater);
}

TEST(BlobStore, NoticesADamagedBlob) {
    const test::TempFolder folder;
    FolderBlobStore blobs(folder.path());
    const BlobId id = blobs.put(bytes_of("abc"));
    std::ofstream(folder.path() / "ba" / "78" / sha256_of_abc) << "abd";
    EXPECT_EQ(remedy_of([&] { (void)blobs.get(id); }), Remedy::FixInput);
}

TEST(BlobStore, RefusesNamesThatAreNone) {
    const test::TempFolder folder;
    const FolderBlobStore blobs(folder.path());
    EXPECT_THROW((void)blobs.get({"../../etc/passwd"}), std::logic_error);
}

} // namespace
} // namespace pleiade::store
