// What a process can still do that locked itself down as pleiade-reader does: the same code, in
// children of the test. Where the kernel gives no layer, the others must hold and that one be
// named.

#include "app/reader/lock_down.h"
#include "tests/support/temp_database.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace pleiade::reader {
namespace {

namespace fs = std::filesystem;
using test::TempFolder;
using Doors = std::vector<wire::OpenDoor>;

constexpr int done = 0;
constexpr int door_stayed_open = 250; // beyond every errno

/// How a child ended: the errno of what it tried (0: it could), or the signal that ended it.
struct Ending {
    int error = 0;
    int signal = 0;

    [[nodiscard]] bool refused() const { return error == EPERM || error == EACCES; }
    [[nodiscard]] bool ended() const { return signal == SIGSYS; }
};

Ending ending_of(const std::function<int()>& child) {
    const pid_t process = ::fork();
    if (process == 0) {
        ::_exit(child());
    }
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) {
        return {.signal = WTERMSIG(status)};
    }
    return {.error = WEXITSTATUS(status)};
}

/// 0 or errno, of a call that gives -1 when refused.
int outcome(long result) {
    return result < 0 ? errno : done;
}

bool names(const Doors& doors, const std::string& word) {
    for (const wire::OpenDoor& door : doors) {
        if (door.what.find(word) != std::string::npos) {
            return true;
        }
    }
    return false;
}

Ending locked_down(const std::function<long()>& attempt, const LockDown& settings = fonts_only()) {
    return ending_of([&] {
        (void)lock_down(settings);
        return outcome(attempt());
    });
}

/// A kernel or a container that refuses these calls with this error.
void refuse(const std::vector<int>& calls, int error) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    for (const int call : calls) {
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(static_cast<unsigned>(error)), call, 0);
    }
    if (seccomp_load(filter) != 0) {
        std::abort();
    }
    seccomp_release(filter);
}

const std::vector<int> calls_of_landlock{
    SCMP_SYS(landlock_create_ruleset),
    SCMP_SYS(landlock_add_rule),
    SCMP_SYS(landlock_restrict_self)};

/// Whether this machine has it: without, tests of files would check the machine and not us.
bool has_landlock() {
    return ending_of([] {
               return names(lock_down(fonts_only()), "Landlock") ? door_stayed_open : done;
           }).error == done;
}

class Files : public testing::Test {
protected:
    Files() {
        fs::create_directories(readable());
        write(secret_file());
        write(font_file());
        fs::permissions(folder_.path(), fs::perms(0755));
    }

    void SetUp() override {
        if (!has_landlock()) {
            GTEST_SKIP() << "*** this kernel has no Landlock: THIS TEST CHECKS NOTHING HERE ***";
        }
    }

    [[nodiscard]] fs::path readable() const { return folder_.path() / "fonts"; }
    [[nodiscard]] fs::path secret_file() const { return folder_.path() / "pleiade.toml"; }
    [[nodiscard]] fs::path font_file() const { return readable() / "a.otf"; }
    [[nodiscard]] LockDown settings() const { return {.readable = {readable()}}; }
    [[nodiscard]] Ending opening(const fs::path& file, int flags) const {
        return locked_down([&] { return ::open(file.c_str(), flags, 0600); }, settings());
    }

    static void write(const fs::path& file) {
        std::ofstream(file) << "content";
        fs::permissions(file, fs::perms(0666));
    }

    TempFolder folder_;
};

TEST_F(Files, FontsCanBeReadAndNothingElse) {
    EXPECT_EQ(opening(font_file(), O_RDONLY).error, done);
    EXPECT_EQ(opening(readable(), O_RDONLY | O_DIRECTORY).error, done);
    EXPECT_TRUE(opening(secret_file(), O_RDONLY).refused());
    EXPECT_TRUE(opening(readable() / "../pleiade.toml", O_RDONLY).refused());
    EXPECT_TRUE(opening(folder_.path(), O_RDONLY | O_DIRECTORY).refused());
    for (const char* file : {"/etc/passwd", "/proc/self/environ", "/proc/1/cmdline", "/dev/null"}) {
        EXPECT_TRUE(opening(file, O_RDONLY).refused()) << file;
    }
}

TEST_F(Files, NothingCanBeWrittenMadeOrRemoved) {
    EXPECT_TRUE(opening(font_file(), O_RDWR).refused());
    EXPECT_TRUE(opening(font_file(), O_WRONLY | O_APPEND).refused());
    EXPECT_TRUE(opening(readable() / "new", O_WRONLY | O_CREAT).refused());
    EXPECT_TRUE(opening("/tmp", O_WRONLY | O_TMPFILE).refused());
    EXPECT_TRUE(locked_down([&] { return ::unlink(font_file().c_str()); }, settings()).refused());
    EXPECT_TRUE(locked_down([&] { return ::mkdir("/tmp/pleiade-new", 0700); }).refused());
    EXPECT_TRUE(locked_down([&] { return ::chmod(font_file().c_str(), 0); }, settings()).refused());
    EXPECT_TRUE(fs::exists(font_file()));
}

TEST_F(Files, ALinkOutOfTheFontsLeadsNowhere) {
    fs::create_symlink(secret_file(), readable() / "link");
    EXPECT_TRUE(opening(readable() / "link", O_RDONLY).refused());
}

TEST_F(Files, WhatOnlyRootMayReadStaysRootsAlsoAmongTheFonts) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "*** not root: THIS TEST CHECKS NOTHING HERE ***";
    }
    fs::permissions(font_file(), fs::perms(0600));
    EXPECT_TRUE(opening(font_file(), O_RDONLY).refused());
}

TEST(LockDown, AFileCanOnlyBeReadAlsoWhereTheKernelHasNoLandlock) {
    const TempFolder folder;
    fs::permissions(folder.path(), fs::perms(0777));
    const Ending ending = ending_of([&] {
        refuse(calls_of_landlock, ENOSYS);
        if (!names(lock_down(fonts_only()), "Landlock")) {
            return door_stayed_open;
        }
        return outcome(::open((folder.path() / "new").c_str(), O_WRONLY | O_CREAT, 0600));
    });
    EXPECT_TRUE(ending.refused()) << ending.error;
}

TEST(LockDown, ANameTellsNothing) {
    struct stat status {};
    EXPECT_TRUE(locked_down([&] { return ::stat("/etc/passwd", &status); }).refused());
    EXPECT_EQ(locked_down([&] { return ::fstat(STDERR_FILENO, &status); }).error, done);
}

TEST(LockDown, EndsWhoeverMakesASocketOrConnectsOne) {
    EXPECT_TRUE(locked_down([] { return ::socket(AF_INET, SOCK_STREAM, 0); }).ended());
    EXPECT_TRUE(locked_down([] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }).ended());
    const int made_before = ::socket(AF_INET, SOCK_DGRAM, 0);
    ASSERT_GE(made_before, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(9);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* where = reinterpret_cast<const sockaddr*>(&address);
    EXPECT_TRUE(locked_down([&] { return ::connect(made_before, where, sizeof address); }).ended());
    EXPECT_TRUE(locked_down([&] { return ::sendto(made_before, "x", 1, 0, where, sizeof address); }
    ).refused());
    ::close(made_before);
}

TEST(LockDown, HasANetworkOfItsOwn) {
    const Ending ending = ending_of([] {
        struct stat before {};
        struct stat after {};
        (void)::stat("/proc/self/ns/net", &before);
        refuse({SCMP_SYS(seccomp)}, EINVAL); // so that we may still look
        refuse(calls_of_landlock, ENOSYS);
        const Doors doors = lock_down(fonts_only());
        (void)::stat("/proc/self/ns/net", &after);
        if (names(doors, "network")) {
            return done; // said: that is all it can do here
        }
        return before.st_ino == after.st_ino ? door_stayed_open : done;
    });
    EXPECT_EQ(ending.error, done);
}

TEST(LockDown, EndsWhoeverStartsAProgram) {
    char name[] = "/bin/true";
    char* arguments[] = {name, nullptr};
    EXPECT_TRUE(locked_down([&] { return ::execv(name, arguments); }).ended());
}

TEST(LockDown, StartsNoProcessAndNoThread) {
    EXPECT_TRUE(locked_down([] {
                    const pid_t process = ::fork();
                    if (process == 0) {
                        ::_exit(0);
                    }
                    return process;
                }).refused());
    EXPECT_EQ(
        ending_of([] {
            (void)lock_down(fonts_only());
            try {
                std::thread([] {}).join();
            } catch (const std::system_error&) {
                return EPERM;
            }
            return done;
        }).error,
        EPERM
    );
}

TEST(LockDown, TouchesNoOtherProcess) {
    EXPECT_TRUE(locked_down([] { return ::kill(::getppid(), 0); }).refused());
    EXPECT_TRUE(locked_down([] { return ::kill(::getppid(), SIGKILL); }).refused());
    const pid_t parent = ::getpid();
    EXPECT_TRUE(locked_down([=] { return ::tgkill(parent, parent, SIGKILL); }).refused());
    EXPECT_TRUE(locked_down([=] { return ::ptrace(PTRACE_ATTACH, parent, 0, 0); }).ended());
}

TEST(LockDown, RunsNoCodeThatItWasNotStartedWith) {
    constexpr std::size_t page = 4096;
    const auto executable = [] {
        void* place =
            ::mmap(nullptr, page, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return place == MAP_FAILED ? -1L : 0L;
    };
    EXPECT_TRUE(locked_down(executable).refused());
    void* place = ::mmap(nullptr, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    EXPECT_TRUE(locked_down([=] { return ::mprotect(place, page, PROT_READ | PROT_EXEC); }
    ).refused());
    ::munmap(place, page);
}

TEST(LockDown, RaisesNoLimitOfItsOwn) {
    const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
    for (const auto resource : {RLIMIT_AS, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_NPROC}) {
        EXPECT_TRUE(locked_down([&] { return ::setrlimit(resource, &more); }).refused());
    }
}

TEST(LockDown, LeavesMemoryTimeAndTheSocketToTheParent) {
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const Ending ending = locked_down([&] {
        const std::vector<char> memory(100U << 20U, 'x');
        timespec now{};
        return ::clock_gettime(CLOCK_REALTIME, &now) == 0 ? ::send(ends[1], memory.data(), 1, 0)
                                                          : -1L;
    });
    EXPECT_EQ(ending.error, done);
    char got = 0;
    EXPECT_EQ(::recv(ends[0], &got, 1, MSG_DONTWAIT), 1);
    EXPECT_EQ(got, 'x');
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST(LockDown, LetsAProcessEndItself) {
    const Ending ending = ending_of([] {
        (void)lock_down(fonts_only());
        std::abort();
        return done;
    });
    EXPECT_EQ(ending.signal, SIGABRT);
}

TEST(LockDown, SaysWhichLayerTheKernelRefusesAndTheOthersHold) {
    const Ending without_namespaces = ending_of([] {
        refuse({SCMP_SYS(unshare)}, EPERM); // as in a container
        const Doors doors = lock_down(fonts_only());
        if (!names(doors, "unshare") || doors.front().cure.empty()) {
            return door_stayed_open;
        }
        return outcome(::socket(AF_INET, SOCK_STREAM, 0));
    });
    EXPECT_TRUE(without_namespaces.ended());
    const Ending without_filter = ending_of([] {
        refuse({SCMP_SYS(seccomp)}, EINVAL);
        const Doors doors = lock_down(fonts_only());
        if (!names(doors, "seccomp") || names(doors, "Landlock")) {
            return door_stayed_open;
        }
        return outcome(::open("/etc/passwd", O_RDONLY));
    });
    if (has_landlock()) {
        EXPECT_TRUE(without_filter.refused()) << without_filter.error;
    }
}

TEST(LockDown, WorksForAPlainUserToo) {
    const Ending ending = ending_of([] {
        constexpr uid_t somebody = 12345;
        if (::geteuid() == 0 && (::setresgid(somebody, somebody, somebody) != 0 ||
                                 ::setresuid(somebody, somebody, somebody) != 0)) {
            return door_stayed_open;
        }
        if (names(lock_down(fonts_only()), "seccomp")) {
            return door_stayed_open;
        }
        return outcome(::open("/etc/passwd", O_RDONLY));
    });
    if (has_landlock()) {
        EXPECT_TRUE(ending.refused()) << ending.error;
    }
}

TEST(LockDown, RootIsRootNoLonger) {
    const Ending ending = ending_of([] {
        (void)lock_down(fonts_only());
        return ::geteuid() == 0 ? door_stayed_open : done;
    });
    EXPECT_EQ(ending.error, done);
}

TEST(LimitCpuFromNow, EndsALoopAndCanBeSetAgainForTheNextPage) {
    using namespace std::chrono_literals;
    const Ending ending = ending_of([] {
        (void)lock_down(fonts_only());
        limit_cpu_from_now(100s);
        limit_cpu_from_now(0s);
        for (volatile int turns = 0;;) {
            turns = turns + 1;
        }
        return done;
    });
    EXPECT_EQ(ending.signal, SIGXCPU);
}

} // namespace
} // namespace pleiade::reader
