#include "core/failure.h"
#include "store/embedded_cluster.h"
#include "store/health.h"
#include "store/migrate.h"
#include "tests/support/temp_database.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace pleiade::store {
namespace {

namespace fs = std::filesystem;

std::string text_in(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::int64_t milliseconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now() - begin
    )
        .count();
}

TEST(EmbeddedCluster, IsMadeDurableWithChecksumsAndKeepsItsDataOverAStop) {
    const test::TempFolder home;
    const auto begin = std::chrono::steady_clock::now();
    {
        const EmbeddedCluster cluster(home.path());
        RecordProperty("first_start_ms", std::to_string(milliseconds_since(begin)));
        migrate(cluster.url());
        const Health found = health(cluster.url());
        EXPECT_TRUE(found.checksums);
        EXPECT_TRUE(found.durable);
        EXPECT_EQ(found.schema_version, schema_version());
        EXPECT_EQ(url_of_running_cluster(home.path()), cluster.url());
    }
    EXPECT_EQ(url_of_running_cluster(home.path()), std::nullopt);
    const auto again = std::chrono::steady_clock::now();
    const EmbeddedCluster cluster(home.path());
    RecordProperty("next_start_ms", std::to_string(milliseconds_since(again)));
    EXPECT_EQ(health(cluster.url()).schema_version, schema_version());
}

TEST(EmbeddedCluster, SecondOneOnTheSameHomeIsToldWhoHoldsIt) {
    const test::TempFolder home;
    EXPECT_FALSE(holder_of(home.path()));
    EmbeddedCluster cluster(home.path());
    ASSERT_TRUE(holder_of(home.path()));
    EXPECT_EQ(holder_of(home.path())->pid, ::getpid());
    try {
        const EmbeddedCluster second(home.path());
        FAIL() << "two clusters on one home";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
        EXPECT_NE(std::string(error.what()).find(std::to_string(::getpid())), std::string::npos);
    }
    cluster.stop();
    EXPECT_NO_THROW(const EmbeddedCluster next(home.path()));
}

TEST(EmbeddedCluster, StartsAgainAfterItsServerWasKilled) {
    const test::TempFolder home;
    std::optional<EmbeddedCluster> cluster(home.path());
    migrate(cluster->url());
    ::kill(cluster->server_pid(), SIGKILL);
    // Waits without taking the exit status away from the cluster.
    siginfo_t ended{};
    ::waitid(P_PID, static_cast<id_t>(cluster->server_pid()), &ended, WEXITED | WNOWAIT);
    EXPECT_THROW((void)health(cluster->url()), Error);
    cluster.reset();
    cluster.emplace(home.path());
    EXPECT_EQ(health(cluster->url()).schema_version, schema_version());
}

TEST(EmbeddedCluster, StartsAgainAfterItsProgramWasKilled) {
    const test::TempFolder home;
    int ready[2] = {-1, -1};
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t program = ::fork();
    if (program == 0) {
        const EmbeddedCluster cluster(home.path());
        migrate(cluster.url());
        (void)!::write(ready[1], "r", 1);
        ::pause();
        ::_exit(0);
    }
    ::close(ready[1]);
    char letter = 0;
    ASSERT_EQ(::read(ready[0], &letter, 1), 1);
    ::close(ready[0]);
    ::kill(program, SIGKILL);
    ::waitpid(program, nullptr, 0);
    const EmbeddedCluster cluster(home.path());
    EXPECT_EQ(health(cluster.url()).schema_version, schema_version());
}

TEST(EmbeddedCluster, StartsThoughAStaleFileNamesALivingProcess) {
    const test::TempFolder home;
    fs::path data;
    {
        const EmbeddedCluster cluster(home.path());
        data = cluster.data_folder();
    }
    std::ofstream(data / "postmaster.pid") << ::getppid() << "\n" << data.string() << "\n";
    const EmbeddedCluster cluster(home.path());
    EXPECT_TRUE(health(cluster.url()).checksums);
}

TEST(EmbeddedCluster, LeavesNoServerBehindWhenItsProgramIsKilled) {
    const test::TempFolder home;
    int server_of_child[2] = {-1, -1};
    ASSERT_EQ(::pipe(server_of_child), 0);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1); // the orphaned server becomes ours to wait for
    const pid_t program = ::fork();
    if (program == 0) {
        const EmbeddedCluster cluster(home.path());
        const pid_t server = cluster.server_pid();
        (void)!::write(server_of_child[1], &server, sizeof(server));
        ::pause();
        ::_exit(0);
    }
    pid_t server = 0;
    ASSERT_EQ(::read(server_of_child[0], &server, sizeof(server)), ssize_t{sizeof(server)});
    ::close(server_of_child[0]);
    ::close(server_of_child[1]);
    ::kill(program, SIGKILL);
    ::waitpid(program, nullptr, 0);
    int status = -1;
    EXPECT_EQ(::waitpid(server, &status, 0), server);
    EXPECT_TRUE(WIFEXITED(status));
    ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

TEST(EmbeddedCluster, OfAHomeThatPostgresCannotEnterLiesOutsideAndTheHomeSaysWhere) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root runs the server as somebody else";
    }
    const test::TempFolder closed;
    ::chmod(closed.path().c_str(), 0700);
    const fs::path home = closed.path() / "var";
    fs::path data;
    {
        const EmbeddedCluster cluster(home);
        data = cluster.data_folder();
        EXPECT_EQ(data.string().rfind("/var/lib/pleiade/", 0), 0U);
        EXPECT_NE(text_in(home / "pg" / "WHERE.txt").find(data.parent_path()), std::string::npos);
        EXPECT_EQ(url_of_running_cluster(home), cluster.url());
        migrate(cluster.url());
    }
    {
        const EmbeddedCluster cluster(home);
        EXPECT_EQ(cluster.data_folder(), data);
        EXPECT_EQ(health(cluster.url()).schema_version, schema_version());
    }
    // A home that was removed begins anew; its former database is kept beside.
    fs::remove_all(home);
    {
        const EmbeddedCluster cluster(home);
        EXPECT_EQ(health(cluster.url()).schema_version, 0);
        EXPECT_TRUE(fs::exists(data.parent_path().string() + ".left-1/data/PG_VERSION"));
    }
    fs::remove_all(data.parent_path());
    fs::remove_all(data.parent_path().string() + ".left-1");
}

TEST(EmbeddedCluster, AHomeThatCannotBeMadeIsAMatterForAPerson) {
    try {
        const EmbeddedCluster cluster("/proc/nowhere");
        FAIL() << "a home in /proc";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
        EXPECT_NE(std::string(error.what()).find("--home"), std::string::npos);
    }
}

TEST(Health, OfADatabaseOutOfReachMayBeAskedLater) {
    try {
        (void)health("host=/nowhere dbname=pleiade user=pleiade");
        FAIL() << "a database in /nowhere";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::RetryLater);
    }
}

} // namespace
} // namespace pleiade::store
