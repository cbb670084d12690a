// Every file of the malformed corpus gives a page or a sentence: no crash, no hang, no flood of
// memory, no word on standard error. Each is opened in a child process with limits of its own.

#include "capture/image/page_source.h"
#include "core/durable_file.h"
#include "core/failure.h"
#include "tests/support/shared_data.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace pleiade::image {
namespace {

constexpr rlim_t most_memory = 1024UL * 1024 * 1024; // spec: issue 2, no more than 1 GB
constexpr rlim_t most_cpu_seconds = 20;              // spec: issue 2, no hang over 20 s

/// How a child ended, as its exit code.
enum Outcome { AllPages = 0, SomePagesRefused = 1, FileRefused = 2, Misbehaved = 3 };

Outcome read_all_pages(const std::filesystem::path& file) {
    constexpr std::size_t whole_file = 64 * 1024 * 1024;
    const Bytes bytes = read_file(file, whole_file);
    try {
        const PageSource source = PageSource::open(bytes, {});
        Outcome outcome = AllPages;
        for (int i = 0; i < source.page_count(); ++i) {
            try {
                if (source.decode(i).empty()) {
                    return Misbehaved;
                }
            } catch (const Error&) {
                outcome = SomePagesRefused;
            }
        }
        return outcome;
    } catch (const Error& error) {
        return std::string(error.what()).empty() ? Misbehaved : FileRefused;
    }
}

struct ChildEnd {
    int status = 0;
    std::string printed;
};

/// A child that dies of a limit or a signal is seen in `status`; what it prints in `printed`.
ChildEnd read_in_child(const std::filesystem::path& file) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        throw std::runtime_error("no pipe");
    }
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(ends[1], STDERR_FILENO);
        ::close(ends[0]);
        const rlimit memory{most_memory, most_memory};
        const rlimit cpu{most_cpu_seconds, most_cpu_seconds};
#if !defined(__SANITIZE_ADDRESS__) // which reserves terabytes of addresses
        ::setrlimit(RLIMIT_AS, &memory);
#else
        static_cast<void>(memory);
#endif
        ::setrlimit(RLIMIT_CPU, &cpu);
        ::_exit(read_all_pages(file));
    }
    ::close(ends[1]);
    ChildEnd end;
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;) {
        end.printed.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    ::waitpid(child, &end.status, 0);
    return end;
}

TEST(MalformedFiles, EachGivesPagesOrAReason) {
    const auto shared = test::shared_data();
    if (!shared) {
        GTEST_SKIP();
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(*shared / "corpus/malformed")) {
        files.push_back(entry.path());
    }
    std::ranges::sort(files);
    ASSERT_GT(files.size(), 200U);
    std::map<int, int> counts;
    for (const auto& file : files) {
        const ChildEnd end = read_in_child(file);
        EXPECT_TRUE(WIFEXITED(end.status)) << file << " ended by signal " << WTERMSIG(end.status);
        EXPECT_EQ(end.printed, "") << file;
        if (WIFEXITED(end.status)) {
            EXPECT_LT(WEXITSTATUS(end.status), Misbehaved) << file;
            ++counts[WEXITSTATUS(end.status)];
        }
    }
    std::cout << counts[AllPages] << " files read, " << counts[SomePagesRefused] << " in part, "
              << counts[FileRefused] << " refused\n";
}

} // namespace
} // namespace pleiade::image
